# SPDX-License-Identifier: BSL-1.0
"""fetchmail empties and keeps a maildrop of mail_server by every login it has, in the clear, by STLS and under TLS from
the start."""
import os
import pathlib
import subprocess
import unittest

from _mail_server import MESSAGES, MailServer

# fetchmail hands a message on with LF at the ends of lines.
EXPECTED = [octets.replace(b"\r\n", b"\n") for octets in MESSAGES]

DELIVER = """#!/bin/sh
exec cat > "$(mktemp {folder}/XXXXXXXX)"
"""

NOTHING_NEW = 1
AUTHENTICATION_FAILED = 3


class FetchmailWithMailServer(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(MailServer())
        self.server.fill()
        self.folder = self.server.path / "delivered"
        self.folder.mkdir()
        self.deliver = self.server.path / "deliver"
        self.deliver.write_text(DELIVER.format(folder=self.folder))
        self.deliver.chmod(0o700)
        self.clear = f"service {self.server.pop3}", "sslproto ''"
        self.stls = f"service {self.server.pop3}", "sslproto 'auto'"
        self.tls = f"service {self.server.pop3s}", "ssl sslproto 'auto'"

    def fetch(self, way, protocol="POP3", options="", password="secret", trust=None):
        """Runs it; what it says."""
        service, tls = way
        settings = self.server.path / "fetchmailrc"
        settings.write_text(
            f"set no bouncemail\nset invisible\npoll localhost {service} protocol {protocol} uidl {options}\n"
            f'  user alice password "{password}" is {os.environ.get("USER", "root")} here {tls}\n'
            f'  sslcertck sslcertfile "{trust or self.server.certificate}" no rewrite mda "{self.deliver}"\n')
        settings.chmod(0o600)
        environment = dict(os.environ, FETCHMAILHOME=str(self.server.path), HOME=str(self.server.path), LC_ALL="C")
        return subprocess.run(["fetchmail", "-f", settings, "-v", "-v", *self.mode], env=environment,
                              capture_output=True, timeout=60)

    def check(self, way, said, **more):
        """Fetches and keeps all, finds nothing new, and fetches and deletes all."""
        self.mode = ["--keep"]
        for code in (0, NOTHING_NEW):
            ran = self.fetch(way, **more)
            self.assertEqual(ran.returncode, code, ran.stdout + ran.stderr)
            self.assertIn(b"> " + said, ran.stdout)
        self.take_delivered()
        self.assertEqual(self.server.left(), len(MESSAGES))
        self.mode = ["--nokeep", "--fetchall"]
        ran = self.fetch(way, **more)
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        self.take_delivered()
        self.assertEqual(self.server.left(), 0)

    def take_delivered(self):
        got = []
        for file in self.folder.iterdir():
            got.append(file.read_bytes())
            file.unlink()
        self.assertEqual(len(got), len(EXPECTED))
        for octets in EXPECTED:
            self.assertTrue(octets in got, octets[:80])

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
                self.assertNotEqual(ran.returncode, 0)
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
