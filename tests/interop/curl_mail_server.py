# SPDX-License-Identifier: BSL-1.0
"""curl reads and writes a mailbox of mail_server over IMAP, in the clear, by STARTTLS and under TLS from the start, and
reads it over POP3."""
import subprocess
import tempfile
import unittest

from _mail_server import MailServer

MESSAGE = b"From: ada@example.org\r\nSubject: dots\r\n\r\n.\r\n..two\r\nend\r\n"

PEER_FAILED_VERIFICATION = 60
LOGIN_DENIED = 67


class CurlWithMailServer(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(MailServer())
        self.imap = f"imap://localhost:{self.server.imap}"
        self.imaps = f"imaps://localhost:{self.server.imaps}"
        self.pop3 = f"pop3://localhost:{self.server.pop3}"
        self.options = []

    def run_curl(self, *arguments, password="secret", trust=None):
        return subprocess.run(["curl", "-sS", "-u", f"alice:{password}", "--cacert", trust or self.server.certificate,
                               *self.options, *arguments], capture_output=True, timeout=60)

    def curl(self, *arguments):
        done = self.run_curl(*arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def deliver(self, imap):
        with tempfile.NamedTemporaryFile() as file:
            file.write(MESSAGE)
            file.flush()
            self.curl("-T", file.name, imap + "/INBOX")

    def test_imap(self):
        self.check_imap((self.imap, self.imaps))

    def test_imap_by_starttls(self):
        self.options = ["--ssl-reqd"]
        self.check_imap((self.imap, self.imap))

    def check_imap(self, urls):
        for number, imap in enumerate(urls, 1):
            self.deliver(imap)
            self.assertIn(b'* LIST (\\HasNoChildren) "/" INBOX\r\n', self.curl(imap + "/"))
            self.assertEqual(self.curl(f"{imap}/INBOX;UID={number}"), MESSAGE)
            self.assertEqual(self.curl(f"{imap}/INBOX;MAILINDEX={number};SECTION=TEXT"), b".\r\n..two\r\nend\r\n")
            self.assertEqual(self.curl(imap + f"/INBOX?SUBJECT%20dots%20UID%20{number}"), b"* SEARCH %d\r\n" % number)
            self.assertIn(b"* %d FETCH (FLAGS (\\Seen" % number, self.curl("-X", f"FETCH {number} FLAGS", imap + "/INBOX"))
            self.curl("-X", f'CREATE "new box {number}"', imap + "/")
            self.assertIn(b'"new box %d"\r\n' % number, self.curl(imap + "/"))
            self.curl("-X", f'SUBSCRIBE "new box {number}"', imap + "/")
            self.assertIn(b'* LSUB () "/" "new box %d"\r\n' % number, self.curl("-X", 'LSUB "" *', imap + "/"))
            self.assertEqual(self.curl("-X", "EXAMINE INBOX", imap + "/").count(b"* OK [PERMANENTFLAGS ()]"), 1)
            self.curl("-X", f"STORE {number} +FLAGS.SILENT \\Deleted", imap + "/INBOX")
        self.assertEqual(self.curl("-X", "EXPUNGE", urls[1] + "/INBOX").count(b"* 1 EXPUNGE\r\n"), 2)

    def test_imap_mechanisms(self):
        for imap, names, *more in ((self.imap, ("CRAM-MD5",)), (self.imaps, ("PLAIN", "LOGIN")),
                                   (self.imap, ("PLAIN", "LOGIN", "CRAM-MD5"), "--ssl-reqd")):
            for name in names:
                with self.subTest(name, more=more):
                    done = self.run_curl(*more, "-v", "--login-options", f"AUTH={name}", imap + "/")
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.assertIn(b" AUTHENTICATE " + name.encode(), done.stderr)
                    self.assertIn(b"INBOX\r\n", done.stdout)

    def test_imap_token(self):
        with MailServer("--token", "t0ken") as server:
            for token, code in (("t0ken", 0), ("another", LOGIN_DENIED)):
                done = subprocess.run(["curl", "-sS", "-v", "--cacert", server.certificate, "--ssl-reqd", "-u", "alice",
                                       "--oauth2-bearer", token, f"imap://localhost:{server.imap}/"],
                                      capture_output=True, timeout=60)
                self.assertEqual(done.returncode, code, done.stderr)
                self.assertIn(b" AUTHENTICATE OAUTHBEARER ", done.stderr)

    def test_imap_refused(self):
        for imap, more in ((self.imap, []), (self.imap, ["--ssl-reqd"]), (self.imaps, [])):
            self.assertEqual(self.run_curl(*more, imap + "/", password="wrong").returncode, LOGIN_DENIED)
        with MailServer() as other:
            for imap, more in ((self.imap, ["--ssl-reqd"]), (self.imaps, [])):
                done = self.run_curl(*more, "-v", imap + "/", trust=other.certificate)
                self.assertEqual(done.returncode, PEER_FAILED_VERIFICATION)
                self.assertNotRegex(done.stderr, rb"> A\d+ (LOGIN|AUTHENTICATE)")

    def test_pop3(self):
        self.deliver(self.imap)
        self.assertEqual(self.curl(self.pop3 + "/"), b"1 %d\r\n" % len(MESSAGE))
        self.assertEqual(self.curl(self.pop3 + "/1"), MESSAGE)
        self.assertTrue(self.curl("-X", "UIDL", self.pop3 + "/").startswith(b"1 "))
        self.curl("-I", "-X", "DELE 1", self.pop3 + "/")
        self.assertEqual(self.curl(self.pop3 + "/").strip(), b"")  # curl itself adds a line end to an empty listing


if __name__ == "__main__":
    unittest.main()
