"""winmail.dat: the files of a mail that Outlook wraps in a format of its own.

Format: [MS-OXTNEF]. A row of attributes, each with a checksum; an attachment begins with attAttachRenddata.
Its long name stands among its MAPI properties, a short one of eight letters in an attribute of its own.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from xlreport.cleaning import one_line
from xlreport.frozen import frozen

SIGNATURE = bytes.fromhex("789f3e22")
_BEGINS, _TITLE, _DATA, _PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
_HEAD = 6
_LONG_NAME = 0x3707
_STRING, _UNICODE, _BINARY, _EMBEDDED = 0x001E, 0x001F, 0x0102, 0x000D
_SIZES = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}
"""Bytes of a value of each fixed type, filled up to four."""
_MANY, _NAMED, _NAMED_BY_TEXT = 0x1000, 0x8000, 1
_MOST = 2_000
_UNNAMED = "未命名附件"


class DamagedWinmail(ValueError):
    """A winmail.dat that ends too early, or whose sums are wrong."""


@frozen
class Wrapped:
    """A file in it."""

    name: str
    data: bytes


def files_in(data: bytes) -> tuple[Wrapped, ...]:
    """Its files in order; those that are mails of Outlook's own are left out. Raises DamagedWinmail."""
    try:
        return tuple(_files(data))
    except struct.error as error:
        raise DamagedWinmail("it ends in the middle of a number") from error


def _files(data: bytes) -> Iterator[Wrapped]:
    open_, names, content, count = False, ["", ""], b"", 0
    for kind, value in (*_attributes(data), (_BEGINS, b"")):
        if kind == _BEGINS:
            if open_ and content:
                yield Wrapped(names[1] or names[0] or _UNNAMED, content)
            open_, names, content, count = True, ["", ""], b"", count + 1
            if count > _MOST:
                raise DamagedWinmail("it has too many attachments")
        elif kind == _TITLE:
            names[0] = _name(value)
        elif kind == _PROPERTIES:
            names[1] = _long_name(value)
        elif kind == _DATA:
            content = value


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    if not data.startswith(SIGNATURE):
        raise DamagedWinmail("it begins otherwise")
    at = _HEAD
    while at < len(data):
        _, kind, size = struct.unpack_from("<BII", data, at)
        value = data[at + 9 : at + 9 + size]
        (told,) = struct.unpack_from("<H", data, at + 9 + size)
        if len(value) != size or sum(value) & 0xFFFF != told:
            raise DamagedWinmail("a sum is wrong")
        yield kind, value
        at += 9 + size + 2


def _long_name(data: bytes) -> str:
    (count,) = struct.unpack_from("<I", data)
    at, name = 4, ""
    for _ in range(min(count, _MOST)):
        kind, number = struct.unpack_from("<HH", data, at)
        at += 4
        if number >= _NAMED:
            at = _behind_name(data, at)
        values, at = _values(data, at, kind)
        if number == _LONG_NAME and values:
            is_unicode = kind & ~_MANY == _UNICODE
            name = _cleaned(values[0].decode("utf-16-le", "replace")) if is_unicode else _name(values[0])
    return name


def _behind_name(data: bytes, at: int) -> int:
    """A property that is named has its name before its value."""
    kind, size = struct.unpack_from("<16xII", data, at)
    return at + 24 + (_filled(size) if kind == _NAMED_BY_TEXT else 0)


def _values(data: bytes, at: int, kind: int) -> tuple[list[bytes], int]:
    """The values of a property, and where the next one begins."""
    single = kind & ~_MANY
    varies = single in (_STRING, _UNICODE, _BINARY, _EMBEDDED)
    if not varies and single not in _SIZES:
        raise DamagedWinmail("a property is of no known type")
    count = 1
    if kind & _MANY or varies:
        (count,) = struct.unpack_from("<I", data, at)
        at += 4
    found = []
    for _ in range(min(count, _MOST)):
        size = _SIZES.get(single, 0)
        if varies:
            (size,) = struct.unpack_from("<I", data, at)
            at += 4
        found.append(data[at : at + size])
        at += _filled(size)
    return found, at


def _filled(size: int) -> int:
    return (size + 3) // 4 * 4


def _name(data: bytes) -> str:
    """A name in the sender's code page: UTF-8 where it is that, else the Chinese one."""
    data = data.rstrip(b"\0")
    try:
        return _cleaned(data.decode())
    except UnicodeDecodeError:
        return _cleaned(data.decode("gb18030", "replace"))


def _cleaned(text: str) -> str:
    return one_line(text.rstrip("\0")).strip()
