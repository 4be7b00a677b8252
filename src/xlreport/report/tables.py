"""Official tables from grids: label paths become merged header cells, figures fill the rest.

Where the cells stand depends on the form alone, so it is worked out once per table; each return
only fills in its figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from xlreport.form.grid import Grid, Line
from xlreport.form.headers import Path, depth_of, merge, spread
from xlreport.form.values import Values
from xlreport.frozen import frozen
from xlreport.report.document import NARROWEST, Table, TableCell
from xlreport.report.value_text import printed_value
from xlreport.subject import Subject

WHOLE = 1000
LABELS, FEWER_LABELS = 500, 320
"""What the labels take, and what they take beside many figures."""
OUTER = 85


@frozen
class FigureSlot:
    """A place for the value of `subject`."""

    subject: Subject
    columns: int


@frozen
class TableShape:
    """A table without its figures."""

    rows: tuple[tuple[TableCell | FigureSlot, ...], ...]
    head: int
    widths: tuple[int, ...]


def official_table(grids: tuple[Grid, ...], values: Values, caption: str = "") -> Table:
    """The official table of grids stacked in it, with the figures of one return; blank prints as ""."""
    shape = table_shape(grids)
    rows = tuple(
        tuple(
            slot
            if isinstance(slot, TableCell)
            else _figure(printed_value(values.get(slot.subject)), slot.columns)
            for slot in row
        )
        for row in shape.rows
    )
    return Table(caption or grids[0].title, rows, shape.head, shape.widths)


@lru_cache(maxsize=64)
def table_shape(grids: tuple[Grid, ...]) -> TableShape:
    """Where every label and figure of a table stands.

    All grids share their columns: a grid with fewer figure columns spreads them over the rest. The
    head repeats on every page; stacked grids each have their own, so nothing repeats.
    """
    levels = max(0 if grid.in_line else depth_of(_paths(grid.rows)) for grid in grids)
    width = max(_width(grid, levels) for grid in grids)
    blocks = [_block(grid, levels, width) for grid in grids]
    head = len(blocks[0]) - _figure_rows(grids[0]) if len(grids) == 1 else 0
    return TableShape(tuple(row for block in blocks for row in block), head, _widths(levels, width - levels))


@lru_cache(maxsize=4096)
def _figure(text: str, columns: int) -> TableCell:
    return TableCell(text, columns=columns, numeric=True)


def _figure_rows(grid: Grid) -> int:
    return 1 if grid.in_line else len(grid.rows)


def _width(grid: Grid, levels: int) -> int:
    return len(grid.rows) * len(grid.columns) if grid.in_line else levels + len(grid.columns)


def _block(grid: Grid, levels: int, width: int) -> list[tuple[TableCell | FigureSlot, ...]]:
    rows: list[tuple[TableCell | FigureSlot, ...]] = []
    if grid.caption:
        rows.append((TableCell(grid.caption, columns=width, header="column"),))
    if grid.in_line:
        paths = tuple((*row.label, *column.label) for row in grid.rows for column in grid.columns)
        spans = spread(width, len(paths))
        rows.extend(_head(paths, spans, None))
        rows.append(tuple(map(FigureSlot, grid.subjects(), spans)))
        return rows
    paths = _paths(grid.columns)
    spans = spread(width - levels, len(paths))
    corner = TableCell(grid.corner, depth_of(paths), levels, "column" if grid.corner else "")
    rows.extend(_head(paths, spans, corner))
    rows.extend(_body(grid, levels, spans))
    return rows


def _head(
    paths: tuple[Path, ...], spans: Sequence[int], corner: TableCell | None
) -> Iterator[tuple[TableCell, ...]]:
    depth = depth_of(paths)
    labels = merge(paths, depth)
    for level in range(depth):
        row = [corner] if corner and level == 0 else []
        for line in range(len(paths)):
            if label := labels.get((line, level)):
                columns = sum(spans[line : line + label.lines])
                row.append(TableCell(label.text, label.levels, columns, "column"))
        yield tuple(row)


def _body(grid: Grid, levels: int, spans: Sequence[int]) -> Iterator[tuple[TableCell | FigureSlot, ...]]:
    labels = merge(_paths(grid.rows), levels)
    for line, row in enumerate(grid.rows):
        found = (labels.get((line, level)) for level in range(levels))
        headers = (TableCell(label.text, label.lines, label.levels, "row") for label in found if label)
        subjects = (grid.cell(row, column) for column in grid.columns)
        yield (*headers, *map(FigureSlot, subjects, spans))


def _paths(lines: tuple[Line, ...]) -> tuple[Path, ...]:
    return tuple(line.label for line in lines)


def _widths(levels: int, figures: int) -> tuple[int, ...]:
    """Equal columns; from two label columns on, the outer ones are narrow and the inner one is wide."""
    if levels < 2:
        return tuple(spread(WHOLE, levels + figures))
    outer = [OUTER] * (levels - 1)
    labels = LABELS if NARROWEST * figures <= WHOLE - LABELS else FEWER_LABELS
    return (*outer, labels - sum(outer), *spread(WHOLE - labels, figures))
