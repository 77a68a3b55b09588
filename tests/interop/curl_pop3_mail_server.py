# SPDX-License-Identifier: BSL-1.0
"""curl reads and empties a maildrop of mail_server over POP3 by every login it has, in the clear, by STLS and under TLS
from the start."""
import subprocess
import tempfile
import unittest

from _mail_server import MESSAGES, MailServer

TOKEN = "a.token-" * 40


class CurlTest(unittest.TestCase):
    options = ["--token", TOKEN]

    def setUp(self):
        self.server = self.enterContext(MailServer(*self.options))
        self.server.fill()
        self.clear = f"pop3://localhost:{self.server.pop3}"
        self.tls = f"pop3s://localhost:{self.server.pop3s}"

    def run_curl(self, *arguments, password="secret", trust=None):
        return subprocess.run(["curl", "-sSv", "--cacert", trust or self.server.certificate, "-u", f"alice:{password}",
                               *arguments], capture_output=True, timeout=60)

    def curl(self, *arguments, said=b""):
        """What curl gets. It must have sent the line `said`."""
        ran = self.run_curl(*arguments)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertIn(b"> " + said, ran.stderr, arguments)
        return ran.stdout

    def check(self, url, *arguments, said):
        """Reads a message by a login."""
        self.assertEqual(self.curl(*arguments, url + "/1", said=said), MESSAGES[0], arguments)


class CurlWithMailServer(CurlTest):
    def test_apop(self):
        for url, ways in ((self.clear, ()), (self.clear, ("--ssl-reqd",)), (self.tls, ())):
            self.check(url, *ways, "--login-options", "AUTH=+APOP", said=b"APOP alice ")

    def test_auth_in_the_clear(self):
        self.check(self.clear, said=b"AUTH CRAM-MD5\r\n")
        self.check(self.clear, "--login-options", "AUTH=CRAM-MD5", "--sasl-ir", said=b"AUTH CRAM-MD5\r\n")

    def test_auth_under_tls(self):
        for url, ways in ((self.clear, ("--ssl-reqd",)), (self.tls, ())):
            for name in ("CRAM-MD5", "PLAIN", "LOGIN"):
                option = "AUTH=" + name
                self.check(url, *ways, "--login-options", option, said=option.replace("=", " ").encode() + b"\r\n")
            self.check(url, *ways, "--login-options", "AUTH=PLAIN", "--sasl-ir",
                       said=b"AUTH PLAIN AGFsaWNlAHNlY3JldA==\r\n")

    # Whatever it is asked for, curl takes the standard before XOAUTH2.
    def test_tokens(self):
        for url, ways in ((self.clear, ("--ssl-reqd",)), (self.tls, ())):
            self.check(url, *ways, "--oauth2-bearer", TOKEN, said=b"AUTH OAUTHBEARER\r\n")
            ran = self.run_curl(*ways, "--oauth2-bearer", "wrong", url + "/1")
            self.assertEqual(ran.returncode, 67, ran.stderr)  # CURLE_LOGIN_DENIED

    def test_all_messages_of_one_session(self):
        for url, ways in ((self.clear, ()), (self.clear, ("--ssl-reqd",)), (self.tls, ())):
            urls = [f"{url}/{number}" for number in range(1, len(MESSAGES) + 1)]
            self.assertEqual(self.curl(*ways, *urls), b"".join(MESSAGES))
            self.assertEqual(self.curl(*ways, url + "/"),
                             b"".join(b"%d %d\r\n" % (i, len(m)) for i, m in enumerate(MESSAGES, 1)))
        self.assertEqual(self.server.left(), len(MESSAGES))

    def test_deletes(self):
        for number in range(1, len(MESSAGES) + 1):
            self.curl("--ssl-reqd", "-I", "-X", "DELE 1", self.clear + "/", said=b"DELE 1\r\n")
            self.assertEqual(self.server.left(), len(MESSAGES) - number)

    def test_wrong_passwords(self):
        for url, *ways in ((self.clear,), (self.clear, "--login-options", "AUTH=+APOP"), (self.clear, "--ssl-reqd"),
                           (self.tls, "--login-options", "AUTH=PLAIN"), (self.tls, "--login-options", "AUTH=LOGIN")):
            ran = self.run_curl(*ways, url + "/1", password="wrong")
            self.assertEqual(ran.returncode, 67, ran.stderr)  # CURLE_LOGIN_DENIED
            self.assertIn(b"-ERR [AUTH] wrong user or password", ran.stderr)

    def test_a_stranger_is_not_believed(self):
        for url, *ways in ((self.clear, "--ssl-reqd"), (self.tls,)):
            ran = self.run_curl(*ways, url + "/1", trust="/etc/ssl/certs/ca-certificates.crt")
            self.assertIn(ran.returncode, (60, 77), ran.stderr)  # not believed, or no authorities here


# curl gives the password as it is only to a server that knows nothing better.
class ByPassword(CurlTest):
    options = ["--no-apop", "--no-sasl"]

    def test_user_and_pass(self):
        for url, ways in ((self.clear, ()), (self.clear, ("--ssl-reqd",)), (self.tls, ())):
            self.check(url, *ways, said=b"PASS secret\r\n")
        ran = self.run_curl(self.clear + "/1", password="wrong")
        self.assertEqual(ran.returncode, 67, ran.stderr)


# A certificate that comes from elsewhere.
class OwnCertificate(CurlTest):
    def setUp(self):
        folder = self.enterContext(tempfile.TemporaryDirectory(prefix="mailwire-"))
        certificate, key = folder + "/certificate.pem", folder + "/key.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=mail",
                        "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
                       check=True, capture_output=True, timeout=60)
        self.options = ["--certificate", certificate, "--key", key]
        super().setUp()

    def test_is_used(self):
        self.check(self.clear, "--ssl-reqd", said=b"STLS\r\n")
        self.check(self.tls, said=b"CAPA\r\n")
        ran = subprocess.run(["curl", "-sSv", "-k", self.tls + "/"], capture_output=True, timeout=60)
        self.assertIn(b"subject: CN=mail", ran.stderr)


if __name__ == "__main__":
    unittest.main()
