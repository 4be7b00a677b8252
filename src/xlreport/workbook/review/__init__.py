"""Our opinion written into a copy of the sender's own workbook, beside what is theirs."""

from __future__ import annotations

from collections.abc import Sequence

from xlreport.finding import Severity
from xlreport.frozen import frozen

REVIEW_TAB = "核对意见"
REVIEW_CODE = "xlreport.review"
"""Stands in the hidden cell A1 of the sheet, so that it is known again under any name."""


@frozen
class Mark:
    """A coloured cell, with a comment unless `text` is ""; `sheet` and `cell` (`C6`) as in the file."""

    sheet: str
    cell: str
    severity: Severity
    text: str


@frozen
class Remark:
    """A line of the list; `place` is what people call the place, `sheet` and `cell` where the link leads."""

    severity: Severity
    level: str
    place: str
    problem: str
    fix: str
    answer: str = ""
    sheet: str = ""
    cell: str = ""


@frozen
class Review:
    """Everything to be written: the lines above the list, the list, and the marks on the other sheets.

    `answers` are cells, sheet and name, whose rows must be in sight.
    """

    title: str
    lines: Sequence[str]
    remarks: Sequence[Remark]
    marks: Sequence[Mark]
    answers: Sequence[tuple[str, str]] = ()
