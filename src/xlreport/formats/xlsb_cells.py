"""A sheet of a binary workbook (.xlsb), record by record: its cells, formulas, lines and view.

Format: [MS-XLSB] 2.4.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from xlreport.formats.binary_formulas import ERRORS, XLSB, written
from xlreport.formats.binary_numbers import unpacked
from xlreport.formats.binary_sheet import SheetRecords
from xlreport.formats.formula_texts import Position
from xlreport.formats.snapshot import Raw
from xlreport.formats.xlsb_book import XlsbBook, wide_text


@dataclass
class XlsbSheet(SheetRecords):
    """A sheet while it is read, and the workbook it is of; a short cell stands behind the one before it."""

    book: XlsbBook = field(default_factory=XlsbBook)
    row_number: int = 0
    column: int = -1

    def formula(self, place: Position) -> str:
        """A formula's text, also of a shared one."""
        tokens = self.tokens[place]
        if tokens[:1] == b"\1":
            tokens = self.shared.get(self._origin(place, tokens), tokens)
        return written(tokens, XLSB, self.book.far, place)

    def _origin(self, place: Position, tokens: bytes) -> Position:
        """The first cell of a shared formula: its row stands in the token, its column is the next left."""
        (row,) = struct.unpack_from("<I", tokens, 1)
        columns = range(place[1], -1, -1)
        return row, next((column for column in columns if (row, column) in self.shared), place[1])


def read_line(sheet: XlsbSheet, number: int, data: bytes) -> None:
    """What is said of rows, columns and the whole sheet."""
    if number == 0:
        sheet.row_number, sheet.column = struct.unpack_from("<I", data)[0], -1
        (height,) = struct.unpack_from("<H", data, 8)
        sheet.row(sheet.row_number, height / 20, hidden=bool(data[11] & 0x10))
    elif number == 60:
        first, last, characters = struct.unpack_from("<III", data)
        sheet.columns(first, last, characters / 256, hidden=bool(data[16] & 1))
    elif number == 137:
        flags, row, column = struct.unpack_from("<H4xII", data)
        sheet.hides_zeros, sheet.first = not flags & 0x10, (row, column)
    elif number == 151:
        columns, rows = struct.unpack_from("<dd", data)
        is_frozen = bool(data[28] & 3)
        sheet.frozen = (is_frozen and rows > 0, is_frozen and columns > 0)
    elif number == 176:
        top, bottom, left, right = struct.unpack_from("<IIII", data)
        sheet.merged.append((top, bottom, left, right))
    elif number == 427:
        (length,) = struct.unpack_from("<I", data, 16)
        sheet.shared[sheet.last] = data[20 : 20 + length]
    elif number in (535, 677):
        sheet.protected = struct.unpack_from("<I", data, 2 if number == 535 else 4)[0] != 0


def read_cell(sheet: XlsbSheet, number: int, data: bytes) -> None:
    """A cell, by a record that `VALUES` knows."""
    if number in _SHORT:
        sheet.column, start = sheet.column + 1, 4
    else:
        (sheet.column,) = struct.unpack_from("<I", data)
        start = 8
    style = int.from_bytes(data[start - 4 : start - 1], "little")
    place = (sheet.row_number, sheet.column)
    if VALUES[number] == "blank":
        sheet.blank(place)
        return
    value, end = _value(sheet.book, VALUES[number], data, start, style)
    sheet.put(place, style, value)
    if VALUES[number] == "shared" and (fonts := sheet.book.fonts[struct.unpack_from("<I", data, start)[0]]):
        sheet.runs[place] = fonts
    if number in _FORMULAS:
        (length,) = struct.unpack_from("<I", data, end + 2)
        sheet.tokens[place] = data[end + 6 : end + 6 + length]
        sheet.last = place


def _value(book: XlsbBook, kind: str, data: bytes, start: int, style: int) -> tuple[Raw, int]:
    """A cell's value and the place behind it."""
    match kind:
        case "packed":
            return book.formats.shown(unpacked(struct.unpack_from("<I", data, start)[0]), style), start + 4
        case "real":
            return book.formats.shown(struct.unpack_from("<d", data, start)[0], style), start + 8
        case "error":
            return ERRORS.get(data[start], "#VALUE!"), start + 1
        case "truth":
            return bool(data[start]), start + 1
        case "shared":
            return book.texts[struct.unpack_from("<I", data, start)[0]], start + 4
        case _:
            return wide_text(data, start if kind == "text" else start + 1)


VALUES = dict(enumerate(("blank", "packed", "error", "truth", "real", "text", "shared"), 1))
VALUES |= dict(enumerate(("text", "real", "truth", "error"), 8))
VALUES |= {number + 11: kind for number, kind in VALUES.items() if number <= 7}
VALUES[62] = "rich text"
"""What a cell holds, by the number of its record: own ones, results of formulas, and short ones."""
_FORMULAS = frozenset((8, 9, 10, 11))
_SHORT = frozenset(range(12, 19))
