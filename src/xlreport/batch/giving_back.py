"""Returns with errors for giving back: an annotated copy of each, and a text for the mail that brings it.

What was written is noted in the folder, so that a later run leaves finished work alone and removes what is no
longer wanted. A file that somebody has changed since is no longer ours: it stays as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import field
from datetime import date
from pathlib import Path, PurePosixPath

from xlreport.archive.gather import Job, jobs_of
from xlreport.archive.last_year import LastYear
from xlreport.batch.ask import opinion
from xlreport.batch.ledger import Ledger
from xlreport.batch.opinion import Opinion
from xlreport.batch.return_folder import Note, ReturnFolder
from xlreport.batch.work import Plan
from xlreport.feedback.letter import letter
from xlreport.finding import Status
from xlreport.form.load import load_form
from xlreport.frozen import frozen
from xlreport.run.compared import compared
from xlreport.run.engine import Engine
from xlreport.run.guard import Failed
from xlreport.run.outcome import Outcome

_NOTES = frozenset({".txt", ".md", ".log", ".ini", ".url", ".lnk"})
"""Endings of notes and links. The summary has a line for each, but no unit wrote its report into one, unless
the file is called like a unit of which nothing else came.
"""


@frozen
class GivenBack:
    """How many returns are given back, and why there is no copy of some: by file."""

    returns: int
    without: Mapping[str, str] = field(default_factory=dict)


@frozen
class _Task:
    """A return to give back, in brief; `stem` is what its files are called, `made_of` what they depend on.

    `unit` is whose it seems to be by its name, where it does not say so itself.
    """

    job: Job
    brief: Outcome
    stem: str
    made_of: str
    due: date | None
    unit: str


def give_back(
    jobs: Sequence[Job],
    ledger: Ledger,
    place: Path,
    due: Mapping[str, date],
    superseded: Set[str],
    instead: Mapping[str, str],
    engine: Engine,
    closed: Sequence[Outcome] = (),
) -> GivenBack:
    """Write what is wanted for the faulty ones, and remove what was written for those that are accepted now.

    `due` are the days by which corrections are wanted, by file; in place of `superseded` files another one of
    the unit counts; `instead` of a unit's return came these, with its name. What is `closed` is answered
    where it is one of them. Raises OSError where nothing can be written.
    """
    folder = ReturnFolder(place)
    for archive in {str(parent) for job in jobs for parent in PurePosixPath(job.name).parents}:
        folder.forget(archive)  # it could not be opened before
    briefs, shut = {job: ledger.brief(job) for job in jobs}, dict(_shut(closed))
    with_return = {job.source for job, brief in briefs.items() if brief.record["form"] is not None}
    tasks = []
    for job, brief in (briefs | shut).items():
        accepted = brief.record["status"] == Status.ACCEPTED
        nobodys = job.name not in instead and (job in shut or _is_no_return(job, brief, with_return))
        if accepted or job.name in superseded or nobodys:
            folder.forget(job.name)
        elif not brief.faulty:  # else there is nothing to tell the unit
            about = (due.get(job.name), instead.get(job.name, ""))
            tasks.append(_task(job, brief, folder, ledger.plan, *about))
    pending = [task for task in tasks if not folder.has(task.job.name, task.stem, task.made_of)]
    without = {}
    for task, answer in _answers(pending, ledger.plan, engine):
        outcome = shut[task.job] if task.job in shut else ledger.outcome(task.job)
        files, why = _files(task, outcome, answer)
        if why:
            without[task.job.name] = why
        digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
        folder.write(Note(task.job.name, task.stem, task.made_of, digests), files)
    folder.finish()
    return GivenBack(len(tasks), without)


def _is_no_return(job: Job, brief: Outcome, with_return: Set[Path]) -> bool:
    """True for what nobody has to send again: a note, a link, what came in one archive with a return."""
    unreadable = brief.record["form"] is None
    return unreadable and (job.source in with_return or job.path.suffix.lower() in _NOTES)


def _shut(closed: Iterable[Outcome]) -> Iterator[tuple[Job, Outcome]]:
    """What is closed as jobs, whose names are told already as they may be."""
    by_name = {outcome.record["file"]: outcome for outcome in closed}
    for job in jobs_of((name, Path(name)) for name in by_name):
        yield job, by_name[job.name]


def _task(job: Job, brief: Outcome, folder: ReturnFolder, plan: Plan, due: date | None, unit: str) -> _Task:
    content = brief.record["source_sha256"] or brief.record["findings"]  # what is closed has no digest
    made_of = f"{content} {plan.key} {brief.form} {due}{unit}"
    return _Task(job, brief, folder.stem(job), made_of, due, unit)


def _answers(
    tasks: Sequence[_Task], plan: Plan, engine: Engine
) -> Iterator[tuple[_Task, Opinion | Failed | None]]:
    """The annotated copies as they come; None for what cannot be read, and so not be annotated."""
    readable = {task.job.path: task for task in tasks if task.brief.record["form"] is not None}
    yield from ((task, None) for task in tasks if task.job.path not in readable)
    for path, answer in compared(engine, plan.prior, [*readable], _annotated, Path):
        yield readable[path], answer


def _annotated(path: Path, file: Path, out: Path, prior: LastYear | None) -> Opinion:  # noqa: ARG001
    """The opinion on a return where its file lies, with an annotated copy as content."""
    return opinion(file, prior, annotate=True)


def _files(task: _Task, outcome: Outcome, answer: Opinion | Failed | None) -> tuple[Mapping[str, bytes], str]:
    """What to write for a return, by name; and why there is no copy though there should be one."""
    files: dict[str, bytes] = {}
    why = ""
    if isinstance(answer, Failed):
        why = answer.finding.message
    elif answer is not None and answer.copy is not None:
        suffix, data = answer.copy
        files[f"{task.stem}{suffix}"] = data
    elif answer is not None:
        why = answer.no_copy
    record = {**outcome.record, "unit": outcome.record["unit"] or task.unit}
    title = load_form(record["form"]).title if record["form"] is not None else ""
    copy = next(iter(files), "").rpartition("/")[2]
    text = letter(record, title, copy, task.due)
    return {**files, f"{task.stem}.txt": text.replace("\n", "\r\n").encode("utf-8-sig")}, why
