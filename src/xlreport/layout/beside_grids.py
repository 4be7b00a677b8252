"""What is live under and beside a grid: differences and states of checks, last year's figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xlreport.area import Area
from xlreport.form.checks import Check, Instance
from xlreport.form.grid import Grid, Line
from xlreport.form.model import Form
from xlreport.formula.nodes import Binary, Call, Cells, Literal, Node, Type
from xlreport.layout import live_formulas as live
from xlreport.layout.builder import SheetBuilder
from xlreport.layout.cells import Formula, Look
from xlreport.layout.columns import Columns, prior_lines
from xlreport.subject import Subject

_CHECKED = "校验"
_LAST_YEAR = "上年报告："


# Beside the rows -------------------------------------------------------------------------------------


def heads_beside(sheet: SheetBuilder, form: Form, columns: Columns, grid: Grid, rows: int) -> None:
    """The heads, so many rows high, of the columns beside the figures."""
    for column, line in zip(columns.prior, prior_lines(form, grid, "row"), strict=False):
        sheet.text(sheet.area(column, rows=rows), Look.HEAD, f"{_LAST_YEAR}{line.short}")
        sheet.prior_columns.add(column)
    if columns.difference is not None and _taken(form, grid, "row"):
        sheet.text(sheet.area(columns.difference, rows=rows), Look.HEAD, _CHECKED, guarded=True)


def beside(sheet: SheetBuilder, form: Form, columns: Columns, grid: Grid, row: Line) -> None:
    """Last year's figures of a row, and the state of its checks."""
    for column, line in zip(columns.prior, prior_lines(form, grid, "row"), strict=False):
        sheet.add(_figure(sheet.area(column), grid, row, line))
    own = [instance for instance in _taken(form, grid, "row") if instance.line == row.name]
    if own and columns.difference is not None:
        sheet.add(_states(sheet.area(columns.difference), own))


# Under the columns -----------------------------------------------------------------------------------


def under(
    sheet: SheetBuilder, form: Form, columns: Columns, grid: Grid, spots: Sequence[tuple[int, int]]
) -> None:
    """A row per check by column: this year's, then last year's figures and the checks that read them."""
    taken = _taken(form, grid, "column")
    for check in dict.fromkeys(instance.check for instance in taken if not instance.prior):
        _check_row(sheet, columns, spots, [i for i in taken if i.check is check])
    for row in prior_lines(form, grid, "column"):
        _prior_row(sheet, columns, grid, row, spots)
    for check in _apart(instance.check for instance in taken if instance.prior):
        sheet.prior_rows.add(sheet.row)
        _check_row(sheet, columns, spots, [i for i in taken if i.check is check])


def _apart(checks: Iterable[Check]) -> list[Check]:
    """The checks without those that expect what an earlier one does, only elsewhere or less sternly."""
    first: dict[str, Check] = {}
    for check in checks:
        first.setdefault(check.expect, check)
    return list(first.values())


def _prior_row(
    sheet: SheetBuilder, columns: Columns, grid: Grid, row: Line, spots: Sequence[tuple[int, int]]
) -> None:
    sheet.text(sheet.area(*columns.labels), Look.HELP, f"{_LAST_YEAR}{row.short}")
    for spot, column in zip(spots, grid.columns, strict=True):
        sheet.add(_figure(sheet.area(*spot), grid, row, column))
    sheet.prior_rows.add(sheet.row)
    sheet.at_least(sheet.row, 20)
    sheet.row += 1


def _check_row(
    sheet: SheetBuilder, columns: Columns, spots: Sequence[tuple[int, int]], instances: Sequence[Instance]
) -> None:
    first = instances[0]
    shows = "（差额，应为 0）" if _shows_difference(first) else ""
    sheet.text(
        sheet.area(*columns.labels), Look.HELP, f"{_CHECKED} {first.check.code}：{first.check.title}{shows}"
    )
    for spot, instance in zip(spots, instances, strict=True):
        sheet.add(_live(sheet.area(*spot), instance))
    sheet.at_least(sheet.row, 20)
    sheet.row += 1


def under_line(
    sheet: SheetBuilder, form: Form, columns: Columns, grid: Grid, groups: Sequence[tuple[int, int]]
) -> None:
    """Under a grid in one line, where the checks by row have the span of the row's cells."""
    by_row = _taken(form, grid, "row")
    for line in prior_lines(form, grid, "row"):
        sheet.text(sheet.area(*columns.labels), Look.LABEL, f"{_LAST_YEAR}{line.short}")
        for row, group in zip(grid.rows, groups, strict=True):
            sheet.add(_figure(sheet.area(*group), grid, row, line))
        sheet.prior_rows.add(sheet.row)
        sheet.at_least(sheet.row, 20)
        sheet.row += 1
    if not by_row:
        return
    if all(instance.prior for instance in by_row):
        sheet.prior_rows.add(sheet.row)
    sheet.text(sheet.area(*columns.labels), Look.LABEL, _CHECKED)
    for row, group in zip(grid.rows, groups, strict=True):
        sheet.add(_states(sheet.area(*group), [i for i in by_row if i.line == row.name]))
    sheet.row += 1


# Cells -----------------------------------------------------------------------------------------------


def _taken(form: Form, grid: Grid, each: str) -> list[Instance]:
    return [i for i in form.instances if i.check.grid == grid.name and i.check.each == each]


def _figure(area: Area, grid: Grid, row: Line, column: Line) -> Formula:
    """A figure of last year as the 上年数据 sheet has it."""
    shown = Subject.live("prior", f"{grid.name}.{row.name}", column.name)
    figure = live.figure_or_blank(grid.cell(row, column).last_year)
    return Formula(area, Look.LIVE, shown, figure, grid.holds(column)[2])


def _shows_difference(instance: Instance) -> bool:
    always = instance.when is None or bool(instance.prior)
    return always and instance.is_equality and live.sides(instance) is not None


def _live(area: Area, instance: Instance) -> Formula:
    """The difference of an equality; the state of any other check."""
    if not _shows_difference(instance):
        return _states(area, [instance])
    node = Cells((live.live("difference", instance),), Type.NUMBER)
    both = live.sides(instance)
    places = 0 if both is None else live.places(live.difference(*both))
    return Formula(area, Look.DIFFERENCE, live.live("beside", instance), node, places)


def _states(area: Area, instances: Sequence[Instance]) -> Formula:
    """The state of the first of these checks that fails, else of the last; last year's stand back.

    Where there are only such, the cell is empty while nothing is known of last year.
    """
    *others, last = sorted(instances, key=lambda instance: not instance.prior)
    node: Node = _state(last)
    if last.prior:
        node = Call("IF", (Binary("=", node, Literal(live.NO_LAST_YEAR)), Literal(""), node))
    for instance in reversed(others):
        node = Call("IF", (Binary("=", _failing(instance), Literal(1)), _state(instance), node))
    return Formula(area, Look.LIVE_TEXT, live.live("beside", instances[0]), node)


def _state(instance: Instance) -> Node:
    return Cells((live.live("state", instance),), Type.TEXT)


def _failing(instance: Instance) -> Node:
    return Cells((live.live("failing", instance),), Type.WHOLE)
