"""Last year in this year's form: whose it is, which figures are read, and what is carried over.

A form may have a choice `organ_change` (renamed, merged, split, new) and a text `predecessors` in which
a unit declares what it was last year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from xlreport.form.cells import cells_of
from xlreport.form.coerce import coerce
from xlreport.form.model import Form, Grid, Line
from xlreport.form.values import Values
from xlreport.formula.nodes import Value
from xlreport.subject import Subject

_CHANGE, _PREDECESSORS = Subject.field("organ_change"), Subject.field("predecessors")
_SEPARATORS = re.compile(r"[、，,；;\n]")


class Change(StrEnum):
    """What became of a unit since last year."""

    NONE = "none"
    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose last year is asked for; `predecessors` are names or codes."""

    form: Form
    year: int
    unit: str
    code: str
    change: Change = Change.NONE
    predecessors: tuple[str, ...] = ()


def wanted_by(form: Form, values: Values, unit: str, year: int) -> Wanted:
    """What a return of these values asks for."""
    names = _SEPARATORS.split(str(values.get(_PREDECESSORS) or ""))
    predecessors = tuple(name.strip() for name in names if name.strip())
    return Wanted(form, year, unit, str(values.get(form.code_field) or ""), change_of(values), predecessors)


def change_of(values: Values) -> Change:
    """What the values declare; blank, or an answer of the form's own, means no change."""
    declared = values.get(_CHANGE)
    return next((change for change in Change if change == declared), Change.NONE)


def prior_cells(form: Form, prior: Values) -> dict[Subject, Value]:
    """Last year's figures that the form's checks read, as `prior.…`; those not known are left out."""
    known = ((subject, prior.get(subject.this_year)) for subject in sorted(form.prior))
    return {subject: value for subject, value in known if is_figure(value)}


def is_figure(value: Value) -> bool:
    """True for a number; words and conditions are none."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def beforehand(form: Form, prior: Values, values: Values) -> dict[Subject, Value]:
    """What a template is filled with from last year's values; of a unit that was split off, nothing.

    Merged units have their figures only: there is no telling whose address they keep.
    """
    if change_of(values) is Change.SPLIT:
        return {}
    return carried_figures(form, prior) | carried_fields(form, prior)


def carried_figures(form: Form, prior: Values) -> dict[Subject, Value]:
    """The inputs that last year's figures fill beforehand: lines of grids declared with `prior`."""
    found: dict[Subject, Value] = {}
    for grid in form.grids.values():
        for row, column, subject in grid.cells():
            source = _source(grid, row, column)
            if source is not None and subject not in form.computed and is_figure(prior.get(source)):
                found[subject] = prior[source]
    return found


def _source(grid: Grid, row: Line, column: Line) -> Subject | None:
    """The cell of last year's grid that a cell carries over."""
    if not (row.prior or column.prior):
        return None
    return Subject.cell(grid.name, row.prior or row.name, column.prior or column.name)


def carried_fields(form: Form, prior: Values) -> dict[Subject, Value]:
    """What does not change from year to year: the fields declared with `carry`.

    What a field of this form cannot hold, as last year's was another edition, is left out.
    """
    found: dict[Subject, Value] = {}
    for name, field in form.fields.items():
        if field.carry and prior.get(name) is not None:
            with suppress(ValueError):
                found[name] = coerce(field, prior[name])
    return found


def summed(form: Form, several: Sequence[Values]) -> dict[Subject, Value]:
    """The figures of merged units added up: only those known of every one of them. Texts are dropped."""
    if len(several) == 1:
        return dict(several[0])
    figures = (subject for subject, field in cells_of(form).items() if field.kind.numeric)
    return {s: _sum(several, s) for s in figures if all(is_figure(values.get(s)) for values in several)}


def _sum(several: Sequence[Values], subject: Subject) -> Value:
    values = [values[subject] for values in several]
    return sum(value for value in values if isinstance(value, int | Decimal))
