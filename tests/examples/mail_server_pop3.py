#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""mail_server: every command of POP3."""
import poplib
import re
import unittest

from _mail_server import ServerTest, ask_pop3 as ask, message

DOTS = b"Subject: dots\r\n\r\n.\r\n..two\r\n.three\r\nlast"


class Pop3(ServerTest):
    def setUp(self):
        super().setUp()
        self.imap = self.logged_in()
        for octets in (message("one", b"first\r\nsecond\r\nthird\r\n"), DOTS, message("three")):
            self.imap.append(octets)
        self.wires = []

    def talk(self):
        wire = self.wire(self.pop3_port)
        self.assertRegex(wire.greeting, rb"^\+OK mail_server ready <[!-;=?-~]+@localhost>\r\n$")
        return wire

    def open(self):
        wire = self.talk()
        ask(wire, b"USER demo")
        self.assertEqual(ask(wire, b"PASS secret"), "+OK welcome\r\n")
        return wire

    def test_poplib(self):
        mail = poplib.POP3("127.0.0.1", self.pop3_port)
        mail.user("demo")
        mail.pass_("secret")
        sizes = [len(message("one", b"first\r\nsecond\r\nthird\r\n")), len(DOTS), len(message("three"))]
        self.assertEqual(mail.stat(), (3, sum(sizes)))
        self.assertEqual(mail.list()[1], [b"%d %d" % (i + 1, size) for i, size in enumerate(sizes)])
        self.assertEqual(b"\r\n".join(mail.retr(2)[1]), DOTS)
        self.assertEqual(mail.top(1, 1)[1][-2:], [b"", b"first"])
        self.assertEqual(mail.capa(), {
            "TOP": [], "UIDL": [], "USER": [], "SASL": ["SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5"], "UTF8": [], "LANG": [],
            "RESP-CODES": [], "AUTH-RESP-CODE": [], "PIPELINING": [], "EXPIRE": ["NEVER"],
            "IMPLEMENTATION": ["mail_server"]})
        mail.dele(1)
        mail.quit()
        self.assertIn("(MESSAGES 2)", self.imap.ask(b"STATUS INBOX (MESSAGES)"))

    def test_login(self):
        wire = self.talk()
        self.assertEqual(ask(wire, b"STAT"), "-ERR command not valid in this state\r\n")
        self.assertEqual(ask(wire, b"PASS secret"), "-ERR command not valid in this state\r\n")
        self.assertTrue(ask(wire, b"USER nobody").startswith("+OK"))
        self.assertEqual(ask(wire, b"PASS secret"), "-ERR [AUTH] wrong user or password\r\n")
        ask(wire, b"USER demo")
        self.assertEqual(ask(wire, b"PASS wrong one"), "-ERR [AUTH] wrong user or password\r\n")
        ask(wire, b"USER demo")
        self.assertEqual(ask(wire, b"PASS secret"), "+OK welcome\r\n")
        self.assertEqual(ask(wire, b"USER demo"), "-ERR command not valid in this state\r\n")

    def test_too_many_wrong_passwords(self):
        wire = self.talk()
        wire.send(b"USER demo\r\nPASS x\r\n" * 4)
        self.assertTrue(wire.closes())
        self.assertEqual(wire.received.count(b"-ERR [AUTH]"), 3)

    def test_one_session_a_user(self):
        first = self.open()
        second = self.talk()
        ask(second, b"USER demo")
        self.assertRegex(ask(second, b"PASS secret"), r"^-ERR \[IN-USE\] ")
        first.close()
        for _ in range(50):
            ask(second, b"USER demo")
            if ask(second, b"PASS secret").startswith("+OK"):
                break
        self.assertTrue(ask(second, b"STAT").startswith("+OK 3 "))

    def test_commands_on_messages(self):
        wire = self.open()
        validity = re.search(r"UIDVALIDITY (\d+)", self.imap.ask(b"STATUS INBOX (UIDVALIDITY)"))[1]
        head = "From: ada@example.org\r\nSubject: one\r\n\r\n"
        for command, answer in (
                (b"LIST 3", f"+OK 3 {len(message('three'))}\r\n"),
                (b"UIDL 2", f"+OK 2 {validity}.2\r\n"),
                (b"LIST 4", "-ERR no such message\r\n"), (b"UIDL 0", "-ERR syntax error\r\n"),
                (b"RETR 4", "-ERR no such message\r\n"), (b"TOP 4 1", "-ERR no such message\r\n"),
                (b"DELE 4", "-ERR no such message\r\n"), (b"NOOP", "+OK done\r\n"),
                (b"DELE 2", "+OK it goes with QUIT\r\n"), (b"DELE 2", "-ERR no such message\r\n"),
                (b"RETR 2", "-ERR no such message\r\n"), (b"LIST 2", "-ERR no such message\r\n"),
                (b"STAT", f"+OK 2 {len(message('one', b'first second third ')) + 3 + len(message('three'))}\r\n"),
                (b"RSET", "+OK nothing is deleted\r\n"), (b"XYZ", "-ERR unknown command\r\n"),
                (b"RETR 1 2", "-ERR syntax error\r\n"), (b"NOOP " + b"x" * 5000, "-ERR line too long\r\n")):
            self.assertEqual(ask(wire, command), answer, command[:20])
        for command, answer in (
                (b"UIDL", f"+OK one line a message\r\n1 {validity}.1\r\n2 {validity}.2\r\n3 {validity}.3\r\n.\r\n"),
                (b"RETR 2", "+OK the message\r\nSubject: dots\r\n\r\n..\r\n...two\r\n..three\r\nlast\r\n.\r\n"),
                (b"TOP 1 0", "+OK the message\r\n" + head + ".\r\n"),
                (b"TOP 1 2", "+OK the message\r\n" + head + "first\r\nsecond\r\n.\r\n"),
                (b"TOP 1 99", "+OK the message\r\n" + head + "first\r\nsecond\r\nthird\r\n.\r\n"),
                (b"TOP 2 1", "+OK the message\r\nSubject: dots\r\n\r\n..\r\n.\r\n")):
            self.assertEqual(ask(wire, command, lines=True), answer, command)

    def test_nothing_is_removed_without_quit(self):
        wire = self.open()
        ask(wire, b"DELE 1")
        wire.close()
        self.assertIn("(MESSAGES 3)", self.imap.ask(b"STATUS INBOX (MESSAGES)"))

    def test_large_message_and_pipelining(self):
        octets = message("large", b".0123456789 the quick brown fox jumps over the lazy dog\r\n" * 90000)
        self.assertGreater(len(octets), 5000000)
        self.imap.append(octets)
        wire = self.talk()
        wire.send(b"USER demo\r\nPASS secret\r\nRETR 4\r\nTOP 4 1\r\nDELE 4\r\nQUIT\r\n")
        self.assertTrue(wire.closes())
        body = octets.replace(b"\r\n.", b"\r\n..")
        top = body[:body.index(b"\r\n\r\n") + 4] + b"..0123456789 the quick brown fox jumps over the lazy dog\r\n"
        self.assertEqual(wire.received.partition(b"+OK welcome\r\n")[2],
                         b"+OK the message\r\n" + body + b".\r\n+OK the message\r\n" + top +
                         b".\r\n+OK it goes with QUIT\r\n+OK goodbye\r\n")
        self.assertIn("(MESSAGES 3)", self.imap.ask(b"STATUS INBOX (MESSAGES)"))

    # What was begun is sent to its end; then the message is gone.
    def test_a_message_that_goes_while_it_is_read(self):
        octets = message("large", b"0123456789\r\n" * 400000)
        self.imap.append(octets)
        self.imap.ask(b"SELECT INBOX")
        wire = self.open()
        wire.send(b"RETR 4\r\nRETR 4\r\nTOP 4 0\r\n")
        self.assertEqual(wire.line(), b"+OK the message\r\n")
        self.imap.ask(b"STORE 4 +FLAGS (\\Deleted)")
        self.assertEqual(self.imap.ask(b"EXPUNGE"), "* 4 EXPUNGE\r\nT OK done\r\n")
        self.assertTrue(wire.exactly(len(octets)) == octets)
        self.assertEqual([wire.line() for _ in range(3)], [b".\r\n"] + [b"-ERR no such message\r\n"] * 2)
        self.assertTrue(ask(wire, b"RETR 1", lines=True).startswith("+OK the message\r\n"))


if __name__ == "__main__":
    unittest.main()
