# SPDX-License-Identifier: BSL-1.0
"""curl reads and writes a mailbox of mail_server over IMAP and POP3."""
import os
import pathlib
import subprocess
import tempfile
import unittest

BIN = pathlib.Path(os.environ["MAILWIRE_BIN"])
MESSAGE = b"From: ada@example.org\r\nSubject: dots\r\n\r\n.\r\n..two\r\nend\r\n"


class CurlWithMailServer(unittest.TestCase):
    def setUp(self):
        self.server = subprocess.Popen([BIN / "mail_server", "--imap-port", "0", "--pop3-port", "0", "--user", "alice"],
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.server.stdin.write("secret\n")
        self.server.stdin.close()
        self.at = dict(self.server.stdout.readline().split() for _ in range(2))

    def tearDown(self):
        self.server.terminate()
        self.assertEqual(self.server.wait(timeout=20), 0)
        self.server.stdout.close()

    def curl(self, *arguments):
        done = subprocess.run(["curl", "-sS", "-u", "alice:secret", *arguments], capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def deliver(self):
        with tempfile.NamedTemporaryFile() as file:
            file.write(MESSAGE)
            file.flush()
            self.curl("-T", file.name, f"imap://{self.at['imap']}/INBOX")

    def test_imap(self):
        imap = f"imap://{self.at['imap']}"
        self.deliver()
        self.assertIn(b'* LIST (\\HasNoChildren) "/" INBOX\r\n', self.curl(imap + "/"))
        self.assertEqual(self.curl(imap + "/INBOX;UID=1"), MESSAGE)
        self.assertEqual(self.curl(imap + "/INBOX;MAILINDEX=1;SECTION=TEXT"), b".\r\n..two\r\nend\r\n")
        self.assertEqual(self.curl(imap + "/INBOX?SUBJECT%20dots"), b"* SEARCH 1\r\n")
        self.assertIn(b"* 1 FETCH (FLAGS (\\Seen", self.curl("-X", "FETCH 1 FLAGS", imap + "/INBOX"))
        self.curl("-X", 'CREATE "new box"', imap + "/")
        self.assertIn(b'"new box"\r\n', self.curl(imap + "/"))

    def test_imap_wrong_password(self):
        done = subprocess.run(["curl", "-sS", "-u", "alice:wrong", f"imap://{self.at['imap']}/"], capture_output=True,
                              timeout=60)
        self.assertEqual(done.returncode, 67, done.stderr)  # CURLE_LOGIN_DENIED

    def test_pop3(self):
        pop3 = f"pop3://{self.at['pop3']}"
        self.deliver()
        self.assertEqual(self.curl(pop3 + "/"), b"1 %d\r\n" % len(MESSAGE))
        self.assertEqual(self.curl(pop3 + "/1"), MESSAGE)
        self.assertTrue(self.curl("-X", "UIDL", pop3 + "/").startswith(b"1 "))
        self.curl("-I", "-X", "DELE 1", pop3 + "/")
        self.assertEqual(self.curl(pop3 + "/").strip(), b"")  # curl itself adds a line end to an empty listing


if __name__ == "__main__":
    unittest.main()
