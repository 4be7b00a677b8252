"""What a text document holds, whatever it was read from: paragraphs and tables, in order, as plain texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from xlreport.formats.foreign import Unopened
from xlreport.formats.limits import limits
from xlreport.frozen import frozen

_WIDEST = 1000
"""Columns that one cell may span, as browsers have it."""
_LONGEST = 65_534
"""Rows, likewise."""


@frozen
class PageCell:
    """A cell of a table: its text, and the row and column, from 0, of its top left corner."""

    text: str
    row: int
    column: int


@frozen
class PageTable:
    """A table as a rectangle of places: a merged cell stands in all that it covers."""

    rows: tuple[tuple[PageCell, ...], ...]

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.rows[0]) if self.rows else 0


PagePart: TypeAlias = str | PageTable
"""A paragraph or a table."""


@frozen
class Page:
    """A document; blank paragraphs are left out.

    What a cell holds that has a table inside comes after the table around it, which is there for layout.
    """

    blocks: tuple[PagePart, ...]

    @property
    def tables(self) -> tuple[PageTable, ...]:
        """Its tables, in order."""
        return tuple(block for block in self.blocks if isinstance(block, PageTable))


@frozen
class FileCell:
    """A cell as a file has it: `rows` 0 reaches to the end of the table, `column` -1 is the next free one."""

    text: str
    rows: int = 1
    columns: int = 1
    column: int = -1


def held_in_layout(blocks: Sequence[PagePart]) -> Sequence[PagePart]:
    """What stands for itself of a cell's content: all of it if there is a table inside."""
    return blocks if any(isinstance(block, PageTable) for block in blocks) else ()


def laid_out(lines: Sequence[Iterable[FileCell]]) -> PageTable:
    """Rows of cells as a rectangle. Raises Unopened where they cover more places than a report can have.

    What reaches beyond the last row is cut off there; a place that two cells claim is the upper one's.
    """
    places: dict[tuple[int, int], PageCell] = {}
    for row, line in enumerate(lines):
        column = 0
        for span in line:
            column = span.column if span.column >= 0 else column
            while (row, column) in places:
                column += 1
            cell = PageCell(span.text, row, column)
            height, width = _size(span, len(lines) - row)
            _check(len(places) + height * width)
            for down in range(height):
                for right in range(width):
                    places.setdefault((row + down, column + right), cell)
            column += width
    return _filled(places, len(lines))


def _size(span: FileCell, rows_left: int) -> tuple[int, int]:
    height = rows_left if span.rows == 0 else min(max(span.rows, 1), _LONGEST, rows_left)
    return height, min(max(span.columns, 1), _WIDEST)


def _filled(places: dict[tuple[int, int], PageCell], height: int) -> PageTable:
    width = 1 + max((column for _, column in places), default=-1)
    _check(height * width)
    return PageTable(
        tuple(
            tuple(places.get((row, column)) or PageCell("", row, column) for column in range(width))
            for row in range(height)
        )
    )


def _check(places: int) -> None:
    if places > limits().cells:
        raise Unopened("文件里的表格过大，不是正常的报告", "请确认它是正常的年度报告")
