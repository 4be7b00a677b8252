"""Many published reports verified: a line of findings.jsonl and of summary.xlsx for each."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from xlreport.archive.gather import Job
from xlreport.archive.last_year import LastYear
from xlreport.batch.convert import FINDINGS, SUMMARY
from xlreport.batch.work import indicator_values, unhandled
from xlreport.feedback.record import record
from xlreport.files import whole, write_whole
from xlreport.form.calculate import complete, without_partial_sums
from xlreport.run.guard import Failed, guarded
from xlreport.run.outcome import Outcome
from xlreport.tables.audited import audit_summary
from xlreport.verify.published import verify_any


def audit(
    jobs: Sequence[Job], out: Path, prior: LastYear | None, workers: int, done: Callable[[Outcome], None]
) -> list[Outcome]:
    """Verify all, telling `done` after each, then write both files. Raises OSError where nothing can be."""
    found: dict[Job, Outcome] = {}
    for job, answer in guarded(partial(audited, prior=prior), jobs, workers):
        found[job] = unhandled(job, answer.finding) if isinstance(answer, Failed) else answer
        done(found[job])
    outcomes = [found[job] for job in jobs]
    out.mkdir(parents=True, exist_ok=True)
    with whole(out / FINDINGS) as lines:
        for outcome in outcomes:
            lines.write(f"{json.dumps(outcome.record, ensure_ascii=False)}\n".encode())
    write_whole(out / SUMMARY, audit_summary(outcomes))
    return outcomes


def audited(job: Job, prior: LastYear | None) -> Outcome:
    """What is to be said of one file, a return or a published report."""
    verdict = verify_any(job.path, prior)
    named = tuple(replace(finding, file=job.name) for finding in verdict.findings)
    said = record(replace(verdict, file=job.name, findings=named))
    if verdict.submission is None:
        return Outcome(said, {}, {})
    form = verdict.submission.form
    values = without_partial_sums(form, complete(form, verdict.submission.inputs))
    return Outcome(said, {}, dict(indicator_values(form, values)))
