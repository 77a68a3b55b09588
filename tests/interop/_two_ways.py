# SPDX-License-Identifier: BSL-1.0
"""For programs that keep a Maildir and a mailbox of mail_server alike, in both directions."""
import email
import imaplib
import re
import unittest

from _mail_server import MESSAGES, MailServer

FLAGS = {"D": "\\Draft", "F": "\\Flagged", "R": "\\Answered", "S": "\\Seen", "T": "\\Deleted"}

DATE = '" 1-Feb-2003 04:05:06 -0800"'
DATE_IN_SECONDS = 1044101106


def message(subject):
    return f"From: ada@example.org\r\nSubject: {subject}\r\n\r\n.a body\r\n".encode()


def local(octets):
    """As it is in a Maildir."""
    return octets.replace(b"\r\n", b"\n")


def subject_of(octets):
    return email.message_from_bytes(octets)["Subject"]


class TwoWaysTest(unittest.TestCase):
    """Of a program it has to be said how it runs, sync(way), how it is seen that there was nothing to do,
    check_nothing_to_do(way), and what header field it adds to know its own again, `mark`."""

    mark = None

    def setUp(self):
        self.server = self.enterContext(MailServer())
        self.near = self.server.path / "near"
        self.near.mkdir()

    def far_mail(self):
        mail = imaplib.IMAP4("127.0.0.1", self.server.imap)
        self.addCleanup(mail.shutdown)
        mail.login("alice", "secret")
        return mail

    def without_mark(self, octets):
        return re.sub(self.mark + rb": \S+\r\n", b"", octets)

    def far(self, mailbox="INBOX"):
        """What the server has: flags and octets by subject."""
        mail = self.far_mail()
        self.assertEqual(mail.select(mailbox, readonly=True)[0], "OK")
        found = {}
        for number in mail.search(None, "ALL")[1][0].split():
            (told, octets), rest = mail.fetch(number, "(BODY.PEEK[] FLAGS)")[1]
            flags = {flag.decode() for flag in imaplib.ParseFlags(told + rest)} - {"\\Recent"}
            found[subject_of(octets)] = flags, self.without_mark(octets)
        return found

    def local(self, mailbox="INBOX"):
        """The same of the Maildir, with CRLF at the ends of lines."""
        found = {}
        for file in self.near_files(mailbox):
            octets = file.read_bytes().replace(b"\n", b"\r\n")
            letters = file.name.partition(":2,")[2]
            found[subject_of(octets)] = {FLAGS[letter] for letter in letters}, self.without_mark(octets)
        return found

    def near_files(self, mailbox="INBOX"):
        return [file for folder in ("cur", "new") for file in (self.near / mailbox / folder).iterdir()]

    def near_file(self, subject):
        return next(file for file in self.near_files() if subject_of(file.read_bytes()) == subject)

    def set_flags(self, subject, letters):
        """Gives a local message flags, as a mail program does."""
        file = self.near_file(subject)
        file.rename(self.near / "INBOX/cur" / (file.name.partition(":")[0] + ":2," + letters))

    def check_alike(self, subjects, mailbox="INBOX"):
        far, near = self.far(mailbox), self.local(mailbox)
        self.assertEqual({name: flags for name, (flags, _) in far.items()},
                         {name: flags for name, (flags, _) in near.items()})
        for name, (_, octets) in far.items():
            self.assertTrue(octets == near[name][1], name)
        self.assertEqual(set(far), subjects)

    def check_both_ways(self, way):
        self.server.fill()
        self.sync(way)
        self.check_alike(set(map(subject_of, MESSAGES)))
        self.check_nothing_to_do(way)

        self.set_flags("dots", "FS")
        self.near_file("from").unlink()
        (self.near / "INBOX/new/1700000000.1.host").write_bytes(local(message("from here")))
        mail = self.far_mail()
        mail.select()
        mail.store("3", "+FLAGS", "\\Answered")
        mail.store("4", "+FLAGS", "\\Deleted")
        mail.expunge()
        mail.append("INBOX", "\\Seen", DATE, message("from there"))
        self.sync(way)
        self.check_alike({"dots", "octets", "no body", "many", "from here", "from there"})
        far = self.far()
        self.assertEqual([far[name][0] for name in ("dots", "octets", "from here", "from there")],
                         [{"\\Flagged", "\\Seen"}, {"\\Answered"}, set(), {"\\Seen"}])
        self.check_nothing_to_do(way)
