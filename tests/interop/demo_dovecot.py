# SPDX-License-Identifier: BSL-1.0
"""The demonstration's rows pass against Dovecot as they pass against our own server."""
import base64
import os
import pathlib
import subprocess
import unittest

from _dovecot import Dovecot

BIN = pathlib.Path(os.environ["MAILWIRE_BIN"])
LOGINS = ["log in: USER and PASS", *(f"log in: AUTH {name}" for name in
                                     ("SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN"))]
APOP, STLS = "log in: APOP", "begin TLS, and ask again"
OTHERS = ["ask what the server can do", "break a login off, and log in another way", "send three commands at once",
          "learn why a login is refused", "list the messages", "keep mode leaves the mail on the server",
          "delete mode removes it after QUIT"]


class DemoWithDovecot(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(Dovecot())

    def demo(self, *arguments, password="secret"):
        done = subprocess.run([BIN / "demo", "--user", "alice", *arguments], input=password + "\n", capture_output=True,
                              text=True, timeout=120)
        shown = done.stdout + done.stderr
        for encoded in (password, base64.b64encode(password.encode()).decode()):
            self.assertNotIn(encoded, shown)
        return done.returncode, shown

    def check_twice(self, passed, skipped, *arguments):
        for _ in range(2):  # what one run leaves behind does not disturb the next
            code, shown = self.demo(*arguments)
            self.assertEqual(code, 0, shown)
            self.assertNotIn("FAIL", shown)
            for row in passed:
                self.assertIn(f"pass  POP3  {row}\n", shown)
            for row in skipped:
                self.assertNotIn(f"  POP3  {row}\n", shown.replace(f"skip  POP3  {row}\n", ""))
            self.assertGreaterEqual(shown.count("pass  IMAP"), 18)

    def logins(self):
        """What Dovecot has seen, by its log: (method, under TLS)."""
        lines = (self.server.folder / "log").read_text().splitlines()
        return {(line.split("method=")[1].split(",")[0], ", TLS," in line)
                for line in lines if "pop3-login: Info: Login" in line}

    def test_in_the_clear(self):
        self.check_twice(LOGINS + [APOP] + OTHERS, [STLS], "--pop3", self.server.pop3, "--imap", self.server.imap)
        methods = {"PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256", "APOP"}
        self.assertEqual(self.logins(), {(method, False) for method in methods})

    def test_stls(self):
        # The timestamp of APOP is in the greeting, which comes before TLS and is not believed.
        self.check_twice(LOGINS + [STLS] + OTHERS, [APOP], "--tls", "stls", "--ca", self.server.certificate,
                         "--pop3", self.server.pop3, "--imap", self.server.imaps)
        methods = {"PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256"}
        self.assertEqual(self.logins(), {(method, True) for method in methods})

    def test_tls_from_the_start(self):
        self.check_twice(LOGINS + [APOP] + OTHERS, [STLS], "--tls", "implicit", "--ca", self.server.certificate,
                         "--pop3", self.server.pop3s, "--imap", self.server.imaps)
        methods = {"PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256", "APOP"}
        self.assertEqual(self.logins(), {(method, True) for method in methods})

    def test_no_login_where_the_certificate_is_not_trusted(self):
        for tls, pop3 in (("stls", self.server.pop3), ("implicit", self.server.pop3s)):
            code, shown = self.demo("--tls", tls, "--pop3", pop3, "--imap", self.server.imaps)
            self.assertEqual((code, shown.count("pass  POP3  log in"), shown.count("pass  IMAP")), (1, 0, 0), shown)
            self.assertIn("FAIL  POP3  127.0.0.1: certificate verify failed", shown)
        log = (self.server.folder / "log").read_text()
        self.assertNotIn("Info: Login", log)
        self.assertNotIn("auth attempts", log.replace("no auth attempts", ""))

    def test_a_wrong_password_is_tried_once(self):
        code, shown = self.demo("--pop3", self.server.pop3, "--imap", self.server.imap, password="no-such-word")
        self.assertEqual(code, 1, shown)
        self.assertIn("FAIL  POP3  log in: USER and PASS", shown)
        log = (self.server.folder / "log").read_text()
        self.assertEqual([line.count("auth failed, 1 attempts") for line in log.splitlines()
                          if "pop3-login: " in line and "auth failed" in line], [1], log)

    def test_blocking_client_prints_subjects(self):
        server = self.server
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
