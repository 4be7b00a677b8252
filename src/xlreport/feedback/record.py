"""A verdict as plain data: one JSON object per file, for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from xlreport.finding import Finding, count_by_severity, count_explained
from xlreport.prose.personal import masked
from xlreport.verify.published import PublishedVerdict
from xlreport.verify.verdict import Verdict


def record(verdict: Verdict | PublishedVerdict) -> dict[str, Any]:
    """The object of `verify --json` and of a line of findings.jsonl. That of a published report says so."""
    if isinstance(verdict, PublishedVerdict):
        findings = [{**_finding(f), "place": verdict.submission.place(f.subject)} for f in verdict.findings]
        return {**_record(verdict), "source": "published", "findings": findings}
    return _record(verdict)


def _record(verdict: Verdict | PublishedVerdict) -> dict[str, Any]:
    submission = verdict.submission
    return {
        "file": verdict.file,
        "source_sha256": verdict.source_sha256,
        "status": verdict.status.value,
        "form": submission.form.id if submission else None,
        "unit": masked(submission.unit) if submission else None,
        "year": submission.year if submission else None,
        "counts": count_by_severity(verdict.findings),
        "explained": count_explained(verdict.findings),
        "findings": [_finding(finding) for finding in verdict.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {**asdict(finding), "severity": finding.severity.value, "id": finding.id}
