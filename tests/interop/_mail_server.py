# SPDX-License-Identifier: BSL-1.0
"""A mail_server of its own on free ports of the loopback interface, with the user alice, password secret."""
import imaplib
import os
import pathlib
import ssl
import subprocess
import tempfile

PROGRAM = pathlib.Path(os.environ["MAILWIRE_BIN"]) / "mail_server"

# What a client can get wrong on its way to the disk: dots, lines that look like something else, octets above 127, a long
# line, a body without octets, white space at its end, and many octets.
MESSAGES = [
    b"From: ada@example.org\r\nSubject: dots\r\n\r\n.\r\n..two\r\n.three\r\n+OK\r\n-ERR no\r\n",
    b"From: ada@example.org\r\nSubject: from\r\n\r\nFrom here on\r\n>From there\r\n\r\n",
    b"From: ada@example.org\r\nSubject: octets\r\nMIME-Version: 1.0\r\nContent-Transfer-Encoding: 8bit\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + "gr\u00fc\u00dfe aus K\u00f6ln\r\n".encode(),
    b"From: ada@example.org\r\nSubject: long\r\n\r\n" + b"0123456789" * 90 + b"\r\nend \t \r\n",
    b"From: ada@example.org\r\nSubject: no body\r\n\r\n",
    b"From: ada@example.org\r\nSubject: many\r\n\r\n" + b".the quick brown fox jumps over the lazy dog\r\n" * 5000,
]


class MailServer:
    """Use as a context. imap, pop3, imaps, pop3s are its ports, certificate is the file that clients believe in."""

    def __init__(self, *options):
        self.options = options

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="mailwire-")
        self.path = pathlib.Path(self.folder.name)
        self.process = subprocess.Popen(
            [PROGRAM, "--user", "alice", "--imaps-port", "0", "--pop3s-port", "0", *self.options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.process.stdin.write("secret\n")
        self.process.stdin.close()
        at = dict(self.process.stdout.readline().split() for _ in range(4))
        self.imap, self.pop3, self.imaps, self.pop3s = (
            int(at[name].rpartition(":")[2]) for name in ("imap", "pop3", "imaps", "pop3s"))
        self.certificate = self.path / "certificate.pem"
        self.certificate.write_text(ssl.get_server_certificate(("127.0.0.1", self.pop3s), timeout=20))
        return self

    def __exit__(self, *_):
        self.process.terminate()
        code = self.process.wait(timeout=20)
        self.process.stdout.close()
        self.folder.cleanup()
        assert code == 0, code

    def inbox(self):
        """A connection that has selected INBOX, and how many messages are there."""
        mail = imaplib.IMAP4("127.0.0.1", self.imap)
        mail.login("alice", "secret")
        return mail, int(mail.select("INBOX")[1][0])

    def fill(self, messages=MESSAGES):
        """Makes INBOX hold just these messages."""
        mail, count = self.inbox()
        with mail:
            if count:
                mail.store("1:*", "+FLAGS", "\\Deleted")
                mail.expunge()
            for octets in messages:
                mail.append("INBOX", None, None, octets)

    def left(self):
        """How many messages INBOX holds."""
        mail, count = self.inbox()
        mail.logout()
        return count
