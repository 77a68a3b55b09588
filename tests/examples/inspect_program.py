# SPDX-License-Identifier: BSL-1.0
"""Runs the program inspect: its arguments, its input and output, its exit codes."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

INSPECT = pathlib.Path(os.environ["MAILWIRE_BIN"]) / "inspect"


def run(*arguments, stream=b""):
    return subprocess.run([INSPECT, *map(str, arguments)], input=stream, capture_output=True, timeout=60)


def imap(*arguments, stream=b""):
    return run("--protocol", "imap", "--from", "server", *arguments, stream=stream)


def pop3(*arguments, stream=b""):
    return run("--protocol", "pop3", "--from", "server", *arguments, stream=stream)


class Inspect(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def file(self, name, octets):
        path = self.folder / name
        path.write_bytes(octets)
        return path

    def check(self, result, output, errors=b""):
        self.assertEqual((result.stdout, result.stderr, result.returncode), (output, errors, 0))

    def test_reads_standard_input_and_files(self):
        stream = b"* 1 FETCH (UID 0)\r\n* 2 EXISTS\r\n"
        tree = (b'at 0, 19 octets: error in response: syntax at 15, octet 15, before "0)\\r\\n"\n'
                b"  * 1 FETCH (UID 0)\\r\\n\n"
                b"                 ^ offset 15: syntax: expected uniqueid in UID of msg-att (RFC 9051 7.5.2)\n"
                b"at 19, 12 octets: data EXISTS\n"
                b"       21      2  item EXISTS\n"
                b'       21      2    number "2"\n')
        self.check(imap(stream=stream), tree)
        self.check(imap(self.file("stream", stream)), tree)
        self.check(imap(stream=b""), b"")

    def test_prints_a_json_object_a_unit(self):
        result = imap("--json", stream=b"* OK \xc3\xa9\x00\r\n* OK \xc3\xa9\"\r\n* 2 EXISTS\r\n")
        units = [json.loads(line) for line in result.stdout.splitlines()]
        self.assertEqual([unit["verdict"] for unit in units], ["reject", "accept", "accept"])
        self.assertEqual(units[1]["fields"][-1]["octets"], '\\xc3\\xa9\\"')
        self.assertEqual(result.returncode, 0)

    def test_reads_answers_in_their_context(self):
        answer = b"+OK\r\n1 120\r\n.\r\n"
        lines = lambda result: [line for line in result.stdout.splitlines() if line.startswith(b"at ")]
        self.assertEqual(lines(pop3("--context", "LIST", stream=answer)), [b"at 0, 15 octets: answer +OK"])
        client = self.file("client", b"LIST\r\nQUIT\r\n")
        self.assertEqual(lines(pop3("--client", client, stream=b"+OK hi\r\n" + answer + b"+OK\r\n")),
                         [b"at 0, 8 octets: greeting", b"at 8, 15 octets: answer +OK", b"at 23, 5 octets: answer +OK"])
        alone = pop3(stream=answer)
        self.assertEqual(len(lines(alone)), 3)
        self.assertEqual(alone.stderr,
                         b"inspect: neither --context nor --client: each line is read as an answer of one line\n")

    def test_judges_units(self):
        pack = self.file("pack", b"* 1 EXISTS\r\n* XFOO\r\n* 1 FETCH ()\r\n* 1 EX* PREAUTH x\r\n")
        index = self.file("index", b"id\toffset\tbytes\tkind\tmode\n"
                                   b"one\t0\t12\tunit\t\n"
                                   b"two\t12\t8\tunit\t\n"
                                   b"three\t20\t14\tunit\t\n"
                                   b"four\t34\t6\tunit\t\n"
                                   b"five\t40\t13\tgreeting\tutf8\n"
                                   b"six\t0\t12\tunit\trev7\n")
        self.check(imap("--units", index, "--pack", pack),
                   b"one\taccept\tdata EXISTS\n"
                   b"two\tunknown\tdata XFOO\n"
                   b"three\treject\tresponse: syntax at 11\n"
                   b"four\tincomplete\tresponse: breaks off at 6\n"
                   b"five\taccept\tgreeting PREAUTH\n"
                   b"six\tunknown\tmode rev7 is not supported\n")

    def test_takes_modes(self):
        stream = b"a1 LOGIN a {4097+}\r\n" + b"x" * 4097 + b"\r\n"
        command = ("--protocol", "imap", "--from", "client")
        self.assertIn(b": error in command: literal too big", run(*command, stream=stream).stdout)
        self.assertIn(b": command LOGIN", run(*command, "--mode", "litplus", stream=stream).stdout)

    def test_says_what_it_cannot_do(self):
        pack = self.file("pack", b"")
        rows = [
            (run("--protocol", "imap"), b"--from is required"),
            (run("--protocol", "smtp", "--from", "client"), b"--protocol: smtp not in"),
            (imap("--units", pack), b"--units requires --pack"),
            (imap("--units", pack, "--pack", pack, "--json"), b"excludes"),
            (imap(self.folder / "nothing"), b"does not exist"),
            (imap("--mode", "rev7"), b"inspect: mode rev7 is not supported"),
            (pop3("--context", "XTND"), b"inspect: context XTND is not supported"),
            (imap("--units", pack, "--pack", pack), b"inspect: line 1 of the index has no column id"),
        ]
        for result, message in rows:
            self.assertIn(message, result.stderr)
            self.assertNotEqual(result.returncode, 0)
            self.assertEqual(result.stdout, b"")

    def test_explains_itself(self):
        result = run("--help")
        self.assertEqual(result.returncode, 0)
        for word in (b"--protocol", b"--from", b"--json", b"--units", b"--pack", b"--context", b"--client", b"--mode"):
            self.assertIn(word, result.stdout)


if __name__ == "__main__":
    unittest.main()
