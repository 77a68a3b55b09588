# SPDX-License-Identifier: BSL-1.0
"""getmail6 keeps and empties a maildrop of mail_server by USER/PASS and APOP, in the clear and under TLS from the start.
It knows neither STLS nor AUTH over POP3."""
import unittest

from _getmail import GetmailTest


class GetmailWithMailServer(GetmailTest):
    def setUp(self):
        super().setUp()
        self.clear = "SimplePOP3Retriever", f"port = {self.server.pop3}"
        self.tls = "SimplePOP3SSLRetriever", f"port = {self.server.pop3s}\n{self.trust}"

    def test_user_and_pass(self):
        self.check(self.clear)

    def test_apop(self):
        self.check(self.clear, "use_apop = true")

    def test_tls_from_the_start(self):
        self.check(self.tls)

    def test_tls_from_the_start_and_apop(self):
        self.check(self.tls, "use_apop = true")

    def test_wrong_passwords(self):
        for way in (self.clear, self.tls):
            for more in ("", "use_apop = true"):
                self.check_refused(way, more, b"[AUTH] wrong user or password")

    def test_a_stranger_is_not_believed(self):
        self.check_stranger(self.tls)


if __name__ == "__main__":
    unittest.main()
