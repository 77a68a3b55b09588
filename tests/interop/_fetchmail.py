# SPDX-License-Identifier: BSL-1.0
"""fetchmail, with a mail_server to fetch from."""
import os
import subprocess

# Exit codes.
FETCHED = 0
NOTHING_NEW = 1
AUTHENTICATION_FAILED = 3

DELIVER = """#!/bin/sh
exec cat > "$(mktemp {folder}/XXXXXXXX)"
"""

SETTINGS = """set no bouncemail
set invisible
poll localhost service {port} protocol {protocol} {poll}
  user alice password "{password}" is {local} here {user}
  sslcertck sslcertfile "{trust}" no rewrite mda "{deliver}"
"""


def as_delivered(messages):
    """Messages as fetchmail hands them on: with LF at the ends of lines. In order, as taken() has them."""
    return sorted(octets.replace(b"\r\n", b"\n") for octets in messages)


class Fetchmail:
    def __init__(self, server):
        self.server = server
        self.folder = server.path / "delivered"
        self.folder.mkdir()
        self.deliver = server.path / "deliver"
        self.deliver.write_text(DELIVER.format(folder=self.folder))
        self.deliver.chmod(0o700)

    def run(self, port, *mode, protocol, poll="", user="", password="secret", trust=None):
        """`poll` and `user` are more options of the server and of the user, `trust` is a certificate other than the
        server's own."""
        settings = self.server.path / "fetchmailrc"
        settings.write_text(SETTINGS.format(
            port=port, protocol=protocol, poll=poll, user=user, password=password, local=os.environ.get("USER", "root"),
            trust=trust or self.server.certificate, deliver=self.deliver))
        settings.chmod(0o600)
        environment = dict(os.environ, FETCHMAILHOME=str(self.server.path), HOME=str(self.server.path), LC_ALL="C")
        return subprocess.run(["fetchmail", "-f", settings, "-v", "-v", *mode], env=environment, capture_output=True,
                              timeout=60)

    def taken(self):
        """What it has delivered since this was asked last."""
        got = []
        for file in self.folder.iterdir():
            got.append(file.read_bytes())
            file.unlink()
        return sorted(got)
