#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""mail_server: mailboxes over IMAP. STATUS, CREATE, DELETE, RENAME, SELECT, EXAMINE, CLOSE, UNSELECT."""
import imaplib
import re
import unittest

from _mail_server import ServerTest, message


class Mailboxes(ServerTest):
    def setUp(self):
        super().setUp()
        self.mail = self.logged_in()

    def create(self, *names):
        for name in names:
            self.assertEqual(self.mail.ask(b"CREATE " + name), "T OK done\r\n")

    def listed(self):
        return re.findall(r'\* LIST \([^)]*\) "/" (.*)\r\n', self.mail.ask(b'LIST "" *'))

    def test_create_and_delete(self):
        self.create(b"a/b/c", b"d/")
        for command, answer in (
                (b"CREATE a/b", "T NO [ALREADYEXISTS]"),
                (b"CREATE inbox", "T NO [ALREADYEXISTS]"),
                (b"CREATE /x", "T NO [CANNOT]"),
                (b"CREATE \"\"", "T NO [CANNOT]"),
                (b"CREATE R&D", "T NO [CANNOT]"),
                (b"CREATE {3+}\r\nx\x80y", "T NO [CANNOT]"),
                (b"DELETE a/b", "T NO [HASCHILDREN]"),
                (b"DELETE R&D", "T NO [NONEXISTENT]"),
                (b"DELETE x", "T NO [NONEXISTENT]"),
                (b"DELETE INBOX", "T NO [CANNOT]"),
                (b"DELETE a/b/c", "T OK"),
                (b"DELETE a/b", "T OK"),
                (b"SELECT a/b", "T NO [NONEXISTENT]")):
            self.assertTrue(self.mail.ask(command).startswith(answer), (command, answer))
        self.assertEqual(self.listed(), ["INBOX", "a", "d"])

    def test_a_mailbox_made_again_has_another_uidvalidity(self):
        def validity():
            return re.search(r"UIDVALIDITY (\d+)", self.mail.ask(b"STATUS a (UIDVALIDITY)"))[1]
        self.create(b"a")
        before = validity()
        self.mail.ask(b"DELETE a")
        self.create(b"a")
        self.assertLess(int(before), int(validity()))

    def test_rename(self):
        self.create(b"a/b/c", b"other")
        self.mail.append(message("moves along"), b"a/b/c")
        for command, answer in (
                (b"RENAME a x/y", "T OK"),
                (b"RENAME a b", "T NO [NONEXISTENT]"),
                (b"RENAME other x/y", "T NO [ALREADYEXISTS]"),
                (b"RENAME x/y x/y/z", "T NO [CANNOT]"),
                (b"RENAME other b&c", "T NO [CANNOT]"),
                (b"RENAME other INBOX", "T NO [ALREADYEXISTS]")):
            self.assertTrue(self.mail.ask(command).startswith(answer), (command, answer))
        self.assertEqual(self.listed(), ["INBOX", "other", "x", "x/y", "x/y/b", "x/y/b/c"])
        self.assertIn("(MESSAGES 1)", self.mail.ask(b"STATUS x/y/b/c (MESSAGES)"))

    def test_rename_inbox_moves_its_messages_only(self):
        self.create(b"INBOX/below")
        self.mail.append(message("one"))
        self.mail.ask(b"SELECT INBOX")
        self.assertEqual(self.mail.ask(b"RENAME inbox archive/old"), "T OK done\r\n")
        self.assertEqual(self.listed(), ["INBOX", "INBOX/below", "archive", "archive/old"])
        self.assertIn("(MESSAGES 1)", self.mail.ask(b"STATUS archive/old (MESSAGES)"))
        self.assertIn("(MESSAGES 0)", self.mail.ask(b"STATUS INBOX (MESSAGES)"))
        self.assertEqual(self.mail.ask(b"NOOP"), "* 1 EXPUNGE\r\nT OK done\r\n")

    def test_status(self):
        self.mail.append(message("one"), rest=b" (\\Seen)")
        self.mail.append(message("two"), rest=b" (\\Deleted)")
        size = 2 * len(message("one"))
        answer = self.mail.ask(b"STATUS inbox (SIZE MESSAGES UNSEEN DELETED RECENT UIDNEXT UIDVALIDITY)")
        self.assertRegex(answer, rf"^\* STATUS inbox \(SIZE {size} MESSAGES 2 UNSEEN 1 DELETED 1 RECENT 2 UIDNEXT 3 "
                                 r"UIDVALIDITY [1-9]\d*\)\r\nT OK ")
        self.assertIn("T NO [NONEXISTENT]", self.mail.ask(b"STATUS nowhere (MESSAGES)"))
        self.assertEqual(self.mail.ask(b"STATUS INBOX ()"), "T BAD syntax\r\n")

    def test_select_and_examine(self):
        self.mail.append(message("one"), rest=b" (\\Seen $Work)")
        self.mail.append(message("two"))
        expected = (r"\* FLAGS \(\\Answered \\Flagged \\Deleted \\Seen \\Draft \$Work\)\r\n"
                    r"\* 2 EXISTS\r\n\* {recent} RECENT\r\n"
                    r"\* OK \[UNSEEN 2\] [^\r]+\r\n\* OK \[PERMANENTFLAGS \({permanent}\)\] [^\r]+\r\n"
                    r"\* OK \[UIDNEXT 3\] [^\r]+\r\n\* OK \[UIDVALIDITY [1-9]\d*\] [^\r]+\r\n"
                    r"T OK \[{access}\] [^\r]+\r\n")
        look = expected.replace("{permanent}", "").replace("{access}", "READ-ONLY")
        work = expected.replace("{permanent}", r"\\Answered \\Flagged \\Deleted \\Seen \\Draft \\\*").replace(
            "{access}", "READ-WRITE")
        closed = r"\* OK \[CLOSED\] [^\r]+\r\n"
        self.assertRegex(self.mail.ask(b"EXAMINE INBOX"), "^" + look.replace("{recent}", "2") + "$")
        self.assertRegex(self.mail.ask(b"SELECT INBOX"), "^" + closed + work.replace("{recent}", "2") + "$")
        self.assertRegex(self.mail.ask(b"SELECT inbox"), "^" + closed + work.replace("{recent}", "0") + "$")

    def test_a_failed_select_leaves_no_mailbox_selected(self):
        self.mail.ask(b"SELECT INBOX")
        self.assertIn("T NO [NONEXISTENT]", self.mail.ask(b"SELECT nowhere"))
        self.assertEqual(self.mail.ask(b"FETCH 1 FLAGS"), "T BAD unexpected command\r\n")
        self.assertEqual(self.mail.ask(b"NOOP"), "T OK done\r\n")

    def test_close_removes_and_unselect_does_not(self):
        for end, look, left in ((b"UNSELECT", b"SELECT", 1), (b"CLOSE", b"EXAMINE", 1), (b"CLOSE", b"SELECT", 0)):
            if not left:
                self.assertIn("T OK", self.mail.ask(b"CREATE other"))
            self.mail.ask(b"SELECT INBOX")
            if end == b"UNSELECT":
                self.mail.append(message("gone"), rest=b" (\\Deleted)")
            self.mail.ask(look + b" INBOX")
            self.assertEqual(self.mail.ask(end), "T OK closed\r\n")
            self.assertEqual(self.mail.ask(end), "T BAD unexpected command\r\n")
            self.assertIn(f"(MESSAGES {left})", self.mail.ask(b"STATUS INBOX (MESSAGES)"), (end, look))

    def test_imaplib(self):
        with imaplib.IMAP4("127.0.0.1", self.imap_port) as mail:
            mail.login("demo", "secret")
            self.assertEqual(mail.create("from/imaplib")[0], "OK")
            self.assertEqual(mail.rename("from", "by")[0], "OK")
            self.assertEqual(mail.list('""', '"by/*"'), ("OK", [b'(\\HasNoChildren) "/" by/imaplib']))
            self.assertEqual(mail.select("by/imaplib", readonly=True), ("OK", [b"0"]))
            self.assertEqual(mail.close()[0], "OK")
            self.assertEqual(mail.status("by", "(MESSAGES)"), ("OK", [b"by (MESSAGES 0)"]))
            self.assertEqual(mail.delete("by/imaplib")[0], "OK")


if __name__ == "__main__":
    unittest.main()
