# SPDX-License-Identifier: BSL-1.0
"""offlineimap keeps a Maildir and mail_server alike, in both directions, in the clear, by STARTTLS and under TLS
from the start, and logs in by the mechanisms it has."""
import os
import subprocess
import unittest

from _mail_server import MailServer
from _two_ways import TwoWaysTest, local, message

SETTINGS = """[general]
accounts = all
metadata = {folder}/metadata
ui = basic
[Account all]
localrepository = near
remoterepository = far
[Repository near]
type = Maildir
localfolders = {folder}/near
[Repository far]
type = IMAP
remotehost = localhost
remoteport = {port}
remoteuser = alice
remotepass = {password}
{tls}
maxconnections = 1
usecompression = no
"""


class OfflineimapWithMailServer(TwoWaysTest):
    mark = rb"X-OfflineIMAP"

    def setUp(self):
        super().setUp()
        self.clear = self.server.imap, "ssl = no\nstarttls = no"
        self.starttls = self.server.imap, f"ssl = no\nstarttls = yes\nsslcacertfile = {self.server.certificate}"
        self.tls = self.server.imaps, f"ssl = yes\nstarttls = no\nsslcacertfile = {self.server.certificate}"

    def offlineimap(self, way, *options, password="secret"):
        port, tls = way
        settings = self.server.path / "offlineimaprc"
        settings.write_text(SETTINGS.format(folder=self.server.path, port=port, tls=tls, password=password))
        return subprocess.run(["offlineimap", "-c", settings, "-o", *options], stdin=subprocess.DEVNULL, capture_output=True,
                              env=dict(os.environ, HOME=str(self.server.path)), timeout=60)

    def sync(self, way):
        """Runs it; what it says that it does to messages and folders."""
        ran = self.offlineimap(way)
        said = ran.stdout.decode() + ran.stderr.decode()
        self.assertEqual(ran.returncode, 0, said)
        self.assertNotIn("ERROR", said)
        return [line for line in said.splitlines() if line.startswith(("Copy ", "Delet", "Add", "Remov", "Creat"))]

    def check_nothing_to_do(self, way):
        self.assertEqual(self.sync(way), [])

    def test_both_ways_in_the_clear(self):
        self.check_both_ways(self.clear)

    def test_both_ways_under_tls(self):
        self.check_both_ways(self.tls)

    def test_both_ways_by_starttls(self):
        self.check_both_ways(self.starttls)

    def test_mechanisms(self):
        for (port, tls), names in ((self.clear, ("CRAM-MD5",)), (self.starttls, ("PLAIN", "CRAM-MD5", "LOGIN"))):
            for name in names:
                with self.subTest(name, port=port):
                    ran = self.offlineimap((port, f"{tls}\nauth_mechanisms = {name}"), "-d", "imap")
                    said = (ran.stdout + ran.stderr).decode()
                    self.assertEqual(ran.returncode, 0, said)
                    self.assertIn("LOGIN" if name == "LOGIN" else f"AUTHENTICATE {name}", said)

    def test_mailboxes(self):
        self.sync(self.clear)
        mail = self.far_mail()
        for name in ("far/deep", '"with space"'):
            self.assertEqual(mail.create(name)[0], "OK")
        mail.append("far/deep", None, None, message("there"))
        for folder in ("cur", "new", "tmp"):
            (self.near / "near" / folder).mkdir(parents=True)
        (self.near / "near/new/1700000000.1.host").write_bytes(local(message("here")))
        self.sync(self.tls)
        for name, subjects in (("INBOX", set()), ("far", set()), ("near", {"here"})):
            self.check_alike(subjects, name)
        self.assertEqual(set(self.local("far.deep")), {"there"})
        self.assertEqual(self.near_files("with space"), [])
        self.check_nothing_to_do(self.clear)

    def test_refused(self):
        ran = self.offlineimap(self.tls, password="wrong")
        self.assertEqual(ran.returncode, 1)
        self.assertIn(b"wrong user or password", ran.stdout + ran.stderr)
        with MailServer() as other:
            port, tls = self.tls
            ran = self.offlineimap((port, tls.replace(str(self.server.certificate), str(other.certificate))))
        self.assertEqual(ran.returncode, 1)
        self.assertIn(b"certificate verify failed", ran.stdout + ran.stderr)


if __name__ == "__main__":
    unittest.main()
