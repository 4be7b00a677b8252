"""A part of an Office file as quickly as it can be had: of a file that is written as nearly all are.

Thousands of returns are looked at in every run, and hardly any of them is anything but a return. Python's
reader makes an object of each of their twenty members first, which takes longer than all else done for a
return that has not changed.
"""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import IO

_END, _ENTRY, _MEMBER = b"PK\5\6", b"PK\1\2", b"PK\3\4"
_LARGE, _NO_COMMENT = b"PK\6\7", b"\0\0"
_END_SIZE, _ENTRY_SIZE, _MEMBER_SIZE, _LARGE_SIZE = 22, 46, 30, 20
_TAIL = 8192
"""Bytes at the end of a file that the directory of most of them stands in."""
_DEFLATED = 8


def peek(path: Path, part: str, longest: int) -> bytes | None:
    """The part's content, as far as that length; None where a full reader has to look.

    No other part can be taken for it: what is named twice, encrypted, packed in another way, preceded or
    followed by anything else, or broken is left to the full reader.
    """
    try:
        with path.open("rb", buffering=0) as file:
            return _part(file, part.encode(), longest)
    except (OSError, struct.error, zlib.error):
        return None


def _part(file: IO[bytes], name: bytes, longest: int) -> bytes | None:
    entry = _entry(_directory(file), name)
    if entry is None:
        return None
    flags, method, packed, start = entry
    if flags & 1 or method != _DEFLATED or packed > longest:
        return None
    head = _read(file, start, _MEMBER_SIZE)
    if not head.startswith(_MEMBER):
        return None
    lengths: tuple[int, int] = struct.unpack_from("<HH", head, 26)
    data = _read(file, start + _MEMBER_SIZE + sum(lengths), packed)
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, longest)


def _directory(file: IO[bytes]) -> bytes:
    """The list of members, which ends where the last record begins; nothing where it does not."""
    size = file.seek(0, 2)
    first = max(0, size - _TAIL)
    tail = _read(file, first, _TAIL)
    end = len(tail) - _END_SIZE
    if end < 0 or not (tail.startswith(_END, end) and tail.endswith(_NO_COMMENT)):
        return b""
    if tail.startswith(_LARGE, end - _LARGE_SIZE):
        return b""
    length, start = struct.unpack_from("<II", tail, end + 12)
    if start + length != first + end:
        return b""
    return tail[start - first : end] if start >= first else _read(file, start, length)


def _entry(directory: bytes, name: bytes) -> tuple[int, int, int, int] | None:
    """Flags, packing, packed size and place of the only member of that name."""
    at = directory.find(name) - _ENTRY_SIZE
    if at < 0 or directory.count(name) != 1 or not directory.startswith(_ENTRY, at):
        return None
    flags, method, packed, length = struct.unpack_from("<8xHH8xI4xH", directory, at)
    (start,) = struct.unpack_from("<I", directory, at + 42)
    return (flags, method, packed, start) if length == len(name) else None


def _read(file: IO[bytes], start: int, size: int) -> bytes:
    file.seek(start)
    return file.read(size)
