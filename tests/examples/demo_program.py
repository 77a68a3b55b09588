# SPDX-License-Identifier: BSL-1.0
"""Runs the program demo with the server it starts, with every kind of TLS and without; and its arguments."""
import os
import pathlib
import subprocess
import unittest

DEMO = pathlib.Path(os.environ["MAILWIRE_BIN"]) / "demo"
BY_PASSWORD = ["PLAIN", "LOGIN"]
BY_PROOF = ["SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5"]


def run(*arguments, password=""):
    done = subprocess.run([DEMO, *arguments], input=password, capture_output=True, text=True, timeout=300)
    return done.returncode, done.stdout, done.stderr


class Demo(unittest.TestCase):
    def check(self, arguments, passed, skipped):
        code, rows, errors = run(*arguments)
        self.assertEqual((code, errors), (0, ""), rows)
        self.assertIn(f" passed, 0 failed, {len(skipped)} skipped\n", rows)
        for row in [*passed, *(f"POP3  log in: AUTH {name}" for name in BY_PROOF), "POP3  log in: USER and PASS",
                    "POP3  speak UTF-8", "POP3  ask for another language", "POP3  delete mode removes it after QUIT",
                    *(f"IMAP  log in: AUTHENTICATE {name}" for name in BY_PROOF), "IMAP  log in",
                    "IMAP  break a login off, and log in another way", "IMAP  send three commands at once",
                    "IMAP  be told what happens, while nothing is asked", "IMAP  keep count of the mailbox"]:
            self.assertIn(f"pass  {row}\n", rows)
        for row in skipped:
            self.assertIn(f"skip  {row}\n", rows)
        self.assertGreaterEqual(rows.count("pass  IMAP"), 26)
        self.assertNotIn("a password with spaces", rows)

    def test_every_row_passes(self):
        under_tls = [f"{command} {name}" for command in ("POP3  log in: AUTH", "IMAP  log in: AUTHENTICATE")
                     for name in BY_PASSWORD]
        by_command = [f"{protocol}  begin TLS, and ask again" for protocol in ("POP3", "IMAP")]
        apop = "POP3  log in: APOP"
        self.check([], [*by_command, *under_tls], [apop])
        self.check(["--tls", "stls"], [*by_command, *under_tls], [apop])
        self.check(["--tls", "implicit"], [apop, *under_tls], [])
        self.check(["--tls", "none"], [apop], under_tls)

    def test_no_password_leaves_this_machine_unless_it_is_said_how(self):
        far = ["--pop3", "mail.example.org:110", "--imap", "localhost:143", "--user", "ada"]
        code, rows, errors = run(*far, password="secret\n")
        self.assertEqual((code, rows), (1, ""))
        self.assertIn("not on this machine", errors)

    def test_arguments(self):
        self.assertEqual(run("--help")[0], 0)
        for wrong in (["--tls", "maybe"], ["--pop3", "localhost:110"], ["--ca", "file"], ["more"]):
            self.assertNotEqual(run(*wrong)[0], 0, wrong)


if __name__ == "__main__":
    unittest.main()
