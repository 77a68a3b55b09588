# SPDX-License-Identifier: BSL-1.0
"""The demonstration's rows pass against Dovecot as they pass against our own server."""
import os
import pathlib
import subprocess
import unittest

from _dovecot import Dovecot

BIN = pathlib.Path(os.environ["MAILWIRE_BIN"])


class DemoWithDovecot(unittest.TestCase):
    def test_every_row_passes_twice(self):
        with Dovecot() as server:
            for _ in range(2):  # what one run leaves behind does not disturb the next
                done = subprocess.run(
                    [BIN / "demo", "--pop3", server.pop3, "--imap", server.imap, "--user", "alice"],
                    input="secret\n", capture_output=True, text=True, timeout=120)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                self.assertNotIn("FAIL", done.stdout)
                self.assertGreaterEqual(done.stdout.count("pass  POP3"), 8)
                self.assertGreaterEqual(done.stdout.count("pass  IMAP"), 16)
                self.assertNotIn("secret", done.stdout)

    def test_a_row_that_fails_fails_the_run(self):
        with Dovecot() as server:
            done = subprocess.run(
                [BIN / "demo", "--pop3", server.pop3, "--imap", server.imap, "--user", "alice"],
                input="wrong\n", capture_output=True, text=True, timeout=120)
            self.assertEqual(done.returncode, 1, done.stdout)
            self.assertIn("FAIL", done.stdout)

    def test_blocking_client_prints_subjects(self):
        with Dovecot() as server:
            host, port = server.imap.split(":")
            message = server.folder / "message"
            message.write_bytes(b"Subject: of \\ all \"things\"\r\n\r\nx\r\n")
            done = subprocess.run(["curl", "-sS", "-u", "bob:secret", "-T", message, f"imap://{server.imap}/INBOX"],
                                  capture_output=True, timeout=60)
            self.assertEqual(done.returncode, 0, done.stderr)
            done = subprocess.run([BIN / "blocking", host, port, "bob"], input="secret\n", capture_output=True,
                                  text=True, timeout=60)
            self.assertEqual((done.returncode, done.stdout), (0, '1 of \\ all "things"\n'), done.stderr)


if __name__ == "__main__":
    unittest.main()
