#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""mail_server: logging in over POP3 by APOP and SASL, languages, UTF-8, time that runs out."""
import base64
import hashlib
import hmac
import re
import time
import unittest

from _mail_server import ServerTest, ask_pop3 as ask, message


def encode(octets):
    return base64.b64encode(octets)


def decode(line):
    """The octets of a challenge."""
    assert line.startswith("+ "), line
    return base64.b64decode(line[2:])


def scram(wire, name, user, password):
    """Logs in by SCRAM, RFC 5802; the last answer."""
    hash_name = {b"SCRAM-SHA-1": "sha1", b"SCRAM-SHA-256": "sha256"}[name]
    bare = b"n=" + user + b",r=client"
    first = decode(ask(wire, b"AUTH " + name + b" " + encode(b"n,," + bare)))
    nonce, salt, iterations = re.fullmatch(rb"r=(client[^,]+),s=([^,]+),i=(\d+)", first).groups()
    salted = hashlib.pbkdf2_hmac(hash_name, password, base64.b64decode(salt), int(iterations))
    without_proof = b"c=biws,r=" + nonce
    signed = b",".join((bare, first, without_proof))
    key = hmac.digest(salted, b"Client Key", hash_name)
    signature = hmac.digest(hashlib.new(hash_name, key).digest(), signed, hash_name)
    proof = bytes(a ^ b for a, b in zip(key, signature))
    answer = ask(wire, encode(without_proof + b",p=" + encode(proof)))
    if not answer.startswith("+ "):
        return answer
    expected = hmac.digest(hmac.digest(salted, b"Server Key", hash_name), signed, hash_name)
    assert decode(answer) == b"v=" + encode(expected), "the server does not know the password"
    return ask(wire, b"")


class Login(ServerTest):
    def talk(self):
        return self.wire(self.pop3_port)

    def lets_in(self, wire, answer):
        self.assertEqual(answer, "+OK welcome\r\n")
        self.assertEqual(ask(wire, b"STAT"), "+OK 0 0\r\n")
        self.assertEqual(ask(wire, b"QUIT"), "+OK goodbye\r\n")

    def test_apop(self):
        def digest(wire, password):
            timestamp = re.search(rb"<.*>", wire.greeting)[0]
            return hashlib.md5(timestamp + password).hexdigest().encode()
        wire = self.talk()
        self.assertNotEqual(wire.greeting, self.talk().greeting)
        refused = "-ERR [AUTH] wrong user or password\r\n"
        self.assertEqual(ask(wire, b"APOP demo " + digest(wire, b"wrong")), refused)
        self.assertEqual(ask(wire, b"APOP other " + digest(wire, b"secret")), refused)
        self.lets_in(wire, ask(wire, b"APOP demo " + digest(wire, b"secret")))

    def test_scram(self):
        for name in (b"SCRAM-SHA-1", b"SCRAM-SHA-256"):
            wire = self.talk()
            self.assertEqual(scram(wire, name, b"demo", b"wrong"), "-ERR [AUTH] wrong user or password\r\n")
            self.assertEqual(scram(wire, name, b"other", b"secret"), "-ERR [AUTH] wrong user or password\r\n")
            self.lets_in(wire, scram(wire, name, b"demo", b"secret"))

    def test_cram_md5(self):
        def answer(challenge, user, password):
            return encode(user + b" " + hmac.new(password, decode(challenge), "md5").hexdigest().encode())
        wire = self.talk()
        challenge = ask(wire, b"AUTH CRAM-MD5")
        self.assertRegex(decode(challenge), rb"^<[^@]+@localhost>$")
        self.assertEqual(ask(wire, answer(challenge, b"demo", b"wrong")), "-ERR [AUTH] wrong user or password\r\n")
        again = ask(wire, b"auth cram-md5")
        self.assertNotEqual(challenge, again)
        self.lets_in(wire, ask(wire, answer(again, b"demo", b"secret")))

    def test_what_goes_wrong_in_an_exchange(self):
        wire = self.talk()
        for lines, answer in (
                ([b"AUTH CRAM-MD5", b"*"], "-ERR as you like\r\n"),
                ([b"AUTH CRAM-MD5 =", ], "-ERR that is not what the mechanism says\r\n"),
                ([b"AUTH SCRAM-SHA-256 " + encode(b"p=tls-unique,,n=demo,r=x")],
                 "-ERR that is not what the mechanism says\r\n"),
                ([b"AUTH EXTERNAL ="], "-ERR there is no such mechanism here\r\n"),
                ([b"AUTH ANONYMOUS"], "-ERR there is no such mechanism here\r\n"),
                # What shows a secret is not taken in the clear.
                ([b"AUTH PLAIN " + encode(b"\0demo\0secret")], "-ERR there is no such mechanism here\r\n"),
                ([b"AUTH LOGIN"], "-ERR there is no such mechanism here\r\n"),
                ([b"AUTH XOAUTH2"], "-ERR there is no such mechanism here\r\n"),
                ([b"NOOP"], "-ERR command not valid in this state\r\n")):
            for line in lines[:-1]:
                self.assertTrue(ask(wire, line).startswith("+ "), line)
            self.assertEqual(ask(wire, lines[-1]), answer, lines)
        self.assertTrue(ask(wire, b"AUTH CRAM-MD5").startswith("+ "))
        self.assertTrue(ask(wire, b"!").startswith("-ERR"))
        self.assertEqual(ask(wire, b"AUTH", lines=True),
                         "+OK one line a mechanism\r\nSCRAM-SHA-256\r\nSCRAM-SHA-1\r\nCRAM-MD5\r\n.\r\n")
        self.lets_in(wire, scram(wire, b"SCRAM-SHA-256", b"demo", b"secret"))

    def test_one_session_a_user(self):
        first = self.talk()
        self.assertEqual(scram(first, b"SCRAM-SHA-256", b"demo", b"secret"), "+OK welcome\r\n")
        second = self.talk()
        self.assertEqual(scram(second, b"SCRAM-SHA-256", b"demo", b"secret"),
                         "-ERR [IN-USE] another session has the maildrop\r\n")

    def test_too_many_failures_of_whatever_kind(self):
        wire = self.talk()
        ask(wire, b"USER demo")
        ask(wire, b"PASS wrong")
        self.assertTrue(ask(wire, b"APOP demo " + b"0" * 32).startswith("-ERR [AUTH]"))
        self.assertTrue(scram(wire, b"SCRAM-SHA-1", b"demo", b"wrong").startswith("-ERR [AUTH]"))
        self.assertTrue(wire.closes())


class Words(ServerTest):
    def setUp(self):
        super().setUp()
        imap = self.logged_in()
        for octets in (message("ascii"), message("gr\u00fc\u00dfe"), message("x").replace(b"x", b"\xfc"),
                       message("body", "gr\u00fc\u00dfe\r\n".encode())):
            imap.append(octets)
        self.pop3 = self.wire(self.pop3_port)

    def log_in(self):
        ask(self.pop3, b"USER demo")
        ask(self.pop3, b"PASS secret")

    def test_languages(self):
        for command, answer in (
                (b"LANG xx", "-ERR nobody here speaks that\r\n"),
                (b"LANG de-AT", "+OK de so sei es\r\n"),
                (b"LANG xx", "-ERR das spricht hier niemand\r\n"),
                (b"USER demo", "+OK und das Passwort?\r\n"),
                (b"PASS secret", "+OK willkommen\r\n"),
                (b"RETR 2", "-ERR [UTF8] die Nachricht ist f\u00fcr Programme, die UTF8 gesagt haben\r\n"),
                (b"RSET", "+OK nichts ist gel\u00f6scht\r\n"),
                (b"LANG *", "+OK en so it is\r\n"),
                (b"RSET", "+OK nothing is deleted\r\n"),
                (b"LANG EN", "+OK en so it is\r\n")):
            self.assertEqual(ask(self.pop3, command), answer, command)
        self.assertEqual(ask(self.pop3, b"LANG", lines=True),
                         "+OK one line a language\r\nen English\r\nde Deutsch\r\n.\r\n")

    # Only a header in UTF-8 needs the command; that in Latin-1 and the body are sent as they are.
    def test_messages_in_utf8(self):
        self.log_in()
        refused = "-ERR [UTF8] the message is for clients that have said UTF8\r\n"
        self.assertEqual(ask(self.pop3, b"RETR 2"), refused)
        self.assertEqual(ask(self.pop3, b"TOP 2 0"), refused)
        self.assertTrue(ask(self.pop3, b"RETR 1", lines=True).startswith("+OK"))
        self.pop3.send(b"TOP 3 0\r\n")
        self.assertEqual([self.pop3.line() for _ in range(5)][2], b"Subject: \xfc\r\n")
        self.assertIn("gr\u00fc\u00dfe\r\n", ask(self.pop3, b"RETR 4", lines=True))
        self.assertEqual(ask(self.pop3, b"UTF8"), "-ERR command not valid in this state\r\n")

    def test_utf8(self):
        self.assertEqual(ask(self.pop3, b"UTF8"), "+OK UTF-8 it is\r\n")
        self.assertNotIn("STLS", ask(self.pop3, b"CAPA", lines=True))
        self.assertTrue(ask(self.pop3, b"STLS").startswith("-ERR"))
        self.log_in()
        self.assertIn("Subject: gr\u00fc\u00dfe\r\n", ask(self.pop3, b"RETR 2", lines=True))


class Time(ServerTest):
    # However much a stranger says: the time for the login is over.
    def test_a_login_takes_no_longer_than_it_may(self):
        self.restart("--login-seconds", "1")
        wire = self.wire(self.pop3_port)
        begun = time.monotonic()
        with self.assertRaises((EOFError, OSError)):
            while time.monotonic() < begun + 10:
                ask(wire, b"CAPA", lines=True)
                time.sleep(0.1)
        self.assertLess(time.monotonic(), begun + 3)

    def test_a_user_is_not_silent_for_longer_than_it_may(self):
        self.restart("--login-seconds", "1", "--idle-seconds", "2")
        self.logged_in().append(message("stays"))
        wire = self.wire(self.pop3_port)
        ask(wire, b"USER demo")
        ask(wire, b"PASS secret")
        for _ in range(3):
            time.sleep(1)
            self.assertEqual(ask(wire, b"NOOP"), "+OK done\r\n")
        ask(wire, b"DELE 1")
        self.assertTrue(wire.closes())
        self.assertEqual(wire.received, b"")
        self.assertIn("(MESSAGES 1)", self.logged_in().ask(b"STATUS INBOX (MESSAGES)"))


if __name__ == "__main__":
    unittest.main()
