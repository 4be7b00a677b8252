"""Cross tables: merged headers, figures, remarks, and the live differences under and beside them."""

from __future__ import annotations

from collections.abc import Sequence

from xlreport.form.cells import figure_field, note_field
from xlreport.form.headers import depth_of, merge, spread
from xlreport.form.model import NOTE, Form, Grid, Instance, Line, cell
from xlreport.formula.nodes import Binary, Call, Cells, Literal, Node, Type
from xlreport.workbook.layout import live
from xlreport.workbook.layout.area import Area
from xlreport.workbook.layout.builder import SheetBuilder
from xlreport.workbook.layout.cells import Formula, Input, Look
from xlreport.workbook.layout.plan import Plan

_REMARK = "备注"


def place_grid(sheet: SheetBuilder, form: Form, columns: Plan, grid: Grid) -> None:
    """A grid at the cursor, in the columns of the plan."""
    if grid.caption:
        right = columns.body[1]
        sheet.text(sheet.area(columns.labels[0], right), Look.CAPTION, grid.caption, guarded=True)
        sheet.at_least(sheet.row, 22)
        sheet.row += 1
    if grid.in_line:
        _place_line(sheet, form, columns, grid)
    else:
        _place_table(sheet, form, columns, grid)


def _spots(columns: Plan, count: int) -> list[tuple[int, int]]:
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


def _side_heads(sheet: SheetBuilder, columns: Plan, grid: Grid, rows: int, difference: bool) -> None:
    if difference and columns.difference is not None:
        area = sheet.area(columns.difference, rows=rows)
        sheet.text(area, Look.HEAD, "校验", guarded=True)
    if grid.notes:
        sheet.text(sheet.area(*columns.tail, rows=rows), Look.HEAD, _REMARK, guarded=True)


# A table of rows -------------------------------------------------------------------------------------


def _place_table(sheet: SheetBuilder, form: Form, columns: Plan, grid: Grid) -> None:
    spots = _spots(columns, len(grid.columns))
    by_row = [i for i in form.instances if i.check.grid == grid.name and i.check.each == "row"]
    depth = depth_of([column.label for column in grid.columns])
    sheet.text(sheet.area(*columns.labels, rows=depth), Look.HEAD, grid.corner, guarded=True)
    if depth == 1:
        sheet.at_least(sheet.row, 22)
    _side_heads(sheet, columns, grid, depth, bool(by_row))
    sheet.row += _head(sheet, [column.label for column in grid.columns], spots)
    _codes(
        sheet, columns, grid, {spot[0]: column.name for spot, column in zip(spots, grid.columns, strict=True)}
    )
    sheet.freeze = (sheet.row, columns.body[0]) if len(grid.rows) > 8 else sheet.freeze
    sheet.repeat = (0, sheet.row - 1) if len(grid.rows) > 8 else sheet.repeat
    _row_labels(sheet, columns, grid)
    for row in grid.rows:
        _table_row(sheet, form, columns, grid, row, spots)
        _beside(sheet, columns, [i for i in by_row if i.line == row.name])
        sheet.row += 1
    _under(sheet, form, columns, grid, spots)


def _codes(sheet: SheetBuilder, columns: Plan, grid: Grid, names: dict[int, str]) -> None:
    if grid.notes and not grid.in_line:
        names[columns.tail[0]] = NOTE
    for column, name in names.items():
        sheet.codes[sheet.row, column] = f"{grid.name}[,{name}]"
    sheet.hidden_rows.add(sheet.row)
    sheet.row += 1


def _row_labels(sheet: SheetBuilder, columns: Plan, grid: Grid) -> None:
    levels = columns.labels[1] - columns.labels[0] + 1
    for (line, level), label in merge([row.label for row in grid.rows], levels).items():
        top, left = sheet.row + line, columns.labels[0] + level
        area = Area(sheet.name, top, left, top + label.lines - 1, left + label.levels - 1)
        sheet.text(area, Look.LABEL, label.text, guarded=True)


def _table_row(
    sheet: SheetBuilder, form: Form, columns: Plan, grid: Grid, row: Line, spots: Sequence[tuple[int, int]]
) -> None:
    for spot, column in zip(spots, grid.columns, strict=True):
        _figure(sheet, form, grid, row, column, sheet.area(*spot))
    if grid.notes:
        sheet.add(
            Input(sheet.area(*columns.tail), Look.NOTE, cell(grid.name, row.name, NOTE), note_field(row))
        )
    sheet.code(f"{grid.name}[{row.name},]")
    sheet.at_least(sheet.row, 20)


def _figure(sheet: SheetBuilder, form: Form, grid: Grid, row: Line, column: Line, area: Area) -> None:
    subject = cell(grid.name, row.name, column.name)
    if subject in form.computed:
        places = grid.holds(column)[2]
        sheet.add(Formula(area, Look.COMPUTED, subject, form.computed[subject].node, places))
    else:
        sheet.add(Input(area, Look.INPUT, subject, figure_field(grid, row, column)))


# All rows in one line --------------------------------------------------------------------------------


def _place_line(sheet: SheetBuilder, form: Form, columns: Plan, grid: Grid) -> None:
    spots = _spots(columns, len(grid.rows) * len(grid.columns))
    paths = [(*row.label, *column.label) for row in grid.rows for column in grid.columns]
    sheet.text(
        sheet.area(*columns.labels, rows=depth_of(paths)), Look.HEAD, grid.corner or "项目", guarded=True
    )
    sheet.row += _head(sheet, paths, spots)
    names = [f"{row.name}.{column.name}" for row in grid.rows for column in grid.columns]
    _codes(sheet, columns, grid, {spot[0]: name for spot, name in zip(spots, names, strict=True)})
    sheet.text(sheet.area(*columns.labels), Look.LABEL, grid.unit or "数量", guarded=True)
    for spot, (row, column, _) in zip(spots, grid.cells(), strict=True):
        _figure(sheet, form, grid, row, column, sheet.area(*spot))
    sheet.code(f"{grid.name}[,]")
    sheet.at_least(sheet.row, 28)
    sheet.row += 1
    _line_checks(sheet, form, columns, grid, spots)
    if grid.notes:
        _line_notes(sheet, columns, grid, spots)


def _line_checks(
    sheet: SheetBuilder, form: Form, columns: Plan, grid: Grid, spots: Sequence[tuple[int, int]]
) -> None:
    by_row = [i for i in form.instances if i.check.grid == grid.name and i.check.each == "row"]
    if not by_row:
        return
    sheet.text(sheet.area(*columns.labels), Look.LABEL, "校验")
    for number, row in enumerate(grid.rows):
        own = [i for i in by_row if i.line == row.name]
        group = _group(spots, number, len(grid.columns))
        if own:
            sheet.add(_states(sheet.area(*group), own))
    sheet.row += 1


def _line_notes(sheet: SheetBuilder, columns: Plan, grid: Grid, spots: Sequence[tuple[int, int]]) -> None:
    """One remark per row of the grid, under the cells of that row."""
    for number, row in enumerate(grid.rows):
        sheet.codes[sheet.row, _group(spots, number, len(grid.columns))[0]] = (
            f"{grid.name}[,{row.name}.{NOTE}]"
        )
    sheet.hidden_rows.add(sheet.row)
    sheet.row += 1
    sheet.text(sheet.area(*columns.labels), Look.LABEL, _REMARK, guarded=True)
    for number, row in enumerate(grid.rows):
        area = sheet.area(*_group(spots, number, len(grid.columns)))
        sheet.add(Input(area, Look.NOTE, cell(grid.name, row.name, NOTE), note_field(row)))
    sheet.code(f"{grid.name}[{NOTE},]")
    sheet.at_least(sheet.row, 40)
    sheet.row += 1


def _group(spots: Sequence[tuple[int, int]], number: int, size: int) -> tuple[int, int]:
    return spots[number * size][0], spots[(number + 1) * size - 1][1]


# Live differences ------------------------------------------------------------------------------------


def _beside(sheet: SheetBuilder, columns: Plan, instances: Sequence[Instance]) -> None:
    if instances and columns.difference is not None:
        sheet.add(_states(sheet.area(columns.difference), instances))


def _under(
    sheet: SheetBuilder, form: Form, columns: Plan, grid: Grid, spots: Sequence[tuple[int, int]]
) -> None:
    """A row per check by column: the difference of an equality, else the state."""
    for check in form.checks:
        own = {i.line: i for i in form.instances if i.check is check}
        if check.grid != grid.name or check.each != "column":
            continue
        first = next(iter(own.values()))
        shows = "（差额，应为 0）" if _shows_difference(first) else ""
        sheet.text(sheet.area(*columns.labels), Look.HELP, f"校验 {check.code}：{check.title}{shows}")
        for spot, column in zip(spots, grid.columns, strict=True):
            sheet.add(_live(sheet.area(*spot), own[column.name]))
        sheet.at_least(sheet.row, 20)
        sheet.row += 1


def _shows_difference(instance: Instance) -> bool:
    return live.is_equality(instance) and live.difference(instance) is not None and instance.when is None


def _live(area: Area, instance: Instance) -> Formula:
    """The difference of an equality; the state of any other check."""
    if not _shows_difference(instance):
        return _states(area, [instance])
    node = Cells((live.live("difference", instance),), Type.NUMBER)
    return Formula(area, Look.DIFFERENCE, live.live("beside", instance), node)


def _states(area: Area, instances: Sequence[Instance]) -> Formula:
    """The state of the first of these checks that fails, else of the last."""
    *others, last = instances
    node: Node = _state(last)
    for instance in reversed(others):
        node = Call("IF", (Binary("=", _failing(instance), Literal(1)), _state(instance), node))
    return Formula(area, Look.LIVE_TEXT, live.live("beside", instances[0]), node)


def _state(instance: Instance) -> Node:
    return Cells((live.live("state", instance),), Type.TEXT)


def _failing(instance: Instance) -> Node:
    return Cells((live.live("failing", instance),), Type.WHOLE)
