"""分析.xlsx: tables with charts, ranks, what to look at first, and the figures for pivot tables."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from xlreport.tables.analysed import Analysed, Analysis, Shown
from xlreport.tables.sheet import WrittenContent
from xlreport.tables.style import CELL, HEAD, page_setup
from xlreport.tables.written import Written, write

_LABEL, _NUMBER, _CHART_ROWS = 40, 14, 16
_PERCENT = {"num_format": "0.0%"}
_TITLE = {"bold": True, "font_size": 13}
_RANKS = (("指标", 34), ("名次", 7), ("并列", 7), ("单位", 34), ("数值", 14), ("上年", 14))
_FIRST = (
    ("单位", 34),
    ("指标", 34),
    ("本年", 12),
    ("上年", 12),
    ("按上年预计", 12),
    ("相差占全部", 12),
    ("文件", 40),
)
_LEAD = (("单位", 30), ("上级", 24), ("年度", 8), ("文件", 30))


def analysis_book(title: str, analysis: Analysis) -> bytes:
    """The workbook; the same returns give the same bytes."""
    book = Written()
    _tables(book, list(analysis.tables()))
    ranks = [
        (r.label, r.place, "并列" if r.tied else "", r.unit, r.value, r.before) for r in analysis.ranks()
    ]
    _sheet(book, "排名", _RANKS, ranks)
    first = [(i.unit, i.label, i.value, i.before, i.expected, i.share, i.file) for i in analysis.influences()]
    _sheet(book, "先看这些", _FIRST, first, percent=5)
    _data(book, analysis, analysis.returns)
    return book.bytes(title)


def _tables(book: Written, tables: Sequence[Shown]) -> None:
    """One below the other, each with its chart beside it."""
    columns = max((len(table.head) for table in tables), default=1)
    sheet = book.sheet("分析", [_LABEL, *[_NUMBER] * (columns - 1)])
    row = 0
    for table in tables:
        write(sheet, row, 0, table.title, book.look(CELL, _TITLE, {"border": 0}))
        for column, text in enumerate(table.head):
            write(sheet, row + 1, column, text, book.look(HEAD))
        look = book.look(CELL, _PERCENT if table.share else {})
        for line, (label, figures) in enumerate(table.rows, start=row + 2):
            write(sheet, line, 0, label, book.look(CELL))
            for column, figure in enumerate(figures, start=1):
                _figure(sheet, line, column, figure, look)
        if table.rows:
            _chart(book, sheet, row, columns, table)
        row += max(len(table.rows) + 2, _CHART_ROWS) + 2
    page_setup(sheet, head=False)


def _chart(book: Written, sheet: Any, row: int, columns: int, table: Shown) -> None:
    chart = book.chart("column")
    first, last = row + 2, row + 1 + len(table.rows)
    for column in range(1, len(table.head)):
        chart.add_series(
            {
                "name": ["分析", row + 1, column],
                "categories": ["分析", first, 0, last, 0],
                "values": ["分析", first, column, last, column],
            }
        )
    chart.set_title({"name": table.title, "overlay": False, "name_font": {"size": 12}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 620, "height": _CHART_ROWS * 20})
    sheet.insert_chart(row, columns + 1, chart, {"description": f"{table.title}，数字见左表"})


def _sheet(
    book: Written,
    tab: str,
    head: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[WrittenContent | Fraction]],
    percent: int = -1,
) -> None:
    sheet = book.sheet(tab, [width for _, width in head])
    for column, (text, _) in enumerate(head):
        write(sheet, 0, column, text, book.look(HEAD))
    looks = [book.look(CELL, _PERCENT if column == percent else {}) for column in range(len(head))]
    for number, row in enumerate(rows, start=1):
        for column, content in enumerate(row):
            _figure(sheet, number, column, content, looks[column])
    sheet.autofilter(0, 0, max(1, len(rows)), len(head) - 1)
    sheet.freeze_panes(1, 0)
    page_setup(sheet)


def _data(book: Written, analysis: Analysis, returns: Sequence[Analysed]) -> None:
    """A row for each return, one heading for each figure: what a pivot table takes."""
    head = [*_LEAD, *((each.label, _NUMBER) for each in analysis.indicators)]
    rows = [(each.unit, each.parent, each.year, each.file, *each.figures) for each in returns]
    _sheet(book, "分析数据", head, rows)


def _figure(sheet: Any, row: int, column: int, content: WrittenContent | Fraction, look: Any) -> None:
    """A share becomes a binary number here at last: a cell holds no other."""
    if isinstance(content, Fraction):
        sheet.write_number(row, column, float(content), look)
    else:
        write(sheet, row, column, content, look)
