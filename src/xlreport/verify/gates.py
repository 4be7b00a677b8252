"""The gates in order, and the verdict on a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from xlreport.finding import Finding, Status, has_errors
from xlreport.verify.beside import beside
from xlreport.verify.edition import edition
from xlreport.verify.figures import figures_of
from xlreport.verify.integrity import integrity
from xlreport.verify.rules import judge
from xlreport.verify.structure import structure
from xlreport.verify.values import values
from xlreport.workbook.read import read
from xlreport.workbook.submission import Submission, UnreadableWorkbook

Gate = Callable[[Submission], Iterator[Finding]]

GATES: tuple[Gate, ...] = (edition, structure, integrity, beside, values)
"""Each yields everything it finds; what one cannot judge for another's reason it leaves alone."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of one file. `submission` is None for an unreadable one."""

    file: str
    status: Status
    findings: tuple[Finding, ...]
    submission: Submission | None = None


def verify(submission: Submission) -> list[Finding]:
    """All findings of a submission, in the order of the gates. Empty means accepted.

    Last year's figures, where they are known, come with it: `Submission.prior`.
    """
    findings: list[Finding] = []
    for gate in GATES:
        found = list(gate(submission))
        findings += found
        if has_errors(finding for finding in found if finding.code == "WBK004"):
            break  # read by another edition's layout: everything else would only echo it
    else:
        findings += judge(figures_of(submission))
    return [replace(finding, file=submission.file) for finding in findings]


def verify_file(path: str | Path) -> Verdict:
    """Read and verify one file. Never raises for what a file contains."""
    try:
        submission = read(path)
    except UnreadableWorkbook as error:
        return Verdict(str(path), Status.UNREADABLE, (error.finding,))
    findings = tuple(verify(submission))
    status = Status.RETURNED if has_errors(findings) else Status.ACCEPTED
    return Verdict(str(path), status, findings, submission)
