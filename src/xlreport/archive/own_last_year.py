"""Which of last year's workbooks are a unit's own, and what is to be said of how they were found.

A name decides. A code counts only where the name, or a change that the unit declares, agrees with it: a code
copied from a neighbour would compare two units. A declared change is itself compared with what lies there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeAlias

from xlreport.archive.candidate import Candidate
from xlreport.archive.last_year_findings import change_contradicted, code_of_another, nearly_named, not_found
from xlreport.finding import Finding, UnreadableWorkbook
from xlreport.form.cells import cells_of
from xlreport.form.last_year import Wanted, particulars
from xlreport.form.load import load_form
from xlreport.form.model import Form
from xlreport.form.succession import UnitChange
from xlreport.form.values import Values
from xlreport.frozen import frozen
from xlreport.unit import Directory, Unit, key
from xlreport.verify.published import open_published
from xlreport.workbook.read import read

_AND = re.compile("以及|[和与及]")

Units: TypeAlias = tuple[tuple[Candidate, ...], ...]


@frozen
class Whose:
    """The units whose figures count, added up, each by its workbooks; and what is said of finding them."""

    units: Units = ()
    findings: tuple[Finding, ...] = ()


class Search:
    """The search for one unit among last year's workbooks of its form."""

    def __init__(self, wanted: Wanted, directory: Directory[Candidate]) -> None:
        self._wanted = wanted
        self._own = self._comparable(directory.named(wanted.unit.name))
        self._near = self._comparable(directory.nearly_named(wanted.unit.name))
        before = _named_before(wanted.predecessors, directory)
        self._before = {name: self._comparable(directory.called(name)) for name in before}
        named = [*self._own, *(candidate for found in self._before.values() for candidate in found)]
        names = {key(candidate.glance.unit.name) for candidate in named}
        coded = self._comparable(directory.coded(wanted.unit.code))
        mine = any(candidate in self._own for candidate in coded)
        self._others_of_code = [c for c in coded if not mine and key(c.glance.unit.name) not in names]

    def _comparable(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Those of the form and of the same part of the year."""
        period = self._wanted.period
        alike = [c for c in candidates if not period or c.glance.period in ("", period)]
        return _of_one_form(self._wanted.form, alike)

    def whose(self) -> Whose | None:
        """The unit's own workbooks, or why there are none; None where no last year is to be asked for."""
        change = self._wanted.change
        if change is UnitChange.NEW:
            return self._of_a_new_unit()
        if change is UnitChange.MERGED:
            return self._of_merged()
        if self._own:
            return Whose((self._of_one(self._own),), (*self._unconfirmed(), *self._of_code()))
        known = [found for found in self._before.values() if found]
        if known:
            return Whose((tuple(known[0]),), tuple(self._of_code()))
        if change is not UnitChange.NONE and self._others_of_code:
            return Whose((tuple(self._others_of_code),), tuple(self._unconfirmed()))
        return self._of_nobody()

    def _of_one(self, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """Of several units of one name, those of the code, where there are any."""
        coded = [c for c in candidates if key(c.glance.unit.code) == key(self._wanted.unit.code)]
        return tuple(coded or candidates)

    def _of_merged(self) -> Whose:
        """All of the units that were merged; without some of them only the unit's own, and that is said."""
        parts = _once([self._of_one(self._own), *map(tuple, self._before.values())])
        missing = [name for name, found in self._before.items() if not found]
        if not missing and parts:
            return Whose(parts, tuple(self._of_code()))
        if self._own:
            return Whose((self._of_one(self._own),), tuple(self._unconfirmed()))
        return Whose((), (not_found(self._wanted, missing or [self._wanted.unit.name], declared=True),))

    def _of_a_new_unit(self) -> Whose | None:
        """A new unit has no last year: what lies there nevertheless is compared, and told."""
        of_code = list(self._of_code())
        own = self._own or self._alike([*self._others_of_code, *self._near])
        if own:
            return Whose((self._of_one(own),), (change_contradicted(self._wanted, own),))
        return Whose((), tuple(of_code)) if of_code else None

    def _of_nobody(self) -> Whose:
        """A unit of nearly that name counts only if its other particulars are the same."""
        alike = self._alike(self._near)
        if alike:
            return Whose((self._of_one(alike),), (nearly_named(self._wanted, alike[0]),))
        of_code = tuple(self._of_code())
        declared = self._wanted.change is not UnitChange.NONE
        names = [name for name, found in self._before.items() if not found] if declared else []
        missing = not_found(self._wanted, names or [self._wanted.unit.name], declared, self._near)
        return Whose((), of_code or (missing,))

    def _alike(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Those whose address, telephone and the like are mostly those of this year."""
        return [candidate for candidate in candidates if _same_particulars(self._wanted, candidate)]

    def _unconfirmed(self) -> Iterator[Finding]:
        """A declared change of which last year's workbooks know nothing."""
        missing = [name for name, found in self._before.items() if not found]
        if self._wanted.change is not UnitChange.NONE and (missing or self._others_of_code):
            yield change_contradicted(self._wanted, self._own or self._others_of_code, missing)

    def _of_code(self) -> Iterator[Finding]:
        if self._others_of_code:
            yield code_of_another(self._wanted, self._others_of_code[0], compared=bool(self._own))


def _of_one_form(form: Form, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Workbooks of the same form, else of one other form whose figures have the same names."""
    same = [c for c in candidates if c.glance.form == form.id]
    figures = {subject.this_year for subject in form.prior}
    others = [c for c in candidates if not figures.isdisjoint(cells_of(load_form(c.glance.form)))]
    return same or [c for c in others if c.glance.form == others[0].glance.form]


def looked_at(unit: Unit, predecessors: Iterable[str], directory: Directory[Candidate]) -> list[Candidate]:
    """All that a search for a unit looks at: of these alone it finds what it finds of all. See `Search`."""
    own = [*directory.named(unit.name), *directory.coded(unit.code), *directory.nearly_named(unit.name)]
    before = (directory.called(name) for name in _named_before(predecessors, directory))
    return [*own, *chain.from_iterable(before)]


def _named_before(predecessors: Iterable[str], directory: Directory[Candidate]) -> list[str]:
    """The names and codes among what a unit wrote."""
    return [part for text in predecessors for part in _told_apart(text, directory)]


def _told_apart(text: str, directory: Directory[Candidate]) -> tuple[str, ...]:
    """`甲局和乙局` is two where both are known; 发展和改革局 is one."""
    if not directory.called(text):
        for found in _AND.finditer(text):
            parts = (text[: found.start()], text[found.end() :])
            if all(map(directory.called, parts)):
                return parts
    return (text,)


def _once(units: Iterable[tuple[Candidate, ...]]) -> Units:
    """Each unit once, should it be named twice."""
    seen: set[str] = set()
    kept = []
    for candidates in units:
        names = {candidate.name for candidate in candidates}
        if names and not names & seen:
            kept.append(candidates)
        seen |= names
    return tuple(kept)


def _same_particulars(wanted: Wanted, candidate: Candidate) -> bool:
    try:
        then = particulars(wanted.form, _inputs(candidate))
    except UnreadableWorkbook:
        return False
    same = sum(then.get(subject) == text for subject, text in wanted.particulars.items())
    return 2 * same > len(wanted.particulars)


def _inputs(candidate: Candidate) -> Values:
    """What it states of the unit. Raises UnreadableWorkbook."""
    if candidate.row:
        return {}
    if not candidate.published:
        return read(candidate.path).inputs
    report = open_published(candidate.path)
    return report.inputs if report is not None else {}
