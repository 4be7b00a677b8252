"""What of a workbook can be relied on: all of one without errors, and of any other what no error concerns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from xlreport.finding import Finding, Severity, UnreadableWorkbook
from xlreport.form.calculate import complete, without_partial_sums
from xlreport.form.model import Form
from xlreport.form.values import Values
from xlreport.frozen import frozen
from xlreport.report.recognised import without_generated
from xlreport.subject import Subject
from xlreport.verify.published import verify_published
from xlreport.verify.verdict import verify
from xlreport.workbook.read import read

_OF_THE_WHOLE = frozenset({"WBK004", "WBK005", "WBK023", "WBK026"})
"""Errors that leave open what a figure stands for."""


@frozen
class Sound:
    """The values that can be relied on, and how many errors there are beside them."""

    values: Values
    errors: int


def sound_values(path: Path) -> Sound | None:
    """What can be relied on; None where that is nothing. What is only partly filled in is not known."""
    try:
        submission = read(path)
    except UnreadableWorkbook:
        return None
    form = submission.form
    errors = [finding for finding in verify(submission) if finding.severity is Severity.ERROR]
    if any(error.code in _OF_THE_WHOLE for error in errors):
        return None
    doubtful = set(_concerned(form, errors))
    kept = {subject: value for subject, value in submission.inputs.items() if subject not in doubtful}
    values = without_partial_sums(form, complete(form, kept))
    return Sound(values, len(errors)) if kept else None


def sound_report(path: Path) -> Sound | None:
    """What can be relied on of a published report: what its totals prove, and what no finding speaks of."""
    verdict = verify_published(path)
    if verdict is None:
        return None
    report = without_generated(verdict.submission)
    errors = [finding for finding in verdict.findings if finding.severity is Severity.ERROR]
    doubtful = set(_concerned(report.form, errors))
    kept = {subject: value for subject, value in report.inputs.items() if subject not in doubtful}
    return (
        Sound(without_partial_sums(report.form, complete(report.form, kept)), len(errors)) if kept else None
    )


def _concerned(form: Form, errors: Iterable[Finding]) -> Iterator[Subject]:
    """The inputs that errors speak of, and those that failed checks read."""
    read_by = {f"{instance.check.code}:{instance.subject}": instance.inputs for instance in form.instances}
    for error in errors:
        yield from read_by.get(error.id, ())
        yield Subject(error.subject)
