"""The families of rules in order, and the verdict on a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from xlreport.finding import Finding, Status, UnreadableWorkbook, has_errors
from xlreport.form.values import Values
from xlreport.formats.digest import digest
from xlreport.frozen import frozen
from xlreport.prose.personal import masked
from xlreport.rule import own_rule
from xlreport.subject import Subject
from xlreport.verify.answered import answered
from xlreport.verify.judge import judge
from xlreport.verify.masking import masked_finding
from xlreport.verify.registry import FAMILIES, OfFile
from xlreport.verify.reported import Reported
from xlreport.workbook.read import read
from xlreport.workbook.submission import Submission

if TYPE_CHECKING:
    from xlreport.published.read import PublishedReport


@frozen
class Verdict:
    """What is to be said of one file. `submission` is None for an unreadable one.

    `file` is its name with numbers of persons masked, `source_sha256` what tells it from all others; "" for
    a file that could not be read at all.
    """

    file: str
    status: Status
    findings: tuple[Finding, ...]
    submission: Submission | None = None
    source_sha256: str = ""


@frozen
class PriorSearch:
    """What the search for a return's last year gave: values by subject, what is to be said of it, and the
    names of the workbooks that the values are from.
    """

    values: Values
    findings: tuple[Finding, ...]
    names: str = ""


class Prior(Protocol):
    """Knows last year's returns; `xlreport.archive.last_year.LastYear` does."""

    def search(self, submission: Submission | PublishedReport) -> PriorSearch | None:
        """What is known of a return's last year; None where nothing is asked for."""
        ...


def verify(submission: Submission) -> list[Finding]:
    """All findings of a submission, in the order of the families: accepted if none is an error.

    Last year's figures, where they are known, come with it: `Submission.prior`.
    """
    findings, settled = _of_file(submission)
    reported = replace(reported_by(submission), doubted=_doubted(findings))
    if not settled:
        findings += judge(reported)
    return [
        masked_finding(replace(finding, file=submission.file)) for finding in answered(findings, reported)
    ]


def _of_file(submission: Submission) -> tuple[list[Finding], bool]:
    """What is to be said of the file, and whether one of these is the last word."""
    findings: list[Finding] = []
    for family in FAMILIES:
        if isinstance(family, OfFile):
            found = list(family.run(submission))
            findings += found
            if has_errors(finding for finding in found if own_rule(finding.code).final):
                return findings, True
    return findings, False


def _doubted(findings: Iterable[Finding]) -> frozenset[Subject]:
    """What the file itself contradicts: nothing is measured by it until that is settled."""
    subjects = (finding.subject for finding in findings if own_rule(finding.code).doubts)
    return frozenset(subject for subject in subjects if isinstance(subject, Subject))


def reported_by(submission: Submission) -> Reported:
    """The values of a return as the rules judge them."""
    return Reported(
        submission.form,
        submission.inputs,
        submission.unusable,
        submission.origins,
        submission.prior,
        submission.written,
        submission.prior_from,
    )


def verify_file(path: str | Path, prior: Prior | None = None) -> Verdict:
    """Read and verify one file, against last year's where given. Never raises for what a file contains."""
    name, source = masked(str(path)), digest(Path(path)) or ""
    try:
        submission = read(path)
    except UnreadableWorkbook as error:
        return Verdict(name, Status.UNREADABLE, (masked_finding(error.finding),), None, source)
    search = prior.search(submission) if prior is not None else None
    if search is not None and search.values:
        submission = replace(submission, prior=search.values, prior_from=search.names)
    of_search = search.findings if search is not None else ()
    last_year = (masked_finding(replace(finding, file=submission.file)) for finding in of_search)
    findings = (*verify(submission), *last_year)
    status = Status.RETURNED if has_errors(findings) else Status.ACCEPTED
    return Verdict(name, status, findings, submission, source)
