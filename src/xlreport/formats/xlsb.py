"""What stands in a binary workbook (.xlsb): cells, formulas, protection.

Each part is a run of records: a number and a length of one to four bytes, data. Read here and not by
python-calamine, which gives no formulas and loses the cells that SheetJS writes in short.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from itertools import chain

from xlreport.formats.container import Container
from xlreport.formats.covers import covered_cells
from xlreport.formats.extent import Extent, check_sheets
from xlreport.formats.extras import extras_of
from xlreport.formats.foreign import Unopened
from xlreport.formats.properties import properties_of
from xlreport.formats.sheet_list import Tab
from xlreport.formats.snapshot import SheetSnapshot, Snapshot
from xlreport.formats.xlsb_book import XlsbBook, read_book, records
from xlreport.formats.xlsb_cells import VALUES, XlsbSheet, read_cell, read_line


def take_snapshot(container: Container) -> Snapshot:
    """Everything we need of a workbook. Raises Unopened where the file is damaged."""
    try:
        book = read_book(container)
        check_sheets(len(book.tabs))
        extent = Extent()
        sheets = {tab.name: _sheet(container, tab, book, extent) for tab in book.tabs}
        return Snapshot(sheets, extras_of(container, macros=book.tabs.macros), properties_of(container))
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Unopened("文件已损坏，内部结构读不出来") from error


def _sheet(container: Container, tab: Tab, book: XlsbBook, extent: Extent) -> SheetSnapshot:
    if not tab.has_cells:
        return SheetSnapshot(tab.name, {}, {}, protected=False, hidden=tab.hidden)
    sheet = XlsbSheet(book.formats, book.looks, book=book)
    for number, data in records(container.part(tab.part)):
        if number in VALUES:
            read_cell(sheet, number, data)
        else:
            read_line(sheet, number, data)
    found = sheet.snapshot(tab.name, tab.hidden, extent, sheet.formula)
    cells = chain(found.cells, found.formulas)
    below = covered_cells(container, tab.part, sheet.grid, cells, found.merged)
    return replace(found, covered=below) if below else found
