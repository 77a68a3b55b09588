# SPDX-License-Identifier: BSL-1.0
"""mutt reads, marks, copies, moves, deletes, finds and stores messages of mail_server, in the clear, by
STARTTLS and under TLS from the start, and logs in by the mechanisms it has."""
import imaplib
import os
import subprocess
import unittest

from _mail_server import MESSAGES, MailServer
from _terminal import run_in_terminal

SETTINGS = """set folder="{scheme}://alice@localhost:{port}/"
set spoolfile="+INBOX"
set imap_user=alice
set imap_pass="{password}"
set ssl_starttls={starttls}
set ssl_force_tls={force_tls}
set ssl_ca_certificates_file="{certificate}"
set certificate_file="{path}/accepted"
set imap_check_subscribed=yes
set imap_idle=no
set imap_authenticators="{mechanism}"
set header_cache="{path}/headers"
set message_cachedir="{path}/messages"
set confirmappend=no
set confirmcreate=no
set delete=yes
set quit=yes
set move=no
set mark_old=no
set wait_key=no
set pipe_split=yes
set pipe_sep=""
set sleep_time=0
set sort=mailbox-order
set copy=yes
set record="+Sent"
set sendmail="/bin/true"
"""


class MuttWithMailServer(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(MailServer())
        self.server.fill()
        common = {"force_tls": "yes", "starttls": "yes", "mechanism": ""}
        self.clear = {**common, "scheme": "imap", "port": self.server.imap, "force_tls": "no", "starttls": "no"}
        self.starttls = {**common, "scheme": "imap", "port": self.server.imap}
        self.tls = {**common, "scheme": "imaps", "port": self.server.imaps}
        self.piped = self.server.path / "piped"
        self.piped.mkdir()

    def settings(self, way, password="secret", trust=None):
        file = self.server.path / "muttrc"
        file.write_text(SETTINGS.format(**way, password=password, path=self.server.path,
                                        certificate=trust or self.server.certificate))
        return file

    def mutt(self, way, keys, **more):
        """Runs it with these keys pressed; what it has said to the server and heard from it."""
        log = self.server.path / ".muttdebug0"
        log.unlink(missing_ok=True)
        code, written = run_in_terminal(
            ["mutt", "-n", "-d", "2", "-F", self.settings(way, **more), "-e", f"push '{keys}<quit>'"],
            dict(os.environ, HOME=str(self.server.path), LC_ALL="C"), timeout=20)
        said = log.read_text(errors="replace")
        self.assertEqual(code, 0, said[-3000:] + repr(written[-1000:]))
        return said

    def far(self, mailbox="INBOX"):
        """The subjects and flags of what the server has, in its order."""
        found = []
        with imaplib.IMAP4("127.0.0.1", self.server.imap) as mail:
            mail.login("alice", "secret")
            self.assertEqual(mail.select(mailbox, readonly=True)[0], "OK", mailbox)
            for number in mail.search(None, "ALL")[1][0].split():
                (told, octets), rest = mail.fetch(number, "(BODY.PEEK[HEADER.FIELDS (SUBJECT)] FLAGS)")[1]
                flags = {flag.decode() for flag in imaplib.ParseFlags(told + rest)} - {"\\Recent"}
                found.append((octets.decode().removeprefix("Subject: ").strip(), flags))
        return found

    def names(self):
        with imaplib.IMAP4("127.0.0.1", self.server.imap) as mail:
            mail.login("alice", "secret")
            return [line.decode().rpartition(" ")[2] for line in mail.list()[1]]

    def check_session(self, way):
        take = f'cat > "$(mktemp {self.piped}/XXXXXXXX)"'
        self.mutt(way, f"<tag-pattern>~A<enter><tag-prefix><pipe-message>{take}<enter>")
        got = sorted(file.read_bytes() for file in self.piped.iterdir())
        self.assertEqual(got, sorted(octets.replace(b"\r\n", b"\n") for octets in MESSAGES))

        self.mutt(way, "1<enter><display-message><exit>2<enter><flag-message>3<enter><copy-message>=Copies<enter>"
                       "4<enter><save-message>=Moved<enter>5<enter><delete-message>6<enter><toggle-new>"
                       "<sync-mailbox>")
        self.assertEqual(self.far(), [("dots", {"\\Seen"}), ("from", {"\\Flagged"}), ("octets", set()),
                                      ("many", {"\\Seen"})])
        self.assertEqual(self.far("Copies"), [("octets", set())])
        self.assertEqual(self.far("Moved"), [("long", set())])

        said = self.mutt(way, "<limit>=b brown<enter><set-flag>r<limit>all<enter><change-folder>=Copies<enter>"
                              "<set-flag>!<change-folder>=INBOX<enter>")
        self.assertIn("UID SEARCH BODY", said)
        self.assertEqual(self.far()[3], ("many", {"\\Seen", "\\Answered"}))
        self.assertEqual(self.far("Copies"), [("octets", {"\\Flagged"})])

        self.mutt(way, "<tag-pattern>~A<enter><tag-prefix><save-message>=Moved<enter><sync-mailbox>")
        self.assertEqual(self.far(), [])
        self.assertEqual([name for name, _ in self.far("Moved")], ["long", "dots", "from", "octets", "many"])

    def test_in_the_clear(self):
        self.check_session(self.clear)

    def test_under_tls(self):
        self.check_session(self.tls)

    def test_by_starttls(self):
        self.check_session(self.starttls)

    def test_mechanisms(self):
        for way, names in ((self.clear, ("scram-sha-256", "scram-sha-1", "cram-md5", "login")),
                           (self.starttls, ("scram-sha-256", "plain", "login"))):
            for name in names:
                with self.subTest(name, starttls=way["starttls"]):
                    said = self.mutt({**way, "mechanism": name}, "1<enter><flag-message><sync-mailbox>")
                    self.assertIn("LOGIN" if name == "login" else f"AUTHENTICATE {name.upper()}", said)
                    self.assertIn(("dots", {"\\Flagged"}), self.far())
                    self.server.fill()

    def test_the_second_time_only_what_is_new_is_read(self):
        self.mutt(self.clear, "")
        said = self.mutt(self.clear, "")
        self.assertIn("FETCH 1:6 (UID FLAGS)", said.replace("UID FETCH", "FETCH"))
        self.assertNotIn("BODY", said)

    def test_trash(self):
        self.mutt(self.clear, ":set trash=+Trash<enter>1<enter><delete-message>2<enter><delete-message><sync-mailbox>")
        self.assertEqual([name for name, _ in self.far("Trash")], ["dots", "from"])
        self.assertEqual(len(self.far()), 4)

    def test_sent_mail_is_kept(self):
        body = b"From here on\n.\n" + "gr\u00fc\u00dfe".encode() + b"\n"
        ran = subprocess.run(["mutt", "-n", "-F", self.settings(self.tls), "-s", "kept", "bob@example.net"], input=body,
                             env=dict(os.environ, HOME=str(self.server.path)), capture_output=True, timeout=60)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertEqual(self.far("Sent"), [("kept", {"\\Seen"})])

    def test_mailboxes(self):
        def browse(keys):
            return self.mutt(self.clear, "<change-folder>?" + keys + "<exit>")

        browse("<create-mailbox>a<enter><create-mailbox>b/c<enter>")
        browse("<last-entry><subscribe>")
        said = browse("<toggle-subscribed><toggle-subscribed><last-entry><rename-mailbox><kill-line>d<enter>")
        self.assertIn('* LSUB () "/" b\n', said)
        self.assertEqual(self.names(), ["INBOX", "a", "d", "d/c"])
        browse("<next-entry><delete-mailbox>y")
        self.assertEqual(self.names(), ["INBOX", "d", "d/c"])

    def test_refused(self):
        for way in (self.clear, self.starttls, self.tls):
            self.assertIn("NO [AUTHENTICATIONFAILED]", self.mutt(way, "", password="wrong"))


if __name__ == "__main__":
    unittest.main()
