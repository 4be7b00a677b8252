"""Fetching mail by IMAP: read-only, so that nothing in the mailbox changes, not even what was read.

What was fetched is known by the mailbox's UIDVALIDITY and the mail's UID, and where a provider numbers its
mailbox anew by the Message-ID. Mails are kept nowhere: only their attachments, once they are taken in.
"""

from __future__ import annotations

import base64
import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from typing import Any

from xlreport.formats.mail_names import head_text
from xlreport.frozen import frozen
from xlreport.round.opened import Round
from xlreport.round.place import Refused
from xlreport.round.send import password_for
from xlreport.round.settings import Server

FETCHED = "fetched"
_SECONDS = 60
_AT_ONCE = 200
_MOST_MB = 200
_ID = '("name" "xlreport" "version" "1")'
"""Some providers refuse programs that do not say what they are."""
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_ANSWER = re.compile(rb"UID ([0-9]+)")
_SIZE = re.compile(rb"RFC822\.SIZE ([0-9]+)")


@frozen
class NewMail:
    """A mail not fetched before: what tells it again, and its bytes, or why it was left there."""

    folder: str
    validity: str
    uid: int
    message_id: str
    data: bytes
    trouble: str = ""

    @property
    def known_as(self) -> dict[str, Any]:
        """The event's data."""
        return {"folder": self.folder, "validity": self.validity, "uid": self.uid, "message": self.message_id}


def new_mails(round_: Round) -> Iterator[NewMail]:
    """The mails of the folders in the settings that were not fetched before. Raises Refused."""
    server = round_.settings.imap
    if server is None:
        raise Refused("round.toml 里没有写收信服务器（[imap] host）")
    try:
        with _connected(server) as box:
            for folder in server.folders:
                yield from _new_in(box, folder, round_)
    except (OSError, imaplib.IMAP4.error) as error:
        raise Refused(
            f"收信服务器 {server.host} 中断了（{type(error).__name__}），收到的已记下，请再试"
        ) from error


def _new_in(box: imaplib.IMAP4, folder: str, round_: Round) -> Iterator[NewMail]:
    validity = _selected(box, folder)
    known, ids = _known(round_, folder, validity)
    uids = [uid for uid in _search(box, _since(round_)) if uid not in known]
    for start in range(0, len(uids), _AT_ONCE):
        for uid, size, message_id in _heads(box, uids[start : start + _AT_ONCE]):
            if message_id and message_id in ids:
                continue
            trouble = f"邮件超过 {_MOST_MB} MB，没有收取" if size > _MOST_MB * 2**20 else ""
            data = b"" if trouble else _body(box, uid)
            trouble = trouble or ("" if data else "服务器没有给出内容，下次再试")
            yield NewMail(folder, validity, uid, message_id, data, trouble)


def _selected(box: imaplib.IMAP4, folder: str) -> str:
    """Open a folder to look at only; its UIDVALIDITY."""
    status, _ = box.select(f'"{mailbox_name(folder)}"', readonly=True)
    if status != "OK":
        raise Refused(f"邮箱里没有文件夹“{folder}”，或服务器不让打开（有的要先在网页上开通 IMAP）")
    _, found = box.response("UIDVALIDITY")
    return found[0].decode("ascii", "replace") if found and found[0] else ""


def _known(round_: Round, folder: str, validity: str) -> tuple[set[int], set[str]]:
    """The UIDs fetched under this numbering, and the Message-IDs under earlier ones."""
    events = [e for e in round_.log.events if e.kind == FETCHED and e["folder"] == folder]
    uids = {event["uid"] for event in events if event["validity"] == validity}
    return uids, {event["message"] for event in events if event["validity"] != validity} - {""}


def _since(round_: Round) -> date:
    """The day from which mails belong to the round: when it began, or the year had ended."""
    began = round_.log.events[0].at.date() if round_.log.events else round_.clock().date()
    return min(began, date(round_.settings.year + 1, 1, 1))


def _search(box: imaplib.IMAP4, since: date) -> list[int]:
    day = f"{since.day:02}-{_MONTHS[since.month - 1]}-{since.year}"
    _, found = box.uid("SEARCH", "SINCE", day)
    return [int(uid) for uid in (found[0] or b"").split()]


def _heads(box: imaplib.IMAP4, uids: list[int]) -> Iterator[tuple[int, int, str]]:
    """UID, size and Message-ID of each."""
    wanted = "(UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])"
    _, answers = box.uid("FETCH", ",".join(map(str, uids)), wanted)
    for answer in answers:
        if isinstance(answer, tuple) and (uid := _ANSWER.search(answer[0])):
            size = _SIZE.search(answer[0])
            head = answer[1].decode("ascii", "surrogateescape").partition(":")[2]
            yield int(uid[1]), int(size[1]) if size else 0, head_text(head).strip()


def _body(box: imaplib.IMAP4, uid: int) -> bytes:
    _, answers = box.uid("FETCH", str(uid), "(BODY.PEEK[])")
    return next((answer[1] for answer in answers if isinstance(answer, tuple)), b"")


@contextmanager
def _connected(server: Server) -> Iterator[imaplib.IMAP4]:
    """A connection over TLS, logged in, that has said what program it is. Raises Refused."""
    password = password_for(server)
    secure = ssl.create_default_context()
    try:
        if server.security == "tls":
            box: imaplib.IMAP4 = imaplib.IMAP4_SSL(
                server.host, server.port, ssl_context=secure, timeout=_SECONDS
            )
        else:
            box = imaplib.IMAP4(server.host, server.port, timeout=_SECONDS)
            box.starttls(ssl_context=secure)
    except (OSError, imaplib.IMAP4.error) as error:
        raise Refused(f"连不上收信服务器 {server.host}:{server.port}（{type(error).__name__}）") from error
    try:
        box.login(server.user, password)
    except (imaplib.IMAP4.error, UnicodeEncodeError) as error:
        raise Refused(f"{server.host} 不接受用户名或授权码") from error
    try:
        with suppress(imaplib.IMAP4.error):
            box.xatom("ID", _ID)
        yield box
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            box.logout()


def mailbox_name(text: str) -> str:
    """A folder's name as IMAP writes it (RFC 3501: UTF-7 of its own kind)."""

    def encoded(match: re.Match[str]) -> str:
        plain = base64.b64encode(match[0].encode("utf-16-be")).decode("ascii")
        return f"&{plain.rstrip('=').replace('/', ',')}-"

    ascii_safe = text.replace("&", "&-")
    return re.sub(r"[^\x20-\x7e]+", encoded, ascii_safe).replace("\\", "\\\\").replace('"', '\\"')
