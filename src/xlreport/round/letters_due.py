"""Which units get a letter now: those whose return has faults, who sent something else, who sent nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from xlreport.archive.last_year import LastYear
from xlreport.batch.ask import opinion
from xlreport.batch.opinion import Opinion
from xlreport.files import safe_name
from xlreport.finding import Severity
from xlreport.round.bundles import change_since, faults_told, own_errors
from xlreport.round.drafts import REMIND, REPLY, Letter, drop_outdated, needs_no_draft
from xlreport.round.file import Fate, File
from xlreport.round.letters import reminder, unanswered, with_findings
from xlreport.round.opened import Round
from xlreport.round.state import Standing, UnitState
from xlreport.run.guard import Failed, guarded
from xlreport.unit import key


def replies(round_: Round, last: LastYear | None, workers: int) -> Iterator[Letter]:
    """A letter to each unit whose newest file has faults and was not answered yet: once for each file."""
    wanted = _to_answer_all(round_)
    drop_outdated(round_, REPLY, {key(unit.line.name): file.sha256 for unit, file in wanted})
    state = round_.state
    pending = [(u, f) for u, f in wanted if not needs_no_draft(round_, state, REPLY, u.line, f.sha256)]
    copied = {f.file: (u, f) for u, f in pending if f.is_return and _has_own_errors(round_, f)}
    look = partial(_annotated, originals=round_.place.originals, last=last)
    for name, answer in guarded(look, copied, workers):
        unit, file = copied[name]
        yield _reply(round_, unit, file, None if isinstance(answer, Failed) else answer)
    for unit, file in pending:
        if file.file not in copied:
            yield _reply(round_, unit, file, None)


def withdrawn(round_: Round) -> Iterator[tuple[str, str]]:
    """Drafts that are not needed any more, put aside: of which kind each was, and to whom."""
    wanted = {key(unit.line.name): file.sha256 for unit, file in _to_answer_all(round_)}
    yield from ((REPLY, name) for name in drop_outdated(round_, REPLY, wanted))
    silent = {key(unit.line.name): "" for unit in _silent(round_)}
    yield from ((REMIND, name) for name in drop_outdated(round_, REMIND, silent))


def reminders(round_: Round, today: date) -> Iterator[Letter]:
    """A letter to each unit that has sent nothing: at most one a day."""
    state, silent = round_.state, _silent(round_)
    about = today.isoformat()
    drop_outdated(round_, REMIND, {key(unit.line.name): about for unit in silent})
    for unit in silent:
        if not needs_no_draft(round_, state, REMIND, unit.line, about):
            subject, text = reminder(round_, unit, today)
            yield Letter(unit.line, about, subject, text)


def _silent(round_: Round) -> list[UnitState]:
    return [unit for unit in round_.state.units if unit.standing is Standing.NOT_SENT]


def _to_answer_all(round_: Round) -> list[tuple[UnitState, File]]:
    """All units that are to be written to about a file, each with that."""
    files = ((unit, _to_answer(round_, unit)) for unit in round_.state.units)
    return [(unit, file) for unit, file in files if file is not None]


def _to_answer(round_: Round, unit: UnitState) -> File | None:
    """The file that a unit is written to about; None for none, or where the office has to decide first."""
    if unit.standing is Standing.RETURNED:
        newest = unit.newest
        return None if newest is None or newest.leaf else newest  # who handed it up is told
    if unit.standing is Standing.WAITING:
        others = unanswered(unit)
        return others[-1] if others else _linked(round_, unit) or _of_another_year(round_, unit)
    return None


def _has_own_errors(round_: Round, file: File) -> bool:
    """False for a bundle whose sum is all right in itself: then what is wrong stands in its returns."""
    return not file.is_bundle or own_errors(round_, file) > 0


def _linked(round_: Round, unit: UnitState) -> File | None:
    """A mail of the unit in which the file is only linked."""
    links = [file for file in round_.state.unassigned if file.fate is Fate.LINK_ONLY]
    return next((f for f in reversed(links) if unit.line in round_.roster.with_address(f.sender)), None)


def _of_another_year(round_: Round, unit: UnitState) -> File | None:
    """A return of the unit of another year or form, which nobody can decide to take."""
    state, due = round_.state, (None, round_.settings.collected)
    strange = {a.sha256 for a in state.arrivals if a.lean == unit.line.name and a.collected not in due}
    return next((file for file in reversed(state.unassigned) if file.sha256 in strange), None)


def _annotated(name: str, originals: Path, last: LastYear | None) -> Opinion:
    """What a worker does: the return verified, with an annotated copy."""
    return opinion(originals / name, last, annotate=True)


def _reply(round_: Round, unit: UnitState, file: File, found: Opinion | None) -> Letter:
    attachment = None
    told = faults_told(round_, file)
    if found is not None:
        wrong = [f for f in found.record["findings"] if f["severity"] == Severity.ERROR.value]
        told += [(f["message"], f["fix"]) for f in wrong]
        if found.copy is not None:
            suffix, data = found.copy
            stem = safe_name(f"{unit.line.name}_{round_.settings.year}_核对意见")
            attachment = (f"{stem}{suffix}", data)
    other = () if file.is_return else (file,)
    changed = change_since(round_, unit, file)
    is_annotated = attachment is not None
    subject, text = with_findings(round_, unit, told, other, annotated=is_annotated, changed=changed)
    return Letter(unit.line, file.sha256, subject, text, attachment)
