"""Texts of an Excel 97-2003 workbook (.xls), in one record or in the table that all cells share.

Format: [MS-XLS] 2.5.240 and 2.5.293.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence


def record_text(data: bytes, length: str) -> str:
    """A text that stands in one record: its length of that struct code, a flag for two-byte characters."""
    (count,) = struct.unpack_from(f"<{length}", data)
    start = struct.calcsize(f"<{length}") + 1
    if data[start - 1] & 1:
        return data[start : start + 2 * count].decode("utf-16-le")
    return data[start : start + count].decode("latin-1")


class SharedTexts:
    """The table of the workbook's texts. It runs over several records; a text may begin in one and go
    on in the next, which then says again whether characters have two bytes."""

    def __init__(self, records: Sequence[bytes]) -> None:
        self._records = records
        self._record, self._place = 0, 0

    def read(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Every text that is there, with the fonts of its parts.

        The counts in front are often wrong, and nobody goes by them.
        """
        self._bytes(8)
        while self._left() or self._record + 1 < len(self._records):
            try:
                text = self._one()
            except (IndexError, struct.error):
                return  # what is cut off is missed by the cell that needs it
            yield text

    def _one(self) -> tuple[str, tuple[int, ...]]:
        length, flags = struct.unpack("<HB", self._bytes(3))
        runs = struct.unpack("<H", self._bytes(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", self._bytes(4))[0] if flags & 4 else 0
        text = self._characters(length, bool(flags & 1))
        fonts = struct.unpack(f"<{2 * runs}H", self._bytes(4 * runs))[1::2]
        self._bytes(extra)
        return text, tuple(dict.fromkeys(fonts))

    def _characters(self, length: int, wide: bool) -> str:
        parts = []
        while length > 0:
            if self._left() == 0:
                self._next()
                wide = bool(self._bytes(1)[0] & 1)
            count = min(length, self._left() // (2 if wide else 1))
            if count == 0:
                raise IndexError("half a character at the end of a record")
            data = self._bytes(count * (2 if wide else 1))
            parts.append(data.decode("utf-16-le", "replace") if wide else data.decode("latin-1"))
            length -= count
        return "".join(parts)

    def _bytes(self, count: int) -> bytes:
        """The next bytes, over the ends of records."""
        parts = []
        while count > 0:
            if self._left() == 0:
                self._next()
            part = self._records[self._record][self._place : self._place + count]
            self._place += len(part)
            count -= len(part)
            parts.append(part)
        return b"".join(parts)

    def _left(self) -> int:
        return len(self._records[self._record]) - self._place

    def _next(self) -> None:
        self._record, self._place = self._record + 1, 0
        if self._record >= len(self._records):
            raise IndexError("the table of texts is cut off")
