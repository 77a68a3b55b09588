# SPDX-License-Identifier: BSL-1.0
"""mbsync keeps a Maildir and mail_server alike, in both directions, in the clear, by STARTTLS and under TLS from the
start, and logs in by every mechanism it has."""
import os
import re
import subprocess
import unittest

from _mail_server import MailServer
from _two_ways import DATE, DATE_IN_SECONDS, TwoWaysTest, local, message

SETTINGS = """IMAPStore far
Host localhost
Port {port}
User alice
Pass {password}
{tls}

MaildirStore near
Path {near}/
Inbox {near}/INBOX
SubFolders Verbatim

Channel all
Far :far:
Near :near:
Patterns *
Create Both
Remove Both
Expunge Both
SyncState *
CopyArrivalDate yes
"""


class MbsyncWithMailServer(TwoWaysTest):
    mark = rb"X-TUID"

    def setUp(self):
        super().setUp()
        self.clear = self.server.imap, "SSLType None\nAuthMechs LOGIN"
        self.starttls = self.server.imap, f"SSLType STARTTLS\nCertificateFile {self.server.certificate}"
        self.tls = self.server.imaps, f"SSLType IMAPS\nCertificateFile {self.server.certificate}"

    def mbsync(self, way, password="secret"):
        port, tls = way
        settings = self.server.path / "mbsyncrc"
        settings.write_text(SETTINGS.format(port=port, tls=tls, near=self.near, password=password))
        # It waits for a second where a folder has changed just now.
        for folder in self.near.rglob("*/"):
            os.utime(folder, (1, 1))
        return subprocess.run(["mbsync", "-Dn", "-c", settings, "-a"], capture_output=True, timeout=60,
                              env=dict(os.environ, HOME=str(self.server.path)))

    def sync(self, way):
        """Runs it; the commands that it has sent."""
        ran = self.mbsync(way)
        self.assertEqual(ran.returncode, 0, ran.stdout[-3000:] + ran.stderr)
        return re.findall(r"^(?:\(\d+ in progress\) )?>>> \d+ (.*?)\r?$", ran.stdout.decode("latin-1"), re.MULTILINE)

    def check_nothing_to_do(self, way):
        for command in self.sync(way):
            self.assertRegex(command, r"^(CAPABILITY|STARTTLS|(LOGIN|AUTHENTICATE) .*|NAMESPACE|(LIST|SELECT) .*|"
                                      r"UID FETCH \S+ \(UID FLAGS\)|CLOSE|LOGOUT)$")

    def test_both_ways_in_the_clear(self):
        self.check_both_ways(self.clear)

    def test_both_ways_under_tls(self):
        self.check_both_ways(self.tls)

    def test_both_ways_by_starttls(self):
        self.check_both_ways(self.starttls)

    def test_mechanisms(self):
        for way, names in ((self.clear, ("SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5")),
                           (self.starttls, ("PLAIN", "LOGIN")), (self.tls, ("SCRAM-SHA-256", "PLAIN"))):
            for name in names:
                with self.subTest(name, port=way[0]):
                    port, tls = way
                    sent = self.sync((port, tls.replace("\nAuthMechs LOGIN", "") + f"\nAuthMechs {name}"))
                    # By LOGIN it means the command.
                    wanted = "LOGIN " if name == "LOGIN" else f"AUTHENTICATE {name}"
                    self.assertTrue(any(command.startswith(wanted) for command in sent), sent)

    def test_what_is_marked_as_deleted_goes_on_both_sides(self):
        self.server.fill()
        self.sync(self.clear)
        self.set_flags("octets", "RT")
        mail = self.far_mail()
        mail.select()
        mail.store("1,5", "+FLAGS", "\\Deleted")
        self.sync(self.tls)
        self.check_alike({"from", "long", "many"})
        self.check_nothing_to_do(self.clear)

    def test_dates(self):
        self.far_mail().append("INBOX", "\\Seen", DATE, message("old"))
        self.sync(self.clear)
        self.assertEqual(int(self.near_file("old").stat().st_mtime), DATE_IN_SECONDS)

    def test_mailboxes(self):
        self.sync(self.clear)
        mail = self.far_mail()
        for name in ("far/deep", "&AOQ-", '"with space"'):
            self.assertEqual(mail.create(name)[0], "OK")
        mail.append("far/deep", None, None, message("there"))
        for folder in ("cur", "new", "tmp"):
            (self.near / "near" / folder).mkdir(parents=True)
        (self.near / "near/new/1700000000.1.host").write_bytes(local(message("here")))
        self.sync(self.clear)
        for name, subjects in (("INBOX", set()), ("far", set()), ("far/deep", {"there"}), ("near", {"here"}),
                               ("&AOQ-", set())):
            self.check_alike(subjects, name)
        self.assertEqual(list(self.near_files("with space")), [])
        self.check_nothing_to_do(self.clear)

        self.assertEqual(mail.delete("&AOQ-")[0], "OK")
        self.sync(self.clear)
        self.assertFalse((self.near / "&AOQ-").exists())
        self.check_nothing_to_do(self.clear)

    def test_refused(self):
        ran = self.mbsync(self.tls, password="wrong")
        self.assertEqual(ran.returncode, 1)
        self.assertIn(b"NO [AUTHENTICATIONFAILED] wrong user or password", ran.stdout + ran.stderr)
        with MailServer() as other:
            for port, kind in ((self.server.imap, "STARTTLS"), (self.server.imaps, "IMAPS")):
                ran = self.mbsync((port, f"SSLType {kind}\nCertificateFile {other.certificate}"))
                self.assertEqual(ran.returncode, 1)
                self.assertNotRegex(ran.stdout, rb">>> \d+ (LOGIN|AUTHENTICATE)")


if __name__ == "__main__":
    unittest.main()
