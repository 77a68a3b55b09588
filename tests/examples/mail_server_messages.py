#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""mail_server: messages over IMAP. APPEND, FETCH, STORE, COPY, MOVE, EXPUNGE, and what two sessions see of each other."""
import imaplib
import random
import unittest

from _mail_server import PARTS, ServerTest, message


def large(size=5_000_000):
    octets = bytearray(random.Random(1).choices(range(32, 127), k=size))
    octets[77::79] = b"\r" * len(octets[77::79])
    octets[78::79] = b"\n" * len(octets[78::79])
    return b"Subject: large\r\n\r\n" + bytes(octets)


class Append(ServerTest):
    def setUp(self):
        super().setUp()
        self.mail = self.logged_in(b"INBOX")

    def test_with_everything(self):
        answer = self.mail.append(b"hello", rest=b' (\\Seen \\fLAGGED $Work) "01-Feb-2003 04:05:06 -0730"')
        self.assertRegex(answer, r"^\* 1 EXISTS\r\n\* 1 RECENT\r\nT OK \[APPENDUID [1-9]\d* 1\] stored\r\n$")
        self.assertEqual(self.mail.ask(b"FETCH 1 (FLAGS INTERNALDATE RFC822.SIZE)"),
                         '* 1 FETCH (FLAGS (\\Seen \\Flagged $Work \\Recent) '
                         'INTERNALDATE "01-Feb-2003 04:05:06 -0730" RFC822.SIZE 5)\r\nT OK done\r\n')

    def test_synchronizing_literal(self):
        self.mail.send(b"a APPEND inbox {5}\r\n")
        self.assertEqual(self.mail.line()[:2], b"+ ")
        self.mail.send(b"hello\r\n")
        self.assertIn(b"a OK [APPENDUID", self.mail.until(b"a"))

    def test_refused_before_the_message_is_sent(self):
        for command, answer in (
                (b"APPEND nowhere {1000000000}", "T NO [TRYCREATE]"),
                (b"APPEND INBOX {1000000000}", "T NO [LIMIT]"),
                (b"APPEND INBOX {5000000000}", "T BAD literal too big"),
                (b'APPEND INBOX "31-Feb-2003 04:05:06 -0730" {5}', "T BAD there is no such date"),
                (b"APPEND INBOX (\\Recent) {5}", "T BAD syntax"),
                (b"APPEND nowhere {5+}\r\nA000\n", "T NO [TRYCREATE]"),
                (b"NOOP", "T OK")):
            self.assertIn(answer, self.mail.ask(command), command)
        self.assertEqual(self.mail.ask(b"NOOP"), "T OK done\r\n")

    def test_wrong_end_or_contents(self):
        self.assertIn("T BAD syntax", self.mail.ask(b"APPEND INBOX {5+}\r\nhello and more"))
        self.assertIn("T NO [CANNOT]", self.mail.append(b"a\0b"))
        self.assertEqual(self.mail.ask(b"NOOP"), "T OK done\r\n")

    def test_large_message_both_ways(self):
        sent = large()
        self.assertIn("T OK [APPENDUID", self.mail.append(sent))
        with imaplib.IMAP4("127.0.0.1", self.imap_port) as mail:
            mail.login("demo", "secret")
            self.assertEqual(mail.append("INBOX", None, None, sent)[0], "OK")
            mail.select()
            for number in ("1", "2"):
                kind, data = mail.fetch(number, "(UID BODY.PEEK[])")
                self.assertEqual((kind, data[0][1] == sent), ("OK", True))
        self.assertEqual(self.mail.ask(b"FETCH 1 BODY.PEEK[]<4999990.10>"),
                         "* 1 FETCH (BODY[]<4999990> {10}\r\n" + sent[4999990:5000000].decode() + ")\r\nT OK done\r\n")


class Fetch(ServerTest):
    def setUp(self):
        super().setUp()
        self.mail = self.logged_in(b"INBOX")
        self.mail.append(PARTS, rest=b' (\\Seen) "02-Nov-2026 10:00:05 +0100"')

    def test_items(self):
        envelope = ('("Mon, 2 Nov 2026 10:00:00 +0100" "Two parts" ((\"Ada\" NIL "ada" "example.org")) '
                    '(("Ada" NIL "ada" "example.org")) (("Ada" NIL "ada" "example.org")) '
                    '((NIL NIL "bob" "example.net")) NIL NIL NIL NIL)')

        def structure(extended):
            def only(kind, numbers):
                return f'({kind} NIL NIL "7bit" {numbers}' + (" NIL NIL NIL NIL)" if extended else ")")

            def several(parts, kind, boundary):
                more = f' ("boundary" "{boundary}") NIL NIL NIL)' if extended else ")"
                return "(" + "".join(parts) + f' "{kind}"' + more
            text = '"text" "{}" ("charset" "us-ascii")'
            inner = several([only(text.format("plain"), "18 0"), only(text.format("html"), "17 0")], "alternative", "in")
            enclosed = '(NIL "inside" NIL NIL NIL NIL NIL NIL NIL NIL) ' + inner
            return several([only(text.format("plain"), "11 0"),
                            only('"message" "rfc822" NIL', f"155 {enclosed} 10")], "mixed", "cut")
        outline = structure(False)
        full = structure(True)
        fast = f'FLAGS (\\Seen \\Recent) INTERNALDATE "02-Nov-2026 10:00:05 +0100" RFC822.SIZE {len(PARTS)}'
        for item, value in (
                (b"ENVELOPE", "ENVELOPE " + envelope), (b"BODY", "BODY " + outline),
                (b"BODYSTRUCTURE", "BODYSTRUCTURE " + full), (b"FAST", fast),
                (b"ALL", f"{fast} ENVELOPE {envelope}"), (b"FULL", f"{fast} ENVELOPE {envelope} BODY {outline}"),
                (b"(UID FLAGS)", "UID 1 FLAGS (\\Seen \\Recent)")):
            self.assertEqual(self.mail.ask(b"FETCH 1 " + item), f"* 1 FETCH ({value})\r\nT OK done\r\n", item)

    def test_sections(self):
        header, _, rest = PARTS.partition(b"\r\n\r\n")
        header += b"\r\n\r\n"
        for section, octets in (
                (b"[]", PARTS), (b"[HEADER]", header), (b"[TEXT]", rest),
                (b"[HEADER.FIELDS (subject To)]", b"To: bob@example.net\r\nSubject: Two parts\r\n\r\n"),
                (b"[HEADER.FIELDS.NOT (From To Date MIME-Version Content-Type)]", b"Subject: Two parts\r\n\r\n"),
                (b"[1]", b"plain words"), (b"[1.MIME]", b"\r\n"), (b"[2.MIME]", b"Content-Type: message/rfc822\r\n\r\n"),
                (b"[2.HEADER]", b"Subject: inside\r\nContent-Type: multipart/alternative; boundary=in\r\n\r\n"),
                (b"[2.HEADER.FIELDS (Subject)]", b"Subject: inside\r\n\r\n"), (b"[2.1]", b"first of the inner"),
                (b"[2.2]<0.10>", b"<p>0123456"), (b"[2.2]<13.10>", b"</p>"), (b"[2.2]<17.10>", b""),
                (b"[2.2]<4000000000.10>", b""), (b"[1]<0.4000000000>", b"plain words"), (b"[]<5.6>", b" Ada <"),
                (b"[3]", None), (b"[1.2]", None), (b"[1.2]<0.10>", None), (b"[1.HEADER]", None)):
            echo, _, partial = section.decode().partition("<")
            echo += "<" + partial.partition(".")[0] + ">" if partial else ""
            value = "NIL" if octets is None else "{%d}\r\n%s" % (len(octets), octets.decode())
            self.assertEqual(self.mail.ask(b"FETCH 1 BODY.PEEK" + section),
                             f"* 1 FETCH (BODY{echo} {value})\r\nT OK done\r\n", section)

    def test_sections_by_their_old_names(self):
        sent = message("old", b"0123456789" * 1000)
        self.mail.append(sent)
        header, _, text = sent.partition(b"\r\n\r\n")
        header += b"\r\n\r\n"
        for item, octets, flags in (
                ("RFC822.HEADER", header, ""), ("RFC822.TEXT", text, "FLAGS (\\Seen \\Recent) "), ("RFC822", sent, "")):
            self.assertEqual(self.mail.ask(b"FETCH 2 " + item.encode()),
                             f"* 2 FETCH ({flags}{item} {{{len(octets)}}}\r\n{octets.decode()})\r\nT OK done\r\n")
        self.mail.ask(b"STORE 2 -FLAGS.SILENT (\\Seen)")
        self.assertIn("* 2 FETCH (FLAGS (\\Seen \\Recent) RFC822 {", self.mail.ask(b"FETCH 2 RFC822"))

    def test_more_long_sections_than_one_response_can_announce(self):
        sent = message("long", b"0123456789" * 1000)
        self.mail.append(sent)
        self.mail.ask(b"STORE 2 +FLAGS.SILENT (\\Seen)")
        answer = self.mail.ask(b"UID FETCH 2 (" + b" ".join([b"BODY[]", b"BODY[TEXT]"] * 6) + b")")
        self.assertEqual(answer.count(sent.decode()), 6)
        self.assertEqual(answer.count("BODY[TEXT] {10000}\r\n0123456789"), 6)
        self.assertEqual(answer.count("* 2 FETCH (UID 2 BODY["), 2)

    def test_seen(self):
        self.mail.append(message("two"))
        self.assertEqual(self.mail.ask(b"FETCH 2 BODY.PEEK[TEXT]"),
                         "* 2 FETCH (BODY[TEXT] {8}\r\na body\r\n)\r\nT OK done\r\n")
        self.mail.ask(b"EXAMINE INBOX")
        self.assertNotIn("\\Seen", self.mail.ask(b"FETCH 2 (BODY[TEXT])"))
        self.mail.ask(b"SELECT INBOX")
        self.assertEqual(self.mail.ask(b"UID FETCH 2:9 (BODY[TEXT])"),
                         "* 2 FETCH (UID 2 FLAGS (\\Seen) BODY[TEXT] {8}\r\na body\r\n)\r\nT OK done\r\n")
        self.assertNotIn("FLAGS", self.mail.ask(b"FETCH 2 (BODY[TEXT])"))

    def test_sets(self):
        for number in range(2, 6):
            self.mail.append(message(str(number)))
        self.mail.ask(b"STORE 2 +FLAGS.SILENT (\\Deleted)")
        self.assertEqual(self.mail.ask(b"EXPUNGE"), "* 2 EXPUNGE\r\nT OK done\r\n")
        for command, numbers in (
                (b"FETCH *", [4]), (b"FETCH 4:2", [2, 3, 4]), (b"FETCH 1,3,1,2:3", [1, 2, 3]), (b"FETCH 2:*", [2, 3, 4]),
                (b"UID FETCH 2", []), (b"UID FETCH 3", [2]), (b"UID FETCH 2:4", [2, 3]), (b"UID FETCH *", [4]),
                (b"UID FETCH 100:*", [4]), (b"UID FETCH 1:4294967295", [1, 2, 3, 4]), (b"UID FETCH 100:200", [])):
            uids = ["", 1, 3, 4, 5]
            told = "".join(f"* {n} FETCH (UID {uids[n]})\r\n" for n in numbers)
            self.assertEqual(self.mail.ask(command + b" UID"), told + "T OK done\r\n", command)
        for command in (b"FETCH 5 UID", b"FETCH 1:5 UID", b"STORE 5 +FLAGS (a)", b"COPY 5 INBOX", b"MOVE 1:9 INBOX"):
            self.assertEqual(self.mail.ask(command), "T BAD there are no such messages\r\n", command)

    def test_a_header_that_no_response_can_have(self):
        self.mail.append(b"To: " + b"someone@example.org,\r\n " * 20000 + b"last@example.org\r\n\r\n")
        self.assertEqual(self.mail.ask(b"FETCH 2 ENVELOPE"), "T NO a response does not fit the send buffer\r\n")
        self.assertIn("T OK", self.mail.ask(b"FETCH 2 BODY.PEEK[HEADER]"))


class Changes(ServerTest):
    def setUp(self):
        super().setUp()
        self.mail = self.logged_in(b"INBOX")
        for subject in ("one", "two", "three"):
            self.mail.append(message(subject))
        self.mail.ask(b"CREATE other")

    def test_store(self):
        for command, told in (
                (b"STORE 1 +FLAGS (\\Flagged $Work)", "* 1 FETCH (FLAGS (\\Flagged $Work \\Recent))\r\n"),
                (b"STORE 1 FLAGS \\Seen $work", "* 1 FETCH (FLAGS (\\Seen $work \\Recent))\r\n"),
                (b"UID STORE 1 -FLAGS (\\SEEN)", "* 1 FETCH (UID 1 FLAGS ($work \\Recent))\r\n"),
                (b"STORE 1 -FLAGS.SILENT ($WORK)", ""),
                (b"STORE 1:2 FLAGS ()", "* 1 FETCH (FLAGS (\\Recent))\r\n* 2 FETCH (FLAGS (\\Recent))\r\n"),
                (b"UID STORE 99 +FLAGS (\\Seen)", "")):
            self.assertEqual(self.mail.ask(command), told + "T OK done\r\n", command)
        self.mail.ask(b"EXAMINE INBOX")
        for command in (b"STORE 1 +FLAGS (\\Seen)", b"EXPUNGE", b"UID EXPUNGE 1", b"MOVE 1 other"):
            self.assertEqual(self.mail.ask(command), "T NO the mailbox was opened to look only\r\n", command)

    def test_copy(self):
        self.mail.ask(b"STORE 3 FLAGS (\\Answered)")
        self.assertRegex(self.mail.ask(b"COPY 1,3 other"), r"^T OK \[COPYUID [1-9]\d* 1,3 1:2\] copied\r\n$")
        self.assertRegex(self.mail.ask(b"UID COPY 2 INBOX"),
                         r"^\* 4 EXISTS\r\n\* 4 RECENT\r\nT OK \[COPYUID [1-9]\d* 2 4\] copied\r\n$")
        self.assertEqual(self.mail.ask(b"UID COPY 77 other"), "T OK copied\r\n")
        self.assertIn("T NO [TRYCREATE]", self.mail.ask(b"COPY 1 nowhere"))
        self.mail.ask(b"SELECT other")
        self.assertEqual(self.mail.ask(b"FETCH 2 (FLAGS BODY[HEADER.FIELDS (Subject)])"),
                         "* 2 FETCH (FLAGS (\\Answered \\Seen \\Recent) BODY[HEADER.FIELDS (Subject)] {18}\r\n"
                         "Subject: three\r\n\r\n)\r\nT OK done\r\n")

    def test_move(self):
        self.assertRegex(self.mail.ask(b"MOVE 1:2 other"), r"^\* OK \[COPYUID [1-9]\d* 1:2 1:2\] moved\r\n"
                                                           r"\* 1 EXPUNGE\r\n\* 1 EXPUNGE\r\nT OK moved\r\n$")
        self.assertIn("T NO [TRYCREATE]", self.mail.ask(b"UID MOVE 3 nowhere"))
        self.assertRegex(self.mail.ask(b"UID MOVE 1:3 INBOX"),
                         r"^\* OK \[COPYUID [1-9]\d* 3 4\] moved\r\n\* 1 EXPUNGE\r\n\* 1 EXISTS\r\n")
        self.assertIn("(MESSAGES 2)", self.mail.ask(b"STATUS other (MESSAGES)"))

    def test_expunge(self):
        self.mail.ask(b"STORE 1:3 +FLAGS (\\Deleted)")
        self.assertEqual(self.mail.ask(b"UID EXPUNGE 2,9"), "* 2 EXPUNGE\r\nT OK done\r\n")
        self.assertEqual(self.mail.ask(b"EXPUNGE"), "* 1 EXPUNGE\r\n* 1 EXPUNGE\r\nT OK done\r\n")
        self.assertEqual(self.mail.ask(b"EXPUNGE"), "T OK done\r\n")

    def test_two_sessions(self):
        other = self.logged_in(b"INBOX")
        other.ask(b"STORE 1 FLAGS (\\Deleted)")
        other.ask(b"STORE 3 FLAGS (\\Flagged)")
        other.append(message("four"))
        self.assertEqual(other.ask(b"EXPUNGE"), "* 1 EXPUNGE\r\nT OK done\r\n")
        # The numbers stay until this session can be told: not during FETCH, STORE and SEARCH.
        self.assertEqual(self.mail.ask(b"FETCH 2:3 (UID)"),
                         "* 2 FETCH (UID 2)\r\n* 3 FETCH (FLAGS (\\Flagged \\Recent) UID 3)\r\n" + "T OK done\r\n")
        for command in (b"FETCH 1:3 (UID)", b"STORE 1 +FLAGS (\\Seen)", b"COPY 1:2 other"):
            self.assertIn("T NO [EXPUNGEISSUED]", self.mail.ask(command), command)
        self.assertEqual(self.mail.ask(b"UID FETCH 1:2 (UID)"), "* 2 FETCH (UID 2)\r\nT OK done\r\n")
        self.assertEqual(self.mail.ask(b"SEARCH TEXT one"), "* SEARCH\r\nT OK done\r\n")
        other.ask(b"STORE 1 +FLAGS (\\Draft)")
        self.assertEqual(self.mail.ask(b"NOOP"), "* 1 EXPUNGE\r\n* 3 EXISTS\r\n* 2 RECENT\r\n"
                                                 "* 1 FETCH (FLAGS (\\Draft \\Recent))\r\nT OK done\r\n")
        self.assertEqual(self.mail.ask(b"NOOP"), "T OK done\r\n")
        self.assertIn("* 3 FETCH (UID 4)", self.mail.ask(b"FETCH 3 (UID)"))

    # Of its own change a client need not hear, of those of others it has to.
    def test_what_others_change_is_told_where_one_is_silent(self):
        other = self.logged_in(b"INBOX")
        other.ask(b"STORE 2 +FLAGS (\\Flagged)")
        other.ask(b"STORE 3 FLAGS (\\Seen)")
        self.assertEqual(self.mail.ask(b"STORE 1:2 +FLAGS.SILENT (\\Draft)"),
                         "* 2 FETCH (FLAGS (\\Flagged \\Draft \\Recent))\r\nT OK done\r\n")
        self.assertEqual(self.mail.ask(b"UID STORE 1:3 FLAGS.SILENT (\\Answered)"),
                         "* 3 FETCH (UID 3 FLAGS (\\Answered \\Recent))\r\nT OK done\r\n")
        self.assertEqual(self.mail.ask(b"NOOP"), "T OK done\r\n")

    def test_one_that_does_not_read_holds_up_nobody(self):
        self.mail.append(large())
        slow = self.logged_in(b"INBOX")
        slow.send(b"a FETCH 4 BODY[]\r\n" * 2)
        for _ in range(50):
            self.assertIn("T OK", self.mail.ask(b"FETCH 1:3 BODY[]"))
        self.mail.ask(b"STORE 4 +FLAGS.SILENT (\\Deleted)")
        self.assertEqual(self.mail.ask(b"EXPUNGE"), "* 4 EXPUNGE\r\nT OK done\r\n")
        # What was announced is sent to its end; then the message is gone for this one too.
        answer = slow.until(b"a")
        self.assertIn(large(), answer)
        self.assertTrue(answer.endswith(b"a OK done\r\n"))
        self.assertEqual(slow.until(b"a"), b"a NO [EXPUNGEISSUED] some of the messages are gone\r\n")
        self.assertTrue(slow.ask(b"NOOP").startswith("* 4 EXPUNGE\r\n"))


if __name__ == "__main__":
    unittest.main()
