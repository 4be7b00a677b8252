"""Compound files (OLE) for tests: the least that [MS-CFB] allows."""

from __future__ import annotations

import struct
from collections.abc import Mapping

_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR = 512
_SMALL = 4096


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of these streams; the small ones are padded, so that all stand in sectors.

    A name FOLDER/NAME puts a stream into a folder.
    """
    sectors: list[bytes] = []
    table: list[int] = []
    entries = [_entry("Root Entry", 5, child=1 if streams else _FREE)]
    _lay_out(streams, sectors, table, entries)
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


def _lay_out(
    streams: Mapping[str, bytes], sectors: list[bytes], table: list[int], entries: list[bytes]
) -> None:
    """Entries for these streams and folders, each with the next one as its neighbour."""
    tops = list(dict.fromkeys(name.partition("/")[0] for name in streams))
    for top in tops:
        number = len(entries)
        entries.append(b"")
        inner = {name[len(top) + 1 :]: data for name, data in streams.items() if name.startswith(f"{top}/")}
        _lay_out(inner, sectors, table, entries)
        right = len(entries) if top != tops[-1] else _FREE
        if inner:
            entries[number] = _entry(top, 1, right=right, child=number + 1)
        else:
            data = streams[top]
            start = _add(sectors, table, data.ljust(_SMALL, b"\0"))
            entries[number] = _entry(top, 2, right=right, start=start, size=max(len(data), _SMALL))


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
