"""A mail as its attachments, each with who sent it and when; and links where a file should be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from email.utils import parsedate_to_datetime
from itertools import pairwise

from xlreport.cleaning import one_line
from xlreport.formats.mail_names import decoded, file_name, head_text
from xlreport.frozen import frozen

_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"@]+@[^\s<>()\[\],;:\"@]+")
_OF_PROGRAMS = ("X-Autoreply", "X-Autorespond", "List-Id")
_PRECEDENCES = ("bulk", "junk", "list", "auto_reply")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_UNNAMED = "未命名附件"
_DEEPEST = 10
_MOST_PARTS = 2_000
_LINKS = re.compile(
    r"超大附件|文件中转站|云附件|大附件|"
    r"(?:mail\.qq\.com/\S*ftn|wx\.mail\.qq\.com/ftn|mail\.163\.com/large-attachment|dashi\.163\.com|"
    r"pan\.baidu\.com/s/|mail\.126\.com/large-attachment|cowtransfer\.com|drive\.weixin\.qq\.com)",
    re.IGNORECASE,
)
_LINKED_NAME = re.compile(
    r"[^\s<>\"'/\\：:，,（(]{1,80}\.(?:xlsx|xlsm|xls|et|ods|docx?|wps|pdf|zip|rar|7z)", re.IGNORECASE
)


@frozen
class Envelope:
    """Who sent a mail, when, and about what. `id` is its Message-ID, "" where it has none.

    `automatic`: a program sent it, or a list to many: an answer while away, a mail that came back.
    """

    sender: str
    dated: datetime | None
    subject: str
    id: str
    automatic: bool = False


@frozen
class Attachment:
    """A file that came with a mail. A link has no `data`."""

    name: str
    data: bytes
    envelope: Envelope
    is_link: bool = False


def attachments(data: bytes) -> tuple[Envelope, tuple[Attachment, ...]]:
    """The mail's envelope and its attachments in order, those of mails inside it too."""
    mail = message_from_bytes(data, policy=compat32)
    return _envelope(mail), tuple(_walk(mail, _envelope(mail), 0))


def envelope_of(data: bytes) -> Envelope:
    """The mail's envelope; what follows its head is not looked at."""
    end = _BLANK_LINE.search(data)
    return _envelope(message_from_bytes(data[: end.end()] if end is not None else data, policy=compat32))


def _envelope(mail: Message) -> Envelope:
    identity = one_line(head_text(_head(mail, "Message-ID"))).strip()
    return Envelope(
        address_in(head_text(_head(mail, "From"))),
        _date(mail),
        one_line(head_text(_head(mail, "Subject"))).strip(),
        identity,
        _is_automatic(mail),
    )


def address_in(line: str) -> str:
    """The address in a line with a name, in small letters; "" where there is none."""
    found = _ADDRESS.search(line.rpartition("<")[2]) or _ADDRESS.search(line)
    return found[0].casefold().strip(".") if found else ""


def _is_automatic(mail: Message) -> bool:
    """As RFC 3834 says it, and as programs said it before and say it still."""
    if any(_head(mail, name) for name in _OF_PROGRAMS) or mail.get_content_type() == "multipart/report":
        return True
    submitted = head_text(_head(mail, "Auto-Submitted")).partition(";")[0].strip().casefold()
    precedence = head_text(_head(mail, "Precedence")).strip().casefold()
    nobody = head_text(_head(mail, "Return-Path")).strip() == "<>"
    return submitted not in ("", "no") or precedence in _PRECEDENCES or nobody


def _head(mail: Message, name: str) -> str:
    """A head with the bytes it came with: the library would replace those that are no ASCII."""
    return next((str(value) for key, value in mail.raw_items() if key.casefold() == name.casefold()), "")


def _date(mail: Message) -> datetime | None:
    """When it was sent, None where it does not say; a time without a zone is one of here."""
    try:
        return parsedate_to_datetime(head_text(_head(mail, "Date"))).astimezone()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _walk(mail: Message, envelope: Envelope, depth: int) -> Iterator[Attachment]:
    texts = []
    for part in _parts(mail, depth):
        kind = part.get_content_type()
        if kind == "message/rfc822":
            for inner in _inside(part):
                own = _envelope(inner)
                inherited = replace(own, automatic=own.automatic or envelope.automatic)
                yield from _walk(inner, inherited, depth + 1)
            continue
        name = file_name(_head(part, "Content-Disposition"), _head(part, "Content-Type"))
        data = _content(part)
        if _is_attached(part, name):
            yield Attachment(name or _UNNAMED, data, envelope)
        elif kind in ("text/plain", "text/html"):
            texts.append(decoded(data, str(part.get_content_charset() or "")))
    yield from _links(texts, envelope)


def _parts(mail: Message, depth: int) -> Iterator[Message]:
    """The leaves, and mails inside it unopened."""
    waiting, seen = [mail], 0
    while waiting and seen < _MOST_PARTS and depth < _DEEPEST:
        part, seen = waiting.pop(0), seen + 1
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting[:0] = _inside(part)
        else:
            yield part


def _inside(part: Message) -> list[Message]:
    found = part.get_payload() if part.is_multipart() else []
    return [inner for inner in found if isinstance(inner, Message)]


def _is_attached(part: Message, name: str) -> bool:
    """True for a file; a picture that belongs to the text is none."""
    disposition = head_text(_head(part, "Content-Disposition")).casefold()
    kind = part.get_content_maintype()
    if kind == "image" and _head(part, "Content-ID") and not disposition.startswith("attachment"):
        return False
    return bool(name) or disposition.startswith("attachment") or kind not in ("text", "multipart")


def _content(part: Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return b""
    return data if isinstance(data, bytes) else b""


def _links(texts: list[str], envelope: Envelope) -> Iterator[Attachment]:
    """One for a mail in whose text a file is only linked."""
    for text in texts:
        found = _LINKS.search(text)
        if found is not None:
            plain = re.sub(r"<[^>]*>", " ", text)
            named = _LINKED_NAME.search(plain)
            yield Attachment(
                one_line(named[0] if named else envelope.subject or found[0]), b"", envelope, True
            )
            return


def messages_of(mailbox: bytes) -> Iterator[bytes]:
    """The mails of an mbox file; a line "From " begins one where a head follows."""
    starts = [
        match.start()
        for match in re.finditer(rb"^From [^\r\n]*\r?\n(?=[A-Za-z][A-Za-z0-9-]*:)", mailbox, re.MULTILINE)
        if match.start() == 0 or mailbox[match.start() - 2 : match.start()] in (b"\n\n", b"\r\n")
    ]
    for start, end in pairwise([*starts, len(mailbox)]):
        body = mailbox[start:end]
        yield re.sub(rb"(?m)^>(>*From )", rb"\1", body[body.index(b"\n") + 1 :])
