"""分析.html: what 分析.xlsx shows, as a page of its own; every picture with its table."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

from xlreport.consolidate.share import percent
from xlreport.form.naming import number
from xlreport.formula.nodes import Figure
from xlreport.frozen import frozen
from xlreport.layout.heights import text_width
from xlreport.report.templating import page_template, verbatim
from xlreport.tables.analysed import Analysis, Shown

_FOLDER = Path(__file__).parent / "templates"
_BAR, _GAP, _LONGEST, _SIGN = 17, 8, 320, 7
"""Heights of a bar and between items, the length of the longest bar, and the width of half a Chinese sign."""
_YEARS = 4
"""Years that a picture shows, the last ones; the table has all."""
_LISTED = 12
"""Returns to look at first that the page lists; the workbook has all."""


@frozen
class _Bar:
    y: int
    label: str
    length: int
    tone: int
    number: str


@frozen
class _Picture:
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    bars: tuple[_Bar, ...]
    left: int
    width: int
    height: int


@frozen
class _Table:
    title: str
    about: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def analysis_page(title: str, analysis: Analysis) -> str:
    """The page; everything in it is text, whoever wrote it."""
    years = "、".join(f"{year} 年 {len(analysis.of_year(year))} 份" for year in analysis.years)
    return page_template(_FOLDER / "analysis.html.j2").render(
        title=title,
        about=f"通过核对的报表：{years}。",
        pictures=[_picture(table) for table in analysis.tables() if table.rows],
        tables=[_first(analysis), _ranks(analysis)],
        style=verbatim(_style()),
    )


def _picture(table: Shown) -> _Picture:
    left = max(text_width(label) for label, _ in table.rows) * _SIGN + 10
    bars = tuple(_bars(table))
    rows = tuple((label, *(_words(figure) for figure in figures)) for label, figures in table.rows)
    height = bars[-1].y + _BAR + _GAP
    return _Picture(table.title, table.head, rows, bars, left, left + _LONGEST + 90, height)


def _bars(table: Shown) -> Iterator[_Bar]:
    shown = [figures[-_YEARS:] for _, figures in table.rows]
    largest = max((Fraction(figure or 0) for figures in shown for figure in figures), default=Fraction(0))
    y = 0
    for (label, figures), of_item in zip(table.rows, shown, strict=True):
        first = len(figures) - len(of_item)
        for place, figure in enumerate(of_item):
            length = round(Fraction(figure or 0) / largest * _LONGEST) if largest > 0 else 0
            yield _Bar(y, "" if place else label, max(0, length), (first + place) % _YEARS, _words(figure))
            y += _BAR
        y += _GAP


def _first(analysis: Analysis) -> _Table:
    found = analysis.influences()
    newest = len(analysis.of_year(analysis.years[-1])) if analysis.years else 0
    rows = [
        (i.unit, i.label, number(i.value), number(i.before), number(i.expected), percent(i.share), i.file)
        for i in found[:_LISTED]
    ]
    about = (
        f"{newest} 份里，这 {len(rows)} 份与按上年预计的相差最大，对合计影响最大，请先核对。"
        if rows
        else "没有与上年相差大到影响合计的，或者没有上年的报表可比。"
    )
    head = ("单位", "指标", "本年", "上年", "按上年预计", "相差占全部", "文件")
    return _Table("先看这些", about, head, tuple(rows))


def _ranks(analysis: Analysis) -> _Table:
    rows = [
        (r.label, f"{r.place}{'（并列）' if r.tied else ''}", r.unit, number(r.value), _before(r.before))
        for r in analysis.ranks()
    ]
    return _Table("排名", "各项主要指标最多的单位。", ("指标", "名次", "单位", "数值", "上年"), tuple(rows))


def _before(figure: Figure | None) -> str:
    return "" if figure is None else number(figure)


def _words(figure: Figure | Fraction | None) -> str:
    if isinstance(figure, Fraction):
        return percent(figure)
    return "—" if figure is None else number(figure)


@cache
def _style() -> str:
    return (_FOLDER / "analysis.css").read_text(encoding="utf-8").strip()
