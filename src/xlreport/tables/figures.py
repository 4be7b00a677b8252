"""The sheet of all figures: a row for each return that could be read, their totals above."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Context, Decimal, Inexact
from typing import Any

from xlreport.form.exact import digits, exact
from xlreport.form.indicators import Indicator
from xlreport.form.load import load_form
from xlreport.layout.heights import LINE, lines_needed
from xlreport.stored import DIGITS
from xlreport.tables.filed import Filed, by_year, counted, indicators_of
from xlreport.tables.sheet import PlainSheet, WrittenContent
from xlreport.tables.style import CELL, HEAD, MIDDLE, page_setup
from xlreport.tables.written import CellProperties, Written

_LEAD = {"unit": "填报单位", "file": "文件", "year": "年度", "status": "结果"}
"""The columns before the figures: their codes and what people call them."""
_LEAD_WIDTHS = (30, 34, 7, 14)
_WIDTH = 15
_CODES, _SECTIONS, _LABELS, _TOTALS = range(4)
_SUM = {"bold": True, "bg_color": "#EEF4FA"}
_EXACTLY = Context(prec=200, traps=[Inexact])
_WHOLE = 10**DIGITS


def figures_sheet(book: Written, name: str, form: str, returns: Sequence[Filed]) -> None:
    """Add the sheet; the codes of its columns stand in the hidden first row."""
    figures = indicators_of(form)
    sheet = book.sheet(name, [*_LEAD_WIDTHS, *[_WIDTH] * len(figures)])
    _head(book, sheet, form, figures)
    row = _TOTALS
    years = by_year(counted(returns)) or {None: []}
    for year, several in years.items():
        which = f"{year} 年度" if len(years) > 1 else ""  # printed pages repeat nothing but the first column
        words = (f"{which}合计（通过的 {len(several)} 份）", "")
        _line(book, sheet, row, words, (year, ""), _totals(several, len(figures)), _SUM)
        row += 1
    _numbers(book, sheet, row, len(figures))
    for line, one in enumerate(returns, start=row + 1):
        words, about = (
            (one.record["unit"], one.record["file"]),
            (one.record["year"], one.result),
        )
        _line(book, sheet, line, words, about, map(cell_content, one.figures))
    sheet.autofilter(row, 0, row + max(1, len(returns)), len(_LEAD) + len(figures) - 1)
    sheet.freeze_panes(row + 1, 1)
    page_setup(sheet, _SECTIONS, row)
    sheet.repeat_columns(0)
    sheet.set_print_scale(70)


def _head(book: Written, sheet: PlainSheet, form: str, figures: Sequence[Indicator]) -> None:
    labels = [*_LEAD.values(), *(f"{i.label}（{i.unit}）" if i.unit else i.label for i in figures)]
    widths = [*_LEAD_WIDTHS, *[_WIDTH] * len(figures)]
    sheet.set_row(_CODES, None, None, {"hidden": True})
    _row(sheet, _CODES, (*_LEAD, *(str(i.subject) for i in figures)), book.look(CELL))
    sheet.set_row(_SECTIONS, LINE + 6)
    sections = [load_form(form).title, "", "", "", *(i.section for i in figures)]
    _row(sheet, _SECTIONS, sections, book.look(HEAD, {"text_wrap": False, "align": "left"}))
    sheet.set_row(_LABELS, LINE * max(map(lines_needed, labels, widths)) + 4)
    _row(sheet, _LABELS, labels, book.look(HEAD))


def _numbers(book: Written, sheet: PlainSheet, row: int, figures: int) -> None:
    """Numbers of the columns, as tables have them: the row of the filters, which leave the totals alone."""
    look = book.look(HEAD, {"bold": False, "text_wrap": False})
    _row(sheet, row, ("栏次", "", "", "", *range(1, figures + 1)), look)


def _line(
    book: Written,
    sheet: PlainSheet,
    row: int,
    words: Sequence[WrittenContent],
    about: Sequence[WrittenContent],
    figures: Iterable[WrittenContent],
    *more: CellProperties,
) -> None:
    """What a row is about, and its figures."""
    _row(sheet, row, words, book.look(CELL, *more))
    _row(sheet, row, about, book.look(CELL, MIDDLE, *more), len(words))
    _row(sheet, row, figures, book.look(CELL, *more), len(_LEAD))


def _row(sheet: PlainSheet, row: int, contents: Iterable[WrittenContent], look: Any, first: int = 0) -> None:
    sheet.put(row, first, tuple(contents), look)


def _totals(returns: Sequence[Filed], figures: int) -> Iterable[WrittenContent]:
    for place in range(figures):
        known = [one.figures[place] for one in returns]
        yield cell_content(total(value for value in known if value is not None)) if returns else None


def total(values: Iterable[int | str]) -> int | str:
    """The exact sum of figures."""
    whole, rest = 0, Decimal(0)
    for value in values:
        if isinstance(value, int):
            whole += value
        else:
            rest = _EXACTLY.add(rest, Decimal(value))
    return format(_EXACTLY.add(rest, whole), "f") if rest else whole


def cell_content(value: int | str | None) -> WrittenContent:
    """A figure as a number, or as text where a spreadsheet's digits would not hold it exactly."""
    if value is None or (isinstance(value, int) and -_WHOLE < value < _WHOLE):
        return value
    figure = Decimal(value)
    return exact(figure) if digits(figure) <= DIGITS else str(value)
