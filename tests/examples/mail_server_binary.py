#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""mail_server: parts of messages without their transfer encoding. FETCH BINARY, RFC 9051 6.4.5."""
import base64
import unittest

from _mail_server import ServerTest

LONG = bytes(range(256)) * 1000

MESSAGE = (b"Content-Type: multipart/mixed; boundary=cut\r\n\r\n"
           b"--cut\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\ngr=C3=BC=C3=9Fe =\r\naus K=c3=b6ln\r\n"
           b"--cut\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(LONG).replace(b"\n", b"\r\n") +
           b"\r\n--cut\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\n???\r\n"
           b"--cut\r\nContent-Transfer-Encoding: BASE64\r\n\r\nAGE=\r\n--cut--\r\n")
TEXT = "gr\u00fc\u00dfe aus K\u00f6ln".encode()


class Binary(ServerTest):
    def setUp(self):
        super().setUp()
        self.mail = self.logged_in(b"INBOX")
        self.mail.append(MESSAGE, rest=b" (\\Seen)")

    def fetched(self, item):
        return self.mail.ask(b"FETCH 1 " + item).encode("latin-1")

    def test_parts(self):
        for item, told in (
                (b"BINARY.PEEK[1]", b"BINARY[1] {%d}\r\n" % len(TEXT) + TEXT),
                (b"BINARY[1]<6.7>", b"BINARY[1]<6> {7}\r\n" + TEXT[6:13]),
                (b"BINARY[1]<100.7>", b"BINARY[1]<100> {0}\r\n"),
                (b"BINARY[4]", b"BINARY[4] ~{2}\r\n\0a"),
                (b"BINARY[4]<1.9>", b"BINARY[4]<1> {1}\r\na"),
                (b"BINARY[2]", b"BINARY[2] ~{256000}\r\n" + LONG),
                (b"BINARY[2]<1.9000>", b"BINARY[2]<1> ~{9000}\r\n" + LONG[1:9001]),
                (b"BINARY[2]<1.255>", b"BINARY[2]<1> {255}\r\n" + LONG[1:256]),
                (b"(BINARY.SIZE[1] BINARY.SIZE[2])", b"BINARY.SIZE[1] %d BINARY.SIZE[2] 256000" % len(TEXT)),
                (b"BINARY[]", b"BINARY[] {%d}\r\n" % len(MESSAGE) + MESSAGE),
                (b"BINARY.SIZE[]", b"BINARY.SIZE[] %d" % len(MESSAGE)),
                (b"BINARY[5]", b"BINARY[5] NIL"), (b"BINARY.SIZE[1.2]", b"BINARY.SIZE[1.2] 0")):
            self.assertTrue(self.fetched(item) == b"* 1 FETCH (" + told + b")\r\nT OK done\r\n",
                            (item, self.fetched(item)[:100]))

    def test_several_long_ones_beside_the_message(self):
        answer = self.fetched(b"(BINARY[2] BODY[] BINARY[2]<0.5000> UID)")
        self.assertTrue(answer == b"* 1 FETCH (BINARY[2] ~{256000}\r\n" + LONG + b" BODY[] {%d}\r\n" % len(MESSAGE) +
                        MESSAGE + b" BINARY[2]<0> ~{5000}\r\n" + LONG[:5000] + b" UID 1)\r\nT OK done\r\n")

    def test_an_encoding_that_is_not_known(self):
        self.mail.append(b"Content-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\n--c\r\n\r\n--c\r\n\r\nthird\r\n--c--\r\n")
        self.assertEqual(self.mail.ask(b"FETCH 1:2 BINARY.PEEK[3]"),
                         "* 2 FETCH (BINARY[3] {5}\r\nthird)\r\n"
                         "T NO [UNKNOWN-CTE] a transfer encoding that this server does not know\r\n")
        self.assertIn("T NO [UNKNOWN-CTE]", self.mail.ask(b"UID FETCH 1 BINARY.SIZE[3]"))

    def test_seen(self):
        self.mail.ask(b"STORE 1 -FLAGS.SILENT (\\Seen)")
        for item, seen in ((b"BINARY.PEEK[1]", False), (b"BINARY.SIZE[1]", False), (b"BINARY[1]", True)):
            self.assertEqual(b"FLAGS (\\Seen" in self.fetched(item), seen, item)


if __name__ == "__main__":
    unittest.main()
