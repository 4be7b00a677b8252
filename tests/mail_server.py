"""A mailbox for tests: as much of an IMAP server as fetching needs, without TLS, on this machine only."""

from __future__ import annotations

import re
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from xlreport.round.place import RoundFolder

USER, PASSWORD = "ogi", "abcd-1234"


@dataclass
class Box:
    """Its mails by UID, and every command that came. `wants_id` refuses SELECT before ID, as some do."""

    mails: dict[int, bytes] = field(default_factory=dict)
    validity: int = 1
    wants_id: bool = False
    breaks_at: int = 0
    commands: list[str] = field(default_factory=list)
    port: int = 0

    def add(self, data: bytes) -> None:
        self.mails[max(self.mails, default=0) + 1] = data


@contextmanager
def serving(box: Box) -> Iterator[Box]:
    """The mailbox at a port of its own."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            _talk(self, box)

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    box.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield box
    finally:
        server.shutdown()
        server.server_close()


def use_box(place: RoundFolder, box: Box) -> None:
    """Let the settings of a round lead to the mailbox."""
    head, imap = place.settings.read_text(encoding="utf-8").split("[imap]")
    imap = imap.replace('host = ""', 'host = "127.0.0.1"').replace("port = 993", f"port = {box.port}")
    place.settings.write_text(
        f"{head}[imap]{imap}".replace('user = ""', f'user = "{USER}"'), encoding="utf-8"
    )


def _talk(handler: socketserver.StreamRequestHandler, box: Box) -> None:
    said_id = False

    def say(text: str) -> None:
        handler.wfile.write(text.encode() + b"\r\n")

    say("* OK [CAPABILITY IMAP4rev1 ID] ready")
    while line := _line(handler):
        while literal := re.search(rb"\{([0-9]+)\}\r\n$", line):
            handler.wfile.write(b"+ go on\r\n")
            line = line[: literal.start()] + handler.rfile.read(int(literal[1])) + handler.rfile.readline()
        tag, _, command = line.decode().strip().partition(" ")
        box.commands.append(command)
        word = command.split()[0].upper()
        if word == "LOGIN" and PASSWORD not in command:
            say(f"{tag} NO wrong password")
            continue
        if word == "ID":
            said_id = True
        elif word in ("SELECT", "EXAMINE"):
            if box.wants_id and not said_id:
                say(f"{tag} NO Unsafe Login")
                continue
            say(f"* {len(box.mails)} EXISTS\r\n* OK [UIDVALIDITY {box.validity}] here")
        elif word == "UID":
            _uid(handler, box, command.split()[1].upper(), command.split()[2:])
        elif word == "LOGOUT":
            say("* BYE")
            say(f"{tag} OK")
            return
        with suppress(OSError):
            say(f"{tag} OK done")


def _line(handler: socketserver.StreamRequestHandler) -> bytes:
    try:
        return handler.rfile.readline()
    except OSError:
        return b""


def _uid(handler: socketserver.StreamRequestHandler, box: Box, what: str, words: list[str]) -> None:
    if what == "SEARCH":
        handler.wfile.write(b"* SEARCH " + b" ".join(b"%d" % uid for uid in box.mails) + b"\r\n")
        return
    for uid in map(int, words[0].split(",")):
        data = box.mails[uid]
        if "HEADER" in " ".join(words):
            found = re.search(rb"(?im)^message-id:.*\r\n", data)
            head = (found[0] if found else b"") + b"\r\n"
            start = b"* %d FETCH (UID %d RFC822.SIZE %d BODY[HEADER.FIELDS (MESSAGE-ID)]" % (
                uid,
                uid,
                len(data),
            )
            handler.wfile.write(start + b" {%d}\r\n" % len(head) + head + b")\r\n")
        else:
            if uid == box.breaks_at:
                handler.connection.shutdown(socket.SHUT_RDWR)
                return
            handler.wfile.write(
                b"* %d FETCH (UID %d BODY[] {%d}\r\n" % (uid, uid, len(data)) + data + b")\r\n"
            )
