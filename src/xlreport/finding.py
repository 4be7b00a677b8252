"""Findings: one thing wrong or noteworthy each.

A finding is a value, made from a rule (`rule.py`). Sorting, counting and printing are functions over it;
the words for a clerk are Chinese and are written where the finding is made, by the family of rules that
knows both sides.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from xlreport.frozen import frozen
from xlreport.subject import Subject


class Severity(StrEnum):
    """How much a finding weighs: an error sends the return back, the others do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Status(StrEnum):
    """What becomes of a return. Warnings and notes never hold one back."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    UNREADABLE = "unreadable"


SEVERITY_WORDS: dict[str, str] = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.NOTE: "提示"}
EXPLAINED_WORDS = "已说明"
STATUS_WORDS: dict[str, str] = {
    Status.ACCEPTED: "通过",
    Status.RETURNED: "退回",
    Status.UNREADABLE: "无法读取",
}


@frozen
class Finding:
    """One thing wrong or noteworthy in a return.

    `subject` is symbolic and survives moved rows: a value (`requests[carried_over,natural_person]`), a
    place in a text, or where the file itself is at fault the template's name of a sheet or of a part of it;
    `sheet` and `cell` name the cell to edit (`C6`), `expected` and `found` the two sides as text.
    `explanation` is what the unit answers to a warning on the 校验 sheet. `cells` are all the cells meant
    where one finding speaks of several; `cell` is the first of them.
    """

    code: str
    severity: Severity
    message: str
    fix: str = ""
    subject: Subject | str = ""
    sheet: str = ""
    cell: str = ""
    expected: str = ""
    found: str = ""
    file: str = ""
    explanation: str = ""
    cells: tuple[str, ...] = ()

    @property
    def explained(self) -> bool:
        """True for a warning that the unit has answered. Errors cannot be explained away."""
        return self.severity is Severity.WARNING and bool(self.explanation)

    @property
    def id(self) -> str:
        """Stable across runs and layouts: the code and what it is about."""
        return f"{self.code}:{self.subject}"


def count_by_severity(findings: Iterable[Finding]) -> dict[str, int]:
    """Counts under the keys "error", "warning", "note"; every key is present.

    A warning that the unit has answered is no longer counted here: see `count_explained`.
    """
    counts = {severity.value: 0 for severity in Severity}
    for finding in findings:
        counts[finding.severity.value] += not finding.explained
    return counts


def count_explained(findings: Iterable[Finding]) -> int:
    """How many warnings the unit has answered."""
    return sum(finding.explained for finding in findings)


def has_errors(findings: Iterable[Finding]) -> bool:
    """True if any finding sends the return back."""
    return any(finding.severity is Severity.ERROR for finding in findings)


class UnreadableWorkbook(Exception):
    """A file that is not a return of ours: the one finding that says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding
