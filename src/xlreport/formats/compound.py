"""Compound files (OLE): a small file system in a file, in which .xls keeps its one stream.

Format: [MS-CFB]. Sectors are chained in an allocation table; streams under 4,096 bytes stand in the
root's stream, in sectors of their own.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from xlreport.frozen import frozen

SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
_HEADER = struct.Struct("<30xHH10xII4xIIIII109I")
_NONE = 0xFFFFFFFA
"""Sector numbers from here on are marks, not sectors."""
_NOBODY = 0xFFFFFFFF
_ENTRY = 128
_DEEPEST = 20
"""Folders within folders that are read."""


class Damaged(ValueError):
    """A compound file whose chains lead nowhere."""


@frozen
class _Entry:
    name: str
    left: int
    right: int
    child: int
    start: int
    size: int


class Compound:
    """A compound file; `names` are the streams and folders at its root, in small letters. Raises Damaged.

    `paths` are those in its folders too, as FOLDER/NAME. Names are compared without regard to capitals, as
    the format says ([MS-CFB] 2.6.4).
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < 512:
            raise Damaged("the header is cut off")
        shift, mini_shift, _, directory, cutoff, mini, _, more, _, *tables = _HEADER.unpack_from(data)
        if shift not in (9, 12) or mini_shift != 6:
            raise Damaged("no such size of sectors")
        self._data = data
        self._size = 1 << shift
        self._cutoff = cutoff
        self._table = self._allocation(tables, more)
        entries = self._entries(self._chain(directory))
        self._mini_table = _numbers(self._chain(mini)) if mini < _NONE else ()
        self._mini = self._chain(entries[0].start) if entries[0].start < _NONE else b""
        self._paths = dict(_below(entries, entries[0].child, "", set()))
        self.paths = tuple(self._paths)
        self.names = frozenset(path for path in self.paths if "/" not in path)

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._paths

    def read(self, name: str) -> bytes:
        """A stream's bytes. Raises Damaged, KeyError."""
        entry = self._paths[name.casefold()]
        if entry.size < self._cutoff:
            starts = _follow(self._mini_table, entry.start)
            data = b"".join(self._mini[sector * 64 : sector * 64 + 64] for sector in starts)
        else:
            data = self._chain(entry.start)
        if len(data) < entry.size:
            raise Damaged(f"the stream {name} is cut off")
        return data[: entry.size]

    def _allocation(self, tables: Sequence[int], more: int) -> tuple[int, ...]:
        """The allocation table; files over 7 MB list its sectors in further sectors."""
        sectors = [sector for sector in tables if sector < _NONE]
        seen: set[int] = set()
        while more < _NONE:
            if more in seen:
                raise Damaged("a chain bites its tail")
            seen.add(more)
            *listed, more = _numbers(self._sector(more))
            sectors += [sector for sector in listed if sector < _NONE]
        if len(sectors) * self._size > len(self._data):
            raise Damaged("the table is larger than the file")
        return _numbers(b"".join(map(self._sector, sectors)))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        data = self._data[start : start + self._size]
        if len(data) < self._size:
            data += bytes(self._size - len(data)) if data else b""
        if not data:
            raise Damaged("a sector lies behind the end of the file")
        return data

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, _follow(self._table, start)))

    def _entries(self, directory: bytes) -> list[_Entry]:
        entries = [_entry(directory[at : at + _ENTRY]) for at in range(0, len(directory), _ENTRY)]
        if not entries:
            raise Damaged("the directory is empty")
        return entries


def _entry(data: bytes) -> _Entry:
    length, left, right, child, start, size = struct.unpack_from("<64xH2xIII36xII", data)
    name = data[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    return _Entry(name, left, right, child, start, size)


def _below(
    entries: Sequence[_Entry], child: int, folder: str, seen: set[int]
) -> Iterator[tuple[str, _Entry]]:
    """The entries below a folder, a tree of neighbours, and those below them, by path."""
    waiting = [child]
    while waiting:
        number = waiting.pop()
        if number == _NOBODY or number in seen:
            continue
        if number >= len(entries):
            raise Damaged("the directory names an entry that is not there")
        seen.add(number)
        entry = entries[number]
        path = f"{folder}{entry.name.casefold()}"
        yield path, entry
        waiting += (entry.left, entry.right)
        if path.count("/") < _DEEPEST:
            yield from _below(entries, entry.child, f"{path}/", seen)


def _follow(table: Sequence[int], start: int) -> list[int]:
    """The sectors of a chain, in order."""
    chain: list[int] = []
    number = start
    while number < _NONE:
        if number >= len(table) or len(chain) > len(table):
            raise Damaged("a chain leads nowhere")
        chain.append(number)
        number = table[number]
    return chain


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
