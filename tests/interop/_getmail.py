# SPDX-License-Identifier: BSL-1.0
"""getmail6, with a mail_server to fetch from."""
import os
import pwd
import re
import shutil
import subprocess
import unittest

from _mail_server import MESSAGES, MailServer

SETTINGS = """
[retriever]
type = {type}
server = localhost
username = alice
password = {password}
{retriever}
[destination]
type = Maildir
path = {folder}/mail/
[options]
read_all = {read_all}
delete = {delete}
delivered_to = false
received = false
verbose = 2
"""


def as_delivered(messages):
    """Messages as getmail hands them on: with LF at the ends of lines, and a line of its own in front. In order."""
    return sorted(b"Return-Path: <unknown>\n" + octets.replace(b"\r\n", b"\n") for octets in messages)


class GetmailTest(unittest.TestCase):
    """A way to fetch is the type of a retriever and its settings."""

    def setUp(self):
        self.server = self.enterContext(MailServer())
        self.server.fill()
        self.folder = self.server.path / "getmail"
        for name in ("mail", "mail/new", "mail/cur", "mail/tmp"):
            (self.folder / name).mkdir(parents=True)
        self.certificate = self.folder / "certificate.pem"
        shutil.copy(self.server.certificate, self.certificate)
        self.trust = f"ca_certs = {self.certificate}\nssl_cert_hostname = localhost"
        # It does not deliver as root.
        self.who = {}
        if os.geteuid() == 0:
            user = pwd.getpwnam("mail")
            self.who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
            self.server.path.chmod(0o755)
            self.give_away()

    def give_away(self):
        for path in (self.folder, *self.folder.rglob("*")):
            os.chown(path, self.who["user"], self.who["group"])

    def run_getmail(self, way, more="", delete=False, read_all=False, password="secret"):
        settings = self.folder / "getmailrc"
        settings.write_text(SETTINGS.format(type=way[0], retriever=way[1] + "\n" + more, folder=self.folder,
                                            read_all=read_all, delete=delete, password=password))
        if self.who:
            self.give_away()
        environment = dict(os.environ, HOME=str(self.folder))
        return subprocess.run(["getmail", f"--getmaildir={self.folder}", "--rcfile=getmailrc"], cwd=self.folder,
                              env=environment, capture_output=True, timeout=60, **self.who)

    def fetch(self, *arguments, **more):
        """Fetches; the messages that were delivered, in order, without the field that names the mailbox."""
        ran = self.run_getmail(*arguments, **more)
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        got = []
        for file in (self.folder / "mail/new").iterdir():
            got.append(re.sub(rb"X-getmail-retrieved-from-mailbox: .*\n", b"", file.read_bytes()))
            file.unlink()
        return sorted(got)

    def check_delivered(self, got, expected):
        self.assertTrue(got == as_delivered(expected), [octets[:80] for octets in got])

    def check(self, way, more=""):
        """Fetches and keeps all, finds nothing new, and fetches and deletes all."""
        self.check_delivered(self.fetch(way, more), MESSAGES)
        self.assertEqual(self.server.left(), len(MESSAGES))
        self.check_delivered(self.fetch(way, more), [])
        self.check_delivered(self.fetch(way, more, delete=True, read_all=True), MESSAGES)
        self.assertEqual(self.server.left(), 0)

    def check_refused(self, way, more, says):
        ran = self.run_getmail(way, more, password="wrong")
        self.assertNotEqual(ran.returncode, 0)
        self.assertIn(says, ran.stdout + ran.stderr)

    def check_stranger(self, way):
        """Not believed is a server whose certificate is not the one that was named."""
        with MailServer() as other:
            shutil.copy(other.certificate, self.certificate)
            ran = self.run_getmail(way)
        self.assertNotEqual(ran.returncode, 0)
        self.assertIn(b"certificate verify failed", ran.stdout + ran.stderr)
