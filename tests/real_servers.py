"""Dovecot and Exim, started by tests from a folder of their own, with TLS, on this machine only."""

from __future__ import annotations

import grp
import os
import pwd
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import SystemRandom

import pytest

from mail_server import PASSWORD, USER
from other_programs import path_of
from xlreport.round.place import RoundFolder

HOST = "localhost"
_SECONDS = 600
_PORTS = range(15_000, 30_000)
_OF_DOVECOT = """\
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
log_path = {folder}/log
ssl = required
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
mail_location = maildir:{folder}/mail
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
auth_mechanisms = plain login
auth_failure_delay = 0
passdb {{
  driver = static
  args = user={login} password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
  }}
}}
"""
_OF_EXIM = """\
primary_hostname = localhost
exim_user = {user}
exim_group = {group}
spool_directory = {folder}
log_file_path = {folder}/log-%s
local_interfaces = 127.0.0.1
daemon_smtp_ports = {port}
tls_advertise_hosts = *
tls_certificate = {folder}/cert.pem
tls_privatekey = {folder}/key.pem
{tls}
host_lookup =
rfc1413_hosts =
queue_only = true
acl_smtp_auth = acl_auth
acl_smtp_rcpt = acl_rcpt
keep_environment =
begin acl
acl_auth:
  accept encrypted = *
acl_rcpt:
  deny !authenticated = *
  deny local_parts = nobody
  accept
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_condition = ${{if and{{{{eq{{$auth2}}{{{login}}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2
"""


@dataclass
class Server:
    """A server: how it is started, its port, and its folder."""

    command: Sequence[str]
    folder: Path
    port: int
    user: str
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.process = subprocess.Popen(self.command, start_new_session=True)
        self._await(True)

    def stop(self) -> None:
        """End it with all that it has started, in the middle of whatever they do; wait until none is left."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
            self._await(False)

    def _await(self, answering: bool) -> None:
        for _ in range(_SECONDS * 50):
            if self._answers() is answering:
                return
            if self.process is not None and self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise AssertionError(f"{self.command[0]} does not {'answer' if answering else 'end'}: {self.log()}")

    def _answers(self) -> bool:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port)).close()
            return True
        return False

    def log(self) -> str:
        """What it tells of itself."""
        return "".join(path.read_text(errors="replace") for path in sorted(self.folder.glob("log*")))

    def own(self) -> None:
        """Give its folder to the user as whom it runs."""
        if os.geteuid() == 0:
            subprocess.run(["chown", "-R", self.user, str(self.folder)], check=True)

    def deliver(self, mails: Mapping[str, bytes], folder: str = "", at: float | None = None) -> None:
        """Put unread mails into the mailbox or a folder of it (as Maildir++ writes it), at a time."""
        place = self.folder / "mail" / folder
        for part in ("cur", "new", "tmp"):
            (place / part).mkdir(parents=True, exist_ok=True)
        for name, data in mails.items():
            path = place / "new" / name
            path.write_bytes(data)
            if at is not None:
                os.utime(path, (at, at))
        self.own()

    @property
    def mails(self) -> dict[str, bytes]:
        """Its mails by the names of their files, which say what was read (:2,S)."""
        return {path.name: path.read_bytes() for path in self.folder.rglob("mail/**/*") if _is_mail(path)}

    @property
    def came(self) -> list[bytes]:
        """The heads of the mails that it was given to send."""
        return [path.read_bytes() for path in sorted(self.folder.glob("input/*-H"))]


def _is_mail(path: Path) -> bool:
    return path.is_file() and path.parent.name in ("new", "cur")


def lead_to(place: RoundFolder, section: str, lines: str) -> None:
    """Let a section of a round's settings consist of these lines."""
    text = place.settings.read_text(encoding="utf-8")
    before, _, rest = text.partition(f"[{section}]\n")
    after = rest[rest.index("\n[") :] if "\n[" in rest else ""
    place.settings.write_text(f"{before}[{section}]\n{lines}\n{after}", encoding="utf-8")


@contextmanager
def dovecot() -> Iterator[Server]:
    """A mailbox over TLS."""
    name = path_of("dovecot", "install dovecot-imapd")
    with _server([name, "-F", "-c"], _OF_DOVECOT, "nobody") as server:
        yield server


@contextmanager
def exim(security: str) -> Iterator[Server]:
    """A server that takes mails, keeps them and sends nothing on; whoever is called nobody it refuses."""
    name = path_of("exim4", "install exim4-daemon-light")
    words = _OF_EXIM.replace("{tls}", "tls_on_connect_ports = {port}" if security == "tls" else "")
    with _server([name, "-bdf", "-C"], words, "Debian-exim") as server:
        yield server


@contextmanager
def _server(command: Sequence[str], words: str, user: str) -> Iterator[Server]:
    """The server with these settings, trusted for a moment. Root lets it run as another user."""
    owner = pwd.getpwnam(user) if os.geteuid() == 0 else pwd.getpwuid(os.getuid())
    group = grp.getgrgid(owner.pw_gid).gr_name
    passing = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)  # a server may leave files that vanish
    with passing as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        folder.chmod(0o755)
        port, conf = _free_port(), folder / "conf"
        given = {"folder": folder, "user": owner.pw_name, "group": group, "port": port}
        certificate = folder / "cert.pem"
        _make_certificate(certificate, folder / "key.pem")
        patch.setenv("SSL_CERT_FILE", str(certificate))
        patch.setenv("XLREPORT_MAIL_PASSWORD", PASSWORD)
        server = Server([*command, str(conf)], folder, port, owner.pw_name)
        server.own()
        conf.write_text(words.format(**given, login=USER, password=PASSWORD))  # Exim wants it to be root's
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _make_certificate(certificate: Path, key: Path) -> None:
    openssl = path_of("openssl", "install openssl")
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    command += ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)


def _free_port() -> int:
    """A port that no connection is given by the system, so that it is free when a server takes it again."""
    for port in SystemRandom().sample(_PORTS, len(_PORTS)):
        with suppress(OSError), socket.socket() as found:
            found.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")
