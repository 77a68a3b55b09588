#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""mail_server: which mailboxes there are. LIST in both forms, LSUB, SUBSCRIBE, UNSUBSCRIBE."""
import re
import unittest

from _mail_server import ServerTest, message


class List(ServerTest):
    def setUp(self):
        super().setUp()
        self.mail = self.logged_in()

    def create(self, *names):
        for name in names:
            self.assertEqual(self.mail.ask(b"CREATE " + name), "T OK done\r\n")

    def check(self, table):
        """The answers to commands, each without the lines around what is told."""
        for command, told in table:
            lines = "".join(f"* {one}\r\n" for one in told)
            self.assertEqual(self.mail.ask(command), lines + "T OK these are all\r\n", command)

    def listed(self, reference, pattern):
        answer = self.mail.ask(b'LIST ' + reference + b' ' + pattern)
        self.assertTrue(answer.endswith("T OK these are all\r\n"), answer)
        lines = answer.splitlines()[:-1]
        found = [re.fullmatch(r'\* LIST \(\\Has(No)?Children\) "/" (.*)', line) for line in lines]
        return [one[2] + ("" if one[1] else "+") for one in found]

    def test_list(self):
        self.create(b"work/2026/november", b"worm", b'"with space"', b"inbox/below", b"&ZeVnLIqe-/&AOQ-")
        japanese = "&ZeVnLIqe-"
        everything = ["INBOX+", "INBOX/below", '"with space"', "work+", "work/2026+", "work/2026/november", "worm",
                      japanese + "+", japanese + "/&AOQ-"]
        for reference, pattern, names in (
                (b'""', b"*", everything),
                (b'""', b"%", ["INBOX+", '"with space"', "work+", "worm", japanese + "+"]),
                (b'""', b"work/%", ["work/2026+"]),
                (b'"work/"', b"%", ["work/2026+"]),
                (b"wor", b"%", ["work+", "worm"]),
                (b'""', b"%/%", ["INBOX/below", "work/2026+", japanese + "/&AOQ-"]),
                (b'""', b"inBox", ["INBOX+"]),
                (b'""', b"INBOX/B*", []),
                (b'""', b"iNBOX*", ["INBOX+", "INBOX/below"]),
                (b'""', b"*november", ["work/2026/november"]),
                (b'""', b"w%k*r", ["work/2026/november"]),
                (b'""', b"{5+}\r\nworm%", ["worm"]),
                (b'""', b"WORM", []),
                (b'""', b"*%" * 2000 + b"q", []),
                (b'""', b"nothing", [])):
            self.assertEqual(self.listed(reference, pattern), names, (reference, pattern[:20]))
        self.assertEqual(self.mail.ask(b'LIST "" ""'), '* LIST (\\Noselect) "/" ""\r\nT OK that is the separator\r\n')

    def test_subscriptions(self):
        self.create(b"a/b", b"c")
        for command, answer in (
                (b"SUBSCRIBE a/b", "T OK"), (b"SUBSCRIBE a/b", "T OK"), (b"SUBSCRIBE inbox", "T OK"),
                (b"SUBSCRIBE nowhere", "T NO [NONEXISTENT]"), (b"SUBSCRIBE R&D", "T NO [NONEXISTENT]"),
                (b"UNSUBSCRIBE c", "T OK"), (b"UNSUBSCRIBE nowhere", "T NO [NONEXISTENT]"),
                (b"UNSUBSCRIBE R&D", "T NO [NONEXISTENT]")):
            self.assertTrue(self.mail.ask(command).startswith(answer), (command, answer))
        self.check(((b'LSUB "" *', ['LSUB () "/" INBOX', 'LSUB () "/" a/b']),
                    (b'LSUB "" %', ['LSUB () "/" INBOX', 'LSUB (\\Noselect) "/" a']),
                    (b'LSUB "a/" %', ['LSUB () "/" a/b']),
                    (b'LSUB "" x', [])))
        self.mail.ask(b"DELETE a/b")
        self.check(((b'LSUB "" a*', ['LSUB () "/" a/b']),))
        self.assertEqual(self.mail.ask(b"UNSUBSCRIBE a/b"), "T OK done\r\n")
        self.check(((b'LSUB "" *', ['LSUB () "/" INBOX']),))

    def test_extended_list(self):
        self.create(b"a/b", b"gone")
        for name in (b"a/b", b"gone"):
            self.mail.ask(b"SUBSCRIBE " + name)
        self.mail.ask(b"DELETE gone")
        inbox = 'LIST (\\HasNoChildren) "/" INBOX'
        lone_a = 'LIST (\\HasChildren) "/" a'
        below = 'LIST (\\Subscribed \\HasNoChildren) "/" a/b'
        gone = 'LIST (\\Subscribed \\NonExistent) "/" gone'
        self.check((
            (b'LIST (SUBSCRIBED) "" *', [below, gone]),
            (b'LIST (SUBSCRIBED) "" %', [gone]),
            (b'LIST (SUBSCRIBED RECURSIVEMATCH) "" %', [lone_a + ' (CHILDINFO ("SUBSCRIBED"))', gone]),
            (b'LIST (REMOTE) "" %', [inbox, lone_a]),
            (b'LIST "" * RETURN (CHILDREN SUBSCRIBED)', [inbox, lone_a, below]),
            (b'LIST () "" *', [inbox, lone_a, 'LIST (\\HasNoChildren) "/" a/b']),
            (b'LIST "" (a/% INBOX nothing)', [inbox, 'LIST (\\HasNoChildren) "/" a/b']),
            (b'LIST "a/" (%) RETURN (SUBSCRIBED)', [below]),
            (b'LIST () "" ""', [])))

    def test_status_beside_the_names(self):
        self.create(b"full")
        self.mail.append(message("one"), b"full")
        self.mail.ask(b"SUBSCRIBE full")
        self.mail.ask(b"RENAME full elsewhere")
        self.check((
            (b'LIST "" % RETURN (STATUS (MESSAGES UNSEEN))',
             ['LIST (\\HasNoChildren) "/" INBOX', 'STATUS INBOX (MESSAGES 0 UNSEEN 0)',
              'LIST (\\HasNoChildren) "/" elsewhere', 'STATUS elsewhere (MESSAGES 1 UNSEEN 1)']),
            (b'LIST (SUBSCRIBED) "" % RETURN (STATUS (MESSAGES))',
             ['LIST (\\Subscribed \\NonExistent) "/" full'])))

    def test_what_is_not_known(self):
        for command, answer in (
                (b'LIST (SPECIAL-USE) "" *', "T BAD this server does not know the option\r\n"),
                (b'LIST "" * RETURN (MYRIGHTS)', "T BAD this server does not know the option\r\n"),
                (b'LIST "" * RETURN (STATUS (HIGHESTMODSEQ))', "T BAD this server does not know the item\r\n"),
                (b'LIST (RECURSIVEMATCH) "" *', "T BAD syntax\r\n"),
                (b"STATUS INBOX (MESSAGES HIGHESTMODSEQ)", "T BAD this server does not know the item\r\n")):
            self.assertEqual(self.mail.ask(command), answer, command)


if __name__ == "__main__":
    unittest.main()
