# SPDX-License-Identifier: BSL-1.0
"""poplib reads and empties a maildrop of mail_server in every way it has."""
import poplib
import ssl
import unittest

from _mail_server import MESSAGES, MailServer


class PoplibWithMailServer(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(MailServer())
        self.server.fill()
        self.trust = ssl.create_default_context(cafile=self.server.certificate)

    def talk(self):
        mail = poplib.POP3("localhost", self.server.pop3, timeout=20)
        self.addCleanup(mail.sock.close)
        return mail

    def over_stls(self):
        mail = self.talk()
        self.assertIn("STLS", mail.capa())
        self.assertTrue(mail.stls(self.trust).startswith(b"+OK"))
        self.assertNotIn("STLS", mail.capa())
        return mail

    def over_tls(self):
        return poplib.POP3_SSL("localhost", self.server.pop3s, context=self.trust, timeout=20)

    def by_password(self, mail):
        mail.user("alice")
        mail.pass_("secret")
        return mail

    def by_apop(self, mail):
        mail.apop("alice", "secret")
        return mail

    def read_all(self, mail, delete=False):
        """Reads all there is and leaves."""
        self.assertEqual(mail.stat(), (len(MESSAGES), sum(map(len, MESSAGES))))
        self.assertEqual(mail.list()[1], [b"%d %d" % (i, len(m)) for i, m in enumerate(MESSAGES, 1)])
        self.assertEqual(len(set(mail.uidl()[1])), len(MESSAGES))
        for number, octets in enumerate(MESSAGES, 1):
            self.assertEqual(b"".join(line + b"\r\n" for line in mail.retr(number)[1]), octets)
            head, _, body = octets.partition(b"\r\n\r\n")
            top = head + b"\r\n\r\n" + b"".join(body.splitlines(True)[:2])
            self.assertEqual(b"".join(line + b"\r\n" for line in mail.top(number, 2)[1]), top)
            if delete:
                mail.dele(number)
        mail.quit()
        self.assertEqual(self.server.left(), 0 if delete else len(MESSAGES))

    def test_keeps_and_deletes_by_password(self):
        self.read_all(self.by_password(self.talk()))
        self.read_all(self.by_password(self.talk()), delete=True)

    def test_keeps_and_deletes_by_apop(self):
        self.read_all(self.by_apop(self.talk()))
        self.read_all(self.by_apop(self.talk()), delete=True)

    def test_stls(self):
        self.read_all(self.by_password(self.over_stls()))
        self.read_all(self.by_apop(self.over_stls()), delete=True)

    def test_tls_from_the_start(self):
        self.read_all(self.by_password(self.over_tls()))
        self.read_all(self.by_apop(self.over_tls()), delete=True)

    def test_utf8_and_what_is_undone(self):
        octets = "Subject: gr\u00fc\u00dfe\r\n\r\nx\r\n".encode()
        self.server.fill([octets])
        mail = self.by_password(self.talk())
        with self.assertRaisesRegex(poplib.error_proto, r"-ERR \[UTF8\]"):
            mail.retr(1)
        mail.dele(1)
        mail.rset()
        mail.dele(1)
        mail.close()  # without QUIT nothing goes
        mail = self.talk()
        mail.utf8()
        self.by_password(mail)
        self.assertEqual(b"\r\n".join(mail.retr(1)[1]) + b"\r\n", octets)
        mail.quit()

    def test_wrong_passwords(self):
        for login in (lambda mail: (mail.user("alice"), mail.pass_("wrong")), lambda mail: mail.apop("alice", "wrong")):
            with self.assertRaisesRegex(poplib.error_proto, r"-ERR \[AUTH\] wrong user or password"):
                login(self.talk())

    def test_a_stranger_is_not_believed(self):
        with self.assertRaises(ssl.SSLCertVerificationError):
            poplib.POP3_SSL("localhost", self.server.pop3s, context=ssl.create_default_context(), timeout=20)
        with self.assertRaises(ssl.SSLCertVerificationError):
            self.talk().stls(ssl.create_default_context())


if __name__ == "__main__":
    unittest.main()
