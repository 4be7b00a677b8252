"""What a narrative template sees: the values of one return under the names of the values JSON."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TypeAlias

from xlreport.form.field import Field, Kind
from xlreport.form.fields import Fields
from xlreport.form.grid import Grid
from xlreport.form.listing import Listing
from xlreport.form.model import Form
from xlreport.form.values import Values
from xlreport.formula.nodes import Value
from xlreport.report.value_text import BlankNumber, BlankText, Choice, Day
from xlreport.subject import NOTE

Names: TypeAlias = "SimpleNamespace | list[SimpleNamespace]"

BLANK = BlankNumber(0)
_NUMBERS = frozenset({Kind.COUNT, Kind.AMOUNT, Kind.YEAR})


def template_names(form: Form, values: Values, draft: bool) -> dict[str, Names]:
    """Every block under its name, and `NAME_total` for a list with totals.

    `cover.organ`, `requests.new_requests.total`, `requests.new_requests.note`, `published[0].count`.
    """
    names: dict[str, Names] = {}
    for name, block in form.blocks.items():
        match block:
            case Fields():
                names[name] = _fields(block, values, draft)
            case Grid():
                names[name] = _grid(block, values)
            case Listing():
                names[name] = _lines(block, values)
                if block.totals:
                    totals = {s.column: figure_of(values.get(s)) for s, _ in block.figures()}
                    names[f"{name}_total"] = SimpleNamespace(**totals)
    return names


def figure_of(value: Value) -> Value:
    """The figure, or a blank that counts as 0."""
    return BLANK if value is None else value


def _fields(block: Fields, values: Values, draft: bool) -> SimpleNamespace:
    return SimpleNamespace(**{f.name: _value(f, values.get(s), draft) for s, f in block.cells()})


def _grid(grid: Grid, values: Values) -> SimpleNamespace:
    rows = {}
    for row in grid.rows:
        figures = {column.name: figure_of(values.get(grid.cell(row, column))) for column in grid.columns}
        rows[row.name] = SimpleNamespace(**figures)
        if grid.notes:
            setattr(rows[row.name], NOTE, values.get(grid.note(row)) or "")
    return SimpleNamespace(**rows)


def _lines(block: Listing, values: Values) -> list[SimpleNamespace]:
    """The lines that hold anything, in order; a return may have more of them than were offered."""
    lines: list[SimpleNamespace] = []
    index = 1
    while True:
        line = block.line(index)
        if index > block.rows and not any(subject in values for subject in line):
            return lines
        if any(values.get(subject) is not None for subject in line):
            found = {column.name: _value(column, values.get(s), False) for s, column in line.items()}
            lines.append(SimpleNamespace(**found))
        index += 1


def _value(field: Field, value: Value, draft: bool) -> Value:
    if value is None:
        return _blank(field, draft)
    if field.kind is Kind.CHOICE and isinstance(value, str):
        return Choice(value, field.labels.get(value, value))
    return Day(value) if field.kind is Kind.DATE and isinstance(value, str) else value


def _blank(field: Field, draft: bool) -> Value:
    if field.kind in _NUMBERS:
        return BLANK
    if field.kind is Kind.CONFIRM:
        return False
    return BlankText() if draft and field.required else ""
