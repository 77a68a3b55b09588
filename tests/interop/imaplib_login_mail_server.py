# SPDX-License-Identifier: BSL-1.0
"""imaplib begins TLS in the session, logs in by mechanisms, and is told by IDLE what another client does."""
import base64
import imaplib
import ssl
import time
import unittest

from _mail_server import MESSAGES, MailServer


class ImaplibLogsIn(unittest.TestCase):
    def server_with(self, *options):
        server = self.enterContext(MailServer(*options))
        self.trust = ssl.create_default_context(cafile=server.certificate)
        return server

    def connect(self, server):
        mail = imaplib.IMAP4("localhost", server.imap, timeout=20)
        self.addCleanup(lambda: mail.sock.close())  # by then another one, under TLS
        return mail

    def test_starttls(self):
        mail = self.connect(self.server_with())
        self.assertIn("STARTTLS", mail.capabilities)
        self.assertNotIn("AUTH=PLAIN", mail.capabilities)
        self.assertEqual(mail.starttls(self.trust)[0], "OK")
        self.assertNotIn("STARTTLS", mail.capabilities)
        self.assertIn("AUTH=PLAIN", mail.capabilities)
        self.assertEqual(mail.login("alice", "secret")[0], "OK")
        self.assertEqual(mail.select()[0], "OK")
        self.assertEqual(mail.logout()[0], "BYE")

    def test_nobody_logs_in_before_tls_where_it_is_required(self):
        mail = self.connect(self.server_with("--require-tls"))
        self.assertIn("LOGINDISABLED", mail.capabilities)
        with self.assertRaisesRegex(imaplib.IMAP4.error, "PRIVACYREQUIRED"):
            mail.login("alice", "secret")
        mail.starttls(self.trust)
        self.assertNotIn("LOGINDISABLED", mail.capabilities)
        self.assertEqual(mail.login("alice", "secret")[0], "OK")

    def test_starttls_comes_once(self):
        mail = self.connect(self.server_with())
        mail.starttls(self.trust)
        mail.send(b"x STARTTLS\r\n")
        self.assertTrue(mail.readline().startswith(b"x BAD "))

    def test_what_is_sent_ahead_of_the_handshake_is_not_read(self):
        mail = self.connect(self.server_with())
        mail.send(b"x STARTTLS\r\ny NOOP\r\n")
        self.assertTrue(mail.readline().startswith(b"x OK "))
        self.assertEqual(mail.readline(), b"")

    def test_mechanisms(self):
        server = self.server_with("--token", "t0ken")

        def plain(_):
            return b"\0alice\0secret"

        def oauth(_):
            return b"n,a=alice,\x01auth=Bearer t0ken\x01\x01"

        for name, answer in (("PLAIN", plain), ("OAUTHBEARER", oauth)):
            with self.subTest(name):
                mail = self.connect(server)
                mail.starttls(self.trust)
                self.assertEqual(mail.authenticate(name, answer)[0], "OK")
                self.assertEqual(mail.state, "AUTH")
                mail.logout()
        mail = self.connect(server)
        self.assertEqual(mail.login_cram_md5("alice", "secret")[0], "OK")

    def test_initial_response(self):
        mail = self.connect(self.server_with())
        mail.starttls(self.trust)
        mail.send(b"x AUTHENTICATE PLAIN " + base64.b64encode(b"\0alice\0secret") + b"\r\n")
        self.assertTrue(mail.readline().startswith(b"x OK "))

    def test_a_login_fails_and_the_next_one_does_not(self):
        server = self.server_with()
        mail = self.connect(server)
        with self.assertRaisesRegex(imaplib.IMAP4.error, "AUTHENTICATIONFAILED"):
            mail.login_cram_md5("alice", "wrong")
        self.assertEqual(mail.login_cram_md5("alice", "secret")[0], "OK")

    def test_a_login_is_cancelled(self):
        mail = self.connect(self.server_with())
        mail.send(b"x AUTHENTICATE CRAM-MD5\r\n")
        self.assertTrue(mail.readline().startswith(b"+ "))
        mail.send(b"*\r\n")
        self.assertTrue(mail.readline().startswith(b"x BAD "))
        self.assertEqual(mail.noop()[0], "OK")

    def test_idle(self):
        server = self.server_with()
        watching = self.connect(server)
        watching.login("alice", "secret")
        watching.select()
        watching.send(b"x IDLE\r\n")
        self.assertTrue(watching.readline().startswith(b"+ "))
        acting = self.connect(server)
        acting.login("alice", "secret")
        acting.append("INBOX", None, None, MESSAGES[0])
        self.assertEqual(watching.readline(), b"* 1 EXISTS\r\n")
        self.assertEqual(watching.readline(), b"* 1 RECENT\r\n")
        acting.select()
        acting.store("1", "+FLAGS", "\\Flagged")
        self.assertRegex(watching.readline(), rb"\* 1 FETCH \(FLAGS \(.*\\Flagged.*\)\)\r\n")
        acting.store("1", "+FLAGS", "\\Deleted")
        self.assertRegex(watching.readline(), rb"\* 1 FETCH \(FLAGS \(.*\\Deleted.*\)\)\r\n")
        acting.expunge()
        self.assertEqual(watching.readline(), b"* 1 EXPUNGE\r\n")
        watching.send(b"DONE\r\n")
        self.assertTrue(watching.readline().startswith(b"x OK "))
        self.assertEqual(watching.noop()[0], "OK")

    def test_idle_wants_done_and_nothing_else(self):
        mail = self.connect(self.server_with())
        mail.login("alice", "secret")
        mail.send(b"x IDLE\r\n")
        self.assertTrue(mail.readline().startswith(b"+ "))
        mail.send(b"y NOOP\r\n")
        self.assertTrue(mail.readline().startswith(b"x BAD "))
        self.assertEqual(mail.noop()[0], "OK")

    def test_who_is_silent_is_sent_away(self):
        server = self.server_with("--login-seconds", "1", "--imap-idle-seconds", "1")
        for log_in in (False, True):
            mail = self.connect(server)
            if log_in:
                mail.login("alice", "secret")
            begun = time.monotonic()
            self.assertTrue(mail.readline().startswith(b"* BYE "))
            self.assertEqual(mail.readline(), b"")
            self.assertLess(time.monotonic() - begun, 10)


if __name__ == "__main__":
    unittest.main()
