"""Issuing: a sealed workbook for each unit, filled with last year's figures, under one name however often."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from xlreport.archive.last_year import LastYear
from xlreport.batch.issue import file_names, prepare, write_issued
from xlreport.files import write_whole
from xlreport.form.load import load_form
from xlreport.frozen import frozen
from xlreport.layout.stamp import Stamp
from xlreport.roster.line import ListedUnit, Roster
from xlreport.round.drafts import ISSUE, Letter, was_drafted
from xlreport.round.key import Key
from xlreport.round.letters import with_workbook
from xlreport.round.opened import Round
from xlreport.round.place import Refused
from xlreport.round.state import Standing
from xlreport.run.guard import Failed, guarded


@frozen
class Work:
    """One workbook to make: whose, the how-manieth, and what it is called."""

    line: ListedUnit
    number: int
    name: str


@frozen
class Made:
    """A workbook, and what is to be said of last year's figures in it ("" where nothing is)."""

    data: bytes
    said: str


def to_issue(round_: Round, named: Sequence[str]) -> list[Work]:
    """The named units, else all that have none yet. Raises Refused for a name that is not in the list."""
    state = round_.state
    if named:
        chosen = [found_unit(round_, name) for name in dict.fromkeys(named)]
        for line in chosen:
            excused = line.excused(round_.settings.year)
            if excused:
                raise Refused(f"{line.name}{excused}，没有工作簿可下发")
    else:
        waiting = [u for u in state.units if u.standing is not Standing.EXEMPT and not u.issued]
        chosen = [unit.line for unit in waiting]
    names = _names(round_)
    before = {unit.line: unit.issued for unit in state.units}
    return [Work(line, before[line] + 1, names[line]) for line in chosen]


def found_unit(round_: Round, name: str) -> ListedUnit:
    """The line of a name or code. Raises Refused."""
    line = round_.roster.line(name)
    if line is None:
        raise Refused(f"名单里没有“{name}”。请用名单里的全称、简称或机关代码")
    return line


def issue(
    round_: Round, works: Iterable[Work], last: LastYear | None, workers: int
) -> Iterator[tuple[Work, Path, str]]:
    """Make, write and put down each; gives its path and what is to be said. Raises Refused, OSError."""
    if round_.key is None:
        raise Refused(f"封签的密钥 {round_.place.key.name} 不在或已损坏，不能下发。请从备份恢复")
    settings = round_.settings
    form = str(settings.form.folder)
    make = partial(made, form=form, year=settings.year, roster=round_.roster, last=last, key=round_.key)
    for work, answer in guarded(make, works, workers):
        if isinstance(answer, Failed):
            raise Refused(f"{work.line.name} 的工作簿没有生成：{answer.finding.message}")
        path = round_.place.issued / work.name
        write_whole(path, answer.data)
        sha256 = hashlib.sha256(answer.data).hexdigest()
        told = {"unit": work.line.name, "number": work.number, "name": work.name, "sha256": sha256}
        round_.add(("issued", told))
        yield work, path, answer.said


def made(work: Work, form: str, year: int, roster: Roster, last: LastYear | None, key: Key) -> Made:
    """What a worker does for one unit."""
    loaded = load_form(form)
    prepared = prepare(loaded, year, work.line, roster, last)
    return Made(write_issued(loaded, prepared, seal=_sealing(key, work.number)), "".join(prepared.remarks))


def letters(round_: Round) -> Iterator[Letter]:
    """The mails for workbooks of which no draft was ever written: those just made, or cut short."""
    names, state = _names(round_), round_.state
    for unit in state.units:
        path = round_.place.issued / names[unit.line]
        if unit.issued and not was_drafted(state, ISSUE, unit.line, str(unit.issued)) and path.exists():
            subject, text = with_workbook(round_, unit)
            yield Letter(unit.line, str(unit.issued), subject, text, (path.name, path.read_bytes()))


def _names(round_: Round) -> dict[ListedUnit, str]:
    """What each unit's workbook is called."""
    return dict(file_names(round_.settings.form, round_.settings.year, round_.roster.lines))


def _sealing(key: Key, number: int) -> Callable[[Stamp], str]:
    return lambda stamp: key.seal(stamp, number)
