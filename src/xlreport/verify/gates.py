"""The gates in order, and the verdict on a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from xlreport.finding import Finding, Status, UnreadableWorkbook, has_errors
from xlreport.form.values import Values
from xlreport.prose.personal import masked
from xlreport.verify.answered import answered
from xlreport.verify.file.carried import beside
from xlreport.verify.file.edition import edition
from xlreport.verify.file.inputs import values
from xlreport.verify.file.integrity import integrity
from xlreport.verify.file.issued import issued
from xlreport.verify.file.structure import structure
from xlreport.verify.reported import Reported
from xlreport.verify.rules import judge
from xlreport.workbook.read import read
from xlreport.workbook.submission import Submission

Gate = Callable[[Submission], Iterator[Finding]]

GATES: tuple[Gate, ...] = (edition, structure, integrity, beside, issued, values)
"""Each yields everything it finds; what one cannot judge for another's reason it leaves alone."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of one file. `submission` is None for an unreadable one."""

    file: str
    status: Status
    findings: tuple[Finding, ...]
    submission: Submission | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a return's last year: values by subject, and what is to be said of the search."""

    values: Values
    findings: tuple[Finding, ...]


class Prior(Protocol):
    """Knows last year's returns; `xlreport.archive.last_year.LastYear` does."""

    def known(self, submission: Submission) -> Known | None:
        """What is known of a return's last year; None where nothing is asked for."""
        ...


def verify(submission: Submission) -> list[Finding]:
    """All findings of a submission, in the order of the gates. Empty means accepted.

    Last year's figures, where they are known, come with it: `Submission.prior`.
    """
    reported = reported_by(submission)
    findings: list[Finding] = []
    for gate in GATES:
        found = list(gate(submission))
        findings += found
        if has_errors(finding for finding in found if finding.code == "WBK004"):
            break  # read by another edition's layout: everything else would only echo it
    else:
        findings += judge(reported)
    return [replace(_masked(finding), file=submission.file) for finding in answered(findings, reported)]


def reported_by(submission: Submission) -> Reported:
    """The values of a return as the rules judge them."""
    return Reported(
        submission.form, submission.inputs, submission.unusable, submission.origins, submission.prior
    )


def _masked(finding: Finding) -> Finding:
    """No finding shows a number of a person, whatever it quotes."""
    return replace(
        finding,
        message=masked(finding.message),
        expected=masked(finding.expected),
        found=masked(finding.found),
        explanation=masked(finding.explanation),
    )


def verify_file(path: str | Path, prior: Prior | None = None) -> Verdict:
    """Read and verify one file, against last year's where given. Never raises for what a file contains."""
    try:
        submission = read(path)
    except UnreadableWorkbook as error:
        return Verdict(str(path), Status.UNREADABLE, (error.finding,))
    known = prior.known(submission) if prior is not None else None
    if known is not None and known.values:
        submission = replace(submission, prior=known.values)
    of_search = known.findings if known is not None else ()
    findings = (*verify(submission), *(replace(finding, file=submission.file) for finding in of_search))
    status = Status.RETURNED if has_errors(findings) else Status.ACCEPTED
    return Verdict(str(path), status, findings, submission)
