"""What a narrative template sees: the values of one return under the names of the values JSON."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TypeAlias

from xlreport.form.model import Field, Fields, Form, Grid, Kind, Listing
from xlreport.form.values import Values
from xlreport.formula.nodes import Value
from xlreport.report.printed import BlankNumber, BlankText, Day
from xlreport.subject import NOTE, Subject

Names: TypeAlias = "SimpleNamespace | list[SimpleNamespace]"

BLANK = BlankNumber(0)
_NUMBERS = frozenset({Kind.COUNT, Kind.AMOUNT, Kind.YEAR})


def build(form: Form, values: Values, draft: bool) -> dict[str, Names]:
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
                totals = {
                    column.name: number(values.get(Subject.total(name, column.name)))
                    for column in block.columns
                    if column.total
                }
                if totals:
                    names[f"{name}_total"] = SimpleNamespace(**totals)
    return names


def number(value: Value) -> Value:
    """The figure, or a blank that counts as 0."""
    return BLANK if value is None else value


def _fields(block: Fields, values: Values, draft: bool) -> SimpleNamespace:
    return SimpleNamespace(
        **{f.name: _value(f, values.get(Subject.field(f.name)), draft) for f in block.fields}
    )


def _grid(grid: Grid, values: Values) -> SimpleNamespace:
    columns = [column.name for column in grid.columns]
    rows = {}
    for row in grid.rows:
        figures = {
            column: number(values.get(Subject.cell(grid.name, row.name, column))) for column in columns
        }
        rows[row.name] = SimpleNamespace(**figures)
        if grid.notes:
            setattr(rows[row.name], NOTE, values.get(Subject.note(grid.name, row.name)) or "")
    return SimpleNamespace(**rows)


def _lines(block: Listing, values: Values) -> list[SimpleNamespace]:
    """The lines that hold anything, in order; a return may have more of them than were offered."""
    lines: list[SimpleNamespace] = []
    index = 1
    while True:
        subjects = {column.name: Subject.cell(block.name, index, column.name) for column in block.columns}
        if index > block.rows and not any(subject in values for subject in subjects.values()):
            return lines
        found = {column.name: values.get(subjects[column.name]) for column in block.columns}
        if any(value is not None for value in found.values()):
            line = {column.name: _value(column, found[column.name], False) for column in block.columns}
            lines.append(SimpleNamespace(**line))
        index += 1


def _value(field: Field, value: Value, draft: bool) -> Value:
    if value is None:
        return _blank(field, draft)
    return Day(value) if field.kind is Kind.DATE and isinstance(value, str) else value


def _blank(field: Field, draft: bool) -> Value:
    if field.kind in _NUMBERS:
        return BLANK
    if field.kind is Kind.CONFIRM:
        return False
    return BlankText() if draft and field.required else ""
