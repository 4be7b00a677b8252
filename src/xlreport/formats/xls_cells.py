"""A sheet of an Excel 97-2003 workbook (.xls), record by record: its cells, formulas, lines and view.

Format: [MS-XLS] 2.4.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from xlreport.formats.binary_formulas import ERRORS, XLS, written
from xlreport.formats.binary_numbers import unpacked
from xlreport.formats.binary_sheet import SheetRecords
from xlreport.formats.formula_texts import Position
from xlreport.formats.snapshot import Raw
from xlreport.formats.xls_book import XlsBook
from xlreport.formats.xls_texts import record_text


@dataclass
class XlsSheet(SheetRecords):
    """A sheet while it is read, and the workbook it is of."""

    book: XlsBook = field(default_factory=XlsBook)

    def formula(self, place: Position) -> str:
        """A formula's text; of a shared one the token names the first cell."""
        tokens = self.tokens[place]
        if tokens[:1] == b"\1" and len(tokens) == 5:
            row, column = struct.unpack_from("<HH", tokens, 1)
            tokens = self.shared.get((row, column), tokens)
        return written(tokens, XLS, self.book.far, place)


def _place(data: bytes) -> tuple[Position, int]:
    """Row and column of a cell, and its style."""
    row, column, style = struct.unpack_from("<HHH", data)
    return (row, column), style


def _number(sheet: XlsSheet, data: bytes) -> None:
    place, style = _place(data)
    sheet.number(place, style, struct.unpack_from("<d", data, 6)[0])


def _packed(sheet: XlsSheet, data: bytes) -> None:
    place, style = _place(data)
    sheet.number(place, style, unpacked(struct.unpack_from("<I", data, 6)[0]))


def _packed_row(sheet: XlsSheet, data: bytes) -> None:
    row, first = struct.unpack_from("<HH", data)
    for at in range((len(data) - 6) // 6):
        style, packed = struct.unpack_from("<HI", data, 4 + 6 * at)
        sheet.number((row, first + at), style, unpacked(packed))


def _shared_text(sheet: XlsSheet, data: bytes) -> None:
    place, style = _place(data)
    number = struct.unpack_from("<I", data, 6)[0]
    sheet.put(place, style, sheet.book.texts[number])
    if sheet.book.fonts[number]:
        sheet.runs[place] = sheet.book.fonts[number]


def _own_text(sheet: XlsSheet, data: bytes) -> None:
    place, style = _place(data)
    sheet.put(place, style, record_text(data[6:], "H"))


def _blank(sheet: XlsSheet, data: bytes) -> None:
    sheet.blank(_place(data)[0])


def _blank_row(sheet: XlsSheet, data: bytes) -> None:
    row, first = struct.unpack_from("<HH", data)
    for at in range((len(data) - 6) // 2):
        sheet.blank((row, first + at))


def _truth_or_error(sheet: XlsSheet, data: bytes) -> None:
    place, style = _place(data)
    sheet.put(place, style, _truth(data[6], is_error=data[7] == 1))


def _truth(value: int, is_error: bool) -> Raw:
    return ERRORS.get(value, "#VALUE!") if is_error else bool(value)


def _formula(sheet: XlsSheet, data: bytes) -> None:
    """A formula and its result; a text result follows in a record of its own."""
    place, style = _place(data)
    sheet.last = place
    (length,) = struct.unpack_from("<H", data, 20)
    sheet.tokens[place] = data[22 : 22 + length]
    if data[12:14] != b"\xff\xff":
        sheet.number(place, style, struct.unpack_from("<d", data, 6)[0])
    elif data[6] in (1, 2):
        sheet.put(place, style, _truth(data[8], is_error=data[6] == 2))
    else:
        sheet.put(place, style, "")


def _result_text(sheet: XlsSheet, data: bytes) -> None:
    if sheet.last in sheet.tokens:
        sheet.cells[sheet.last] = record_text(data, "H")


def _shared_formula(sheet: XlsSheet, data: bytes) -> None:
    (length,) = struct.unpack_from("<H", data, 8)
    sheet.shared[sheet.last] = data[10 : 10 + length]


def _protect(sheet: XlsSheet, data: bytes) -> None:
    sheet.protected = data[:1] == b"\1"


def _row(sheet: XlsSheet, data: bytes) -> None:
    row, height = struct.unpack_from("<H4xH", data)
    sheet.row(row, (height & 0x7FFF) / 20, hidden=bool(data[12] & 0x20))


def _columns(sheet: XlsSheet, data: bytes) -> None:
    first, last, characters = struct.unpack_from("<HHH", data)
    sheet.columns(first, last, characters / 256, hidden=bool(data[8] & 1))


def _view(sheet: XlsSheet, data: bytes) -> None:
    flags, *first = struct.unpack_from("<HHH", data)
    sheet.hides_zeros, sheet.first = not flags & 0x10, (first[0], first[1])
    sheet.frozen = (bool(flags & 8), bool(flags & 8))


def _pane(sheet: XlsSheet, data: bytes) -> None:
    """How many columns and rows stand before the split; a frozen sheet needs not have both."""
    columns, rows = struct.unpack_from("<HH", data)
    sheet.frozen = (sheet.frozen[0] and rows > 0, sheet.frozen[1] and columns > 0)


def _merged(sheet: XlsSheet, data: bytes) -> None:
    (count,) = struct.unpack_from("<H", data)
    for at in range(count):
        top, bottom, left, right = struct.unpack_from("<HHHH", data, 2 + 8 * at)
        sheet.merged.append((top, bottom, left, right))


def _remark(sheet: XlsSheet, data: bytes) -> None:
    sheet.book.remarks = sheet.book.remarks or len(data) > 0


CELL_RECORDS: Mapping[int, Callable[[XlsSheet, bytes], None]] = {
    0x0203: _number,
    0x027E: _packed,
    0x00BD: _packed_row,
    0x00FD: _shared_text,
    0x0204: _own_text,
    0x00D6: _own_text,
    0x0205: _truth_or_error,
    0x0201: _blank,
    0x00BE: _blank_row,
    0x0006: _formula,
    0x0207: _result_text,
    0x04BC: _shared_formula,
    0x0012: _protect,
    0x0208: _row,
    0x007D: _columns,
    0x023E: _view,
    0x0041: _pane,
    0x00E5: _merged,
    0x001C: _remark,
}
