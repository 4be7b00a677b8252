"""The batch: every return verified and turned into documents, whatever any one of them does."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from xlreport.archive.gather import Job
from xlreport.batch.attendance import Attendance
from xlreport.batch.ledger import Ledger, Standing
from xlreport.batch.together import Together
from xlreport.batch.work import Plan, process, unhandled
from xlreport.files import sweep, whole
from xlreport.formats.digest import digest
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
    not sent a return. Nothing depends on `workers` but the time it takes. Raises OSError where nothing can be
    written.
    """
    plan = ledger.plan
    sweep(plan.out)
    standing = _done(jobs, ledger, workers, done)
    together = Together.of(lambda: map(ledger.outcome, jobs), roster)
    ledger.put_aside(jobs, together.superseded)

    def outcomes() -> Iterator[Outcome]:
        return chain((together.added_to(ledger.outcome(job)) for job in jobs), closed)

    _write(outcomes, plan, together.attendance)
    totals = _totals(outcomes(), standing, len(together.versions))
    return replace(totals, attendance=together.attendance, superseded=together.superseded)


def _done(
    jobs: Sequence[Job], ledger: Ledger, workers: int, done: Callable[[Outcome], None]
) -> Counter[Standing]:
    """Do what is not done yet; how many files stood how before."""
    standing = {job: ledger.standing(job) for job in jobs}
    pending = [job for job in jobs if standing[job] is not Standing.FINISHED]
    for job in sorted(set(jobs) - set(pending), key=lambda job: job.name):
        done(ledger.outcome(job))
    read = {job: digest(job.path) or "" for job in pending}
    for job, outcome in _outcomes(pending, ledger.plan, workers):
        ledger.keep(job, outcome, read[job])
        done(outcome)
    return Counter(standing.values())


def _write(outcomes: Callable[[], Iterator[Outcome]], plan: Plan, listed: Attendance | None) -> None:
    from xlreport.tables.summary import summary

    with whole(plan.out / FINDINGS) as lines:
        for outcome in outcomes():
            line = json.dumps(outcome.record, ensure_ascii=False)
            lines.write(f"{line}\n".encode())
    with whole(plan.out / SUMMARY) as book:
        book.write(summary(outcomes(), plan.formats, listed.expected if listed is not None else None))


def _totals(outcomes: Iterator[Outcome], standing: Counter[Standing], repeated: int) -> Totals:
    by_status: Counter[str] = Counter()
    faulty = 0
    for outcome in outcomes:
        by_status[outcome.record["status"]] += 1
        faulty += outcome.faulty
    return Totals(by_status, standing[Standing.FINISHED], standing[Standing.OUTDATED], faulty, repeated)


def _outcomes(jobs: Sequence[Job], plan: Plan, workers: int) -> Iterator[tuple[Job, Outcome]]:
    """Outcomes as they come. Raises OSError where nothing can be written any more."""
    for job, answer in guarded(partial(process, plan=plan), jobs, workers):
        yield job, unhandled(job, answer.finding) if isinstance(answer, Failed) else answer
