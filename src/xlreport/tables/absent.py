"""The sheet of the units that have not sent a return, with whom to call."""

from __future__ import annotations

from collections.abc import Sequence

from xlreport.tables.expected import Missing
from xlreport.tables.looks import CELL, HEAD, page_setup
from xlreport.tables.written import Written, write

_COLUMNS = {
    "单位": 32,
    "机关代码": 20,
    "上级": 28,
    "联系人": 14,
    "电话": 20,
    "邮箱": 30,
    "期限": 12,
    "备注": 46,
}


def absent_sheet(book: Written, missing: Sequence[Missing]) -> None:
    """Add the sheet."""
    sheet = book.sheet("未报", [*_COLUMNS.values()])
    for column, title in enumerate(_COLUMNS):
        write(sheet, 0, column, title, book.look(HEAD))
    for row, unit in enumerate(missing, start=1):
        texts = (unit.unit, unit.code, unit.parent, unit.contact, unit.phone, unit.emails)
        for column, text in enumerate(texts):
            write(sheet, row, column, text, book.look(CELL))
        write(sheet, row, len(texts), None, book.look(CELL))
        if unit.due is not None:
            day = book.look(CELL, {"num_format": "yyyy-mm-dd", "align": "left"})
            sheet.write_datetime(row, len(texts), unit.due, day)
        write(sheet, row, len(texts) + 1, unit.remark, book.look(CELL))
    sheet.autofilter(0, 0, max(1, len(missing)), len(_COLUMNS) - 1)
    sheet.freeze_panes(1, 1)
    page_setup(sheet)
