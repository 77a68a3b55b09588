# SPDX-License-Identifier: BSL-1.0
"""Starts the program mail_server for a test, and speaks to it octet by octet."""
import os
import pathlib
import re
import signal
import socket
import ssl
import subprocess
import tempfile
import unittest

PROGRAM = pathlib.Path(os.environ["MAILWIRE_BIN"]) / "mail_server"

PARTS = (b"From: Ada <ada@example.org>\r\nTo: bob@example.net\r\nSubject: Two parts\r\n"
         b"Date: Mon, 2 Nov 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n"
         b"Content-Type: multipart/mixed; boundary=cut\r\n\r\n"
         b"--cut\r\n\r\nplain words\r\n"
         b"--cut\r\nContent-Type: message/rfc822\r\n\r\n"
         b"Subject: inside\r\nContent-Type: multipart/alternative; boundary=in\r\n\r\n"
         b"--in\r\n\r\nfirst of the inner\r\n--in\r\nContent-Type: text/html\r\n\r\n<p>0123456789</p>\r\n--in--\r\n"
         b"--cut--\r\n")


def message(subject, body=b"a body\r\n"):
    return b"From: ada@example.org\r\nSubject: " + subject.encode() + b"\r\n\r\n" + body


class Wire:
    """An IMAP or POP3 connection without any opinion on what goes over it."""

    def __init__(self, port, timeout=20, tls=None):
        """`tls` is the context of a connection that is encrypted from its start."""
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        self.received = b""
        if tls:
            self.start_tls(tls)
        self.greeting = self.line()
        self.count = 0

    def start_tls(self, context):
        self.socket = context.wrap_socket(self.socket, server_hostname="localhost")

    def close(self):
        self.socket.close()

    def send(self, octets):
        self.socket.sendall(octets)

    def more(self):
        got = self.socket.recv(1 << 16)
        if not got:
            raise EOFError(self.received)
        self.received += got

    def line(self):
        while b"\r\n" not in self.received:
            self.more()
        line, _, self.received = self.received.partition(b"\r\n")
        return line + b"\r\n"

    def exactly(self, size):
        while len(self.received) < size:
            self.more()
        octets, self.received = self.received[:size], self.received[size:]
        return octets

    def until(self, tag):
        """All responses up to the tagged one, literals included, as they came."""
        answer = b""
        while True:
            line = self.line()
            answer += line
            if line.startswith(tag + b" "):
                return answer
            while literal := re.search(rb"\{(\d+)\}\r\n$", line):
                answer += self.exactly(int(literal[1]))
                line = self.line()
                answer += line

    def ask(self, command):
        """The answer to one command, its tag replaced by "T"."""
        self.count += 1
        tag = b"x%d" % self.count
        self.send(tag + b" " + command + b"\r\n")
        head, _, tail = self.until(tag).rpartition(tag)
        return (head + b"T" + tail).decode("latin-1")

    def append(self, octets, mailbox=b"INBOX", rest=b""):
        return self.ask(b"APPEND " + mailbox + rest + b" {%d+}\r\n" % len(octets) + octets)

    def closes(self):
        """Whether the server closes the connection; what it says before is left in `received`."""
        try:
            while True:
                self.more()
        except (EOFError, ConnectionResetError):
            return True
        except TimeoutError:
            return False


def ask_pop3(wire, command, lines=False):
    """The answer to one command of POP3, with its lines if there are some."""
    wire.send(command + b"\r\n")
    answer = wire.line()
    while lines and answer.startswith(b"+OK") and not answer.endswith(b"\r\n.\r\n"):
        answer += wire.line()
    return answer.decode()


def trust_in(port):
    """Believes the server that has the port under TLS now, and nobody else."""
    return ssl.create_default_context(cadata=ssl.get_server_certificate(("127.0.0.1", port), timeout=20))


class ServerTest(unittest.TestCase):
    """Each test has a server of its own."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.start()
        self.addCleanup(self.stop)

    def start(self, *arguments):
        environment = dict(os.environ, TMPDIR=self.folder.name)
        self.process = subprocess.Popen([PROGRAM, *arguments], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, env=environment)
        self.process.stdin.write(b"secret\n")
        self.process.stdin.close()
        wanted = ["imap", "pop3"] + [name for name in ("imaps", "pop3s") if f"--{name}-port" in arguments]
        ports = []
        for name in wanted:
            said = self.process.stdout.readline().decode()
            self.assertRegex(said, rf"^{name} 127\.0\.0\.1:\d+\n$")
            ports.append(int(said.rpartition(":")[2]))
        self.imap_port, self.pop3_port, *self.tls_ports = ports

    def end(self, by=signal.SIGTERM):
        self.assertIsNone(self.process.poll(), "the server is gone")
        self.process.send_signal(by)
        self.assertEqual(self.process.wait(timeout=20), 0)
        self.process.stdout.close()

    def restart(self, *arguments):
        self.end()
        self.start(*arguments)

    def stop(self):
        """Every test ends with this: whatever it has done, the server lives and ends in order."""
        self.end()
        self.assertEqual(os.listdir(self.folder.name), [], "the temporary database is still there")

    def wire(self, port=None, timeout=20, tls=None):
        wire = Wire(port or self.imap_port, timeout, tls)
        self.addCleanup(wire.close)
        return wire

    def logged_in(self, select=None):
        wire = self.wire()
        self.assertRegex(wire.ask(b"LOGIN demo secret"), r"^T OK \[CAPABILITY [^]]+\]")
        if select:
            self.assertIn("T OK [READ-WRITE]", wire.ask(b"SELECT " + select))
        return wire
