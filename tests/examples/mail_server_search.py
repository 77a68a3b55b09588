#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""mail_server: SEARCH and UID SEARCH over IMAP, with every criterion."""
import imaplib
import re
import unittest

from _mail_server import ServerTest

MESSAGES = (
    (b' (\\Seen \\Answered) "01-Feb-2003 23:59:59 -0800"',
     b"From: Ada <ada@example.org>\r\nTo: bob@example.net\r\nCc: carol@example.com\r\nSubject: Lunch on\r\n Thursday\r\n"
     b"Date: Sat, 1 Feb 2003 10:00:00 +0100\r\nX-Label: red\r\n\r\nShall we meet at noon?\r\n"),
    (b' (\\Flagged $Work) "02-Feb-2003 00:00:00 +0000"',
     b"From: bob@example.net\r\nTo: ada@example.org\r\nBcc: dora@example.com\r\nSubject: Re: lunch\r\n"
     b"Date: Sun, 2 Feb 2003 00:30:00 +0000\r\nX-Label:\r\n\r\nNoon is fine. \xc3\xa4rger\r\n"),
    (b' (\\Draft \\Deleted) "03-Feb-2003 12:00:00 +0000"',
     b"From: ada@example.org\r\n\r\n" + b"a long body\r\n" * 100),
)

# What is asked for, and the message numbers it finds.
TABLE = (
    (b"ALL", "1 2 3"), (b"1", "1"), (b"2:*", "2 3"), (b"*", "3"), (b"7:9", ""), (b"*:2", "2 3"), (b"1,3", "1 3"),
    (b"UID 2:10", "2 3"), (b"UID 10", ""), (b"UID 10:*", "3"),
    (b"SEEN", "1"), (b"UNSEEN", "2 3"), (b"ANSWERED", "1"), (b"UNANSWERED", "2 3"), (b"FLAGGED", "2"),
    (b"UNFLAGGED", "1 3"), (b"DRAFT", "3"), (b"UNDRAFT", "1 2"), (b"DELETED", "3"), (b"UNDELETED", "1 2"),
    (b"KEYWORD $work", "2"), (b"UNKEYWORD $Work", "1 3"), (b"RECENT", "1 2 3"), (b"NEW", "2 3"), (b"OLD", ""),
    (b"BEFORE 2-Feb-2003", "1"), (b"ON 2-Feb-2003", "2"), (b"SINCE 02-feb-2003", "2 3"), (b"ON 1-Feb-2003", "1"),
    (b'SENTBEFORE "2-Feb-2003"', "1"), (b"SENTON 2-Feb-2003", "2"), (b"SENTSINCE 1-Feb-2003", "1 2"),
    (b"LARGER 1000", "3"), (b"SMALLER 1000", "1 2"), (b"LARGER 1325", ""), (b"LARGER 1324", "3"), (b"SMALLER 1325", "1 2"),
    (b"FROM ada", "1 3"), (b"FROM ADA@", "1 3"), (b"TO ada", "2"), (b"CC carol", "1"), (b"BCC dora", "2"),
    (b"SUBJECT lunch", "1 2"), (b'SUBJECT "on Thursday"', "1"), (b"SUBJECT {5+}\r\nlunch", "1 2"), (b'SUBJECT ""', "1 2"),
    (b"HEADER x-label red", "1"), (b'HEADER X-LABEL ""', "1 2"), (b"HEADER X-Nothing x", ""),
    (b"BODY noon", "1 2"), (b"BODY lunch", ""), (b"TEXT lunch", "1 2"), (b"TEXT noon", "1 2"), (b'BODY "a long"', "3"),
    (b'BODY "meet at \\"noon"', ""),
    (b"NOT SEEN", "2 3"), (b"NOT NOT SEEN", "1"), (b"OR SEEN DRAFT", "1 3"), (b"OR OR 1 2 3", "1 2 3"),
    (b"SUBJECT lunch NOT FROM ada", "2"), (b"(SUBJECT lunch FROM ada)", "1"),
    (b"OR (SEEN ANSWERED) (DRAFT NOT UNDELETED)", "1 3"), (b"NOT (OR 1 2)", "3"), (b"NOT 1:2", "3"),
    (b"CHARSET UTF-8 BODY {6+}\r\n\xc3\xa4rger", "2"), (b"CHARSET us-ascii BODY noon", "1 2"),
    (b'CHARSET "Utf-8" ALL', "1 2 3"),
)


class Search(ServerTest):
    def setUp(self):
        super().setUp()
        self.mail = self.logged_in(b"INBOX")
        for rest, octets in MESSAGES:
            self.mail.append(octets, rest=rest)

    def test_criteria(self):
        self.assertEqual(len(MESSAGES[2][1]), 1325)
        for keys, numbers in TABLE:
            told = "* SEARCH" + (" " + numbers if numbers else "") + "\r\nT OK done\r\n"
            self.assertEqual(self.mail.ask(b"SEARCH " + keys), told, keys)

    def test_uids(self):
        self.mail.ask(b"STORE 1 +FLAGS (\\Deleted)")
        self.mail.ask(b"UID EXPUNGE 1")
        self.assertEqual(self.mail.ask(b"SEARCH UID 2:3"), "* SEARCH 1 2\r\nT OK done\r\n")
        self.assertEqual(self.mail.ask(b"UID SEARCH 1:*"), "* SEARCH 2 3\r\nT OK done\r\n")

    def test_return_options(self):
        for command, told in (
                (b"SEARCH RETURN () ALL", ' ALL 1:3'), (b"SEARCH RETURN (ALL) OR 1 3", ' ALL 1,3'),
                (b"SEARCH RETURN (MIN MAX COUNT) 2:*", ' MIN 2 MAX 3 COUNT 2'),
                (b"SEARCH RETURN (COUNT ALL MAX MIN) KEYWORD $Work", ' MIN 2 MAX 2 ALL 2 COUNT 1'),
                (b"SEARCH RETURN (MIN MAX ALL COUNT) UID 10", ' COUNT 0'), (b"SEARCH RETURN (MIN) UID 10", ''),
                (b"UID SEARCH RETURN (ALL) CHARSET UTF-8 BODY {6+}\r\n\xc3\xa4rger", ' UID ALL 2'),
                (b"UID SEARCH RETURN (COUNT) NEW", ' UID COUNT 2')):
            self.assertEqual(re.sub(r'TAG "x\d+"', "TAG", self.mail.ask(command)),
                             f"* ESEARCH (TAG){told}\r\nT OK done\r\n", command)
        self.mail.send(b"q]7 SEARCH RETURN (COUNT) 1\r\n")
        self.assertEqual(self.mail.line(), b'* ESEARCH (TAG "q]7") COUNT 1\r\n')
        self.mail.line()
        for command, answer in (
                (b"SEARCH RETURN (PARTIAL) ALL", "T BAD this server does not know the option\r\n"),
                (b"SEARCH RETURN (MIN) ON 31-Feb-2003", "T BAD there is no such date\r\n")):
            self.assertEqual(self.mail.ask(command), answer)

    def test_a_result_that_is_saved(self):
        self.assertEqual(self.mail.ask(b"FETCH $ (UID)"), "T OK done\r\n")
        for options, keys, value in (
                (b"SAVE", b"2:3", "2:3"), (b"MIN SAVE", b"2:3", "2"), (b"SAVE MAX", b"2:3", "3"),
                (b"SAVE MIN MAX", b"ALL", "1,3"), (b"SAVE MIN MAX", b"2", "2"), (b"SAVE MIN COUNT", b"1:2", "1:2"),
                (b"SAVE ALL", b"1,3", "1,3"), (b"SAVE", b"$ NOT 1", "3"), (b"SAVE", b"UID $", "3"),
                (b"SAVE", b"NOT $", "1:2")):
            self.mail.ask(b"UID SEARCH RETURN (" + options + b") " + keys)
            self.assertIn(f") ALL {value}\r\n", self.mail.ask(b"SEARCH RETURN (ALL) $"), (options, keys))
        self.assertEqual(self.mail.ask(b"SEARCH RETURN (SAVE) 1:2"), "T OK done\r\n")
        self.assertIn("T BAD", self.mail.ask(b"SEARCH RETURN (SAVE) ON 31-Feb-2003"))
        self.assertEqual(self.mail.ask(b"SEARCH 3"), "* SEARCH 3\r\nT OK done\r\n")
        self.assertEqual(self.mail.ask(b"UID STORE $ +FLAGS.SILENT (\\Deleted)"), "T OK done\r\n")
        self.mail.ask(b"STORE 1 -FLAGS.SILENT (\\Deleted)")
        self.mail.ask(b"UID EXPUNGE $")
        self.assertEqual(self.mail.ask(b"FETCH $ (UID)"), "* 1 FETCH (UID 1)\r\nT OK done\r\n")
        self.assertIn("T NO", self.mail.ask(b"SEARCH RETURN (SAVE) CHARSET KOI8-R ALL"))
        self.assertEqual(self.mail.ask(b"FETCH $ (UID)"), "T OK done\r\n")
        self.mail.ask(b"SEARCH RETURN (SAVE) ALL")
        self.mail.ask(b"SELECT INBOX")
        self.assertEqual(self.mail.ask(b"SEARCH $"), "* SEARCH\r\nT OK done\r\n")

    def test_refused(self):
        for keys, answer in (
                (b"CHARSET KOI8-R ALL", "T NO [BADCHARSET (US-ASCII UTF-8)] "),
                (b"ON 31-Feb-2003", "T BAD there is no such date\r\n"),
                (b"NOT SENTON 30-Feb-2003", "T BAD there is no such date\r\n"),
                (b"", "T BAD syntax\r\n"), (b"NOT", "T BAD syntax\r\n"), (b"OR 1", "T BAD syntax\r\n"),
                (b"SUBJECT", "T BAD syntax\r\n"), (b"()", "T BAD syntax\r\n"), (b"PURPLE", "T BAD syntax\r\n")):
            self.assertTrue(self.mail.ask(b"SEARCH " + keys).startswith(answer), keys)

    def test_in_an_empty_mailbox(self):
        self.mail.ask(b"CREATE empty")
        self.mail.ask(b"SELECT empty")
        for keys in (b"ALL", b"1:*", b"*", b"UID 1:*"):
            self.assertEqual(self.mail.ask(b"SEARCH " + keys), "* SEARCH\r\nT OK done\r\n", keys)

    def test_many_messages(self):
        for _ in range(8):
            self.mail.ask(b"COPY 1:* INBOX")
        self.assertEqual(self.mail.ask(b"SEARCH ALL"),
                         "* SEARCH " + " ".join(map(str, range(1, 769))) + "\r\nT OK done\r\n")
        self.assertEqual(self.mail.ask(b"SEARCH SUBJECT thursday BODY noon").count(" "), 256 + 3)

    def test_imaplib(self):
        with imaplib.IMAP4("127.0.0.1", self.imap_port) as mail:
            mail.login("demo", "secret")
            mail.select(readonly=True)
            self.assertEqual(mail.search("UTF-8", "SUBJECT", '"lunch"', "UNSEEN"), ("OK", [b"2"]))
            mail.literal = "\u00e4rger".encode()
            self.assertEqual(mail.uid("SEARCH", "CHARSET", "UTF-8", "BODY"), ("OK", [b"2"]))


if __name__ == "__main__":
    unittest.main()
