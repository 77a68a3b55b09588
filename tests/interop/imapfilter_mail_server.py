# SPDX-License-Identifier: BSL-1.0
"""imapfilter finds, marks, copies, moves and deletes messages of mail_server and makes mailboxes, in the clear, by
STARTTLS and under TLS from the start, and waits by IDLE."""
import imaplib
import os
import subprocess
import threading
import unittest

from _mail_server import MESSAGES, MailServer

PROGRAM = """
options.timeout = 20
options.starttls = {starttls}
options.create = true
options.subscribe = true
options.info = false
account = IMAP {{ server = 'localhost', port = {port}, username = 'alice', password = '{password}' {tls} }}
{body}
"""

RULES = """
inbox = account.INBOX
function found(messages) io.write(#messages, ' ') end
found(inbox:select_all())
found(inbox:is_unseen() - inbox:contain_subject('dots'))
found(inbox:contain_body('brown fox'))
found(inbox:contain_from('ADA') * inbox:is_larger(500))
found(inbox:arrived_since('01-Jan-2020') + inbox:is_flagged())
found(inbox:is_smaller(50) + inbox:match_field('Subject', '^long$'))
inbox:contain_subject('dots'):mark_flagged()
inbox:contain_subject('from'):add_flags({ '$Work', '\\\\Seen' })
inbox:contain_subject('octets'):copy_messages(account['copies/of it'])
inbox:contain_subject('long'):move_messages(account['moved'])
inbox:contain_subject('many'):delete_messages()
account:create_mailbox('one')
account:rename_mailbox('one', 'two')
account:subscribe_mailbox('two')
account:create_mailbox('three')
account:unsubscribe_mailbox('moved')
account:delete_mailbox('three')
found(account['copies/of it']:select_all())
exist, recent, unseen, next = inbox:check_status()
io.write(exist, ' ', unseen, ' ', next, '\\n')
mailboxes = account:list_all()
table.sort(mailboxes)
print(table.concat(mailboxes, ','))
mailboxes = account:list_subscribed()
table.sort(mailboxes)
print(table.concat(mailboxes, ','))
"""


class ImapfilterWithMailServer(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(MailServer())
        self.server.fill()
        self.clear = {"port": self.server.imap, "tls": "", "starttls": "false"}
        self.starttls = {"port": self.server.imap, "tls": "", "starttls": "true"}
        self.tls = {"port": self.server.imaps, "tls": ", ssl = 'auto'", "starttls": "false"}

    def imapfilter(self, way, body, password="secret", trust=None):
        program = self.server.path / "rules.lua"
        program.write_text(PROGRAM.format(**way, password=password, body=body))
        return subprocess.run(["imapfilter", "-c", program, "-t", trust or self.server.certificate],
                              env=dict(os.environ, HOME=str(self.server.path)), stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=60)

    def check(self, way):
        ran = self.imapfilter(way, RULES)
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        # Of all mailboxes it asks for those at the top, of those that are subscribed for every one.
        self.assertEqual(ran.stdout.splitlines(), ["6 5 1 2 6 2 1 4 3 7", "INBOX,copies,moved,two", "copies/of it,two"],
                         ran.stderr)
        with imaplib.IMAP4("127.0.0.1", self.server.imap) as mail:
            mail.login("alice", "secret")
            mail.select()
            told = mail.fetch("1:*", "(FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])")[1]
            flags = [set(imaplib.ParseFlags(each[0])) - {b"\\Recent"} for each in told if isinstance(each, tuple)]
            self.assertEqual(flags, [{b"\\Flagged"}, {b"$Work", b"\\Seen"}, set(), set()])
            for mailbox, octets in (('"copies/of it"', MESSAGES[2]), ("moved", MESSAGES[3])):
                mail.select(mailbox)
                self.assertEqual(mail.fetch("*", "(BODY.PEEK[])")[1][0][1], octets)

    def test_in_the_clear(self):
        self.check(self.clear)

    def test_under_tls(self):
        self.check(self.tls)

    def test_by_starttls(self):
        self.check(self.starttls)

    # Half a second later another client files a message in.
    def test_idle(self):
        mail, _ = self.server.inbox()
        with mail:
            filing = threading.Timer(0.5, lambda: mail.append("INBOX", None, None, MESSAGES[0]))
            filing.start()
            ran = self.imapfilter(self.starttls,
                                  "print(account.INBOX:enter_idle())\nprint(#account.INBOX:select_all())")
            filing.join()
        self.assertEqual((ran.returncode, ran.stdout.splitlines()[-1]), (0, "7"), ran.stdout + ran.stderr)

    def test_refused(self):
        for way in (self.clear, self.starttls, self.tls):
            ran = self.imapfilter(way, "account:list_all()", password="wrong")
            self.assertIn("wrong user or password", ran.stdout + ran.stderr)
        with MailServer() as other:
            for way in (self.starttls, self.tls):
                ran = self.imapfilter(way, "account:list_all()", trust=other.certificate)
                self.assertNotEqual(ran.returncode, 0, ran.stdout + ran.stderr)
                self.assertIn("certificate", ran.stdout + ran.stderr)


if __name__ == "__main__":
    unittest.main()
