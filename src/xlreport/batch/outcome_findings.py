"""What only shows when the returns of a run are seen together, and adding it to their outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xlreport.feedback.record import record
from xlreport.finding import Finding, Status
from xlreport.run.outcome import Outcome
from xlreport.verify.masking import masked_finding
from xlreport.verify.verdict import Verdict


def marked(outcome: Outcome, findings: Sequence[Finding]) -> Outcome:
    """The outcome with more findings; the same where there are none. Its status stays."""
    if not findings:
        return outcome
    known = outcome.record
    more = record(Verdict(known["file"], Status(known["status"]), tuple(map(masked_finding, findings))))
    counts = {severity: count + more["counts"][severity] for severity, count in known["counts"].items()}
    all_ = [*known["findings"], *more["findings"]]
    return replace(outcome, record={**known, "counts": counts, "findings": all_})
