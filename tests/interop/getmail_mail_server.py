# SPDX-License-Identifier: BSL-1.0
"""getmail6 keeps and empties a maildrop of mail_server by USER/PASS and APOP, in the clear and under TLS from the start.
It knows neither STLS nor AUTH over POP3."""
import os
import pwd
import shutil
import subprocess
import unittest

from _mail_server import MESSAGES, MailServer

# getmail hands a message on with LF at the ends of lines, and a line of its own in front.
EXPECTED = [b"Return-Path: <unknown>\n" + octets.replace(b"\r\n", b"\n") for octets in MESSAGES]

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


class GetmailWithMailServer(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(MailServer())
        self.server.fill()
        self.folder = self.server.path / "getmail"
        for name in ("mail", "mail/new", "mail/cur", "mail/tmp"):
            (self.folder / name).mkdir(parents=True)
        self.certificate = self.folder / "certificate.pem"
        shutil.copy(self.server.certificate, self.certificate)
        # It does not deliver as root.
        self.who = {}
        if os.geteuid() == 0:
            user = pwd.getpwnam("mail")
            self.who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
            self.server.path.chmod(0o755)
            self.give_away()
        self.clear = "SimplePOP3Retriever", f"port = {self.server.pop3}"
        self.tls = ("SimplePOP3SSLRetriever", f"port = {self.server.pop3s}\nca_certs = {self.certificate}\n"
                                              "ssl_cert_hostname = localhost")

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
        """Fetches; the messages that were delivered, and how many are left."""
        ran = self.run_getmail(*arguments, **more)
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        got = []
        for file in (self.folder / "mail/new").iterdir():
            got.append(file.read_bytes())
            file.unlink()
        return got, self.server.left()

    def check(self, way, more=""):
        """Fetches and keeps all, finds nothing new, and fetches and deletes all."""
        for delete in (False, True):
            got, left = self.fetch(way, more, delete=delete, read_all=delete)
            self.assertEqual((len(got), left), (len(EXPECTED), 0 if delete else len(EXPECTED)))
            for octets in EXPECTED:
                self.assertTrue(octets in got, octets[:80])
            if not delete:
                self.assertEqual(self.fetch(way, more), ([], left))

    def test_user_and_pass(self):
        self.check(self.clear)

    def test_apop(self):
        self.check(self.clear, "use_apop = true")

    def test_tls_from_the_start(self):
        self.check(self.tls)

    def test_tls_from_the_start_and_apop(self):
        self.check(self.tls, "use_apop = true")

    def test_wrong_passwords(self):
        for way in (self.clear, self.tls):
            for more in ("", "use_apop = true"):
                ran = self.run_getmail(way, more, password="wrong")
                self.assertNotEqual(ran.returncode, 0)
                self.assertIn(b"[AUTH] wrong user or password", ran.stdout + ran.stderr)

    def test_a_stranger_is_not_believed(self):
        with MailServer() as other:
            shutil.copy(other.certificate, self.certificate)
            ran = self.run_getmail(self.tls)
        self.assertNotEqual(ran.returncode, 0)
        self.assertIn(b"certificate verify failed", ran.stdout + ran.stderr)


if __name__ == "__main__":
    unittest.main()
