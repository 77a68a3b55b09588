#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""mail_server: IDLE tells what other connections do to the mailbox, over IMAP and over POP3."""
import time
import unittest

from _mail_server import ServerTest, ask_pop3, message


class Idle(ServerTest):
    def idle(self, wire):
        wire.send(b"i IDLE\r\n")
        self.assertEqual(wire.line(), b"+ idling\r\n")
        return wire

    def idling(self, command=b"SELECT INBOX"):
        wire = self.logged_in()
        wire.ask(command)
        return self.idle(wire)

    def filled(self, count=4):
        """A connection that has selected INBOX, in which there are so many messages, none of them recent."""
        wire = self.logged_in(b"INBOX")
        for number in range(1, count + 1):
            wire.append(message(f"number {number}"))
        wire.ask(b"NOOP")
        return wire

    def told(self, wire, *lines):
        self.assertEqual([wire.line().decode() for _ in lines], [f"* {line}\r\n" for line in lines])

    def check_end(self, wire):
        """Nothing more was told."""
        wire.send(b"DONE\r\n")
        self.assertEqual(wire.line(), b"i OK no longer\r\n")

    def test_messages_come(self):
        watching = self.idling()
        acting = self.logged_in()
        acting.append(message("first"))
        self.told(watching, "1 EXISTS", "1 RECENT")
        acting.ask(b"CREATE other")
        acting.append(message("elsewhere"), b"other")
        acting.ask(b"SELECT other")
        acting.ask(b"COPY 1 INBOX")
        self.told(watching, "2 EXISTS", "2 RECENT")
        acting.ask(b"MOVE 1 INBOX")
        self.told(watching, "3 EXISTS", "3 RECENT")
        self.check_end(watching)

    def test_flags_change(self):
        acting = self.filled()
        watching = self.idling()
        for change, flags in ((b"1 +FLAGS \\Flagged", "\\Flagged"), (b"1 FLAGS.SILENT (\\Seen $Work)", "\\Seen $Work"),
                              (b"1 -FLAGS (\\Seen $work)", "")):
            self.assertTrue(acting.ask(b"STORE " + change).endswith("T OK done\r\n"))
            self.told(watching, f"1 FETCH (FLAGS ({flags}))")
        acting.ask(b"FETCH 2:3 BODY[TEXT]")
        self.told(watching, "2 FETCH (FLAGS (\\Seen))", "3 FETCH (FLAGS (\\Seen))")
        acting.ask(b"STORE 2:3 +FLAGS \\Seen")
        self.check_end(watching)

    def test_messages_go(self):
        acting = self.filled()
        watching = self.idling()
        acting.ask(b"STORE 1,3 +FLAGS.SILENT \\Deleted")
        self.told(watching, "1 FETCH (FLAGS (\\Deleted))", "3 FETCH (FLAGS (\\Deleted))")
        acting.ask(b"EXPUNGE")
        self.told(watching, "1 EXPUNGE", "2 EXPUNGE")
        acting.ask(b"CREATE other")
        acting.ask(b"MOVE 2 other")
        self.told(watching, "2 EXPUNGE")
        self.check_end(watching)
        self.assertEqual(watching.ask(b"FETCH 1 BODY.PEEK[HEADER.FIELDS (SUBJECT)]").split("\r\n")[1],
                         "Subject: number 2")
        self.assertEqual(watching.ask(b"FETCH 2 FLAGS"), "T BAD there are no such messages\r\n")

    def test_pop3_takes_messages_away(self):
        self.filled()
        watching = self.idling()
        pop3 = self.wire(self.pop3_port)
        for command in (b"USER demo", b"PASS secret", b"DELE 2", b"DELE 4", b"QUIT"):
            self.assertTrue(ask_pop3(pop3, command).startswith("+OK"), command)
        self.told(watching, "2 EXPUNGE", "3 EXPUNGE")
        self.check_end(watching)

    def test_who_only_looks_is_told_too(self):
        acting = self.filled(1)
        watching = self.idling(b"EXAMINE INBOX")
        acting.append(message("new"))
        self.told(watching, "2 EXISTS", "0 RECENT")
        acting.ask(b"STORE 1 +FLAGS \\Deleted")
        self.told(watching, "1 FETCH (FLAGS (\\Deleted))")
        acting.ask(b"CLOSE")
        self.told(watching, "1 EXPUNGE")
        self.check_end(watching)

    def test_everybody_is_told(self):
        watching = [self.idling() for _ in range(5)]
        self.logged_in().append(message("new"))
        for wire in watching:
            self.assertEqual(wire.line(), b"* 1 EXISTS\r\n")
        # Recent it is for one of them.
        self.assertEqual(sorted(wire.line() for wire in watching), [b"* 0 RECENT\r\n"] * 4 + [b"* 1 RECENT\r\n"])

    def test_what_happened_before_is_told_first(self):
        watching = self.filled(2)
        acting = self.logged_in(b"INBOX")
        acting.ask(b"STORE 1 +FLAGS.SILENT \\Deleted")
        acting.ask(b"EXPUNGE")
        self.idle(watching)
        self.told(watching, "1 EXPUNGE")
        self.check_end(watching)

    def test_the_mailbox_goes(self):
        acting = self.logged_in()
        acting.ask(b"CREATE other")
        acting.append(message("there"), b"other")
        watching = self.idling(b"SELECT other")
        acting.ask(b"RENAME other another")
        acting.append(message("there too"), b"another")
        self.told(watching, "2 EXISTS", "2 RECENT")
        acting.ask(b"DELETE another")
        self.told(watching, "1 EXPUNGE", "1 EXPUNGE")
        self.check_end(watching)
        self.assertEqual(watching.ask(b"NOOP"), "T OK done\r\n")

    def test_nothing_is_told_where_no_mailbox_is_selected(self):
        watching = self.idle(self.logged_in())
        self.logged_in().append(message("new"))
        self.check_end(watching)

    def test_begin_and_end_at_once(self):
        wire = self.logged_in(b"INBOX")
        wire.send(b"a IDLE\r\nDONE\r\nb IDLE\r\ndone\r\nc NOOP\r\n")
        self.assertEqual([wire.line() for _ in range(5)],
                         [b"+ idling\r\n", b"a OK no longer\r\n", b"+ idling\r\n", b"b OK no longer\r\n",
                          b"c OK done\r\n"])

    def test_not_before_the_login(self):
        self.assertEqual(self.wire().ask(b"IDLE"), "T BAD unexpected command\r\n")

    def test_who_watches_costs_nothing(self):
        watching = [self.idling() for _ in range(20)]
        before = self.processor_time()
        time.sleep(1)
        self.assertLess(self.processor_time() - before, 0.2)
        self.assertEqual(len(watching), 20)

    def processor_time(self):
        """Of the server, in seconds."""
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / 100


if __name__ == "__main__":
    unittest.main()
