"""The sheet of who has most: the units in order, for the few figures that matter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from operator import itemgetter

from xlreport.form.indicators import headline
from xlreport.form.load import load_form
from xlreport.tables.figures import cell_content
from xlreport.tables.filed import Filed, by_form, by_year, counted, indicators_of
from xlreport.tables.sheet import WrittenContent
from xlreport.tables.style import CELL, HEAD, MIDDLE, page_setup
from xlreport.tables.written import Written, write

_COLUMNS = {
    "年度": 7,
    "工作表": 16,
    "指标": 30,
    "名次": 7,
    "并列": 7,
    "填报单位": 36,
    "数值": 14,
    "计量单位": 10,
    "指标代码": 30,
}
_MIDDLE = [list(_COLUMNS).index(name) for name in ("年度", "名次", "并列", "计量单位")]
_PLACES = 10
"""Ranks shown of each figure."""
_MOST_TIED = 20
"""Lines of one figure, however many units share the last rank."""
_FIRST = {"bold": True, "bg_color": "#FFF6DA"}


def ranking_sheet(book: Written, returns: Sequence[Filed]) -> None:
    """Add the sheet; the codes of the figures stand in the hidden last column."""
    sheet = book.sheet("排名", [*_COLUMNS.values()])
    sheet.set_column(len(_COLUMNS) - 1, len(_COLUMNS) - 1, None, None, {"hidden": True})
    for column, title in enumerate(_COLUMNS):
        write(sheet, 0, column, title, book.look(HEAD))
    row = 0
    for row, line in enumerate(_lines(counted(returns)), start=1):
        more = _FIRST if line[3] == 1 else {}
        for column, content in enumerate(line):
            look = book.look(CELL, MIDDLE if column in _MIDDLE else {}, more)
            write(sheet, row, column, content, look)
    sheet.autofilter(0, 0, max(1, row), len(_COLUMNS) - 1)
    sheet.freeze_panes(1, 0)
    page_setup(sheet)


def _lines(returns: Sequence[Filed]) -> Iterator[tuple[WrittenContent, ...]]:
    for form, of_form in by_form(returns).items():
        places = {indicator.subject: place for place, indicator in enumerate(indicators_of(form))}
        most_first = sorted(by_year(of_form).items(), key=lambda entry: -len(entry[1]))
        for year, several in most_first:  # a single return of another year does not stand on top
            for indicator in headline(load_form(form)):
                for rank, tied, unit, value in _ranked(several, places[indicator.subject]):
                    yield (
                        year,
                        indicator.section,
                        indicator.label,
                        rank,
                        "并列" if tied else "",
                        unit,
                        cell_content(value),
                        indicator.unit,
                        str(indicator.subject),
                    )


def _ranked(returns: Sequence[Filed], place: int) -> Iterator[tuple[int | None, bool, str, int | str | None]]:
    """Rank, whether it is shared, unit and value, the most first; who has none of it has no rank."""
    alike: dict[Decimal, list[tuple[str, int | str]]] = defaultdict(list)
    for one in returns:
        written = one.figures[place]
        if written is not None and (value := Decimal(written)) > 0:
            alike[value].append((one.record["unit"], written))
    lines: list[tuple[int, bool, str, int | str]] = []
    rank = 1
    for value in sorted(alike, reverse=True):
        if rank > _PLACES:
            break
        units = sorted(alike[value], key=itemgetter(0))
        lines += [(rank, len(units) > 1, unit, written) for unit, written in units]
        rank += len(units)
    yield from lines[:_MOST_TIED]
    if len(lines) > _MOST_TIED:
        yield None, True, f"……与上一名并列的另有 {len(lines) - _MOST_TIED} 个单位", None
