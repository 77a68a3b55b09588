#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""mail_server: logging in over IMAP by mechanisms, STARTTLS, and how long a client may take."""
import base64
import hmac
import ssl
import time
import unittest

from _mail_server import ServerTest, message, trust_in

REFUSED = "T NO [AUTHENTICATIONFAILED] wrong user or password\r\n"


def encode(octets):
    return base64.b64encode(octets)


class LoginTest(ServerTest):
    options = []

    def setUp(self):
        super().setUp()
        self.restart("--imaps-port", "0", *self.options)
        self.trust = trust_in(self.tls_ports[0])

    def secured(self):
        """A connection on which TLS was begun by command."""
        wire = self.wire()
        self.assertEqual(wire.ask(b"STARTTLS"), "T OK begin TLS now\r\n")
        wire.start_tls(self.trust)
        return wire

    def said(self, wire, command, *answers):
        """What the server says to a login whose challenges are answered so: each challenge, then the tagged reply."""
        wire.send(b"a " + command + b"\r\n")
        lines = [wire.line()]
        for answer in answers:
            self.assertTrue(lines[-1].startswith(b"+ "), lines)
            wire.send(answer + b"\r\n")
            lines.append(wire.line())
        return [line.decode() for line in lines]

    def check_in(self, wire):
        self.assertTrue(wire.ask(b"SELECT INBOX").endswith("T OK [READ-WRITE] selected\r\n"))


class Mechanisms(LoginTest):
    options = ["--token", "a.token" * 300]

    def cram_md5(self, wire, password):
        wire.send(b"a AUTHENTICATE cram-md5\r\n")
        challenge = base64.b64decode(wire.line().removeprefix(b"+ "))
        wire.send(encode(b"demo " + hmac.new(password, challenge, "md5").hexdigest().encode()) + b"\r\n")
        return wire.line().decode()

    def test_cram_md5(self):
        wire = self.wire()
        self.assertEqual(self.cram_md5(wire, b"wrong"), "a" + REFUSED[1:])
        self.assertRegex(self.cram_md5(wire, b"secret"), r"^a OK \[CAPABILITY IMAP4rev1 [^]]*\] welcome\r\n$")
        self.check_in(wire)
        self.assertEqual(wire.ask(b"AUTHENTICATE CRAM-MD5"), "T BAD unexpected command\r\n")

    def test_what_is_offered(self):
        def offered(words):
            return [word.removeprefix("AUTH=") for word in words.split() if word.startswith("AUTH=")]

        by_proof = ["SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5"]
        all_of_them = by_proof + ["PLAIN", "LOGIN", "OAUTHBEARER", "XOAUTH2"]
        wire = self.wire()
        self.assertEqual(offered(wire.greeting.decode().partition("]")[0]), by_proof)
        self.assertEqual(offered(self.secured().ask(b"CAPABILITY")), all_of_them)
        greeting = self.wire(self.tls_ports[0], tls=self.trust).greeting.decode().partition("]")[0]
        self.assertEqual(offered(greeting), all_of_them)
        for name in (b"PLAIN", b"LOGIN", b"XOAUTH2", b"ANONYMOUS", b"EXTERNAL", b"NONSENSE"):
            self.assertEqual(wire.ask(b"AUTHENTICATE " + name)[:5], "T NO ", name)
        self.assertTrue(wire.ask(b"LOGIN demo secret").startswith("T OK"))

    def test_plain(self):
        wire = self.secured()
        self.assertEqual(wire.ask(b"AUTHENTICATE PLAIN " + encode(b"\0demo\0wrong")), REFUSED)
        self.assertEqual(wire.ask(b"AUTHENTICATE PLAIN " + encode(b"other\0demo\0secret")), REFUSED)
        self.assertEqual(self.said(wire, b"AUTHENTICATE PLAIN", encode(b"demo\0demo\0secret"))[0], "+ \r\n")
        self.check_in(wire)

    def test_login(self):
        wire = self.secured()
        said = self.said(wire, b"AUTHENTICATE LOGIN", encode(b"demo"), encode(b"secret"))
        self.assertEqual(said[:2], ["+ VXNlcm5hbWU6\r\n", "+ UGFzc3dvcmQ6\r\n"])
        self.check_in(wire)

    def test_token(self):
        good, bad = self.options[1].encode(), b"another"
        for name, form, dummy in ((b"OAUTHBEARER", b"n,a=demo,\1host=localhost\1auth=Bearer %s\1\1", b"\1"),
                                  (b"XOAUTH2", b"user=demo\1auth=Bearer %s\1\1", b"")):
            wire = self.secured()
            challenge, end = self.said(wire, b"AUTHENTICATE " + name + b" " + encode(form % bad), encode(dummy))
            self.assertEqual(base64.b64decode(challenge[2:]), b'{"status":"invalid_token"}')
            self.assertEqual(end, "a" + REFUSED[1:])
            wire.send(b"a AUTHENTICATE " + name + b" " + encode(form % good) + b"\r\n")
            self.assertTrue(wire.line().startswith(b"a OK "))
            self.check_in(wire)

    def test_answers_that_are_none(self):
        for answer, end in ((b"*", "a BAD cancelled\r\n"), (b"no base64!", "a BAD "), (b"AAA", "a BAD "),
                            (encode(b"no such thing"), "a "), (b"=", "a BAD "), (b"", "a ")):
            wire = self.wire()
            said = self.said(wire, b"AUTHENTICATE CRAM-MD5", answer)[-1]
            self.assertTrue(said.startswith(end), (answer, said))
            self.assertNotIn(" OK", said)
            self.assertTrue(wire.ask(b"LOGIN demo secret").startswith("T OK"), answer)

    def test_too_many_wrong_passwords(self):
        wire = self.secured()
        wire.ask(b"LOGIN demo 1")
        self.cram_md5(wire, b"2")
        self.assertEqual(wire.ask(b"AUTHENTICATE PLAIN " + encode(b"\0demo\x003")), REFUSED)
        self.assertTrue(wire.closes())
        self.assertEqual(wire.received, b"* BYE too many wrong passwords\r\n")

    # Who guesses sends the next one at once.
    def test_what_comes_behind_them_is_not_tried(self):
        wire = self.secured()
        wire.send(b"".join(b"a LOGIN demo %s\r\n" % word for word in (b"1", b"2", b"3", b"secret")))
        self.assertTrue(wire.closes())
        self.assertEqual(wire.received.count(b"a NO "), 3)
        self.assertNotIn(b"a OK", wire.received)


class Tls(LoginTest):
    def test_a_handshake_that_fails_ends_the_connection(self):
        for octets in (b"a NOOP\r\n", b"\0" * 100):
            wire = self.wire()
            self.assertEqual(wire.ask(b"STARTTLS"), "T OK begin TLS now\r\n")
            wire.send(octets)
            self.assertTrue(wire.closes())
            self.assertNotIn(b"OK", wire.received)

    # Somebody in between could have put it there, to be obeyed under TLS.
    def test_what_comes_in_the_clear_behind_it_is_not_obeyed(self):
        self.logged_in().append(message("stays"))
        wire = self.wire()
        wire.send(b"a STARTTLS\r\nb LOGIN demo secret\r\nc SELECT INBOX\r\nd STORE 1 +FLAGS \\Deleted\r\ne CLOSE\r\n")
        self.assertTrue(wire.closes())
        self.assertEqual(wire.received, b"a OK begin TLS now\r\n")
        self.assertIn("(MESSAGES 1)", self.logged_in().ask(b"STATUS INBOX (MESSAGES)"))

    def test_when_it_does_not_begin(self):
        for wire in (self.secured(), self.logged_in(), self.wire(self.tls_ports[0], tls=self.trust)):
            self.assertTrue(wire.ask(b"STARTTLS").startswith("T BAD "))
            self.assertEqual(wire.ask(b"NOOP"), "T OK done\r\n")

    def test_a_stranger_is_not_believed(self):
        wire = self.wire()
        wire.ask(b"STARTTLS")
        with self.assertRaises(ssl.SSLCertVerificationError):
            wire.start_tls(ssl.create_default_context())


class Required(LoginTest):
    options = ["--require-tls"]

    def logged_in(self, select=None):
        wire = self.secured()
        self.assertTrue(wire.ask(b"LOGIN demo secret").startswith("T OK"))
        return wire

    def test_nobody_logs_in_without(self):
        wire = self.wire()
        self.assertIn(b" STARTTLS LOGINDISABLED] ", wire.greeting)
        self.assertEqual(wire.ask(b"LOGIN demo secret")[:23], "T NO [PRIVACYREQUIRED] ")
        self.assertEqual(wire.ask(b"AUTHENTICATE CRAM-MD5")[:23], "T NO [PRIVACYREQUIRED] ")
        self.assertEqual(wire.ask(b"SELECT INBOX"), "T BAD unexpected command\r\n")
        wire = self.wire()
        command = b"AUTHENTICATE PLAIN " + encode(b"\0demo\0secret")
        self.assertEqual(wire.ask(command)[:23], "T NO [PRIVACYREQUIRED] ")
        self.assertEqual(wire.ask(b"SELECT INBOX"), "T BAD unexpected command\r\n")
        self.check_in(self.logged_in())


class Time(LoginTest):
    options = ["--login-seconds", "1", "--imap-idle-seconds", "2"]

    def check_sent_away(self, wire, seconds, keep_talking=lambda: None):
        begun = time.monotonic()
        wire.socket.settimeout(0.1)
        while time.monotonic() < begun + 10 and b"* BYE " not in wire.received:
            try:
                wire.more()
            except (TimeoutError, ssl.SSLWantReadError):
                keep_talking()
        self.assertRegex(wire.received, rb"\* BYE [^\r]*\r\n$")
        self.assertGreater(time.monotonic(), begun + seconds - 0.5)
        self.assertLess(time.monotonic(), begun + seconds + 3)
        wire.socket.settimeout(20)
        self.assertTrue(wire.closes())

    # However much a stranger says.
    def test_a_login_takes_no_longer_than_it_may(self):
        self.check_sent_away(self.wire(), 1)
        for command in (b"a NOOP\r\n", b"a LOGIN demo {6}\r\n", b"a"):
            wire = self.wire()
            self.check_sent_away(wire, 1, lambda wire=wire, command=command: wire.send(command))
        wire = self.wire()
        wire.send(b"a AUTHENTICATE CRAM-MD5\r\n")
        self.check_sent_away(wire, 1)

    def test_a_handshake_counts(self):
        wire = self.wire()
        wire.ask(b"STARTTLS")
        begun = time.monotonic()
        self.assertTrue(wire.closes())
        self.assertLess(time.monotonic(), begun + 4)

    def test_a_user_is_not_silent_for_longer_than_it_may(self):
        wire = self.logged_in()
        for _ in range(3):
            time.sleep(1)
            self.assertEqual(wire.ask(b"NOOP"), "T OK done\r\n")
        self.check_sent_away(wire, 2)

    def test_nor_in_the_middle_of_a_message(self):
        wire = self.logged_in()
        wire.send(b"a APPEND INBOX {100+}\r\nhalf")
        self.check_sent_away(wire, 2)
        self.assertIn("(MESSAGES 0)", self.logged_in().ask(b"STATUS INBOX (MESSAGES)"))

    def test_nor_idle_for_longer(self):
        wire = self.logged_in(b"INBOX")
        wire.send(b"a IDLE\r\n")
        self.assertEqual(wire.line(), b"+ idling\r\n")
        self.check_sent_away(wire, 2)
        self.assertNotIn(b"a OK", wire.received)


if __name__ == "__main__":
    unittest.main()
