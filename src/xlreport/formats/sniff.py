"""What a file is, by its content: before anybody reads it, and where it has to be opened first."""

from __future__ import annotations

import io
import re
import zipfile
from enum import Enum, auto

from xlreport.formats import compound, tnef

WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et")
"""What workbooks are called, in small letters; what each file really is, is seen from its content."""
DOCUMENT_ENDINGS = (".docx", ".html", ".htm", ".mht", ".mhtml", ".pdf", ".doc", ".wps", ".rtf", ".odt")
"""What reports are called that are no workbooks, likewise."""
_ARCHIVE_ENDINGS = (".zip", ".rar", ".7z")
"""What archives are called: one without the beginning of any is damaged."""
_PACKED = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
_ENDING = 6
"""Characters at the end of a name in which an ending begins."""
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_HEAD = rb"[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*"
_MAIL = rb"(?:" + _HEAD + rb"){0,60}?(?i:received|from|date|mime-version|message-id):"
_PAGE = rb"(?i)<(?:!doctype html|html|head|body|table|meta)\b"


class FileKind(Enum):
    """What a file is to somebody who opens mail."""

    WORKBOOK = auto()
    """Or what calls itself one: the reader says what is wrong with it."""
    ZIP = auto()
    PACKED = auto()
    """7z, RAR, gzip: another program has to unpack it."""
    MAIL = auto()
    MAILBOX = auto()
    WORD = auto()
    PDF = auto()
    PAGE = auto()
    PICTURE = auto()
    OUTLOOK = auto()
    """.msg, a mail as Outlook saves it."""
    WINMAIL = auto()
    """winmail.dat, in which Outlook wraps attachments."""
    EMPTY = auto()
    OTHER = auto()


def kind_of(data: bytes, name: str) -> FileKind:
    """What a file of that name holds."""
    low = name.casefold()
    if not data:
        return FileKind.EMPTY
    if data[:2] == b"PK":
        return _of_zip(data, low)
    if data[:8] == compound.SIGNATURE:
        return _of_compound(data)
    if data.startswith(_PACKED):
        return FileKind.PACKED
    if data.startswith(tnef.SIGNATURE) or low == "winmail.dat":
        return FileKind.WINMAIL
    if data[:4] == b"%PDF":
        return FileKind.PDF
    if data[:5] == b"{\\rtf":
        return FileKind.WORD
    if data.startswith(_PICTURES):
        return FileKind.PICTURE
    return _of_text(data, low)


def _of_text(data: bytes, low: str) -> FileKind:
    if low.endswith((".mht", ".mhtml")):
        return FileKind.PAGE
    if low.endswith(".mbox") or (data[:5] == b"From " and b"\n" in data[:500]):
        return FileKind.MAILBOX
    if low.endswith(".eml") or ("." not in low[-_ENDING:] and re.match(_MAIL, data[:20_000])):
        return FileKind.MAIL
    if low.endswith(WORKBOOK_ENDINGS):
        return FileKind.WORKBOOK
    if re.search(_PAGE, data[:4096]):
        return FileKind.PAGE
    return FileKind.ZIP if low.endswith(_ARCHIVE_ENDINGS) else FileKind.OTHER


def _of_zip(data: bytes, low: str) -> FileKind:
    """Office files are archives too."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.casefold().replace("\\", "/") for name in archive.namelist()}
            mimetype = archive.read("mimetype") if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, RuntimeError):
        return FileKind.WORKBOOK if low.endswith(WORKBOOK_ENDINGS) else FileKind.ZIP
    if any(name.startswith("word/") for name in names) or b"opendocument.text" in mimetype:
        return FileKind.WORD
    if "[content_types].xml" in names or "content.xml" in names or low.endswith(WORKBOOK_ENDINGS):
        return FileKind.OTHER if any(name.startswith("ppt/") for name in names) else FileKind.WORKBOOK
    return FileKind.OTHER if "ofd.xml" in names else FileKind.ZIP


def _of_compound(data: bytes) -> FileKind:
    try:
        names = compound.Compound(data).names
    except compound.Damaged:
        return FileKind.WORKBOOK
    if "worddocument" in names:
        return FileKind.WORD
    if any(name.startswith("__properties_version") for name in names):
        return FileKind.OUTLOOK
    return FileKind.OTHER if "powerpoint document" in names else FileKind.WORKBOOK
