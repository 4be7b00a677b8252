"""The summary workbook of an audit: what is wrong with each published report, by kinds of trouble."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Any

from xlreport.finding import STATUS_WORDS, Severity, Status
from xlreport.form.load import load_issued
from xlreport.run.outcome import Outcome
from xlreport.tables.figures import figures_sheet
from xlreport.tables.filed import Filed, by_form, filed
from xlreport.tables.problems import problems_sheet
from xlreport.tables.style import BAD, CELL, HEAD, page_setup
from xlreport.tables.written import MOST_ROWS, Written, write


class TroubleKind(StrEnum):
    """What a finding says of a published report, as a head of the sheet."""

    UNCERTAIN = "不能确认"
    SUMS = "合计、勾稽不符"
    WORDS = "文字与表不符"
    PAST = "与上年不符"
    OTHER = "其他"


_HEADS = ("单位", "年度", "文件", "结果", *TroubleKind)
_WIDTHS = (28, 8, 40, 9, *[14] * len(TroubleKind))
_TROUBLED = {"bg_color": BAD[0], "font_color": BAD[1]}
_TITLE = "报告审查"
_READING = ("RPT", "WBK", "SYS")
_OF_WORDS = ("TXT011", "TXT012", "TXT013", "TXT014", "TXT015", "TXT016")


def audit_summary(outcomes: Sequence[Outcome]) -> bytes:
    """A line for each report, then all findings, then the figures; the same outcomes give the same bytes."""
    book, returns = Written(), [filed(outcome) for outcome in outcomes]
    _overview(book, outcomes)
    problems_sheet(book, outcomes)
    _figures(book, returns)
    return book.bytes(_TITLE)


def troubles(record: Mapping[str, Any]) -> Counter[TroubleKind]:
    """How many errors and warnings of each kind a record has."""
    weighty = (each for each in record["findings"] if each["severity"] != Severity.NOTE.value)
    return Counter(_kind(each["code"], record["form"]) for each in weighty)


def _kind(code: str, form: str | None) -> TroubleKind:
    if code.startswith(_READING):
        return TroubleKind.UNCERTAIN
    kinds = _declared(form) if form is not None else {}
    if code.startswith("YOY"):
        return TroubleKind.PAST
    return TroubleKind.WORDS if code in _OF_WORDS else kinds.get(code, TroubleKind.OTHER)


@lru_cache(maxsize=16)
def _declared(form: str) -> Mapping[str, TroubleKind]:
    """What the rules say that a form declares."""
    known = load_issued(form)
    checks = {i.check.code: TroubleKind.PAST if i.prior else TroubleKind.SUMS for i in known.instances}
    return {**checks, **{fact.code: TroubleKind.WORDS for fact in known.facts}}


def _overview(book: Written, outcomes: Iterable[Outcome]) -> None:
    sheet = book.sheet(_TITLE, _WIDTHS)
    for column, head in enumerate(_HEADS):
        write(sheet, 0, column, head, book.look(HEAD))
    row = 0
    for row, outcome in zip(range(1, MOST_ROWS), outcomes, strict=False):
        for column, value in enumerate(_line(outcome)):
            first = column < len(_HEADS) - len(TroubleKind)
            look = book.look(CELL) if first or not value else book.look(CELL, _TROUBLED)
            write(sheet, row, column, value, look)
    sheet.autofilter(0, 0, max(1, row), len(_HEADS) - 1)
    sheet.freeze_panes(1, 1)
    page_setup(sheet)


def _line(outcome: Outcome) -> Iterator[str | int | None]:
    record, found = outcome.record, troubles(outcome.record)
    yield record["unit"] or ""
    yield record["year"]
    yield record["file"]
    yield STATUS_WORDS[Status(record["status"])]
    yield from (found[kind] for kind in TroubleKind)


def _figures(book: Written, returns: Sequence[Filed]) -> None:
    for number, (form, several) in enumerate(by_form(returns).items(), start=1):
        figures_sheet(book, "数据" if number == 1 else f"数据{number}", form, several)
