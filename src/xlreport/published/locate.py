"""Figures of a form found in the tables of a document by their labels, never by their positions.

Row by row: a row that has the heads of a grid's columns says in which column each figure stands; a row that
has the label of one of its rows holds figures. Heads go on from one table to the next of the same width, so
that a table that is cut in two is one. Figures that do not stand below the heads, as where a merged cell has
the wrong width, are taken in their order if there are as many: totals show whether that is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from xlreport.cleaning import squeezed
from xlreport.expression import Expression
from xlreport.form.grid import Grid, Line
from xlreport.form.model import Form
from xlreport.formats.pages import PageCell, PageTable
from xlreport.frozen import frozen
from xlreport.origin import InTable
from xlreport.published.cell_figure import Printed, printed, reads_as_figure, states_number
from xlreport.published.labels import head_key, row_key
from xlreport.subject import Subject

_SECTION = Expression("([一二三四五六七八九十]{1,3})、")
_HEAD_ROWS = 4
"""Rows over which the heads of one table may be spread."""


@frozen
class FoundCells:
    """The cells of a form that a document prints, and the grids in which figures stand beside all heads."""

    cells: Mapping[Subject, Printed]
    misfits: Set[str]


@dataclass(slots=True)
class _Heads:
    """What stands in which column of a grid. `before` are the rows of the tables that it goes on from."""

    width: int
    columns: Mapping[int, tuple[Line | None, Line]]
    before: int = 0


@dataclass(slots=True)
class _Search:
    form: Form
    heads: dict[str, _Heads] = field(default_factory=dict)
    cells: dict[Subject, Printed] = field(default_factory=dict)
    misfits: set[str] = field(default_factory=set)
    caption: str = ""
    names: dict[str, dict[str, Line]] = field(init=False)
    """Of each grid the heads of its columns."""
    tables: dict[str, str] = field(init=False)
    """What the table of each grid is called."""
    captions: list[tuple[str, str]] = field(init=False)
    """The captions of grids, with their names."""

    def __post_init__(self) -> None:
        grids = self.form.grids.values()
        self.names = {g.name: {head_key(c.label[-1]): c for c in g.columns} for g in grids}
        self.tables = {g.name: table_name(self.form, next(g.subjects())) for g in grids}
        self.captions = [(squeezed(g.caption), g.name) for g in grids if g.caption]

    def table(self, table: PageTable) -> None:
        """Take what a table holds; heads of grids that it has nothing of are forgotten.

        A table of one column is there for layout.
        """
        if table.width == 1:
            return
        keys = [[head_key(cell.text) for cell in row] for row in table.rows]
        there: set[str] = set()
        for number, row in enumerate(table.rows):
            self._caption(row)
            starts = {grid.name for grid in self.form.grids.values() if self._head(grid, keys, number)}
            there |= starts or self._figures(row, number, table.width)
        self.heads = {name: heads for name, heads in self.heads.items() if name in there}
        for heads in self.heads.values():
            heads.before += len(table.rows)

    def _caption(self, row: Sequence[PageCell]) -> None:
        if not self.captions:
            return
        texts = {squeezed(cell.text) for cell in row}
        for caption, grid in self.captions:
            if caption in texts:
                self.caption = grid

    def _head(self, grid: Grid, keys: Sequence[Sequence[str]], number: int) -> bool:
        """True if a row has the heads of a grid's columns; where they stand is kept."""
        names = self.names[grid.name]
        there = [key for key in keys[number] if key in names]
        wanted = len(grid.columns) * (len(grid.rows) if grid.in_line else 1)
        if (len(there) if grid.in_line else len(set(there))) < (wanted + 1) // 2:
            return False
        columns: dict[int, tuple[Line | None, Line]] = {}
        for column in range(len(keys[number])):
            above = [keys[row][column] for row in range(number, max(-1, number - _HEAD_ROWS), -1)]
            head = next((names[key] for key in above if key in names), None)
            line = _line_above(grid, above) if grid.in_line else None
            if head is not None and (line is not None or not grid.in_line):
                columns[column] = (line, head)
        self.heads[grid.name] = _Heads(len(keys[number]), columns)
        return True

    def _figures(self, row: Sequence[PageCell], number: int, width: int) -> set[str]:
        """Take the figures of a row; the grids that they belong to."""
        meant = list(self._meant(row, width))
        for grid, line in meant:
            heads = self.heads[grid.name]
            place = heads.before + number + 1
            for (of_line, head), cell in self._under_heads(grid, heads, row):
                owner = of_line or line
                assert owner is not None, "a row of figures without a label"
                self._take(grid, owner, head, cell, place)
            if grid.in_line:
                del self.heads[grid.name]
        return {grid.name for grid, _ in meant}

    def _under_heads(
        self, grid: Grid, heads: _Heads, row: Sequence[PageCell]
    ) -> Sequence[tuple[tuple[Line | None, Line], PageCell]]:
        """The heads with the cells of a row; where figures stand beside them, in their order."""
        below = [(head, row[column]) for column, head in heads.columns.items()]
        if not any(reads_as_figure(cell.text) for c, cell in enumerate(row) if c not in heads.columns):
            return below
        names = list(dict.fromkeys(heads.columns.values()))
        cells = last_figures(row, len(names)) if self._has_totals(grid) else ()
        if len(names) == len(below) == len(cells):
            return list(zip(names, cells, strict=True))
        self.misfits.add(grid.name)
        return below

    def _has_totals(self, grid: Grid) -> bool:
        return any(subject in self.form.computed for subject in grid.subjects())

    def _meant(self, row: Sequence[PageCell], width: int) -> Iterator[tuple[Grid, Line | None]]:
        """The grid, and the row of it, whose figures these are."""
        known = [g for g in self.form.grids.values() if self._continues(g, width)]
        for grid in known:
            if grid.in_line:
                yield grid, None
        lines: list[tuple[int, Grid, Line]] = []
        for grid in (each for each in known if not each.in_line):
            heads = self.heads[grid.name].columns
            keys = {row_key(cell.text) for column, cell in enumerate(row) if column not in heads}
            lines += [
                (_score(line, keys), grid, line) for line in grid.rows if row_key(line.label[-1]) in keys
            ]
        best = max((score for score, _, _ in lines), default=0)
        lines = [line for line in lines if line[0] == best]
        if len(lines) > 1:
            lines = [line for line in lines if line[1].name == self.caption]
        if len(lines) == 1:
            yield lines[0][1:]

    def _continues(self, grid: Grid, width: int) -> bool:
        return grid.name in self.heads and self.heads[grid.name].width == width

    def _take(self, grid: Grid, line: Line, column: Line, cell: PageCell, place: int) -> None:
        subject = grid.cell(line, column)
        origin = InTable(self.tables[grid.name], place, column.short)
        found = printed(self.form.figures[subject], subject, cell.text, origin)
        before = self.cells.get(subject)
        if before is not None and before.origin == origin and before.text == found.text:
            return  # one cell under a head that is as wide
        if before is not None and before.figure != found.figure:
            found = replace(found, figure=None, text=f"{before.text}、{found.text}")
        self.cells[subject] = found


def find_cells(form: Form, tables: Sequence[PageTable]) -> FoundCells:
    """All figures of the form that these tables print."""
    search = _Search(form)
    for table in tables:
        search.table(table)
    return FoundCells(search.cells, search.misfits)


def table_name(form: Form, subject: Subject) -> str:
    """What a clerk calls the table of a cell: 表三 in the section 三、…, else the section's name."""
    section = form.section_of(subject)
    number = _SECTION.match(section.title)
    return f"表{number[1]}" if number else section.tab


def last_figures(row: Sequence[PageCell], count: int) -> Sequence[PageCell]:
    """The cells with which a row ends, if so many and no more are figures; else none."""
    cells = [cell for place, cell in enumerate(row) if place == 0 or cell is not row[place - 1]]
    while cells and not squeezed(cells[-1].text):
        cells.pop()
    labels, figures = cells[:-count], cells[-count:]
    alone = not labels or not states_number(labels[-1].text)
    return figures if alone and all(states_number(cell.text) for cell in figures) else ()


def _line_above(grid: Grid, above: Sequence[str]) -> Line | None:
    names = {head_key(line.label[-1]): line for line in grid.rows}
    return next((names[key] for key in above if key in names), None)


def _score(line: Line, keys: Set[str]) -> int:
    return sum(row_key(part) in keys for part in line.label)
