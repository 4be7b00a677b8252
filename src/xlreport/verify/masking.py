"""Findings as they may be shown: whatever they quote, no number of a person."""

from __future__ import annotations

from dataclasses import replace

from xlreport.finding import Finding
from xlreport.prose.personal import masked
from xlreport.subject import Subject


def masked_finding(finding: Finding) -> Finding:
    """The finding with every number of a person in its texts masked, names of files and sheets included.

    Subjects are names of our own, but for a sheet that a unit has added.
    """
    about = finding.subject
    return replace(
        finding,
        message=masked(finding.message),
        fix=masked(finding.fix),
        subject=about if isinstance(about, Subject) else masked(about),
        sheet=masked(finding.sheet),
        expected=masked(finding.expected),
        found=masked(finding.found),
        file=masked(finding.file),
        explanation=masked(finding.explanation),
    )
