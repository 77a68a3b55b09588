# SPDX-License-Identifier: BSL-1.0
"""The demonstration's rows pass against Dovecot as they pass against our own server."""
import base64
import os
import pathlib
import subprocess
import time
import unittest

from _dovecot import Dovecot

BIN = pathlib.Path(os.environ["MAILWIRE_BIN"])
MECHANISMS = ["SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN"]
APOP, BEGIN_TLS = "log in: APOP", "begin TLS, and ask again"
ALWAYS = ["ask what the server can do", "break a login off, and log in another way", "send three commands at once"]
POP3 = ALWAYS + ["log in: USER and PASS", *(f"log in: AUTH {name}" for name in MECHANISMS),
                 "learn why a login is refused", "list the messages", "keep mode leaves the mail on the server",
                 "delete mode removes it after QUIT"]
IMAP = ALWAYS + ["log in", *(f"log in: AUTHENTICATE {name}" for name in MECHANISMS), "file a message into it",
                 "look at headers before downloading", "be told what happens, while nothing is asked",
                 "keep count of the mailbox", "log out"]


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
        """Rows are told with their protocol in front, all others pass."""
        passed = [*(f"POP3  {row}" for row in POP3), *(f"IMAP  {row}" for row in IMAP), *passed]
        for _ in range(2):  # what one run leaves behind does not disturb the next
            code, shown = self.demo(*arguments)
            self.assertEqual(code, 0, shown)
            self.assertNotIn("FAIL", shown)
            for row in passed:
                self.assertIn(f"pass  {row}\n", shown)
            for row in skipped:
                self.assertNotIn(f"  {row}\n", shown.replace(f"skip  {row}\n", ""))
            self.assertNotIn("skip  IMAP", shown)
            self.assertGreaterEqual(shown.count("pass  IMAP"), 28)

    def check_logins(self, protocol, methods, tls):
        """How clients have got in, by Dovecot's log."""
        lines = (self.server.folder / "log").read_text().splitlines()
        seen = {(line.split("method=")[1].split(",")[0], ", TLS," in line)
                for line in lines if f"{protocol}-login: Info: Login" in line}
        self.assertEqual(seen, {(method, tls) for method in methods})

    def test_in_the_clear(self):
        self.check_twice([f"POP3  {APOP}"], [f"POP3  {BEGIN_TLS}", f"IMAP  {BEGIN_TLS}"],
                         "--pop3", self.server.pop3, "--imap", self.server.imap)
        self.check_logins("pop3", {*MECHANISMS, "APOP"}, False)
        self.check_logins("imap", {*MECHANISMS}, False)

    def test_tls_that_begins_by_command(self):
        # The timestamp of APOP is in the greeting, which comes before TLS and is not believed.
        self.check_twice([f"POP3  {BEGIN_TLS}", f"IMAP  {BEGIN_TLS}"], [f"POP3  {APOP}"],
                         "--tls", "stls", "--ca", self.server.certificate,
                         "--pop3", self.server.pop3, "--imap", self.server.imap)
        self.check_logins("pop3", {*MECHANISMS}, True)
        self.check_logins("imap", {*MECHANISMS}, True)

    def test_tls_from_the_start(self):
        self.check_twice([f"POP3  {APOP}"], [f"POP3  {BEGIN_TLS}", f"IMAP  {BEGIN_TLS}"],
                         "--tls", "implicit", "--ca", self.server.certificate,
                         "--pop3", self.server.pop3s, "--imap", self.server.imaps)
        self.check_logins("pop3", {*MECHANISMS, "APOP"}, True)
        self.check_logins("imap", {*MECHANISMS}, True)

    def test_no_login_where_the_certificate_is_not_trusted(self):
        for tls, pop3, imap in (("stls", self.server.pop3, self.server.imap),
                                ("implicit", self.server.pop3s, self.server.imaps)):
            code, shown = self.demo("--tls", tls, "--pop3", pop3, "--imap", imap)
            self.assertEqual((code, shown.count("pass  POP3  log in"), shown.count("pass  IMAP  log in")), (1, 0, 0))
            for protocol in ("POP3", "IMAP"):
                self.assertIn(f"FAIL  {protocol}  127.0.0.1: certificate verify failed", shown)
        log = (self.server.folder / "log").read_text()
        self.assertNotIn("Info: Login", log)
        self.assertNotIn("auth attempts", log.replace("no auth attempts", ""))

    def test_a_wrong_password_is_tried_once(self):
        code, shown = self.demo("--pop3", self.server.pop3, "--imap", self.server.imap, password="no-such-word")
        self.assertEqual(code, 1, shown)
        self.assertIn("FAIL  POP3  log in: USER and PASS", shown)
        self.assertIn("FAIL  IMAP  log in\n", shown)
        for protocol in ("pop3", "imap"):
            self.assertEqual([line.count("auth failed, 1 attempts") for line in self.failed_logins(protocol)], [1])

    def failed_logins(self, protocol):
        """Dovecot writes them down when the client is gone, which may be later than we look."""
        for _ in range(100):
            lines = [line for line in (self.server.folder / "log").read_text().splitlines()
                     if f"{protocol}-login: " in line and "(auth failed" in line]
            if lines:
                break
            time.sleep(0.05)
        return lines

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
