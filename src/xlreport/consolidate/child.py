"""One return that may go into a sum: whose it is, what it reports, and whether it was accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from xlreport.consolidate.figures import Figures, figures_of, spellings
from xlreport.finding import Severity, UnreadableWorkbook
from xlreport.form.bounds import period_of
from xlreport.form.load import load_issued, resize
from xlreport.form.model import Form
from xlreport.form.values import Values
from xlreport.formats.digest import digest
from xlreport.formats.saved import saved_at
from xlreport.frozen import frozen
from xlreport.layout.stamped_sum import StampedSum
from xlreport.rule import own_rule
from xlreport.unit import key
from xlreport.verify.verdict import verify_file
from xlreport.workbook.read import read
from xlreport.workbook.submission import Submission


@dataclass(frozen=True)
class Child:
    """What was read from a file. `unit` is the name on its cover, `saved` when it was saved, as text.

    `errors` are those of its verification, 0 for one that was only read; `period` is the part of the year,
    "" for all of it. `sum` is there where its figures are a sum themselves; `includes` are units of the
    list that are known to be in it.
    """

    file: str
    form: str
    lines: Mapping[str, int]
    unit: str
    year: int | None
    inputs: Values
    saved: str
    errors: int = 0
    period: str = ""
    sum: StampedSum | None = None
    includes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells its unit from others."""
        return key(self.unit)

    @cached_property
    def figures(self) -> Figures:
        """Its figures that are added up; found out by the worker that reads it."""
        return figures_of(resized_form(self), self.inputs)

    @cached_property
    def spellings(self) -> Mapping[tuple[str, str], Mapping[str, int]]:
        """How the lines of its lists are written."""
        return spellings(resized_form(self), self.inputs)

    @property
    def rank(self) -> tuple[str, str]:
        """Of several of one unit the largest is the newest."""
        return self.saved, self.file


@frozen
class NamedFile:
    """A file to be read, and what it is called. `accepted`: a round has judged it, and takes it as it is, and
    knows which other units it `includes`.
    """

    path: Path
    name: str
    accepted: bool = False
    includes: tuple[str, ...] = ()


def read_child(source: NamedFile) -> Child:
    """What a return reports, without judging it. Raises UnreadableWorkbook."""
    return child_of(source, read(source.path), 0)


def judged_child(source: NamedFile) -> Child:
    """What a return reports, verified. Raises UnreadableWorkbook."""
    return judged(source)[0]


def judged(source: NamedFile) -> tuple[Child, Submission]:
    """The same, and the return as it was read. Raises UnreadableWorkbook."""
    if source.accepted:
        submission = read(source.path)
        return child_of(source, submission, 0), submission
    verdict = verify_file(source.path)
    if verdict.submission is None:
        raise UnreadableWorkbook(verdict.findings[0])
    if digest(source.path) != verdict.source_sha256:
        fix = "请等对方保存完、关闭文件以后再汇总"
        raise UnreadableWorkbook(
            own_rule("WBK001").finding("文件在读取的时候被改动了。", fix, file=source.name)
        )
    errors = sum(finding.severity is Severity.ERROR for finding in verdict.findings)
    return child_of(source, verdict.submission, errors), verdict.submission


def resized_form(child: Child) -> Form:
    """The form of a return, its lists as long as in the return."""
    return resize(load_issued(child.form), tuple(sorted(child.lines.items())))


def child_of(source: NamedFile, submission: Submission, errors: int) -> Child:
    """A return that was read and verified already."""
    form = submission.form
    child = Child(
        source.name,
        form.id,
        {name: listing.rows for name, listing in form.listings.items()},
        submission.unit,
        submission.year,
        dict(submission.inputs),
        saved_at(source.path).isoformat(),
        errors,
        period_of(form, submission.inputs),
        submission.stamp.sum,
        source.includes,
    )
    assert child.figures is not None and child.spellings is not None  # kept with it from here on
    return child
