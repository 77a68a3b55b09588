# SPDX-License-Identifier: BSL-1.0
"""getmail6 keeps and empties mailboxes of mail_server over IMAP, by LOGIN and CRAM-MD5, in the clear and under TLS
from the start."""
import unittest

from _getmail import GetmailTest
from _mail_server import MESSAGES


class GetmailImapWithMailServer(GetmailTest):
    def setUp(self):
        super().setUp()
        self.clear = "SimpleIMAPRetriever", f"port = {self.server.imap}"
        self.tls = "SimpleIMAPSSLRetriever", f"port = {self.server.imaps}\n{self.trust}"

    def test_in_the_clear(self):
        self.check(self.clear)

    def test_under_tls(self):
        self.check(self.tls)

    # Over IMAP it begins TLS only from the start.
    def test_cram_md5(self):
        for way in (self.clear, self.tls):
            self.server.fill()
            self.check(way, "use_cram_md5 = True")

    def test_several_mailboxes(self):
        mail, _ = self.server.inbox()
        with mail:
            mail.create("work/new")
            mail.copy("2:3", "work/new")
            mail.store("2:*", "+FLAGS", "\\Deleted")
            mail.expunge()
        self.check_delivered(self.fetch(self.tls, 'mailboxes = ("INBOX", "work/new")'), MESSAGES[:3])
        self.check_delivered(self.fetch(self.clear, "mailboxes = ALL", read_all=True), MESSAGES[:3])

    def test_refused(self):
        for way in (self.clear, self.tls):
            for more in ("", "use_cram_md5 = True"):
                self.check_refused(way, more, b"wrong user or password")

    def test_a_stranger_is_not_believed(self):
        self.check_stranger(self.tls)


if __name__ == "__main__":
    unittest.main()
