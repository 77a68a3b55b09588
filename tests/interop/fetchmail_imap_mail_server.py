# SPDX-License-Identifier: BSL-1.0
"""fetchmail keeps and empties mailboxes of mail_server over IMAP, in the clear and under TLS from the start."""
import imaplib
import unittest

from _fetchmail import AUTHENTICATION_FAILED, FETCHED, NOTHING_NEW, Fetchmail, as_delivered
from _mail_server import MESSAGES, MailServer


class FetchmailImapWithMailServer(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(MailServer())
        self.server.fill()
        self.fetchmail = Fetchmail(self.server)
        self.clear = self.server.imap, "sslproto ''"
        self.tls = self.server.imaps, "ssl sslproto 'auto'"

    def fetch(self, way, *mode, more="", **others):
        """Runs it; what it says."""
        port, tls = way
        return self.fetchmail.run(port, *mode, protocol="IMAP", poll="auth password", user=f"{tls} {more}", **others)

    def check_delivered(self, ran, expected):
        self.assertEqual(ran.returncode, FETCHED if expected else NOTHING_NEW, ran.stdout + ran.stderr)
        got = self.fetchmail.taken()
        self.assertTrue(got == as_delivered(expected), [octets[:80] for octets in got])

    def flags(self):
        mail, _ = self.server.inbox()
        with mail:
            return [imaplib.ParseFlags(each) for each in mail.fetch("1:*", "(FLAGS)")[1]]

    def check(self, way):
        """Fetches and keeps all, finds nothing new, and fetches and deletes all."""
        self.check_delivered(self.fetch(way, "--keep"), MESSAGES)
        self.assertEqual(self.flags(), [(b"\\Seen",)] * len(MESSAGES))
        self.check_delivered(self.fetch(way, "--keep"), [])
        ran = self.fetch(way, "--nokeep", "--fetchall")
        self.check_delivered(ran, MESSAGES)
        self.assertIn(b"EXPUNGE\n", ran.stdout)
        self.assertEqual(self.server.left(), 0)
        self.check_delivered(self.fetch(way, "--nokeep", "--fetchall"), [])

    def test_in_the_clear(self):
        self.check(self.clear)

    def test_under_tls(self):
        self.check(self.tls)

    def test_another_mailbox(self):
        mail, _ = self.server.inbox()
        with mail:
            mail.create("work/new")
            mail.copy("2:3", "work/new")
        ran = self.fetch(self.clear, "--nokeep", more='folder "work/new"')
        self.check_delivered(ran, MESSAGES[1:3])
        self.assertEqual(self.server.left(), len(MESSAGES))

    def test_only_what_was_not_read(self):
        mail, _ = self.server.inbox()
        with mail:
            mail.store("1:3,5:6", "+FLAGS", "\\Seen")
        self.check_delivered(self.fetch(self.tls, "--keep"), MESSAGES[3:4])

    def test_refused(self):
        for way in (self.clear, self.tls):
            ran = self.fetch(way, "--keep", password="wrong")
            self.assertEqual(ran.returncode, AUTHENTICATION_FAILED, ran.stdout)
            self.assertIn(b"NO [AUTHENTICATIONFAILED]", ran.stdout + ran.stderr)
        with MailServer() as other:
            ran = self.fetch(self.tls, "--keep", trust=other.certificate)
        self.assertNotEqual(ran.returncode, 0)
        self.assertNotIn(b"LOGIN", ran.stdout)
        self.assertEqual(self.fetchmail.taken(), [])


if __name__ == "__main__":
    unittest.main()
