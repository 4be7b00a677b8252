"""A block that grows: a list of lines with the same columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from xlreport.form.computed import DeclaredFormula
from xlreport.form.field import Field, Kind
from xlreport.frozen import frozen
from xlreport.subject import Subject

MOST_LINES = 1_000
"""Lines that a list can be given."""


@frozen
class Listing:
    """A growing list: `rows` lines are offered in the sheet, more when the values have more."""

    name: str
    columns: tuple[Field, ...]
    rows: int
    title: str = ""
    required: bool = True
    help: str = ""

    what: ClassVar[str] = "list"

    @property
    def names(self) -> tuple[str, ...]:
        """The names by which formulas know its cells."""
        return (self.name,)

    @property
    def usage(self) -> str:
        """How formulas refer to its cells."""
        return f"{self.name}[column]"

    @property
    def totals(self) -> tuple[Field, ...]:
        """The columns with a total."""
        return tuple(column for column in self.columns if column.total)

    @property
    def category(self) -> Field | None:
        """The column of categories: the only one that holds no figures, in a list with a total."""
        others = [column for column in self.columns if not column.kind.numeric]
        only = others[0] if len(others) == 1 and self.totals else None
        return only if only is not None and only.kind is Kind.TEXT else None

    @property
    def numbers(self) -> range:
        """The numbers of the lines that are offered; that there are too many is told elsewhere."""
        return range(1, min(self.rows, MOST_LINES) + 1)

    def line(self, number: int) -> dict[Subject, Field]:
        """The cells of a line, counted from 1, with their columns."""
        return {Subject.cell(self.name, number, column.name): column for column in self.columns}

    def lines(self) -> Iterator[dict[Subject, Field]]:
        """The lines that are offered."""
        return (self.line(number) for number in self.numbers)

    def total(self, column: Field) -> Subject:
        """The total of a column."""
        return Subject.total(self.name, column.name)

    def cells(self) -> Iterator[tuple[Subject, Field]]:
        """Every cell that can hold a value, totals included."""
        for line in self.lines():
            yield from line.items()
        yield from self.figures()

    def figures(self) -> Iterator[tuple[Subject, Field]]:
        """The figures that every return has: the totals."""
        return ((self.total(column), column) for column in self.totals)

    def mandatory(self) -> Iterator[tuple[Subject, Field]]:
        """The cells that must not stay blank in any return: none, whichever lines are filled."""
        return iter(())

    def formulas(self) -> Iterator[DeclaredFormula]:
        """The formulas of its computed cells."""
        return (
            DeclaredFormula(self.total(column), f"SUM({self.name}[{column.name}])") for column in self.totals
        )

    def label(self, cell: Subject) -> str:
        """What a clerk calls a cell."""
        label = self._column(cell).label
        return f"{label}合计" if cell.is_total else f"第{cell.row}行{label}"

    def label_together(self, cells: Sequence[Subject]) -> str:
        """What a clerk calls these cells as a whole: all of a column; "" for any others."""
        return f"{self._column(cells[0]).label}合计" if len(cells) == self.rows else ""

    def label_line(self, line: Subject) -> str:
        """What a clerk calls a row or a column."""
        if line.is_total:
            return "合计"
        return f"清单第 {line.row} 行" if line.row else "清单栏目"

    def helps(self) -> Iterator[tuple[str, str]]:
        """Label and help of the list and each column."""
        yield self.title, self.help
        yield from ((column.label, column.help) for column in self.columns)

    def _column(self, cell: Subject) -> Field:
        return next(column for column in self.columns if column.name == cell.column)
