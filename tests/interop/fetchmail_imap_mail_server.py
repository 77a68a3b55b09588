# SPDX-License-Identifier: BSL-1.0
"""fetchmail keeps and empties mailboxes of mail_server over IMAP, in the clear, by STARTTLS and under TLS from the
start, and waits by IDLE."""
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
        self.starttls = self.server.imap, "sslproto 'auto'"
        self.tls = self.server.imaps, "ssl sslproto 'auto'"

    def fetch(self, way, *mode, more="", auth="password", **others):
        """Runs it; what it says."""
        port, tls = way
        return self.fetchmail.run(port, *mode, protocol="IMAP", poll=f"auth {auth}", user=f"{tls} {more}", **others)

    def check_delivered(self, ran, expected):
        self.assertEqual(ran.returncode, FETCHED if expected else NOTHING_NEW, ran.stdout + ran.stderr)
        got = self.fetchmail.taken()
        self.assertTrue(got == as_delivered(expected), [octets[:80] for octets in got])

    def flags(self):
        mail, _ = self.server.inbox()
        with mail:
            return [imaplib.ParseFlags(each) for each in mail.fetch("1:*", "(FLAGS)")[1]]

    def check(self, way, said=b"LOGIN ", **more):
        """Fetches and keeps all, finds nothing new, and fetches and deletes all."""
        ran = self.fetch(way, "--keep", **more)
        self.check_delivered(ran, MESSAGES)
        self.assertRegex(ran.stdout, rb"IMAP> A\d+ " + said)
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

    def test_by_starttls(self):
        self.check(self.starttls, said=b"STARTTLS\n")

    def test_cram_md5(self):
        for way in (self.clear, self.starttls):
            self.server.fill()
            self.check(way, said=b"AUTHENTICATE CRAM-MD5\n", auth="cram-md5")

    # It waits by IDLE, fetches what another client files in meanwhile, and waits again.
    def test_idle(self):
        for way in (self.clear, self.starttls):
            self.server.fill(MESSAGES[:1])
            with self.fetchmail.running(way[0], "--keep", protocol="IMAP", poll="auth password",
                                        user=f"{way[1]} idle") as running:
                running.wait_for(b"IDLE\n")
                for octets in MESSAGES[1:3]:
                    mail, _ = self.server.inbox()
                    with mail:
                        mail.append("INBOX", None, None, octets)
                    running.wait_for(b"IDLE\n")
            got = self.fetchmail.taken()
            self.assertTrue(got == as_delivered(MESSAGES[:3]), [octets[:80] for octets in got])

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
        for way in (self.clear, self.starttls, self.tls):
            ran = self.fetch(way, "--keep", password="wrong")
            self.assertEqual(ran.returncode, AUTHENTICATION_FAILED, ran.stdout)
            self.assertIn(b"NO [AUTHENTICATIONFAILED]", ran.stdout + ran.stderr)
        with MailServer() as other:
            for way in (self.starttls, self.tls):
                ran = self.fetch(way, "--keep", trust=other.certificate)
                self.assertNotEqual(ran.returncode, 0)
                self.assertNotIn(b"LOGIN", ran.stdout)
        self.assertEqual(self.fetchmail.taken(), [])


if __name__ == "__main__":
    unittest.main()
