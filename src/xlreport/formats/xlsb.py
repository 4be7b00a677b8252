"""What stands in a binary workbook (.xlsb): cells, formulas, protection.

Each part is a run of records: a number and a length of one to four bytes, data. Read here and not by
python-calamine, which gives no formulas and loses the cells that SheetJS writes in short.
Format: [MS-XLSB] 2.1.4 (records), 2.4 (their fields).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain

from xlreport.formats.binary_formulas import ERRORS, XLSB, written
from xlreport.formats.binary_numbers import unpacked
from xlreport.formats.binary_sheet import SheetRecords
from xlreport.formats.container import Container
from xlreport.formats.covers import covered_cells
from xlreport.formats.extent import Extent, check_records, check_sheets
from xlreport.formats.extras import extras_of
from xlreport.formats.foreign import Unopened
from xlreport.formats.formula_texts import Position
from xlreport.formats.number_formats import NumberFormats
from xlreport.formats.opc import only
from xlreport.formats.properties import properties_of
from xlreport.formats.sheet_list import SheetList, Tab
from xlreport.formats.snapshot import Raw, SheetSnapshot, Snapshot
from xlreport.formats.xlsb_looks import XlsbLooks
from xlreport.formats.xlsx_colours import theme_colours

_CELL_STYLES = (617, 618)
"""The records around the styles of cells; the same records elsewhere are named styles."""


def take_snapshot(container: Container) -> Snapshot:
    """Everything we need of a workbook. Raises Unopened where the file is damaged."""
    try:
        book = _book(container)
        check_sheets(len(book.tabs))
        extent = Extent()
        sheets = {tab.name: _sheet(container, tab, book, extent) for tab in book.tabs}
        return Snapshot(sheets, extras_of(container, macros=book.tabs.macros), properties_of(container))
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Unopened("文件已损坏，内部结构读不出来") from error


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    place = count = 0
    while place < len(part):
        count += 1
        check_records(count)
        number, place = part[place], place + 1
        if number & 0x80:
            number, place = number & 0x7F | (part[place] & 0x7F) << 7, place + 1
        length = shift = 0
        more = True
        while more and shift < 28:
            length |= (part[place] & 0x7F) << shift
            more, shift, place = bool(part[place] & 0x80), shift + 7, place + 1
        if place + length > len(part):
            raise IndexError("a record is cut off")
        yield number, part[place : place + length]
        place += length


def _wide(data: bytes, place: int) -> tuple[str, int]:
    """A text and the place behind it."""
    (count,) = struct.unpack_from("<I", data, place)
    if count == 0xFFFFFFFF:
        return "", place + 4
    end = place + 4 + 2 * count
    if end > len(data):
        raise IndexError("a text is cut off")
    return data[place + 4 : end].decode("utf-16-le", "replace"), end


# The workbook ----------------------------------------------------------------------------------------


@dataclass
class _Book:
    """What all sheets share. `far` are the names formulas count through."""

    tabs: SheetList = field(default_factory=SheetList)
    far: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    fonts: list[tuple[int, ...]] = field(default_factory=list)
    formats: NumberFormats = field(default_factory=NumberFormats)
    looks: XlsbLooks = field(default_factory=XlsbLooks)


def _book(container: Container) -> _Book:
    book = _Book()
    relations = container.relations(container.main)
    names: list[str] = []
    for number, data in _records(container.part(container.main)):
        if number == 156:
            relation, place = _wide(data, 8)
            name, _ = _wide(data, place)
            names.append(name)
            book.tabs.add(name, relations.get(relation), hidden=bool(data[0] & 3))
        elif number == 153:
            book.formats.since_1904 = bool(data[0] & 1)
        elif number == 362:
            (count,) = struct.unpack_from("<I", data)
            firsts = (struct.unpack_from("<IiI", data, 4 + 12 * at)[1] for at in range(count))
            book.far += [names[first] if 0 <= first < len(names) else "#REF" for first in firsts]
    strings, styles = only(relations, "sharedStrings"), only(relations, "styles")
    if strings:
        shared = [data for number, data in _records(container.part(strings)) if number == 19]
        book.texts, book.fonts = [_wide(data, 1)[0] for data in shared], [_fonts(data) for data in shared]
    with suppress(Unopened):  # only colours come from it
        if (theme := only(relations, "theme")) in container:
            book.looks.theme = theme_colours(container.xml(theme))
    if styles:
        _styles(container.part(styles), book.formats, book.looks)
    return book


def _fonts(text: bytes) -> tuple[int, ...]:
    """The fonts of the parts of a text, if it has any."""
    if not text[0] & 1:
        return ()
    counted = text[_wide(text, 1)[1] :]
    count = min(int.from_bytes(counted[:4], "little"), (len(counted) - 4) // 4)
    parts = struct.iter_unpack("<HH", counted[4 : 4 + 4 * max(count, 0)])
    return tuple(dict.fromkeys(font for _, font in parts))


def _styles(part: bytes, formats: NumberFormats, looks: XlsbLooks) -> None:
    inside = False
    for number, data in _records(part):
        if number in _CELL_STYLES:
            inside = number == _CELL_STYLES[0]
        elif number == 44:
            formats.codes[struct.unpack_from("<H", data)[0]] = _wide(data, 2)[0]
        elif number == 43:
            looks.add_font(data)
        elif number == 45:
            looks.add_fill(data)
        elif number == 46:
            looks.add_border(data)
        elif number == 47 and inside:
            formats.styles.append(struct.unpack_from("<H", data, 2)[0])
            looks.add_style(data)


# One sheet -------------------------------------------------------------------------------------------


@dataclass
class _Sheet(SheetRecords):
    """A sheet while it is read, and the workbook it is of; a short cell stands behind the one before it."""

    book: _Book = field(default_factory=_Book)
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


def _sheet(container: Container, tab: Tab, book: _Book, extent: Extent) -> SheetSnapshot:
    if not tab.has_cells:
        return SheetSnapshot(tab.name, {}, {}, protected=False, hidden=tab.hidden)
    sheet = _Sheet(book.formats, book.looks, book=book)
    for number, data in _records(container.part(tab.part)):
        if number in _VALUES:
            _cell(sheet, number, data)
        else:
            _line(sheet, number, data)
    found = sheet.snapshot(tab.name, tab.hidden, extent, sheet.formula)
    cells = chain(found.cells, found.formulas)
    below = covered_cells(container, tab.part, sheet.grid, cells, found.merged)
    return replace(found, covered=below) if below else found


def _line(sheet: _Sheet, number: int, data: bytes) -> None:
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


def _cell(sheet: _Sheet, number: int, data: bytes) -> None:
    if number in _SHORT:
        sheet.column, start = sheet.column + 1, 4
    else:
        (sheet.column,) = struct.unpack_from("<I", data)
        start = 8
    style = int.from_bytes(data[start - 4 : start - 1], "little")
    place = (sheet.row_number, sheet.column)
    if _VALUES[number] == "blank":
        sheet.blank(place)
        return
    value, end = _value(sheet.book, _VALUES[number], data, start, style)
    sheet.put(place, style, value)
    if _VALUES[number] == "shared" and (fonts := sheet.book.fonts[struct.unpack_from("<I", data, start)[0]]):
        sheet.runs[place] = fonts
    if number in _FORMULAS:
        (length,) = struct.unpack_from("<I", data, end + 2)
        sheet.tokens[place] = data[end + 6 : end + 6 + length]
        sheet.last = place


def _value(book: _Book, kind: str, data: bytes, start: int, style: int) -> tuple[Raw, int]:
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
            return _wide(data, start if kind == "text" else start + 1)


_VALUES = dict(enumerate(("blank", "packed", "error", "truth", "real", "text", "shared"), 1))
_VALUES |= dict(enumerate(("text", "real", "truth", "error"), 8))
_VALUES |= {number + 11: kind for number, kind in _VALUES.items() if number <= 7}
_VALUES[62] = "rich text"
"""What a cell holds, by the number of its record: own ones, results of formulas, and short ones."""
_FORMULAS = frozenset((8, 9, 10, 11))
_SHORT = frozenset(range(12, 19))
