"""Every cell of a form that can hold a value, as a field with its kind and rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from xlreport.form.answers import answers
from xlreport.form.model import Field, Fields, Form, Grid, Kind, Line, Listing
from xlreport.subject import NOTE, Subject


@lru_cache(maxsize=64)
def cells_of(form: Form) -> Mapping[Subject, Field]:
    """The fields by subject, in the order of the form; computed cells, remarks and answers included."""
    return dict(_cells(form))


def note_field(row: Line) -> Field:
    """The remark of a grid row."""
    return Field(NOTE, f"{row.short} 备注", Kind.TEXT, required=False)


def figure_field(grid: Grid, row: Line, column: Line) -> Field:
    """A figure of a grid."""
    kind, unit, places = grid.holds(column)
    return Field(
        name=Subject.cell(grid.name, row.name, column.name),
        label=f"{row.short} {column.short}",
        kind=kind,
        help=row.help or column.help,
        unit=unit,
        places=places,
        signed=column.signed,
    )


def _cells(form: Form) -> Iterator[tuple[Subject, Field]]:
    for block in form.blocks.values():
        if isinstance(block, Fields):
            yield from ((Subject.field(field.name), field) for field in block.fields)
        elif isinstance(block, Listing):
            yield from _list_cells(block)
        else:
            yield from _grid_cells(block)
    yield from ((answer.subject, answer.field) for answer in answers(form))


def _list_cells(block: Listing) -> Iterator[tuple[Subject, Field]]:
    for row in range(1, block.rows + 1):
        yield from ((Subject.cell(block.name, row, column.name), column) for column in block.columns)
    yield from ((Subject.total(block.name, column.name), column) for column in block.columns if column.total)


def _grid_cells(grid: Grid) -> Iterator[tuple[Subject, Field]]:
    for row, column, subject in grid.cells():
        yield subject, figure_field(grid, row, column)
    if grid.notes:
        for row in grid.rows:
            yield Subject.note(grid.name, row.name), note_field(row)
