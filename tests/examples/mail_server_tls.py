#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""mail_server: TLS from the start and by STLS, and what is only said under TLS."""
import base64
import os
import socket
import ssl
import subprocess
import time
import unittest

from _mail_server import PROGRAM, ServerTest, ask_pop3 as ask, message, trust_in

TIMESTAMP = rb"^\+OK mail_server ready <[!-;=?-~]+@localhost>\r\n$"


def encode(octets):
    return base64.b64encode(octets)


class TlsTest(ServerTest):
    options = []

    def setUp(self):
        super().setUp()
        self.restart("--imaps-port", "0", "--pop3s-port", "0", *self.options)
        self.imaps_port, self.pop3s_port = self.tls_ports
        self.trust = trust_in(self.pop3s_port)

    def secured(self):
        """A connection that has said STLS."""
        wire = self.wire(self.pop3_port)
        self.assertEqual(ask(wire, b"STLS"), "+OK begin TLS\r\n")
        wire.start_tls(self.trust)
        return wire

    def capabilities(self, wire):
        return ask(wire, b"CAPA", lines=True).split("\r\n")[1:-2]


class FromTheStart(TlsTest):
    def test_large_messages_in_both_protocols(self):
        octets = message("large", b".0123456789 the quick brown fox jumps over the lazy dog\r\n" * 90000)
        imap = self.wire(self.imaps_port, tls=self.trust)
        self.assertIn("T OK", imap.ask(b"LOGIN demo secret"))
        self.assertIn("T OK", imap.append(octets))
        imap.ask(b"SELECT INBOX")
        self.assertIn(octets.decode(), imap.ask(b"FETCH 1 BODY.PEEK[]"))
        pop3 = self.wire(self.pop3s_port, tls=self.trust)
        self.assertRegex(pop3.greeting, TIMESTAMP)
        pop3.send(b"USER demo\r\nPASS secret\r\nRETR 1\r\nQUIT\r\n")
        self.assertTrue(pop3.closes())
        self.assertEqual(pop3.received.partition(b"+OK welcome\r\n")[2],
                         b"+OK the message\r\n" + octets.replace(b"\r\n.", b"\r\n..") + b".\r\n+OK goodbye\r\n")

    def test_says_that_it_ends(self):
        wire = self.wire(self.imaps_port, tls=self.trust)
        wire.send(b"a LOGOUT\r\n")
        wire.socket.suppress_ragged_eofs = False  # an end that was not said would be an error
        self.assertTrue(wire.closes())
        self.assertTrue(wire.received.endswith(b"a OK goodbye\r\n"))

    def test_says_goodbye_under_tls(self):
        wire = self.wire(self.imaps_port, tls=self.trust)
        self.end()
        self.assertTrue(wire.closes())
        self.assertEqual(wire.received, b"* BYE goodbye\r\n")
        self.start()

    def test_clients_that_speak_no_tls(self):
        for octets in (b"USER demo\r\n", b"\x16\x03\x01\x00\x05xxxxx", bytes(range(256)) * 100):
            with socket.create_connection(("127.0.0.1", self.pop3s_port), timeout=20) as wire:
                wire.sendall(octets)
                said = b""
                try:
                    while more := wire.recv(1000):
                        said += more
                except ConnectionResetError:
                    pass
                self.assertNotIn(b"+OK", said)
        self.assertRegex(self.wire(self.pop3s_port, tls=self.trust).greeting, TIMESTAMP)

    def test_the_version_before_the_last_will_do(self):
        self.trust.maximum_version = ssl.TLSVersion.TLSv1_2
        self.assertEqual(self.wire(self.pop3s_port, tls=self.trust).socket.version(), "TLSv1.2")

    def test_waits_without_work(self):
        def seconds_of_work():
            with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as file:
                fields = file.read().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        silent = socket.create_connection(("127.0.0.1", self.pop3s_port))
        halfway = socket.create_connection(("127.0.0.1", self.pop3s_port))
        halfway.sendall(b"\x16\x03\x01")
        due = self.wire(self.pop3_port)
        ask(due, b"STLS")
        open_wire = self.wire(self.pop3s_port, tls=self.trust)
        before = seconds_of_work()
        time.sleep(1)
        self.assertLess(seconds_of_work() - before, 0.3)
        self.assertEqual(ask(open_wire, b"LANG EN"), "+OK en so it is\r\n")
        for each in (silent, halfway):
            each.close()


class Stls(TlsTest):
    def test_begins(self):
        wire = self.wire(self.pop3_port)
        self.assertIn("STLS", self.capabilities(wire))
        self.assertIn("SASL SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5", self.capabilities(wire))
        ask(wire, b"LANG de")
        ask(wire, b"USER demo")
        self.assertEqual(ask(wire, b"STLS"), "+OK TLS kann beginnen\r\n")
        wire.start_tls(self.trust)
        # What was said before counts no more.
        self.assertEqual(ask(wire, b"PASS secret"), "-ERR command not valid in this state\r\n")
        self.assertNotIn("STLS", self.capabilities(wire))
        self.assertIn("SASL SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5 PLAIN LOGIN", self.capabilities(wire))
        self.assertTrue(ask(wire, b"STLS").startswith("-ERR"))
        self.assertEqual(ask(wire, b"USER demo"), "+OK and the password?\r\n")
        self.assertEqual(ask(wire, b"PASS secret"), "+OK welcome\r\n")
        self.assertTrue(ask(wire, b"STLS").startswith("-ERR"))

    # Somebody in between could have put it there, to be obeyed under TLS.
    def test_what_comes_in_the_clear_behind_it_is_not_obeyed(self):
        self.logged_in().append(message("stays"))
        wire = self.wire(self.pop3_port)
        wire.send(b"STLS\r\nUSER demo\r\nPASS secret\r\nDELE 1\r\nQUIT\r\n")
        self.assertTrue(wire.closes())
        self.assertNotIn(b"+OK", wire.received)
        wire = self.wire(self.pop3_port)
        ask(wire, b"STLS")
        wire.send(b"USER demo\r\nPASS secret\r\nDELE 1\r\nQUIT\r\n")
        self.assertTrue(wire.closes())
        self.assertNotIn(b"+OK", wire.received)
        self.assertIn("(MESSAGES 1)", self.logged_in().ask(b"STATUS INBOX (MESSAGES)"))

    def test_plain(self):
        wire = self.secured()
        refused = "-ERR [AUTH] wrong user or password\r\n"
        self.assertEqual(ask(wire, b"AUTH PLAIN " + encode(b"\0demo\0wrong")), refused)
        self.assertEqual(ask(wire, b"AUTH PLAIN " + encode(b"other\0demo\0secret")), refused)
        self.assertEqual(ask(wire, b"AUTH PLAIN"), "+ \r\n")
        self.assertEqual(ask(wire, encode(b"demo\0demo\0secret")), "+OK welcome\r\n")

    def test_login(self):
        wire = self.secured()
        for password, answer in ((b"wrong", "-ERR [AUTH] wrong user or password\r\n"), (b"secret", "+OK welcome\r\n")):
            self.assertEqual(ask(wire, b"AUTH LOGIN"), "+ VXNlcm5hbWU6\r\n")
            self.assertEqual(ask(wire, encode(b"demo")), "+ UGFzc3dvcmQ6\r\n")
            self.assertEqual(ask(wire, encode(password)), answer)


class Token(TlsTest):
    options = ["--token", "a.token" * 300]

    def test_token(self):
        good, bad = self.options[1].encode(), b"another"
        bearer = b"n,a=demo,\1host=localhost\1auth=Bearer %s\1\1"
        xoauth2 = b"user=demo\1auth=Bearer %s\1\1"
        for name, form, dummy in ((b"OAUTHBEARER", bearer, b"\1"), (b"XOAUTH2", xoauth2, b"")):
            wire = self.secured()
            self.assertIn("SASL SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5 PLAIN LOGIN OAUTHBEARER XOAUTH2",
                          self.capabilities(wire))
            challenge = ask(wire, b"AUTH " + name + b" " + encode(form % bad))
            self.assertEqual(base64.b64decode(challenge[2:]), b'{"status":"invalid_token"}')
            self.assertEqual(ask(wire, encode(dummy)), "-ERR [AUTH] wrong user or password\r\n")
            # It does not fit a command of 255 octets.
            self.assertEqual(ask(wire, b"AUTH " + name), "+ \r\n")
            self.assertEqual(ask(wire, encode(form % good)), "+OK welcome\r\n")
            self.assertEqual(ask(wire, b"QUIT"), "+OK goodbye\r\n")

    def test_not_in_the_clear(self):
        wire = self.wire(self.pop3_port)
        self.assertIn("SASL SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5", self.capabilities(wire))
        self.assertEqual(ask(wire, b"AUTH XOAUTH2"), "-ERR there is no such mechanism here\r\n")


class Required(TlsTest):
    options = ["--require-tls"]

    def test_nobody_logs_in_without(self):
        wire = self.wire(self.pop3_port)
        self.assertEqual(wire.greeting, b"+OK mail_server ready\r\n")
        self.assertEqual([each for each in self.capabilities(wire) if each[:4] in ("USER", "SASL", "STLS")], ["STLS"])
        for command in (b"USER demo", b"AUTH CRAM-MD5", b"APOP demo " + b"0" * 32):
            self.assertTrue(ask(wire, command).startswith("-ERR"), command)
        wire = self.secured()
        self.assertIn("USER", self.capabilities(wire))
        ask(wire, b"USER demo")
        self.assertEqual(ask(wire, b"PASS secret"), "+OK welcome\r\n")
        self.assertRegex(self.wire(self.pop3s_port, tls=self.trust).greeting, TIMESTAMP)


class Certificate(unittest.TestCase):
    def test_bad_options(self):
        for arguments, said in ((["--certificate", "/none"], b"--key"), (["--key", "/none"], b"--certificate"),
                                (["--certificate", "/none", "--key", "/none"], b"mail_server: /none: "),
                                (["--certificate", __file__, "--key", "/none"], __file__.encode() + b": ")):
            ran = subprocess.run([PROGRAM, "--password", "x", *arguments], capture_output=True, timeout=20)
            self.assertNotEqual(ran.returncode, 0, arguments)
            self.assertIn(said, ran.stderr + ran.stdout, arguments)


if __name__ == "__main__":
    unittest.main()
