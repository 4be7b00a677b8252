"""A form's rules tried on past returns: which fail a rule, and which would newly fail.

Rules on trial count with the severity they are to have. What fails is compared with what the
installed form of that id says of the same return, its rules on trial counting as notes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from xlreport.finding import Finding, Severity, UnreadableWorkbook
from xlreport.form.load import resize
from xlreport.form.model import Form
from xlreport.frozen import frozen
from xlreport.rule import Rule, own_rule
from xlreport.verify.judge import judge
from xlreport.verify.reported import Reported
from xlreport.verify.verdict import reported_by
from xlreport.workbook.read import read
from xlreport.workbook.submission import Submission

_WEIGHTS = list(Severity)
"""From the heaviest on."""


@frozen
class FailedRule:
    """A rule failing in a return; `new` if the installed form does not say so, or not so severely."""

    code: str
    message: str
    new: bool


@frozen
class Trial:
    """What came of one file. `trouble` says why the form's rules could not be tried on it."""

    file: str
    unit: str = ""
    year: int | None = None
    hits: tuple[FailedRule, ...] = ()
    trouble: str = ""


@frozen
class TrialRow:
    """A rule in figures: how many returns fail it, and how many of them newly."""

    rule: Rule
    returns: int
    new: int


def try_on(form: Form, name: str, path: Path) -> Trial:
    """The form's rules on one file, called `name`. Never raises for what the file contains."""
    try:
        submission = read(path)
    except UnreadableWorkbook as error:
        return Trial(name, trouble=error.finding.message)
    if submission.form.id != form.id:
        return Trial(name, trouble=f"是报表“{submission.form.id}”的工作簿，不是“{form.id}”的。")
    return Trial(name, submission.unit, submission.year, tuple(_hits(form, submission)))


def rows(form: Form, trials: Sequence[Trial]) -> list[TrialRow]:
    """All rules of the form, and those of the program's own that failed anywhere."""
    failed = Counter(code for one in trials for code in {hit.code for hit in one.hits})
    new = Counter(code for one in trials for code in {hit.code for hit in one.hits if hit.new})
    declared = {rule.code for rule in form.rules}
    rules = (*form.rules, *(own_rule(code) for code in sorted(failed.keys() - declared)))
    return [TrialRow(rule, failed[rule.code], new[rule.code]) for rule in rules]


def _hits(form: Form, submission: Submission) -> Iterator[FailedRule]:
    declared = {rule.code: rule.severity for rule in form.rules}
    known = _known(submission)
    for finding in judge(_reported(form, submission)):
        severity = declared.get(finding.code, finding.severity)
        new = finding.id not in known or _WEIGHTS.index(severity) < _WEIGHTS.index(known[finding.id])
        yield FailedRule(finding.code, finding.message, new)


def _known(submission: Submission) -> Mapping[str, Severity]:
    """What the installed form says of a return, by id; what is only on trial there is not known yet."""
    on_trial = {rule.code for rule in submission.form.rules if rule.trial}
    found: Iterable[Finding] = judge(reported_by(submission))
    return {finding.id: finding.severity for finding in found if finding.code not in on_trial}


def _reported(form: Form, submission: Submission) -> Reported:
    """What the return reports under another definition of its form: cells are known by their subjects."""
    lines = {name: listing.rows for name, listing in submission.form.listings.items()}
    known = tuple(sorted((name, rows) for name, rows in lines.items() if name in form.listings))
    return replace(reported_by(submission), form=resize(form, known))
