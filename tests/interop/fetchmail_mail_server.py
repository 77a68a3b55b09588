# SPDX-License-Identifier: BSL-1.0
"""fetchmail empties and keeps a maildrop of mail_server by every login it has, in the clear, by STLS and under TLS from
the start."""
import unittest

from _fetchmail import AUTHENTICATION_FAILED, FETCHED, NOTHING_NEW, Fetchmail, as_delivered
from _mail_server import MESSAGES, MailServer


class FetchmailWithMailServer(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(MailServer())
        self.server.fill()
        self.fetchmail = Fetchmail(self.server)
        self.clear = self.server.pop3, "sslproto ''"
        self.stls = self.server.pop3, "sslproto 'auto'"
        self.tls = self.server.pop3s, "ssl sslproto 'auto'"

    def fetch(self, way, protocol="POP3", options="", **others):
        """Runs it; what it says."""
        port, tls = way
        return self.fetchmail.run(port, *self.mode, protocol=protocol, poll=f"uidl {options}", user=tls, **others)

    def check(self, way, said, **more):
        """Fetches and keeps all, finds nothing new, and fetches and deletes all."""
        self.mode = ["--keep"]
        for code in (FETCHED, NOTHING_NEW):
            ran = self.fetch(way, **more)
            self.assertEqual(ran.returncode, code, ran.stdout + ran.stderr)
            self.assertIn(b"> " + said, ran.stdout)
        self.take_delivered()
        self.assertEqual(self.server.left(), len(MESSAGES))
        self.mode = ["--nokeep", "--fetchall"]
        ran = self.fetch(way, **more)
        self.assertEqual(ran.returncode, FETCHED, ran.stdout + ran.stderr)
        self.take_delivered()
        self.assertEqual(self.server.left(), 0)

    def take_delivered(self):
        got = self.fetchmail.taken()
        self.assertTrue(got == as_delivered(MESSAGES), [octets[:80] for octets in got])

    def test_user_and_pass(self):
        self.check(self.clear, b"PASS *\n", options="auth password")

    def test_apop(self):
        self.check(self.clear, b"APOP alice ", protocol="APOP")

    def test_auth(self):
        self.check(self.clear, b"AUTH CRAM-MD5\n", options="auth cram-md5")

    def test_wrong_passwords(self):
        self.mode = ["--keep"]
        for way, more in ((self.clear, {"options": "auth password"}), (self.clear, {"protocol": "APOP"}),
                          (self.stls, {"options": "auth cram-md5"})):
            ran = self.fetch(way, password="wrong", **more)
            self.assertEqual(ran.returncode, AUTHENTICATION_FAILED, ran.stdout)
            self.assertIn(b"-ERR [AUTH] wrong user or password", ran.stdout + ran.stderr)

    def test_a_stranger_is_not_believed(self):
        self.mode = ["--keep"]
        with MailServer() as other:
            for way in (self.stls, self.tls):
                ran = self.fetch(way, trust=other.certificate)
                self.assertNotEqual(ran.returncode, FETCHED)
                self.assertNotIn(b"USER", ran.stdout.partition(b"STLS")[2])

    def test_stls(self):
        self.check(self.stls, b"STLS\n", options="auth password")

    def test_stls_and_auth(self):
        self.check(self.stls, b"AUTH CRAM-MD5\n", options="auth cram-md5")

    def test_stls_and_apop(self):
        self.check(self.stls, b"APOP alice ", protocol="APOP")

    def test_tls_from_the_start(self):
        self.check(self.tls, b"PASS *\n", options="auth password")

    def test_tls_from_the_start_and_auth(self):
        self.check(self.tls, b"AUTH CRAM-MD5\n", options="auth cram-md5")


if __name__ == "__main__":
    unittest.main()
