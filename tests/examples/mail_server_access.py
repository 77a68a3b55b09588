#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""mail_server: starting and ending, logging in and out over IMAP, clients that misbehave."""
import imaplib
import os
import pathlib
import signal
import socket
import struct
import subprocess
import unittest

from _mail_server import PROGRAM, ServerTest, message


class Program(ServerTest):
    def test_ends_with_clients_connected(self):
        wire = self.logged_in(b"INBOX")
        self.end(by=signal.SIGINT)
        self.assertTrue(wire.closes())
        self.assertEqual(wire.received, b"* BYE goodbye\r\n")
        self.start()

    def test_keeps_a_database_that_was_named(self):
        folder = pathlib.Path(self.folder.name)
        (folder / "password").write_text("wrong\nnot this line\n")
        arguments = ["--user", "ada", "--password-file", folder / "password", "--database", folder / "kept.db"]
        self.restart(*arguments)
        wire = self.wire()
        self.assertIn("T NO [AUTHENTICATIONFAILED]", wire.ask(b"LOGIN ada secret"))
        self.assertIn("T OK", wire.ask(b"LOGIN ada wrong"))
        self.assertIn("T OK", wire.append(message("kept")))
        self.restart(*arguments)
        wire = self.wire()
        wire.ask(b"LOGIN ada wrong")
        self.assertIn("* 1 EXISTS\r\n", wire.ask(b"SELECT INBOX"))
        for name in ("password", "kept.db"):
            os.remove(folder / name)

    def test_refuses_bad_options(self):
        for arguments in (["--imap-port", "x"], ["--nonsense"], ["--password-file", "/nonexistent"]):
            ran = subprocess.run([PROGRAM, *arguments], stdin=subprocess.DEVNULL, capture_output=True, timeout=20)
            self.assertNotEqual(ran.returncode, 0, arguments)
            self.assertEqual(ran.stdout, b"", arguments)

    def test_a_port_that_is_taken(self):
        ran = subprocess.run([PROGRAM, "--password", "x", "--imap-port", str(self.imap_port)], capture_output=True,
                             timeout=20)
        self.assertEqual(ran.returncode, 1)
        self.assertIn(b"bind", ran.stderr)


class Access(ServerTest):
    always = ("IMAP4rev1 LITERAL+ CHILDREN ENABLE ESEARCH ID IDLE LIST-EXTENDED LIST-STATUS MOVE NAMESPACE SASL-IR "
              "SEARCHRES STATUS=SIZE UIDPLUS UNSELECT")

    def test_greeting_and_capability(self):
        wire = self.wire()
        before = self.always + " STARTTLS AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-1 AUTH=CRAM-MD5"
        self.assertEqual(wire.greeting.decode(), f"* OK [CAPABILITY {before}] mail_server ready\r\n")
        self.assertEqual(wire.ask(b"CAPABILITY"), f"* CAPABILITY {before}\r\nT OK that is all\r\n")
        self.assertEqual(wire.ask(b"noop"), "T OK done\r\n")
        self.assertEqual(wire.ask(b"LOGIN demo secret"), f"T OK [CAPABILITY {self.always}] welcome\r\n")
        self.assertEqual(wire.ask(b"CAPABILITY"), f"* CAPABILITY {self.always}\r\nT OK that is all\r\n")

    def test_what_client_and_server_tell_each_other(self):
        wire = self.wire()
        version = r'\* ID \("name" "mail_server" "version" "\d+\.\d+\.\d+"\)\r\nT OK done\r\n'
        self.assertRegex(wire.ask(b"ID NIL"), version)
        self.assertRegex(wire.ask(b'ID ("name" "x" "os" NIL)'), version)
        self.assertEqual(wire.ask(b"ENABLE CONDSTORE"), "T BAD unexpected command\r\n")
        wire.ask(b"LOGIN demo secret")
        self.assertEqual(wire.ask(b"ENABLE CONDSTORE UTF8=ACCEPT"), "* ENABLED\r\nT OK done\r\n")
        self.assertEqual(wire.ask(b"NAMESPACE"), '* NAMESPACE (("" "/")) NIL NIL\r\nT OK done\r\n')
        self.assertEqual(wire.ask(b"CHECK"), "T BAD unexpected command\r\n")
        self.logged_in().append(message("new"))
        wire.ask(b"SELECT INBOX")
        self.logged_in().append(message("newer"))
        self.assertEqual(wire.ask(b"CHECK"), "* 2 EXISTS\r\n* 2 RECENT\r\nT OK done\r\n")

    def test_login(self):
        wire = self.wire()
        self.assertEqual(wire.ask(b"SELECT INBOX"), "T BAD unexpected command\r\n")
        self.assertIn("T NO [AUTHENTICATIONFAILED]", wire.ask(b"LOGIN demo wrong"))
        self.assertIn("T NO [AUTHENTICATIONFAILED]", wire.ask(b"LOGIN nobody secret"))
        self.assertIn("T OK", wire.ask(b"LOGIN {4+}\r\ndemo \"secret\""))
        self.assertEqual(wire.ask(b"LOGIN demo secret"), "T BAD unexpected command\r\n")
        self.assertEqual(wire.ask(b"LOGOUT"), "* BYE logging out\r\nT OK goodbye\r\n")
        self.assertTrue(wire.closes())

    def test_login_with_synchronizing_literals(self):
        wire = self.wire()
        wire.send(b"a LOGIN {4}\r\n")
        self.assertEqual(wire.line()[:2], b"+ ")
        wire.send(b"demo {6}\r\n")
        self.assertEqual(wire.line()[:2], b"+ ")
        wire.send(b"secret\r\n")
        self.assertIn(b"a OK", wire.line())

    def test_too_many_wrong_passwords(self):
        wire = self.wire()
        wire.ask(b"LOGIN demo 1")
        wire.ask(b"LOGIN demo 2")
        self.assertIn("T NO", wire.ask(b"LOGIN demo 3"))
        self.assertTrue(wire.closes())
        self.assertIn(b"* BYE", wire.received)

    def test_pipelined_commands_and_half_closed_connection(self):
        wire = self.wire()
        wire.send(b"a LOGIN demo secret\r\nb SELECT INBOX\r\nc APPEND INBOX {5+}\r\nhello\r\nd FETCH 1 BODY[]\r\n")
        wire.socket.shutdown(socket.SHUT_WR)
        self.assertTrue(wire.closes())
        self.assertTrue(wire.received.endswith(b"* 1 FETCH (FLAGS (\\Seen \\Recent) BODY[] {5}\r\nhello)\r\nd OK done\r\n"),
                        wire.received)

    def test_imaplib_logs_in(self):
        with imaplib.IMAP4("127.0.0.1", self.imap_port) as mail:
            self.assertEqual(mail.login("demo", "secret")[0], "OK")
            self.assertEqual(mail.select()[0], "OK")
            self.assertEqual(mail.noop()[0], "OK")


class Misbehaviour(ServerTest):
    def test_bad_commands(self):
        wire = self.logged_in(b"INBOX")
        for command, answer in (
                (b"NONSENSE", "T BAD unknown command\r\n"),
                (b"FETCH 1", "T BAD syntax\r\n"),
                (b"FETCH 0 FLAGS", "T BAD syntax\r\n"),
                (b"FETCH 1 (FLAGS", "T BAD syntax\r\n"),
                (b"SELECT \"INBOX", "T BAD syntax\r\n"),
                (b"SEARCH " + b"(" * 200 + b"ALL" + b")" * 200, "T BAD too deep\r\n"),
                (b"NOOP " + b"x" * 100000, "T BAD unit too long\r\n"),
                (b"FETCH 1 FLAGS", "T BAD there are no such messages\r\n"),
                (b"FETCH $ FLAGS", "T OK done\r\n"),
                (b"NOOP", "T OK done\r\n"),
                (b"NOOP ", "T OK done\r\n")):  # mutt has it behind AUTHENTICATE
            self.assertEqual(wire.ask(command), answer, command[:40])

    def test_binary_noise(self):
        wire = self.wire()
        wire.send(bytes(range(256)) * 10 + b"\r\n" * 10)
        self.assertTrue(wire.closes())
        self.assertIn(b"* BYE too many bad commands\r\n", wire.received)
        self.assertIn("* 0 EXISTS", self.logged_in().ask(b"SELECT INBOX"))

    def test_connections_that_break_off(self):
        full = self.logged_in(b"INBOX")
        full.append(b"x" * 3000000)
        for octets in (b"", b"a LOG", b"a LOGIN demo secret\r\nb APPEND INBOX {1000000+}\r\nhalf of it",
                       b"a LOGIN demo secret\r\nb SELECT INBOX\r\nc FETCH 1 BODY[]\r\n" * 3):
            wire = self.wire()
            wire.send(octets)
            # Without a linger the system sends a reset.
            wire.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            wire.close()
        self.assertIn("(MESSAGES 1)", full.ask(b"STATUS INBOX (MESSAGES)"))

    def test_no_more_connections_than_allowed(self):
        self.restart("--connections", "2")
        wires = [self.wire(), self.wire()]
        waiting = socket.create_connection(("127.0.0.1", self.imap_port), timeout=0.3)
        with self.assertRaises(TimeoutError):
            waiting.recv(1)
        wires[0].ask(b"LOGOUT")
        wires[0].close()
        waiting.settimeout(20)
        self.assertEqual(waiting.recv(4), b"* OK")
        waiting.close()


if __name__ == "__main__":
    unittest.main()
