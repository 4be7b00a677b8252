"""A mail as Outlook saves it (.msg): its attachments, each with who sent it and when.

Format: [MS-OXMSG]. A compound file: a folder for each attachment, a stream for each property, named by its
number and type. A mail in a mail is a folder with folders of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlreport.cleaning import one_line
from xlreport.formats.compound import Compound
from xlreport.formats.mail import Attachment, Envelope, address_in, envelope_of

_ATTACHMENTS = re.compile(r"__attach_version1\.0_#[0-9a-f]{8}")
_STREAM = "__substg1.0_"
_DATA, _MAIL_INSIDE = f"{_STREAM}37010102", f"{_STREAM}3701000d"
_LONG_NAME, _SHORT_NAME, _SUBJECT, _HEAD = "3707", "3704", "0037", "007d"
_SENDERS = ("5d01", "0c1f")
"""The sender's address as others write it, then as Outlook does."""
_UNNAMED = "未命名附件"
_DEEPEST = 5


def attachments_of(data: bytes) -> tuple[Envelope, tuple[Attachment, ...]]:
    """The mail's envelope and its attachments in order, those of mails inside it too. Raises Damaged."""
    file = Compound(data)
    return _envelope(file, ""), tuple(_in(file, "", 0))


def _in(file: Compound, folder: str, depth: int) -> Iterator[Attachment]:
    envelope = _envelope(file, folder)
    for attached in sorted(path for path in file.paths if _is_attachment(path, folder)):
        inner = f"{attached}/{_MAIL_INSIDE}"
        if f"{attached}/{_DATA}" in file:
            name = _text(file, attached, _LONG_NAME) or _text(file, attached, _SHORT_NAME) or _UNNAMED
            yield Attachment(name, file.read(f"{attached}/{_DATA}"), envelope)
        elif inner in file and depth < _DEEPEST:
            yield from _in(file, f"{inner}/", depth + 1)


def _is_attachment(path: str, folder: str) -> bool:
    return path.startswith(folder) and _ATTACHMENTS.fullmatch(path[len(folder) :]) is not None


def _envelope(file: Compound, folder: str) -> Envelope:
    """As its head says; a mail that was never sent has none."""
    place = folder.rstrip("/")
    head = _text(file, place, _HEAD, lines=True)
    if head:
        return envelope_of(head.encode())
    sender = next((found for number in _SENDERS if (found := address_in(_text(file, place, number)))), "")
    return Envelope(sender, None, _text(file, place, _SUBJECT), "")


def _text(file: Compound, folder: str, number: str, *, lines: bool = False) -> str:
    """A property in Unicode, else in the code page of who saved it: UTF-8 or the Chinese one."""
    path = f"{folder}/{_STREAM}{number}".lstrip("/")
    if f"{path}001f" in file:
        text = file.read(f"{path}001f").decode("utf-16-le", "replace")
    elif f"{path}001e" in file:
        text = _decoded(file.read(f"{path}001e"))
    else:
        return ""
    text = text.rstrip("\0")
    return text if lines else one_line(text).strip()


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")
