"""Compound files (OLE) for tests: the least that [MS-CFB] allows."""

from __future__ import annotations

import struct
from collections.abc import Mapping

_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR = 512
_SMALL = 4096


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of these streams; the small ones are padded, so that all stand in sectors."""
    sectors: list[bytes] = []
    table: list[int] = []
    entries = [_entry("Root Entry", 5, child=1 if streams else _FREE)]
    for number, (name, data) in enumerate(streams.items(), 1):
        start = _add(sectors, table, data.ljust(_SMALL, b"\0"))
        right = number + 1 if number < len(streams) else _FREE
        entries.append(_entry(name, 2, right=right, start=start, size=max(len(data), _SMALL)))
    directory = _add(sectors, table, b"".join(entries))
    count = 1
    while len(table) + count > count * _SECTOR // 4:
        count += 1
    first = len(table)
    table += [_TABLE] * count
    listed = struct.pack(f"<{count * 128}I", *table, *[_FREE] * (count * 128 - len(table)))
    head = bytes.fromhex("d0cf11e0a1b11ae1") + struct.pack("<16xHHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIIII", 0, count, directory, 0, _SMALL, _END, 0, _END, 0, first)
    numbers = [*range(first + 1, first + count), *[_FREE] * (109 - count)]
    return head + struct.pack("<108I", *numbers) + b"".join(sectors) + listed


def _add(sectors: list[bytes], table: list[int], data: bytes) -> int:
    """Append data as a chain of sectors; its first sector."""
    start = len(sectors)
    data += bytes(-len(data) % _SECTOR)
    sectors += [data[at : at + _SECTOR] for at in range(0, len(data), _SECTOR)]
    table += [*range(start + 1, len(sectors)), _END]
    return start


def _entry(
    name: str, kind: int, right: int = _FREE, child: int = _FREE, start: int = _END, size: int = 0
) -> bytes:
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, _FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)
