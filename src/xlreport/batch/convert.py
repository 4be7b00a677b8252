"""The batch: every return verified and turned into documents, whatever any one of them does."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import IO

from xlreport.archive.gather import Job
from xlreport.batch.attendance import Attendance
from xlreport.batch.copies import copies
from xlreport.batch.ledger import Known, Ledger
from xlreport.batch.together import Together
from xlreport.batch.work import Plan, process, unhandled
from xlreport.files import sweep, whole, write_whole
from xlreport.frozen import frozen
from xlreport.roster.line import Roster
from xlreport.run.guard import Failed, guarded
from xlreport.run.outcome import Outcome

FINDINGS = "findings.jsonl"
SUMMARY = "summary.xlsx"


@frozen
class Totals:
    """Files by status, and how many of them needed no work, were done again though they had not changed,
    xlreport itself failed on, came repeatedly. `attendance` where there is a list of units, `superseded` the
    files in whose place another one of the unit counts.
    """

    by_status: Counter[str]
    reused: int
    outdated: int
    faulty: int
    repeated: int
    attendance: Attendance | None = None
    superseded: frozenset[str] = frozenset()


def convert(
    jobs: Sequence[Job],
    ledger: Ledger,
    workers: int,
    done: Callable[[Outcome], None],
    closed: Sequence[Outcome] = (),
    roster: Roster | None = None,
) -> Totals:
    """Do all jobs, telling `done` after each, then write findings.jsonl and summary.xlsx.

    `closed` are the outcomes of what could not be looked into. With a list of units the summary says who has
    not sent a return. Nothing depends on `workers` but the time it takes. Both files are left alone where
    nothing has changed since they were written. Raises OSError where nothing can be written.
    """
    plan = ledger.plan
    sweep(plan.out)
    standing = _done(jobs, ledger, workers, done)
    briefs = [ledger.brief(job) for job in jobs]
    together = Together.of(briefs, roster)
    totals = _totals(chain(briefs, closed), standing, len(together.versions))
    del briefs  # the largest of what is in memory, and the rest goes without
    ledger.put_aside(jobs, together.superseded)
    key, made = ledger.key(jobs, (closed, roster)), (plan.out / FINDINGS, plan.out / SUMMARY)
    if not ledger.is_written(key, made):
        together = together.with_copies(copies(map(ledger.outcome, jobs), ledger.text))
        _write(chain((together.added_to(ledger.outcome(job)) for job in jobs), closed), plan, together)
        ledger.note_written(key, made)
    return replace(totals, attendance=together.attendance, superseded=together.superseded)


def _done(
    jobs: Sequence[Job], ledger: Ledger, workers: int, done: Callable[[Outcome], None]
) -> Counter[Known]:
    """Do what is not done yet; how many files stood how before."""
    standing = {job: ledger.standing(job) for job in jobs}
    pending = [job for job in jobs if standing[job] is not Known.FINISHED]
    for job in sorted(set(jobs) - set(pending), key=lambda job: job.name):
        done(ledger.brief(job))
    for job, outcome in _outcomes(pending, ledger.plan, workers):
        ledger.keep(job, outcome)
        done(outcome)
    return Counter(standing.values())


def _write(outcomes: Iterable[Outcome], plan: Plan, together: Together) -> None:
    """Write findings.jsonl and summary.xlsx; each outcome is taken once, and not kept."""
    from xlreport.tables.summary import summary

    listed = together.attendance.expected if together.attendance is not None else None
    with whole(plan.out / FINDINGS) as lines:
        book = summary(_written(outcomes, lines), plan.formats, listed)
    write_whole(plan.out / SUMMARY, book)


def _written(outcomes: Iterable[Outcome], lines: IO[bytes]) -> Iterator[Outcome]:
    for outcome in outcomes:
        line = json.dumps(outcome.record, ensure_ascii=False)
        lines.write(f"{line}\n".encode())
        yield outcome


def _totals(outcomes: Iterable[Outcome], standing: Counter[Known], repeated: int) -> Totals:
    by_status: Counter[str] = Counter()
    faulty = 0
    for outcome in outcomes:
        by_status[outcome.record["status"]] += 1
        faulty += outcome.faulty
    return Totals(by_status, standing[Known.FINISHED], standing[Known.OUTDATED], faulty, repeated)


def _outcomes(jobs: Sequence[Job], plan: Plan, workers: int) -> Iterator[tuple[Job, Outcome]]:
    """Outcomes as they come. Raises OSError where nothing can be written any more."""
    for job, answer in guarded(partial(process, plan=plan), jobs, workers):
        yield job, unhandled(job, answer.finding) if isinstance(answer, Failed) else answer
