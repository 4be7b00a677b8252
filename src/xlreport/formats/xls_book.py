"""What the sheets of an Excel 97-2003 workbook (.xls) share: its records, sheets, texts, formats, looks.

Format: [MS-XLS] 2.4.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from xlreport.formats.extent import check_records
from xlreport.formats.foreign import RESAVE, Unopened, encrypted, old_excel
from xlreport.formats.number_formats import NumberFormats
from xlreport.formats.xls_looks import FONT, OWN_COLOURS, PALETTE_RECORD, STYLE, XlsLooks
from xlreport.formats.xls_texts import SharedTexts, record_text

_BOF, _EOF, _CONTINUE, _FILE_PASS, _TEXTS = 0x0809, 0x000A, 0x003C, 0x002F, 0x00FC
_BIFF8 = 0x0600
_WORKSHEET = 0
_MACROS = (1, 6)
"""Kinds of sheets: macros of Excel 4, and modules of Excel 5."""


def records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of one part of the stream, each with its number, without those of charts inside it."""
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


@dataclass
class XlsBook:
    """What all sheets share. `far` are the sheet names that formulas count through.

    `starts` says where in the stream each sheet of cells begins; charts, dialogues and macros have none.
    """

    starts: dict[str, int] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    names: list[str] = field(default_factory=list)
    far: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    formats: NumberFormats = field(default_factory=NumberFormats)
    looks: XlsLooks = field(default_factory=XlsLooks)
    fonts: list[tuple[int, ...]] = field(default_factory=list)
    macros: bool = False
    links: bool = False
    remarks: bool = False
    drawn: set[str] = field(default_factory=set)


def read_book(stream: bytes) -> XlsBook:
    if stream[:2] != struct.pack("<H", _BOF) or struct.unpack_from("<H", stream, 4)[0] != _BIFF8:
        raise old_excel()
    book = XlsBook()
    shared: list[bytes] = []
    previous = 0
    for number, data in records(stream, 0):
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
    found = list(SharedTexts(shared).read()) if shared else []
    book.texts, book.fonts = [text for text, _ in found], [fonts for _, fonts in found]
    book.looks.finish()
    return book


def _bound_sheet(book: XlsBook, data: bytes) -> None:
    start, state, kind = struct.unpack_from("<IBB", data)
    name = record_text(data[6:], "B")
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


def _supporting_book(book: XlsBook, data: bytes) -> None:
    """Another file that formulas draw on; two marks stand for this one and for built-in functions."""
    book.links = book.links or data[2:4] not in (b"\1\4", b"\1\x3a")


def _extern_sheet(book: XlsBook, data: bytes) -> None:
    """Which sheet each number in a formula means; other workbooks' sheets are not read."""
    (count,) = struct.unpack_from("<H", data)
    for at in range(count):
        _, first, _ = struct.unpack_from("<HHH", data, 2 + 6 * at)
        book.far.append(book.names[first] if first < len(book.names) else "#REF")


def _format(book: XlsBook, data: bytes) -> None:
    (number,) = struct.unpack_from("<H", data)
    book.formats.codes[number] = record_text(data[2:], "H")


def _style(book: XlsBook, data: bytes) -> None:
    book.formats.styles.append(struct.unpack_from("<H", data, 2)[0])


def _date_mode(book: XlsBook, data: bytes) -> None:
    book.formats.since_1904 = data[:1] == b"\1"


_GLOBALS: Mapping[int, Callable[[XlsBook, bytes], None]] = {
    0x0085: _bound_sheet,
    0x01AE: _supporting_book,
    0x0017: _extern_sheet,
    0x041E: _format,
    0x00E0: _style,
    0x0022: _date_mode,
}
