"""Cross tables: merged headers, figures and remarks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from xlreport.area import Area
from xlreport.form.cells import cells_of
from xlreport.form.grid import Grid, Line
from xlreport.form.headers import depth_of, merge, spread
from xlreport.form.model import Form
from xlreport.layout.beside_grids import beside, heads_beside, under, under_line
from xlreport.layout.builder import SheetBuilder
from xlreport.layout.cells import Formula, Input, Look
from xlreport.layout.columns import Columns
from xlreport.subject import NOTE, Subject

_REMARK = "备注"


def place_grid(sheet: SheetBuilder, form: Form, columns: Columns, grid: Grid) -> None:
    """A grid at the cursor, in the planned columns."""
    if grid.caption:
        right = columns.body[1]
        sheet.text(sheet.area(columns.labels[0], right), Look.CAPTION, grid.caption, guarded=True)
        sheet.at_least(sheet.row, 22)
        sheet.row += 1
    if grid.in_line:
        _place_line(sheet, form, columns, grid)
    else:
        _place_table(sheet, form, columns, grid)


def _spots(columns: Columns, count: int) -> list[tuple[int, int]]:
    """The column span of each of `count` figure columns; fewer columns than planned are wider."""
    spots = []
    left = columns.body[0]
    for size in spread(columns.body[1] - columns.body[0] + 1, count):
        spots.append((left, left + size - 1))
        left += size
    return spots


def _head(sheet: SheetBuilder, paths: Sequence[tuple[str, ...]], spots: Sequence[tuple[int, int]]) -> int:
    """Header cells from label paths, from the cursor down. Returns how many rows they take."""
    depth = depth_of(paths)
    for (line, level), label in merge(paths, depth).items():
        left, right = spots[line][0], spots[line + label.lines - 1][1]
        top = sheet.row + level
        area = Area(sheet.name, top, left, top + label.levels - 1, right)
        sheet.text(area, Look.HEAD, label.text, guarded=True)
        sheet.at_least(top, 22)
    return depth


# A table of rows -------------------------------------------------------------------------------------


def _place_table(sheet: SheetBuilder, form: Form, columns: Columns, grid: Grid) -> None:
    spots = _spots(columns, len(grid.columns))
    depth = depth_of([column.label for column in grid.columns])
    sheet.text(sheet.area(*columns.labels, rows=depth), Look.HEAD, grid.corner, guarded=True)
    if depth == 1:
        sheet.at_least(sheet.row, 22)
    heads_beside(sheet, form, columns, grid, depth)
    if grid.notes:
        sheet.text(sheet.area(*columns.tail, rows=depth), Look.HEAD, _REMARK, guarded=True)
    sheet.row += _head(sheet, [column.label for column in grid.columns], spots)
    _codes(
        sheet, columns, grid, {spot[0]: column.name for spot, column in zip(spots, grid.columns, strict=True)}
    )
    sheet.freeze = (sheet.row, columns.body[0]) if len(grid.rows) > 8 else sheet.freeze
    sheet.repeat = (0, sheet.row - 1) if len(grid.rows) > 8 else sheet.repeat
    _row_labels(sheet, columns, grid)
    for row in grid.rows:
        _table_row(sheet, form, columns, grid, row, spots)
        beside(sheet, form, columns, grid, row)
        sheet.row += 1
    under(sheet, form, columns, grid, spots)


def _codes(sheet: SheetBuilder, columns: Columns, grid: Grid, names: dict[int, str]) -> None:
    if grid.notes and not grid.in_line:
        names[columns.tail[0]] = NOTE
    for column, name in names.items():
        sheet.codes[sheet.row, column] = Subject.cell(grid.name, "", name)
    sheet.hidden_rows.add(sheet.row)
    sheet.row += 1


def _row_labels(sheet: SheetBuilder, columns: Columns, grid: Grid) -> None:
    levels = columns.labels[1] - columns.labels[0] + 1
    for (line, level), label in merge([row.label for row in grid.rows], levels).items():
        top, left = sheet.row + line, columns.labels[0] + level
        area = Area(sheet.name, top, left, top + label.lines - 1, left + label.levels - 1)
        sheet.text(area, Look.LABEL, label.text, guarded=True)


def _table_row(
    sheet: SheetBuilder, form: Form, columns: Columns, grid: Grid, row: Line, spots: Sequence[tuple[int, int]]
) -> None:
    for spot, column in zip(spots, grid.columns, strict=True):
        _figure(sheet, form, grid, row, column, sheet.area(*spot))
    if grid.notes:
        sheet.add(Input(sheet.area(*columns.tail), Look.NOTE, grid.note(row), grid.remark(row)))
    sheet.code(Subject.cell(grid.name, row.name, ""))
    sheet.at_least(sheet.row, 20)


def _figure(sheet: SheetBuilder, form: Form, grid: Grid, row: Line, column: Line, area: Area) -> None:
    subject = grid.cell(row, column)
    if subject in form.computed:
        places = grid.holds(column)[2]
        sheet.add(Formula(area, Look.COMPUTED, subject, form.computed[subject].node, places))
    else:
        sheet.add(Input(area, Look.INPUT, subject, cells_of(form)[subject]))


# All rows in one line --------------------------------------------------------------------------------


def _place_line(sheet: SheetBuilder, form: Form, columns: Columns, grid: Grid) -> None:
    spots = _spots(columns, len(grid.rows) * len(grid.columns))
    paths = [(*row.label, *column.label) for row in grid.rows for column in grid.columns]
    sheet.text(
        sheet.area(*columns.labels, rows=depth_of(paths)), Look.HEAD, grid.corner or "项目", guarded=True
    )
    sheet.row += _head(sheet, paths, spots)
    names = [f"{row.name}.{column.name}" for row in grid.rows for column in grid.columns]
    _codes(sheet, columns, grid, {spot[0]: name for spot, name in zip(spots, names, strict=True)})
    sheet.text(sheet.area(*columns.labels), Look.LABEL, grid.unit or "数量", guarded=True)
    for spot, (row, column) in zip(spots, product(grid.rows, grid.columns), strict=True):
        _figure(sheet, form, grid, row, column, sheet.area(*spot))
    sheet.code(Subject.cell(grid.name, "", ""))
    sheet.at_least(sheet.row, 28)
    sheet.row += 1
    groups = _groups(spots, len(grid.columns))
    under_line(sheet, form, columns, grid, groups)
    if grid.notes:
        _line_notes(sheet, columns, grid, groups)


def _line_notes(sheet: SheetBuilder, columns: Columns, grid: Grid, groups: Sequence[tuple[int, int]]) -> None:
    """One remark per row of the grid, under the cells of that row."""
    for row, group in zip(grid.rows, groups, strict=True):
        sheet.codes[sheet.row, group[0]] = Subject.cell(grid.name, "", f"{row.name}.{NOTE}")
    sheet.hidden_rows.add(sheet.row)
    sheet.row += 1
    sheet.text(sheet.area(*columns.labels), Look.LABEL, _REMARK, guarded=True)
    for row, group in zip(grid.rows, groups, strict=True):
        sheet.add(Input(sheet.area(*group), Look.NOTE, grid.note(row), grid.remark(row)))
    sheet.code(Subject.cell(grid.name, NOTE, ""))
    sheet.at_least(sheet.row, 40)
    sheet.row += 1


def _groups(spots: Sequence[tuple[int, int]], size: int) -> list[tuple[int, int]]:
    """The column span of each row's cells."""
    return [(spots[at][0], spots[at + size - 1][1]) for at in range(0, len(spots), size)]
