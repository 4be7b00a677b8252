"""The sheet of the units that have not sent a return, with whom to call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlreport.layout.heights import LINE, TALLEST, lines_needed
from xlreport.tables.expected import Missing
from xlreport.tables.style import CELL, HEAD, page_setup
from xlreport.tables.written import Written, write

_COLUMNS = {
    "单位": 28,
    "机关代码": 16,
    "上级": 24,
    "联系人": 10,
    "电话": 16,
    "邮箱": 22,
    "期限": 12,
    "备注": 38,
}
_LOOK = {"valign": "top", "text_wrap": True, "align": "left"}


def absent_sheet(book: Written, missing: Sequence[Missing]) -> None:
    """Add the sheet."""
    sheet = book.sheet("未报", [*_COLUMNS.values()])
    for column, title in enumerate(_COLUMNS):
        write(sheet, 0, column, title, book.look(HEAD))
    for row, unit in enumerate(missing, start=1):
        _row(book, sheet, row, unit)
    sheet.autofilter(0, 0, max(1, len(missing)), len(_COLUMNS) - 1)
    sheet.freeze_panes(1, 1)
    page_setup(sheet)


def _row(book: Written, sheet: Any, row: int, unit: Missing) -> None:
    look, day = book.look(CELL, _LOOK), book.look(CELL, _LOOK, {"num_format": "yyyy-mm-dd"})
    texts = (unit.unit, unit.code, unit.parent, unit.contact, unit.phone, unit.emails, "", unit.remark)
    sheet.set_row(row, min(TALLEST, LINE * max(map(lines_needed, texts, _COLUMNS.values())) + 2))
    for column, text in enumerate(texts):
        write(sheet, row, column, text, look)
    if unit.due is not None:
        sheet.write_datetime(row, list(_COLUMNS).index("期限"), unit.due, day)
