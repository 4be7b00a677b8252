"""What stands in an Excel 97-2003 workbook (.xls): cells, formulas, protection.

The stream is a run of records: a number, a length, data. Read here and not by python-calamine, which
gives no formulas, takes texts that LibreOffice's formulas give for 0, and panics on damaged files.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from itertools import chain

from xlreport.formats.container import Container
from xlreport.formats.covers import covered_by
from xlreport.formats.drawn import REMARK
from xlreport.formats.extent import Extent, check_sheets
from xlreport.formats.extras import Extras
from xlreport.formats.foreign import Unopened
from xlreport.formats.snapshot import SheetSnapshot, Snapshot
from xlreport.formats.xls_book import XlsBook, read_book, records
from xlreport.formats.xls_cells import CELL_RECORDS, XlsSheet
from xlreport.formats.xls_conditions import CONDITIONS, Conditions
from xlreport.formats.xls_drawings import DRAWING, NOTE, OBJECT, WORDS, Drawings

_DRAWN = frozenset((DRAWING, OBJECT, WORDS, NOTE))


def take_snapshot(container: Container) -> Snapshot:
    """Everything we need of a workbook. Raises Unopened where the file is damaged, encrypted or older."""
    stream = container.part(container.main)
    try:
        book = read_book(stream)
        check_sheets(len(book.names))
        extent = Extent()
        sheets = {name: _sheet(name, stream, book, extent) for name in book.names}
        links = ("其他工作簿",) if book.links else ()
        objects = (*((REMARK,) if book.remarks else ()), *sorted(book.drawn))
        macros = book.macros or "_vba_project_cur" in container.entries
        return Snapshot(sheets, Extras(macros, links, objects))
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Unopened("文件已损坏，内部结构读不出来") from error


def _sheet(name: str, stream: bytes, book: XlsBook, extent: Extent) -> SheetSnapshot:
    hidden = name in book.hidden
    if name not in book.starts:
        return SheetSnapshot(name, {}, {}, protected=False, hidden=hidden)
    sheet, drawings = XlsSheet(book.formats, book.looks, book=book), Drawings()
    conditions = Conditions(book.looks, book.formats)
    for number, data in records(stream, book.starts[name]):
        if number in CELL_RECORDS:
            CELL_RECORDS[number](sheet, data)
        if number in _DRAWN:
            drawings.add(number, data)
        if number in CONDITIONS:
            conditions.add(number, data)
    found, things = sheet.snapshot(name, hidden, extent, sheet.formula), list(drawings.things(sheet.grid()))
    book.drawn |= {thing.kind for thing in things} - {REMARK}
    over = covered_by(things, sheet.grid(), chain(found.cells, found.formulas), found.merged)
    return replace(found, covered=over, conditional=tuple(conditions.given(name)))
