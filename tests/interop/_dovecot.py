# SPDX-License-Identifier: BSL-1.0
"""A Dovecot of its own on free ports of the loopback interface, with users alice and bob, password secret.

Passwords may come in the clear, STLS and STARTTLS are offered, and other ports have TLS from the start. APOP is on, so
that the POP3 greeting has a timestamp.
"""
import grp
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time

CONFIG = """
base_dir = {run}
state_dir = {run}
instance_name = mailwire-test
log_path = {log}
listen = 127.0.0.1
protocols = imap pop3
mail_location = maildir:~/Maildir
first_valid_uid = {uid}
last_valid_uid = {uid}
first_valid_gid = {gid}
disable_plaintext_auth = no
auth_mechanisms = plain login cram-md5 digest-md5 scram-sha-1 scram-sha-256 apop
auth_failure_delay = 0
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{key}
default_internal_user = {internal_user}
default_internal_group = {internal_group}
default_login_user = {login_user}
passdb {{
  driver = passwd-file
  args = {users}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={mail}/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
service imap-login {{
  {chroot}
  inet_listener imap {{
    address = 127.0.0.1
    port = {imap}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {imaps}
    ssl = yes
  }}
}}
service pop3-login {{
  {chroot}
  inet_listener pop3 {{
    address = 127.0.0.1
    port = {pop3}
  }}
  inet_listener pop3s {{
    address = 127.0.0.1
    port = {pop3s}
    ssl = yes
  }}
}}
service anvil {{
  {chroot}
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  {chroot}
}}
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as s:
        return s.getsockname()[1]


def make_certificate(certificate, key):
    """A certificate for the loopback interface, signed by itself."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                    "-keyout", key, "-out", certificate], check=True, capture_output=True)


class Dovecot:
    """Use as a context: with Dovecot() as d: d.imap, d.pop3, and with TLS from the start d.imaps, d.pop3s are
    "127.0.0.1:PORT"; d.certificate is a file with whom to trust."""

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="mailwire-dovecot-"))
        self.folder.chmod(0o755)
        root = os.geteuid() == 0
        who = pwd.getpwnam("mail") if root else pwd.getpwuid(os.geteuid())
        group = grp.getgrgid(who.pw_gid).gr_name
        mail, run = self.folder / "mail", self.folder / "run"
        mail.mkdir()
        run.mkdir()
        if root:
            os.chown(mail, who.pw_uid, who.pw_gid)
        users = self.folder / "users"
        users.write_text("alice:{PLAIN}secret\nbob:{PLAIN}secret\n")
        self.certificate, key = self.folder / "certificate.pem", self.folder / "key.pem"
        make_certificate(self.certificate, key)
        imap, pop3, imaps, pop3s = (free_port() for _ in range(4))
        config = self.folder / "dovecot.conf"
        config.write_text(CONFIG.format(
            run=run, log=self.folder / "log", users=users, mail=mail, imap=imap, pop3=pop3,
            imaps=imaps, pop3s=pop3s, certificate=self.certificate, key=key,
            uid=who.pw_uid, gid=who.pw_gid, chroot="chroot =",
            internal_user="dovecot" if root else who.pw_name,
            internal_group="dovecot" if root else group,
            login_user="dovenull" if root else who.pw_name))
        self.process = subprocess.Popen(["dovecot", "-c", config, "-F"], env={**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin"})
        self.imap, self.pop3 = f"127.0.0.1:{imap}", f"127.0.0.1:{pop3}"
        self.imaps, self.pop3s = f"127.0.0.1:{imaps}", f"127.0.0.1:{pop3s}"
        for port in (imap, pop3):
            self.wait_for(port)
        return self

    def wait_for(self, port):
        for _ in range(200):
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=5) as s:
                    if s.recv(1):
                        return
            except OSError:
                pass
            time.sleep(0.05)
        log = self.folder / "log"
        self.__exit__()
        raise RuntimeError("dovecot did not start: " + (log.read_text() if log.exists() else "no log"))

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)
        shutil.rmtree(self.folder, ignore_errors=True)
