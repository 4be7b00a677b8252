"""Which columns of a section's sheet serve for what."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from xlreport.form.grid import Grid, Line
from xlreport.form.headers import depth_of
from xlreport.form.model import Form
from xlreport.form.outline import Section
from xlreport.frozen import frozen
from xlreport.layout.builder import FIRST

_LABEL_WIDTHS = (13, 13, 34)
_LINE_WIDTH, _NARROW, _MIDDLE, _WIDE = 7, 10, 12, 16
_ONE_LABEL, _DIFFERENCE, _TAIL = 26, 11, 24
_FORM_WIDTHS = (24, 48, 14, 44)


@frozen
class Columns:
    """Column spans (first, last): labels, body (figures, inputs), tail (remarks, help).

    `prior` are the columns of last year's figures beside the figures; `difference` is the column of live
    differences beside a grid, if the section has any. Grids in one line have their remarks below, so a
    section of nothing else has its last figure column as tail.
    """

    labels: tuple[int, int]
    body: tuple[int, int]
    tail: tuple[int, int]
    prior: tuple[int, ...]
    difference: int | None
    widths: Mapping[int, int]


def columns_of(form: Form, section: Section) -> Columns:
    """The columns of a section: those its widest grid needs, or those of a plain form."""
    return _grid_columns(form, section) if section.grids else _form_columns(section)


def _form_columns(section: Section) -> Columns:
    count = max(len(_FORM_WIDTHS), 1 + max(_list_columns(section), default=0))
    widths = {FIRST + n: _FORM_WIDTHS[n] if n < len(_FORM_WIDTHS) else _MIDDLE for n in range(count)}
    return Columns((FIRST, FIRST), (FIRST + 1, FIRST + 1), (FIRST + 2, FIRST + count - 1), (), None, widths)


def _list_columns(section: Section) -> list[int]:
    return [len(listing.columns) for listing in section.listings]


def _grid_columns(form: Form, section: Section) -> Columns:
    grids = section.grids
    levels = max(1 if grid.in_line else depth_of([row.label for row in grid.rows]) for grid in grids)
    figures = max([*map(figure_columns, grids), *_list_columns(section)])
    body = FIRST + levels
    columns = max((len(prior_lines(form, grid, "row")) for grid in grids if not grid.in_line), default=0)
    prior = tuple(range(body + figures, body + figures + columns))
    has_difference = any(_by_row(form, grid) for grid in grids if not grid.in_line)
    difference = body + figures + columns if has_difference else None
    has_tail = len([grid for grid in grids if grid.in_line]) < len(section.blocks)
    tail = body + figures + columns + (1 if has_difference else 0) - (0 if has_tail else 1)
    widths = _label_widths(levels, in_line=all(grid.in_line for grid in grids))
    figure_width = _LINE_WIDTH if figures > 10 else _NARROW if figures > 4 else _WIDE
    widths |= {body + n: figure_width for n in range(figures)}
    widths |= dict.fromkeys(prior, _MIDDLE)
    widths |= {tail - 1: _DIFFERENCE} if has_difference else {}
    widths |= {tail: _TAIL} if has_tail else {}
    return Columns((FIRST, body - 1), (body, body + figures - 1), (tail, tail), prior, difference, widths)


def prior_lines(form: Form, grid: Grid, each: str) -> tuple[Line, ...]:
    """The lines of a grid of which checks taken per line (`each`) read last year's figures.

    Rows for checks per column, columns for checks per row: they are shown under and beside the grid.
    """
    return _prior_lines(form, grid.name, each)


@lru_cache(maxsize=256)
def _prior_lines(form: Form, name: str, each: str) -> tuple[Line, ...]:
    grid = form.grids[name]
    own = [i for i in form.instances if i.check.grid == name and i.check.each == each]
    read = {subject for instance in own for subject in instance.prior}

    def is_read(line: Line) -> bool:
        if each == "column":
            return any(grid.cell(line, column).last_year in read for column in grid.columns)
        return any(grid.cell(row, line).last_year in read for row in grid.rows)

    return tuple(line for line in (grid.rows if each == "column" else grid.columns) if is_read(line))


def figure_columns(grid: Grid) -> int:
    """How many figure columns a grid needs."""
    return len(grid.rows) * len(grid.columns) if grid.in_line else len(grid.columns)


def _by_row(form: Form, grid: Grid) -> bool:
    return any(check.grid == grid.name and check.each == "row" for check in form.checks)


def _label_widths(levels: int, in_line: bool) -> dict[int, int]:
    if levels == 1:
        return {FIRST: 12 if in_line else _ONE_LABEL}
    inner = _LABEL_WIDTHS[-1]
    outer = dict.fromkeys(range(FIRST, FIRST + levels - 1), _LABEL_WIDTHS[0])
    return outer | {FIRST + levels - 1: inner}
