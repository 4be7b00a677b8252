"""The sheet of all findings, a row each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from xlreport.finding import SEVERITY_WORDS, Severity
from xlreport.layout.heights import LINE, most_lines
from xlreport.run.outcome import Outcome
from xlreport.tables.style import BAD, CELL, HEAD, OPEN, page_setup
from xlreport.tables.written import MOST_ROWS, Written, write

_COLUMNS = {
    "file": ("文件", 26),
    "unit": ("填报单位", 20),
    "severity": ("级别", 7),
    "message": ("问题", 58),
    "fix": ("改法", 44),
    "sheet": ("工作表", 15),
    "cell": ("单元格", 8),
    "expected": ("应为", 9),
    "found": ("填报", 9),
    "explanation": ("单位说明", 18),
    "code": ("代码", 9),
    "subject": ("指标代码", 30),
}
_WIDTHS = [width for _, width in _COLUMNS.values()]
_WRAPPED = [list(_COLUMNS).index(name) for name in ("file", "unit", "message", "fix", "explanation")]
_MOST_LINES = 6
"""Lines a row grows to: longer texts are read in the cell's own line."""
_COLOURS = {Severity.ERROR: BAD, Severity.WARNING: OPEN}
_REST = "问题太多，表里放不下，其余的见 findings.jsonl"


def problems_sheet(book: Written, outcomes: Iterable[Outcome]) -> None:
    """Add the sheet; the subjects stand in the hidden last column. Outcomes are taken once, and not kept."""
    sheet = book.sheet("问题清单", _WIDTHS)
    last = len(_COLUMNS) - 1
    sheet.set_column(last, last, None, None, {"hidden": True})
    for column, (title, _) in enumerate(_COLUMNS.values()):
        write(sheet, 0, column, title, book.look(HEAD))
    looks = {severity: [_look(book, severity, name) for name in _COLUMNS] for severity in Severity}
    lines = _lines(outcomes)
    row = 0
    for row, (severity, texts) in enumerate(islice(lines, MOST_ROWS), start=1):
        sheet.set_height(row, _height(texts))
        sheet.put_each(row, 0, texts, looks[severity])
    if sum(1 for _ in lines) > 0:
        write(sheet, row + 1, 0, _REST, book.look(CELL))
    sheet.autofilter(0, 0, max(1, row), last)
    sheet.freeze_panes(1, 1)
    page_setup(sheet)


def _lines(outcomes: Iterable[Outcome]) -> Iterator[tuple[Severity, list[str]]]:
    for one in outcomes:
        about = {"file": one.record["file"], "unit": one.record["unit"] or ""}
        for finding in one.record["findings"]:
            words = {"severity": SEVERITY_WORDS[finding["severity"]]}
            line = {**finding, **about, **words, "sheet": finding["sheet"] or finding.get("place", "")}
            yield Severity(finding["severity"]), [line[name] for name in _COLUMNS]


def _height(texts: Sequence[str]) -> int:
    lines = most_lines((texts[column] for column in _WRAPPED), (_WIDTHS[column] for column in _WRAPPED))
    return LINE * min(_MOST_LINES, lines) + 2


def _look(book: Written, severity: Severity, name: str) -> Any:
    column = list(_COLUMNS).index(name)
    wrapped = {"valign": "top", "text_wrap": column in _WRAPPED}
    if name != "severity" or severity not in _COLOURS:
        return book.look(CELL, wrapped)
    ground, ink = _COLOURS[severity]
    return book.look(CELL, wrapped, {"bg_color": ground, "font_color": ink})
