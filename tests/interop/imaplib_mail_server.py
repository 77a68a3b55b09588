# SPDX-License-Identifier: BSL-1.0
"""imaplib asks mail_server for everything it has a method for, in the clear and under TLS from the start."""
import imaplib
import ssl
import unittest

from _mail_server import MESSAGES, MailServer


class ImaplibWithMailServer(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(MailServer())
        self.trust = ssl.create_default_context(cafile=self.server.certificate)

    def in_the_clear(self):
        return self.kept(imaplib.IMAP4("localhost", self.server.imap, timeout=20))

    def under_tls(self):
        return self.kept(imaplib.IMAP4_SSL("localhost", self.server.imaps, ssl_context=self.trust, timeout=20))

    def kept(self, mail):
        self.addCleanup(mail.sock.close)
        return mail

    def logged_in(self, connect=None):
        mail = (connect or self.in_the_clear)()
        self.ok(mail.login("alice", "secret"))
        return mail

    def ok(self, answer, expected=None):
        """The data of an answer that has to be OK."""
        kind, data = answer
        self.assertEqual(kind, "OK", data)
        if expected is not None:
            self.assertEqual(data, expected)
        return data

    def fill(self, mail, mailbox="INBOX"):
        for octets in MESSAGES:
            self.ok(mail.append(mailbox, None, None, octets))

    def check_session(self, connect):
        mail = self.logged_in(connect)
        self.fill(mail)
        self.ok(mail.select(), [b"%d" % len(MESSAGES)])
        for number, octets in enumerate(MESSAGES, 1):
            data = self.ok(mail.fetch(str(number), "(RFC822 RFC822.SIZE)"))
            self.assertTrue(data[0][1] == octets, number)
            self.assertIn(b"RFC822.SIZE %d" % len(octets), data[0][0] + data[1])
        self.ok(mail.store("1:*", "+FLAGS.SILENT", "\\Deleted"))
        self.ok(mail.expunge(), [b"1"] * len(MESSAGES))
        self.ok(mail.close())
        self.assertEqual(mail.logout()[0], "BYE")

    def test_session_in_the_clear(self):
        self.check_session(self.in_the_clear)

    def test_session_under_tls(self):
        self.check_session(self.under_tls)

    def test_what_the_server_can(self):
        mail = self.logged_in()
        announced = self.ok(mail.capability())[0].decode().upper().split()
        # What it has asked for before the login is more: how to get in.
        before = [name for name in mail.capabilities if name != "STARTTLS" and not name.startswith("AUTH=")]
        self.assertLess(len(before), len(mail.capabilities))
        self.assertEqual(announced, before)
        self.ok(mail.namespace(), [b'(("" "/")) NIL NIL'])
        self.ok(mail.noop())
        self.ok(mail.enable("CONDSTORE"))
        self.ok(mail.xatom("ID", "NIL"))
        self.assertRegex(mail.response("ID")[1][0], rb'^\("name" "mail_server"')

    def test_mailboxes(self):
        mail = self.logged_in()
        for name in ("work/2026", '"with space"', "&AOQ-"):
            self.ok(mail.create(name))
        self.assertEqual(mail.create("INBOX")[0], "NO")
        self.ok(mail.list(), [b'(\\HasNoChildren) "/" INBOX', b'(\\HasNoChildren) "/" "with space"',
                              b'(\\HasChildren) "/" work', b'(\\HasNoChildren) "/" work/2026',
                              b'(\\HasNoChildren) "/" &AOQ-'])
        self.ok(mail.list('""', "%/%"), [b'(\\HasNoChildren) "/" work/2026'])
        for name in ("work/2026", "INBOX"):
            self.ok(mail.subscribe(name))
            self.ok(mail.subscribe(name))
        self.ok(mail.lsub(), [b'() "/" INBOX', b'() "/" work/2026'])
        self.ok(mail.unsubscribe("INBOX"))
        self.ok(mail.rename("work", "play"))
        self.ok(mail.lsub(), [b'() "/" work/2026'])
        self.ok(mail.delete("play/2026"))
        self.assertEqual(mail.delete("INBOX")[0], "NO")
        self.ok(mail.list(pattern="play*"), [b'(\\HasNoChildren) "/" play'])
        self.ok(mail.status("play", "(MESSAGES RECENT UIDNEXT UNSEEN)"),
                [b"play (MESSAGES 0 RECENT 0 UIDNEXT 1 UNSEEN 0)"])

    def test_select(self):
        mail = self.logged_in()
        self.fill(mail)
        self.ok(mail.select(readonly=True), [b"6"])
        for name, value in (("FLAGS", rb"\(\\Answered \\Flagged \\Deleted \\Seen \\Draft\)"), ("RECENT", rb"\d+"),
                            ("UIDVALIDITY", rb"[1-9]\d*"), ("UIDNEXT", b"7"), ("PERMANENTFLAGS", rb"\(\)"),
                            ("READ-ONLY", b"")):
            self.assertRegex(mail.response(name)[1][0], b"^" + value + b"$", name)
        self.assertEqual(mail.store("1", "+FLAGS", "\\Seen")[0], "NO")
        self.ok(mail.fetch("1", "(BODY[] FLAGS)"))
        self.ok(mail.select(), [b"6"])
        self.assertNotIn(b"\\Seen", self.ok(mail.fetch("1", "(FLAGS)"))[0])
        self.ok(mail.unselect())
        with self.assertRaises(imaplib.IMAP4.error):
            mail.fetch("1", "(FLAGS)")
        self.assertEqual(mail.select("nowhere")[0], "NO")

    def test_messages(self):
        mail = self.logged_in()
        self.fill(mail)
        self.ok(mail.select())
        self.ok(mail.append("INBOX", "(\\Flagged $Work)", '" 1-Feb-2003 04:05:06 -0730"', MESSAGES[0]))
        self.assertRegex(mail.response("APPENDUID")[1][0] or b"", rb"^[1-9]\d* 7$")
        self.ok(mail.noop())
        self.ok(mail.fetch("7", "(UID INTERNALDATE)"), [b'7 (UID 7 INTERNALDATE "01-Feb-2003 04:05:06 -0730")'])
        header, _, text = MESSAGES[2].partition(b"\r\n\r\n")
        for item, octets in (("BODY.PEEK[HEADER]", header + b"\r\n\r\n"), ("BODY.PEEK[TEXT]", text),
                             ("RFC822.HEADER", header + b"\r\n\r\n"), ("BODY.PEEK[TEXT]<3.5>", text[3:8]),
                             ("BODY.PEEK[HEADER.FIELDS (Subject)]", b"Subject: octets\r\n\r\n")):
            self.assertEqual(self.ok(mail.fetch("3", f"({item})"))[0][1], octets, item)
        self.assertIn(b"ENVELOPE (NIL \"octets\"", self.ok(mail.fetch("3", "ALL"))[0])
        self.ok(mail.search(None, "SUBJECT", "dots"), [b"1 7"])
        self.ok(mail.search("UTF-8", "FLAGGED", "UNSEEN", "BEFORE", "2-Feb-2003"), [b"7"])
        self.ok(mail.uid("SEARCH", "KEYWORD", "$work"), [b"7"])
        self.ok(mail.store("1:2", "FLAGS", "(\\Seen)"), [b"1 (FLAGS (\\Seen \\Recent))", b"2 (FLAGS (\\Seen \\Recent))"])
        self.ok(mail.uid("STORE", "2", "-FLAGS", "\\Seen"))
        self.ok(mail.check())

    def test_copies(self):
        mail = self.logged_in()
        self.fill(mail)
        self.ok(mail.select())
        self.assertIn(b"[TRYCREATE]", mail.copy("1", "other")[1][0])
        self.ok(mail.create("other"))
        self.ok(mail.copy("1:2", "other"))
        self.ok(mail.uid("COPY", "6,99", "other"))
        self.ok(mail.uid("MOVE", "5", "other"))
        self.ok(mail.status("other", "(MESSAGES UIDNEXT)"), [b"other (MESSAGES 4 UIDNEXT 5)"])
        self.ok(mail.store("1:*", "+FLAGS", "\\Deleted"))
        self.ok(mail.uid("EXPUNGE", "2"), [None])
        self.ok(mail.status("INBOX", "(MESSAGES)"), [b"INBOX (MESSAGES 4)"])
        self.ok(mail.close())
        self.ok(mail.select("other"), [b"4"])
        self.assertTrue(self.ok(mail.fetch("3", "(BODY[])"))[0][1] == MESSAGES[5])

    def test_refused(self):
        for connect in (self.in_the_clear, self.under_tls):
            with self.assertRaisesRegex(imaplib.IMAP4.error, r"AUTHENTICATIONFAILED"):
                connect().login("alice", "wrong")
        with self.assertRaises(ssl.SSLCertVerificationError):
            imaplib.IMAP4_SSL("localhost", self.server.imaps, ssl_context=ssl.create_default_context(), timeout=20)


if __name__ == "__main__":
    unittest.main()
