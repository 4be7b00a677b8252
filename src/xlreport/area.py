"""Addresses: rectangles of cells on a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from xlreport.frozen import frozen


@frozen
class Area:
    """A rectangle, 0-based and inclusive. One cell where top = bottom and left = right."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def cell(cls, sheet: str, row: int, column: int) -> Area:
        """The area of one cell."""
        return cls(sheet, row, column, row, column)

    @property
    def single(self) -> bool:
        """True for one cell."""
        return self.top == self.bottom and self.left == self.right

    @property
    def first(self) -> str:
        """The A1 name of the top left cell."""
        return a1(self.top, self.left)

    @property
    def range(self) -> str:
        """`C5`, or `C5:D9`."""
        return self.first if self.single else f"{self.first}:{a1(self.bottom, self.right)}"

    def reference(self, sheet: str) -> str:
        """How a formula on `sheet` refers to it: `C5:D9`, or `'校验'!C5:D9` from elsewhere."""
        return self.range if sheet == self.sheet else f"{quoted_sheet(self.sheet)}!{self.range}"


MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""The size of a sheet."""


def quoted_sheet(sheet: str) -> str:
    """A sheet's name as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"


@cache
def column_name(column: int) -> str:
    """0 is A, 26 is AA."""
    name = ""
    column += 1
    while column > 0:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def a1(row: int, column: int) -> str:
    """The A1 name of a 0-based cell."""
    return f"{column_name(column)}{row + 1}"


@lru_cache(maxsize=2**14)
def position(name: str) -> tuple[int, int]:
    """The 0-based row and column of an A1 name."""
    letters = name.rstrip("0123456789")
    return int(name[len(letters) :]) - 1, column_number(letters)


@lru_cache(maxsize=2**10)
def column_number(name: str) -> int:
    """A is 0, AA is 26; small letters are the same."""
    column = 0
    for letter in name.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def rectangles(cells: Iterable[Area]) -> tuple[Area, ...]:
    """Few rectangles that cover exactly these single cells (each given once).

    A merged cell counts as its top left cell, where its value stands.
    """
    runs = _runs(sorted((area.sheet, area.top, area.left) for area in cells))
    covers: list[Area] = []
    for run in runs:
        for number, above in enumerate(covers):
            below = (above.sheet, above.bottom + 1, above.left, above.right)
            if below == (run.sheet, run.top, run.left, run.right):
                covers[number] = Area(run.sheet, above.top, above.left, run.bottom, run.right)
                break
        else:
            covers.append(run)
    return tuple(covers)


def _runs(cells: list[tuple[str, int, int]]) -> Iterator[Area]:
    """Neighbours in a row, joined."""
    start: Area | None = None
    for sheet, row, column in cells:
        if start and (start.sheet, start.top, start.right + 1) == (sheet, row, column):
            start = Area(sheet, row, start.left, row, column)
        else:
            if start:
                yield start
            start = Area.cell(sheet, row, column)
    if start:
        yield start
