"""The batch: every return verified and turned into documents, whatever any one of them does."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import IO

from xlreport.archive.gather import Job
from xlreport.batch.attendance import Attendance
from xlreport.batch.copied_texts import copies
from xlreport.batch.ledger import KnownOutcome, Ledger
from xlreport.batch.receipt import RECEIPT, Receipt, ReceiptLine, line_of, receipt_json
from xlreport.batch.together import Together
from xlreport.batch.work import Plan, process, process_at, unhandled
from xlreport.files import swept, whole, write_whole
from xlreport.formats.digest import digest
from xlreport.frozen import frozen
from xlreport.roster.line import Roster
from xlreport.run.compared import compared
from xlreport.run.engine import Engine
from xlreport.run.guard import Failed
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
    engine: Engine,
    done: Callable[[Outcome], None],
    closed: Sequence[Outcome] = (),
    roster: Roster | None = None,
) -> Totals:
    """Do all jobs, telling `done` after each, then write findings.jsonl, summary.xlsx and run.json.

    `closed` are the outcomes of what could not be looked into. With a list of units the summary says who has
    not sent a return. Nothing depends on the engine but the time it takes. They are left alone where
    nothing has changed since they were written. Raises OSError where nothing can be written, Stopped where
    the engine cannot go on.
    """
    plan = ledger.plan
    with swept(plan.out):
        standing, briefs = _done(jobs, ledger, engine, done)
    together = Together.of(briefs, roster, closed)
    totals = _totals(chain(briefs, closed), standing, len(together.versions))
    del briefs  # the largest of what is in memory, and the rest goes without
    ledger.put_aside(jobs, together.superseded)
    key, made = ledger.key(jobs, (closed, roster)), (plan.out / FINDINGS, plan.out / SUMMARY)
    if not ledger.is_written(f"{key} {digest(plan.out / RECEIPT)}", made):
        with ledger.comparing() as comparisons:
            together = together.with_copies(copies(map(ledger.marked, jobs), comparisons))
        told = _Told()
        outcomes = told.watch(map(ledger.outcome, jobs))
        _write(chain(map(together.added_to, outcomes), closed), plan, together)
        write_whole(plan.out / RECEIPT, receipt_json(Receipt.of(plan, told.forms, told.lines)))
        ledger.note_written(f"{key} {digest(plan.out / RECEIPT)}", made)
    return replace(totals, attendance=together.attendance, superseded=together.superseded)


def _done(
    jobs: Sequence[Job], ledger: Ledger, engine: Engine, done: Callable[[Outcome], None]
) -> tuple[Counter[KnownOutcome], list[Outcome]]:
    """Do what is not done yet; how many files stood how before, and the outcomes of all in brief."""
    standing = [ledger.standing(job) for job in jobs]
    briefs: dict[str, Outcome] = {}
    pending = []
    for job, known in zip(jobs, standing, strict=True):
        if known is KnownOutcome.FINISHED:
            briefs[job.name] = ledger.brief(job)
            done(briefs[job.name])
        else:
            pending.append(job)
    with closing(_outcomes(pending, ledger.plan, engine)) as outcomes:
        for job, outcome in outcomes:
            ledger.keep(job, outcome)
            briefs[job.name] = ledger.brief(job)
            done(outcome)
    return Counter(standing), [briefs[job.name] for job in jobs]


def _write(outcomes: Iterable[Outcome], plan: Plan, together: Together) -> None:
    """Write findings.jsonl and summary.xlsx; each outcome is taken once, and not kept."""
    from xlreport.tables.summary import summary

    listed = together.attendance.expected if together.attendance is not None else None
    with whole(plan.out / FINDINGS) as lines:
        book = summary(_written(outcomes, lines), plan.formats, listed)
    write_whole(plan.out / SUMMARY, book)


class _Told:
    """What the receipt says of the outcomes that went by."""

    def __init__(self) -> None:
        self.lines: list[ReceiptLine] = []
        self.forms: set[str] = set()

    def watch(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """The same outcomes, each noted."""
        for outcome in outcomes:
            line = line_of(outcome)
            if line is not None:
                self.lines.append(line)
            if outcome.form:
                self.forms.add(outcome.form)
            yield outcome


def _written(outcomes: Iterable[Outcome], lines: IO[bytes]) -> Iterator[Outcome]:
    for outcome in outcomes:
        line = json.dumps(outcome.record, ensure_ascii=False)
        lines.write(f"{line}\n".encode())
        yield outcome


def _totals(outcomes: Iterable[Outcome], standing: Counter[KnownOutcome], repeated: int) -> Totals:
    by_status: Counter[str] = Counter()
    faulty = 0
    for outcome in outcomes:
        by_status[outcome.record["status"]] += 1
        faulty += outcome.faulty
    return Totals(
        by_status, standing[KnownOutcome.FINISHED], standing[KnownOutcome.OUTDATED], faulty, repeated
    )


def _outcomes(jobs: Sequence[Job], plan: Plan, engine: Engine) -> Generator[tuple[Job, Outcome], None, None]:
    """Outcomes as they come; closed, it ends its workers. Raises OSError where nothing can be written."""
    do = partial(process_at, plan=replace(plan, prior=None), process=process)
    for job, answer in compared(engine, plan.prior, jobs, do, attrgetter("path"), plan.out):
        yield job, unhandled(job, answer.finding) if isinstance(answer, Failed) else answer
