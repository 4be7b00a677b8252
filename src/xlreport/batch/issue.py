"""The workbook of one unit of a list, filled with what the list and last year say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from xlreport.archive.last_year import LastYear
from xlreport.files import safe_name
from xlreport.finding import Finding
from xlreport.form.coerce import coerce
from xlreport.form.last_year import beforehand, wanted_by
from xlreport.form.model import Form
from xlreport.form.succession import UnitChange
from xlreport.form.values import Values
from xlreport.formula.nodes import Value
from xlreport.frozen import frozen
from xlreport.layout.stamp import Stamp
from xlreport.roster.cells import choices_of
from xlreport.roster.headings import ListColumn
from xlreport.roster.line import ListedUnit, Roster
from xlreport.subject import Subject
from xlreport.verify.verdict import PriorSearch
from xlreport.workbook.write import write_workbook


@frozen
class Prepared:
    """What a unit's workbook is made of; `findings` are on last year's figures, or on there being none."""

    values: Values
    prior: Values
    findings: tuple[Finding, ...] = ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """The same as a clerk is told who has the workbooks made."""
        return tuple(on_last_year(finding, self.prior) for finding in self.findings)


def on_last_year(finding: Finding, prior: Values) -> str:
    """What is said of a finding where a workbook is made with, or without, these figures of last year."""
    return f"{'上年的数已预填，但请留意' if prior else '没有预填上年的数'}：{finding.message}"


def prepare(form: Form, year: int, line: ListedUnit, roster: Roster, last: LastYear | None) -> Prepared:
    """The values of a unit's workbook. What the list says goes before what last year said."""
    values = _listed(form, year, line) | _succession(form, UnitChange.MERGED, _names(roster.merged(line)))
    if last is None:
        return Prepared(values, {})
    known = last.find(wanted_by(form, values, line.name, year))
    if known is None:
        return Prepared(values, {})
    if not known.values and line.former:
        renamed = values | _succession(form, UnitChange.RENAMED, line.former)
        again = _known_as_before(form, year, line, renamed, last)
        known, values = (again, renamed) if again is not None else (known, values)
    filled = {**beforehand(form, known.values, values), **values}
    return Prepared(filled, known.values, known.findings)


def write_issued(
    form: Form, prepared: Prepared, password: str = "", seal: Callable[[Stamp], str] | None = None
) -> bytes:
    """The workbook; `seal` as for `write_workbook`."""
    return write_workbook(form, prepared.values, password, prepared.prior, seal)


def file_names(form: Form, year: int, lines: Sequence[ListedUnit]) -> Iterator[tuple[ListedUnit, str]]:
    """What each unit's workbook is called; no two are called alike on any system."""
    taken: set[str] = set()
    for line in lines:
        stem = safe_name(f"{line.name}_{year}_{form.id}")
        choices = (stem, *(f"{stem}-{number}" for number in range(2, len(lines) + 2)))
        name = next(choice for choice in choices if choice.casefold() not in taken)
        taken.add(name.casefold())
        yield line, f"{name}.xlsx"


def _listed(form: Form, year: int, line: ListedUnit) -> dict[Subject, Value]:
    """What the list says of a unit."""
    values: dict[Subject, Value] = {form.unit_field: line.name, form.year_field: year}
    if line.unit.code:
        values[form.code_field] = coerce(form.fields[form.code_field], line.unit.code)
    said = {ListColumn.TYPE: line.type, ListColumn.LEVEL: line.level, ListColumn.SCOPE: line.scope}
    for heading, field in choices_of(form).items():
        if said[heading]:
            values[Subject.field(field.name)] = said[heading]
    return values


def _names(lines: Sequence[ListedUnit]) -> tuple[str, ...]:
    return tuple(line.name for line in lines)


def _succession(form: Form, change: UnitChange, names: Sequence[str]) -> dict[Subject, Value]:
    """How the cover says that a unit comes from others; nothing where none are, or it does not ask."""
    asked = form.succession
    if not names or change not in asked.options or not asked.predecessors:
        return {}
    predecessors = Subject.field(asked.predecessors)
    try:
        named = coerce(form.fields[predecessors], "、".join(names))
    except ValueError:  # more names than the cell takes: the unit has to say it
        return {}
    return {Subject.field(asked.change): asked.options[change], predecessors: named}


def _known_as_before(
    form: Form, year: int, line: ListedUnit, values: Values, last: LastYear
) -> PriorSearch | None:
    """What is known of last year under a former name; None where nothing is."""
    for name in line.former:
        wanted = replace(wanted_by(form, values, line.name, year), predecessors=(name,))
        known = last.find(wanted)
        if known is not None and known.values:
            return known
    return None
