# SPDX-License-Identifier: BSL-1.0
"""mbsync keeps a Maildir and mail_server alike, in both directions, in the clear and under TLS from the start."""
import email
import imaplib
import os
import re
import subprocess
import unittest

from _mail_server import MESSAGES, MailServer

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

FLAGS = {"D": "\\Draft", "F": "\\Flagged", "R": "\\Answered", "S": "\\Seen", "T": "\\Deleted"}


def message(subject):
    return f"From: ada@example.org\r\nSubject: {subject}\r\n\r\n.a body\r\n".encode()


def without_mark(octets):
    """Without the field by which mbsync knows again what it has copied."""
    return re.sub(rb"X-TUID: \S+\r\n", b"", octets)


def subject_of(octets):
    return email.message_from_bytes(octets)["Subject"]


class MbsyncWithMailServer(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(MailServer())
        self.near = self.server.path / "near"
        self.near.mkdir()
        self.clear = self.server.imap, "SSLType None\nAuthMechs LOGIN"
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
            self.assertRegex(command, r"^(LOGIN .*|NAMESPACE|(LIST|SELECT) .*|UID FETCH \S+ \(UID FLAGS\)|CLOSE|LOGOUT)$")

    def far_mail(self):
        mail = imaplib.IMAP4("127.0.0.1", self.server.imap)
        self.addCleanup(mail.shutdown)
        mail.login("alice", "secret")
        return mail

    def far(self, mailbox="INBOX"):
        """What the server has: flags and octets by subject."""
        mail = self.far_mail()
        self.assertEqual(mail.select(mailbox, readonly=True)[0], "OK")
        found = {}
        for number in mail.search(None, "ALL")[1][0].split():
            (told, octets), rest = mail.fetch(number, "(BODY.PEEK[] FLAGS)")[1]
            flags = imaplib.ParseFlags(told + rest)
            found[subject_of(octets)] = {flag.decode() for flag in flags} - {"\\Recent"}, without_mark(octets)
        return found

    def local(self, mailbox="INBOX"):
        """The same of the Maildir, with CRLF at the ends of lines."""
        found = {}
        for file in self.near_files(mailbox):
            octets = file.read_bytes().replace(b"\n", b"\r\n")
            letters = file.name.partition(":2,")[2]
            found[subject_of(octets)] = {FLAGS[letter] for letter in letters}, without_mark(octets)
        return found

    def near_files(self, mailbox="INBOX"):
        return [file for folder in ("cur", "new") for file in (self.near / mailbox / folder).iterdir()]

    def near_file(self, subject):
        return next(file for file in self.near_files() if subject_of(file.read_bytes()) == subject)

    def check_alike(self, mailbox="INBOX", subjects=None):
        far, local = self.far(mailbox), self.local(mailbox)
        self.assertEqual({name: flags for name, (flags, _) in far.items()},
                         {name: flags for name, (flags, _) in local.items()})
        for name, (_, octets) in far.items():
            self.assertTrue(octets == local[name][1], name)
        if subjects:
            self.assertEqual(set(far), subjects)

    def mark(self, subject, letters):
        """Gives a local message flags, as a mail program does."""
        file = self.near_file(subject)
        file.rename(self.near / "INBOX/cur" / (file.name.partition(":")[0] + ":2," + letters))

    def check_both_ways(self, way):
        self.server.fill()
        self.sync(way)
        self.check_alike(subjects=set(map(subject_of, MESSAGES)))
        self.check_nothing_to_do(way)

        self.mark("dots", "FS")
        self.near_file("from").unlink()
        (self.near / "INBOX/new/1700000000.1.host").write_bytes(message("from here").replace(b"\r\n", b"\n"))
        mail = self.far_mail()
        mail.select()
        mail.store("3", "+FLAGS", "\\Answered")
        mail.store("4", "+FLAGS", "\\Deleted")
        mail.expunge()
        mail.append("INBOX", "\\Seen", '" 1-Feb-2003 04:05:06 -0800"', message("from there"))
        self.assertIn("CLOSE", self.sync(way))

        self.check_alike(subjects={"dots", "octets", "no body", "many", "from here", "from there"})
        far = self.far()
        self.assertEqual([far[name][0] for name in ("dots", "octets", "from here", "from there")],
                         [{"\\Flagged", "\\Seen"}, {"\\Answered"}, set(), {"\\Seen"}])
        self.assertEqual(int(self.near_file("from there").stat().st_mtime), 1044101106)
        self.check_nothing_to_do(way)

        self.mark("octets", "RT")
        mail.uid("STORE", "1,5", "+FLAGS", "\\Deleted")
        self.sync(way)
        self.check_alike(subjects={"many", "from here", "from there"})
        self.check_nothing_to_do(way)

    def test_both_ways_in_the_clear(self):
        self.check_both_ways(self.clear)

    def test_both_ways_under_tls(self):
        self.check_both_ways(self.tls)

    def test_mailboxes(self):
        self.sync(self.clear)
        mail = self.far_mail()
        for name in ("far/deep", "&AOQ-", '"with space"'):
            self.assertEqual(mail.create(name)[0], "OK")
        mail.append("far/deep", None, None, message("there"))
        for folder in ("cur", "new", "tmp"):
            (self.near / "near" / folder).mkdir(parents=True)
        (self.near / "near/new/1700000000.1.host").write_bytes(message("here").replace(b"\r\n", b"\n"))
        self.sync(self.clear)
        for name, subjects in (("INBOX", set()), ("far", set()), ("far/deep", {"there"}), ("near", {"here"}),
                               ("&AOQ-", set())):
            self.check_alike(name, subjects)
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
            ran = self.mbsync((self.server.imaps, f"SSLType IMAPS\nCertificateFile {other.certificate}"))
        self.assertEqual(ran.returncode, 1)
        self.assertNotIn(b"LOGIN", ran.stdout)


if __name__ == "__main__":
    unittest.main()
