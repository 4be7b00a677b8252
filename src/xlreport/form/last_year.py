"""Last year in this year's form: whose it is, which figures are read, and what is carried over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from decimal import Decimal
from itertools import product

from xlreport.expression import Expression
from xlreport.form.bounds import period_of
from xlreport.form.cells import cells_of
from xlreport.form.coerce import coerce
from xlreport.form.field import Kind
from xlreport.form.grid import Grid, Line
from xlreport.form.model import Form
from xlreport.form.succession import UnitChange
from xlreport.form.values import Values
from xlreport.formula.nodes import Value, is_figure
from xlreport.frozen import frozen
from xlreport.origin import Origin
from xlreport.subject import Subject
from xlreport.unit import Unit, is_code, key

_SEPARATORS = Expression(r"[、，,；;\n]")


@frozen
class Wanted:
    """Whose last year is asked for; `predecessors` are names or codes.

    `particulars` are the texts that stay with a unit from year to year; `origins` say where its values
    stand. `period` is the part of the year, "" for all of it or where it is not known.
    """

    form: Form
    year: int
    unit: Unit
    change: UnitChange = UnitChange.NONE
    predecessors: tuple[str, ...] = ()
    particulars: Mapping[Subject, str] = field(default_factory=dict)
    origins: Mapping[Subject, Origin] = field(default_factory=dict)
    period: str = ""


def wanted_by(
    form: Form, values: Values, unit: str, year: int, origins: Mapping[Subject, Origin] | None = None
) -> Wanted:
    """What a return of these values asks for."""
    names = _SEPARATORS.split(str(values.get(Subject.field(form.succession.predecessors)) or ""))
    predecessors = tuple(_bare(name) for name in names if is_code(name))  # 无 and / name nobody
    code = str(values.get(form.code_field) or "")
    change, of_unit = change_of(form, values), particulars(form, values)
    return Wanted(
        form, year, Unit(unit, code), change, predecessors, of_unit, origins or {}, period_of(form, values)
    )


def _bare(name: str) -> str:
    """A name without what people write around it: 原某县水务局。"""
    return name.strip(" \t。.“”\"'（）()").removeprefix("原")


def particulars(form: Form, values: Values) -> dict[Subject, str]:
    """The address, the telephone and the like: texts declared with `carry`, but for the code."""
    texts = (s for s, of in form.fields.items() if of.carry and of.kind is Kind.TEXT)
    return {s: key(str(values[s])) for s in texts if s != form.code_field and values.get(s) is not None}


def change_of(form: Form, values: Values) -> UnitChange:
    """What the values declare; blank, or an answer of the form's own, means no change."""
    declared = values.get(Subject.field(form.succession.change))
    return next(
        (change for change, option in form.succession.options.items() if option == declared), UnitChange.NONE
    )


def changes_asked(form: Form) -> str:
    """What a unit can declare that was not new, in the words of the form: 更名、合并、拆分."""
    succession = form.succession
    labels = form.fields[Subject.field(succession.change)].labels if succession.change else {}
    return "、".join(
        labels[option] for change, option in succession.options.items() if change is not UnitChange.NEW
    )


def prior_cells(form: Form, prior: Values) -> dict[Subject, Value]:
    """Last year's figures that the form's checks read, as `prior.…`; those not known are left out."""
    known = ((subject, prior.get(subject.this_year)) for subject in sorted(form.prior))
    return {subject: value for subject, value in known if is_figure(value)}


def beforehand(form: Form, prior: Values, values: Values) -> dict[Subject, Value]:
    """What a template is filled with from last year's values; of a unit that was split off, nothing.

    Merged units have their figures only: there is no telling whose address they keep.
    """
    if change_of(form, values) is UnitChange.SPLIT:
        return {}
    return carried_figures(form, prior) | carried_fields(form, prior)


def carried_figures(form: Form, prior: Values) -> dict[Subject, Value]:
    """The inputs that last year's figures fill beforehand: lines of grids declared with `prior`."""
    found: dict[Subject, Value] = {}
    for grid in form.grids.values():
        for row, column in product(grid.rows, grid.columns):
            subject, source = grid.cell(row, column), _source(grid, row, column)
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
    for subject, of in form.fields.items():
        value = prior.get(subject)
        if of.carry and value is not None and not (subject == form.code_field and not is_code(str(value))):
            with suppress(ValueError):
                found[subject] = coerce(of, value)
    return found


def merged_figures(form: Form, several: Sequence[Values]) -> dict[Subject, Value]:
    """The figures of merged units added up: only those known of every one of them. Texts are dropped."""
    if len(several) == 1:
        return dict(several[0])
    figures = (subject for subject, field in cells_of(form).items() if field.kind.numeric)
    return {s: _sum(several, s) for s in figures if all(is_figure(values.get(s)) for values in several)}


def _sum(several: Sequence[Values], subject: Subject) -> Value:
    values = [values[subject] for values in several]
    return sum(value for value in values if isinstance(value, int | Decimal))
