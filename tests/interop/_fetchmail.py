# SPDX-License-Identifier: BSL-1.0
"""fetchmail, with a mail_server to fetch from."""
import os
import select
import subprocess
import time

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

    def run(self, port, *mode, **more):
        """What is in `more` is described at `command`."""
        command, environment = self.command(port, *mode, **more)
        return subprocess.run(command, env=environment, capture_output=True, timeout=60)

    def running(self, port, *mode, **more):
        """Runs it as long as the context lasts."""
        return Running(*self.command(port, *mode, **more))

    def command(self, port, *mode, protocol, poll="", user="", password="secret", trust=None):
        """`poll` and `user` are more options of the server and of the user, `trust` is a certificate other than the
        server's own."""
        settings = self.server.path / "fetchmailrc"
        settings.write_text(SETTINGS.format(
            port=port, protocol=protocol, poll=poll, user=user, password=password, local=os.environ.get("USER", "root"),
            trust=trust or self.server.certificate, deliver=self.deliver))
        settings.chmod(0o600)
        environment = dict(os.environ, FETCHMAILHOME=str(self.server.path), HOME=str(self.server.path), LC_ALL="C")
        return ["fetchmail", "-f", settings, "-v", "-v", *mode], environment

    def taken(self):
        """What it has delivered since this was asked last."""
        got = []
        for file in self.folder.iterdir():
            got.append(file.read_bytes())
            file.unlink()
        return sorted(got)


class Running:
    def __init__(self, command, environment):
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=20)
        self.process.stdout.close()

    def wait_for(self, octets, seconds=20):
        """Reads what it says until it has said that."""
        end, said = time.monotonic() + seconds, b""
        while octets not in said:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                raise TimeoutError(said)
            some = os.read(self.process.stdout.fileno(), 1 << 16)
            if not some:
                raise EOFError(said)
            said += some
