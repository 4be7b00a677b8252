"""Last year's figures in this year's form: which of them are read, and what is carried over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from xlreport.form.cells import cells_of
from xlreport.form.model import PRIOR, Form, Grid, Line, cell
from xlreport.form.values import Values
from xlreport.formula.nodes import Value


def prior_cells(form: Form, prior: Values) -> dict[str, Value]:
    """Last year's figures that the form's checks read, as `prior.…`; those not known are left out."""
    known = ((subject, prior.get(subject.removeprefix(PRIOR))) for subject in sorted(form.prior))
    return {subject: value for subject, value in known if is_figure(value)}


def is_figure(value: Value) -> bool:
    """True for a number; words and conditions are none."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def carried_figures(form: Form, prior: Values) -> dict[str, Value]:
    """The inputs that last year's figures fill beforehand: lines of grids declared with `prior`."""
    found: dict[str, Value] = {}
    for grid in form.grids.values():
        for row, column, subject in grid.cells():
            source = _source(grid, row, column)
            if source and subject not in form.computed and is_figure(prior.get(source)):
                found[subject] = prior[source]
    return found


def _source(grid: Grid, row: Line, column: Line) -> str:
    """The cell of last year's grid that a cell carries over, "" for none."""
    if not (row.prior or column.prior):
        return ""
    return cell(grid.name, row.prior or row.name, column.prior or column.name)


def carried_fields(form: Form, prior: Values) -> dict[str, Value]:
    """What does not change from year to year: the fields declared with `carry`."""
    known = {name: prior.get(name) for name, field in form.fields.items() if field.carry}
    return {name: value for name, value in known.items() if value is not None}


def summed(form: Form, several: Sequence[Values]) -> dict[str, Value]:
    """The figures of merged units added up: only those known of every one of them. Texts are dropped."""
    if len(several) == 1:
        return dict(several[0])
    figures = (subject for subject, field in cells_of(form).items() if field.kind.numeric)
    return {s: _sum(several, s) for s in figures if all(is_figure(values.get(s)) for values in several)}


def _sum(several: Sequence[Mapping[str, Value]], subject: str) -> Value:
    values = [values[subject] for values in several]
    return sum(value for value in values if isinstance(value, int | Decimal))
