"""What stands in an Excel 97-2003 workbook (.xls): cells, formulas, protection.

The stream is a run of records: a number, a length, data. Read here and not by python-calamine, which
gives no formulas, takes texts that LibreOffice's formulas give for 0, and panics on damaged files.
Format: [MS-XLS] 2.4 (records), 2.5.240 and .293 (texts).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from xlreport.formats.binary_formulas import ERRORS, XLS, written
from xlreport.formats.binary_looks import FONT, OWN_COLOURS, PALETTE_RECORD, STYLE, BinaryLooks
from xlreport.formats.binary_numbers import unpacked
from xlreport.formats.binary_sheet import SheetRecords
from xlreport.formats.container import Container
from xlreport.formats.covers import covered_by
from xlreport.formats.drawn import REMARK
from xlreport.formats.extent import Extent, check_records, check_sheets
from xlreport.formats.extras import Extras
from xlreport.formats.foreign import RESAVE, Unopened, encrypted, old_excel
from xlreport.formats.formula_texts import Position
from xlreport.formats.number_formats import NumberFormats
from xlreport.formats.snapshot import Raw, SheetSnapshot, Snapshot
from xlreport.formats.xls_conditions import CONDITIONS, Conditions
from xlreport.formats.xls_drawings import DRAWING, NOTE, OBJECT, WORDS, Drawings

_BOF, _EOF, _CONTINUE, _FILE_PASS, _TEXTS = 0x0809, 0x000A, 0x003C, 0x002F, 0x00FC
_DRAWN = frozenset((DRAWING, OBJECT, WORDS, NOTE))
_BIFF8 = 0x0600
_WORKSHEET = 0
_MACROS = (1, 6)
"""Kinds of sheets: macros of Excel 4, and modules of Excel 5."""

Record = tuple[int, bytes]


def take_snapshot(container: Container) -> Snapshot:
    """Everything we need of a workbook. Raises Unopened where the file is damaged, encrypted or older."""
    stream = container.part(container.main)
    try:
        book = _book(stream)
        check_sheets(len(book.names))
        extent = Extent()
        sheets = {name: _sheet(name, stream, book, extent) for name in book.names}
        links = ("其他工作簿",) if book.links else ()
        objects = (*((REMARK,) if book.remarks else ()), *sorted(book.drawn))
        macros = book.macros or "_vba_project_cur" in container.entries
        return Snapshot(sheets, Extras(macros, links, objects))
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Unopened("文件已损坏，内部结构读不出来") from error


def _records(stream: bytes, start: int) -> Iterator[Record]:
    """The records of one part of the stream, without those of charts inside it."""
    place, depth, count = start, 0, 0
    while place + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, place)
        data = stream[place + 4 : place + 4 + length]
        place, count = place + 4 + length, count + 1
        check_records(count)
        depth += (number == _BOF) - (number == _EOF)
        if depth == 0:
            return
        if depth == 1:
            yield number, data
    raise Unopened("文件已损坏，可能没有传完")


# The workbook ----------------------------------------------------------------------------------------


@dataclass
class _Book:
    """What all sheets share. `far` are the sheet names that formulas count through.

    `starts` says where in the stream each sheet of cells begins; charts, dialogues and macros have none.
    """

    starts: dict[str, int] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    names: list[str] = field(default_factory=list)
    far: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    formats: NumberFormats = field(default_factory=NumberFormats)
    looks: BinaryLooks = field(default_factory=BinaryLooks)
    fonts: list[tuple[int, ...]] = field(default_factory=list)
    macros: bool = False
    links: bool = False
    remarks: bool = False
    drawn: set[str] = field(default_factory=set)


def _book(stream: bytes) -> _Book:
    if stream[:2] != struct.pack("<H", _BOF) or struct.unpack_from("<H", stream, 4)[0] != _BIFF8:
        raise old_excel()
    book = _Book()
    shared: list[bytes] = []
    previous = 0
    for number, data in _records(stream, 0):
        if number == _CONTINUE and previous == _TEXTS:
            shared.append(data)
            continue
        previous = number
        if number == _FILE_PASS:
            raise encrypted()
        if number == _TEXTS:
            shared = [data]
        elif number in _GLOBALS:
            _GLOBALS[number](book, data)
        if number in (FONT, STYLE, PALETTE_RECORD, OWN_COLOURS):
            book.looks.records.append((number, data))
    found = list(_Texts(shared).read()) if shared else []
    book.texts, book.fonts = [text for text, _ in found], [fonts for _, fonts in found]
    book.looks.finish()
    return book


def _bound_sheet(book: _Book, data: bytes) -> None:
    start, state, kind = struct.unpack_from("<IBB", data)
    name = _text(data[6:], "B")
    if start in book.starts.values():
        raise Unopened("文件已损坏，两个工作表指向同一处内容", RESAVE)
    if name.casefold() in map(str.casefold, book.names):
        raise Unopened(f"文件已损坏，有两个工作表都叫“{name[:31]}”", RESAVE)
    book.names.append(name)
    book.macros = book.macros or kind in _MACROS
    if kind == _WORKSHEET:
        book.starts[name] = start
    if state & 3:
        book.hidden.add(name)


def _supporting_book(book: _Book, data: bytes) -> None:
    """Another file that formulas draw on; two marks stand for this one and for built-in functions."""
    book.links = book.links or data[2:4] not in (b"\1\4", b"\1\x3a")


def _extern_sheet(book: _Book, data: bytes) -> None:
    """Which sheet each number in a formula means; other workbooks' sheets are none of ours."""
    (count,) = struct.unpack_from("<H", data)
    for at in range(count):
        _, first, _ = struct.unpack_from("<HHH", data, 2 + 6 * at)
        book.far.append(book.names[first] if first < len(book.names) else "#REF")


def _format(book: _Book, data: bytes) -> None:
    (number,) = struct.unpack_from("<H", data)
    book.formats.codes[number] = _text(data[2:], "H")


def _style(book: _Book, data: bytes) -> None:
    book.formats.styles.append(struct.unpack_from("<H", data, 2)[0])


def _date_mode(book: _Book, data: bytes) -> None:
    book.formats.since_1904 = data[:1] == b"\1"


_GLOBALS: Mapping[int, Callable[[_Book, bytes], None]] = {
    0x0085: _bound_sheet,
    0x01AE: _supporting_book,
    0x0017: _extern_sheet,
    0x041E: _format,
    0x00E0: _style,
    0x0022: _date_mode,
}


def _text(data: bytes, length: str) -> str:
    """A text that stands in one record: its length of that struct code, a flag for two-byte characters."""
    (count,) = struct.unpack_from(f"<{length}", data)
    start = struct.calcsize(f"<{length}") + 1
    if data[start - 1] & 1:
        return data[start : start + 2 * count].decode("utf-16-le")
    return data[start : start + count].decode("latin-1")


class _Texts:
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


# One sheet -------------------------------------------------------------------------------------------


@dataclass
class _Sheet(SheetRecords):
    """A sheet while it is read, and the workbook it is of."""

    book: _Book = field(default_factory=_Book)

    def formula(self, place: Position) -> str:
        """A formula's text; of a shared one the token names the first cell."""
        tokens = self.tokens[place]
        if tokens[:1] == b"\1" and len(tokens) == 5:
            row, column = struct.unpack_from("<HH", tokens, 1)
            tokens = self.shared.get((row, column), tokens)
        return written(tokens, XLS, self.book.far, place)


def _sheet(name: str, stream: bytes, book: _Book, extent: Extent) -> SheetSnapshot:
    hidden = name in book.hidden
    if name not in book.starts:
        return SheetSnapshot(name, {}, {}, protected=False, hidden=hidden)
    sheet, drawings = _Sheet(book.formats, book.looks, book=book), Drawings()
    conditions = Conditions(book.looks, book.formats)
    for number, data in _records(stream, book.starts[name]):
        if number in _CELLS:
            _CELLS[number](sheet, data)
        if number in _DRAWN:
            drawings.add(number, data)
        if number in CONDITIONS:
            conditions.add(number, data)
    found, things = sheet.snapshot(name, hidden, extent, sheet.formula), list(drawings.things(sheet.grid()))
    book.drawn |= {thing.kind for thing in things} - {REMARK}
    over = covered_by(things, sheet.grid(), chain(found.cells, found.formulas), found.merged)
    return replace(found, covered=over, conditional=tuple(conditions.given(name)))


def _place(data: bytes) -> tuple[Position, int]:
    """Row and column of a cell, and its style."""
    row, column, style = struct.unpack_from("<HHH", data)
    return (row, column), style


def _number(sheet: _Sheet, data: bytes) -> None:
    place, style = _place(data)
    sheet.number(place, style, struct.unpack_from("<d", data, 6)[0])


def _packed(sheet: _Sheet, data: bytes) -> None:
    place, style = _place(data)
    sheet.number(place, style, unpacked(struct.unpack_from("<I", data, 6)[0]))


def _packed_row(sheet: _Sheet, data: bytes) -> None:
    row, first = struct.unpack_from("<HH", data)
    for at in range((len(data) - 6) // 6):
        style, packed = struct.unpack_from("<HI", data, 4 + 6 * at)
        sheet.number((row, first + at), style, unpacked(packed))


def _shared_text(sheet: _Sheet, data: bytes) -> None:
    place, style = _place(data)
    number = struct.unpack_from("<I", data, 6)[0]
    sheet.put(place, style, sheet.book.texts[number])
    if sheet.book.fonts[number]:
        sheet.runs[place] = sheet.book.fonts[number]


def _own_text(sheet: _Sheet, data: bytes) -> None:
    place, style = _place(data)
    sheet.put(place, style, _text(data[6:], "H"))


def _blank(sheet: _Sheet, data: bytes) -> None:
    sheet.blank(_place(data)[0])


def _blank_row(sheet: _Sheet, data: bytes) -> None:
    row, first = struct.unpack_from("<HH", data)
    for at in range((len(data) - 6) // 2):
        sheet.blank((row, first + at))


def _truth_or_error(sheet: _Sheet, data: bytes) -> None:
    place, style = _place(data)
    sheet.put(place, style, _truth(data[6], is_error=data[7] == 1))


def _truth(value: int, is_error: bool) -> Raw:
    return ERRORS.get(value, "#VALUE!") if is_error else bool(value)


def _formula(sheet: _Sheet, data: bytes) -> None:
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


def _result_text(sheet: _Sheet, data: bytes) -> None:
    if sheet.last in sheet.tokens:
        sheet.cells[sheet.last] = _text(data, "H")


def _shared_formula(sheet: _Sheet, data: bytes) -> None:
    (length,) = struct.unpack_from("<H", data, 8)
    sheet.shared[sheet.last] = data[10 : 10 + length]


def _protect(sheet: _Sheet, data: bytes) -> None:
    sheet.protected = data[:1] == b"\1"


def _row(sheet: _Sheet, data: bytes) -> None:
    row, height = struct.unpack_from("<H4xH", data)
    sheet.row(row, (height & 0x7FFF) / 20, hidden=bool(data[12] & 0x20))


def _columns(sheet: _Sheet, data: bytes) -> None:
    first, last, characters = struct.unpack_from("<HHH", data)
    sheet.columns(first, last, characters / 256, hidden=bool(data[8] & 1))


def _view(sheet: _Sheet, data: bytes) -> None:
    flags, *first = struct.unpack_from("<HHH", data)
    sheet.hides_zeros, sheet.first = not flags & 0x10, (first[0], first[1])
    sheet.frozen = (bool(flags & 8), bool(flags & 8))


def _pane(sheet: _Sheet, data: bytes) -> None:
    """How many columns and rows stand before the split; a frozen sheet needs not have both."""
    columns, rows = struct.unpack_from("<HH", data)
    sheet.frozen = (sheet.frozen[0] and rows > 0, sheet.frozen[1] and columns > 0)


def _merged(sheet: _Sheet, data: bytes) -> None:
    (count,) = struct.unpack_from("<H", data)
    for at in range(count):
        top, bottom, left, right = struct.unpack_from("<HHHH", data, 2 + 8 * at)
        sheet.merged.append((top, bottom, left, right))


def _remark(sheet: _Sheet, data: bytes) -> None:
    sheet.book.remarks = sheet.book.remarks or len(data) > 0


_CELLS: Mapping[int, Callable[[_Sheet, bytes], None]] = {
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
