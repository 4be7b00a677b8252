"""A block with named rows and named columns: a cross table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from typing import ClassVar

from xlreport.form.computed import DeclaredFormula
from xlreport.form.field import Field, Kind
from xlreport.frozen import frozen
from xlreport.subject import NOTE, Subject


@frozen
class Line:
    """A row or a column of a grid.

    `label` is the path of header cells from the outside in; equal neighbours become one merged
    cell. `short` stands in messages. `formula` (source text) makes the whole line computed. A column
    whose cells are of another kind than the grid's says so in `kind`, and with it in `unit` and
    `places`; `signed` columns may hold figures below 0.
    `prior` names the line of last year's grid whose figures this one carries over.
    """

    name: str
    label: tuple[str, ...]
    short: str
    help: str = ""
    formula: str = ""
    kind: Kind | None = None
    unit: str = ""
    places: int = 0
    signed: bool = False
    prior: str = ""


@frozen
class Grid:
    """A cross table, all cells of one kind unless a column has its own.

    Grids that name the same `table` are stacked into one official table (default: the grid's name).
    `in_line` prints the rows side by side in one line. `corner` fills the header cell above the row
    labels, `caption` is a title row across the grid. Where a computed row crosses a computed column,
    the column's formula stands in the cell.
    """

    name: str
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    kind: Kind
    title: str = ""
    table: str = ""
    unit: str = ""
    places: int = 0
    corner: str = ""
    caption: str = ""
    in_line: bool = False
    notes: bool = True

    what: ClassVar[str] = "grid"

    @property
    def names(self) -> tuple[str, ...]:
        """The names by which formulas know its cells."""
        return (self.name,)

    @property
    def usage(self) -> str:
        """How formulas refer to its cells."""
        return f"{self.name}[row, column]"

    def row(self, name: str) -> Line:
        """The row of that name. Raises KeyError."""
        return _named(self.rows, name)

    def column(self, name: str) -> Line:
        """The column of that name. Raises KeyError."""
        return _named(self.columns, name)

    def holds(self, column: Line) -> tuple[Kind, str, int]:
        """Kind, unit and decimal places of a column's cells."""
        if column.kind is None:
            return self.kind, self.unit, self.places
        return column.kind, column.unit, column.places

    def cell(self, row: Line, column: Line) -> Subject:
        """The cell where a row crosses a column."""
        return Subject.cell(self.name, row.name, column.name)

    def note(self, row: Line) -> Subject:
        """The remark on a row."""
        return Subject.note(self.name, row.name)

    def subjects(self) -> Iterator[Subject]:
        """Every cell where a row crosses a column, row by row."""
        return (self.cell(row, column) for row in self.rows for column in self.columns)

    def figure(self, row: Line, column: Line) -> Field:
        """What a cell holds."""
        kind, unit, places = self.holds(column)
        return Field(
            name=self.cell(row, column),
            label=f"{row.short} {column.short}",
            kind=kind,
            help=row.help or column.help,
            unit=unit,
            places=places,
            signed=column.signed,
        )

    def remark(self, row: Line) -> Field:
        """What the remark on a row holds."""
        return Field(NOTE, f"{row.short} 备注", Kind.TEXT, required=False)

    def cells(self) -> Iterator[tuple[Subject, Field]]:
        """Every cell that can hold a value, remarks included."""
        yield from self.figures()
        if self.notes:
            yield from ((self.note(row), self.remark(row)) for row in self.rows)

    def figures(self) -> Iterator[tuple[Subject, Field]]:
        """The figures that every return has."""
        for row in self.rows:
            yield from ((self.cell(row, column), self.figure(row, column)) for column in self.columns)

    def mandatory(self) -> Iterator[tuple[Subject, Field]]:
        """The cells that must not stay blank in any return: all figures."""
        return self.figures()

    def formulas(self) -> Iterator[DeclaredFormula]:
        """The formulas of its computed cells: rows, then columns."""
        for number, row in enumerate(self.rows):
            for column in self.columns:
                if row.formula and not column.formula:
                    path = f"row[{number}].formula"
                    yield DeclaredFormula(self.cell(row, column), row.formula, path, column=column.name)
        for number, column in enumerate(self.columns):
            for row in self.rows:
                if column.formula:
                    path = f"col[{number}].formula"
                    yield DeclaredFormula(self.cell(row, column), column.formula, path, row=row.name)

    def label(self, cell: Subject) -> str:
        """What a clerk calls a cell."""
        row = self.row(cell.row).short
        if cell.is_note:
            return f"{row} 备注"
        return f"{row}·{self.column(cell.column).short}" if len(self.columns) > 1 else row

    def label_together(self, cells: Sequence[Subject]) -> str:
        """What a clerk calls these cells as a whole: all lines under one heading; "" for any others."""
        rows, columns = {cell.row for cell in cells}, {cell.column for cell in cells}
        if len(columns) == 1:
            heading, other = _heading(self.rows, rows), self.column(cells[0].column).short
            return f"{heading}·{other}" if heading and len(self.columns) > 1 else heading
        heading = _heading(self.columns, columns) if len(rows) == 1 else ""
        return f"{self.row(cells[0].row).short}·{heading}" if heading else ""

    def label_line(self, line: Subject) -> str:
        """What a clerk calls a row or a column."""
        shorts = {each.name: each.short for each in (*self.rows, *self.columns)} | {NOTE: "备注"}
        names = (line.row or line.column).split(".")
        return "·".join(shorts[name] for name in names if name in shorts) or self.title or "表格"

    def helps(self) -> Iterator[tuple[str, str]]:
        """Label and help of each row and column; the whole path of labels where the last is not enough."""
        for lines in (self.rows, self.columns):
            often = Counter(line.label[-1] for line in lines)
            for line in lines:
                yield ("·".join(line.label) if often[line.label[-1]] > 1 else line.label[-1]), line.help


def _named(lines: tuple[Line, ...], name: str) -> Line:
    for line in lines:
        if line.name == name:
            return line
    raise KeyError(name)


def _heading(lines: Sequence[Line], names: Set[str]) -> str:
    """The heading over these lines and no others, their names where they are all; "" if there is none."""
    paths = [line.label for line in lines if line.name in names]
    shared = next(
        n for n in range(len(paths[0]) + 1) if n == len(paths[0]) or len({p[: n + 1] for p in paths}) > 1
    )
    under = {line.name for line in lines if line.label[:shared] == paths[0][:shared]}
    if under != names:
        return ""
    return paths[0][shared - 1] if shared else "＋".join(line.short for line in lines if line.name in names)
