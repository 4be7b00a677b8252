"""Finding a sheet's cells again by their hidden codes, wherever rows and columns have gone."""

from __future__ import annotations

from collections.abc import Mapping

from xlreport.formats.snapshot import SheetSnapshot, Snapshot
from xlreport.frozen import frozen
from xlreport.layout.builder import CODES
from xlreport.layout.cells import Constant, Sheet
from xlreport.layout.stamp import STAMP_TAB


@frozen
class Located:
    """A laid out sheet as found in a file.

    `rows` and `columns` map the template's positions to the file's; `lost_rows` and `lost_columns` are
    template positions whose code is gone, `absent` those of loose rows, which need not be there; `intact`
    is True if every code stands where the template put it, and all else with it.
    """

    sheet: Sheet
    found: SheetSnapshot
    rows: Mapping[int, int]
    columns: Mapping[int, int]
    lost_rows: tuple[int, ...]
    lost_columns: tuple[int, ...]
    absent: frozenset[int] = frozenset()
    intact: bool = False

    @property
    def in_place(self) -> bool:
        """True if every named row and column stands where the template put it, loose rows apart."""
        return not (self.lost_rows or self.lost_columns or self.moved)

    @property
    def moved(self) -> bool:
        """True if a row or column that is there stands elsewhere."""
        maps = (self.firm_rows, self.columns)
        return any(place != found for positions in maps for place, found in positions.items())

    @property
    def firm_rows(self) -> Mapping[int, int]:
        """`rows` without the loose ones."""
        return {place: found for place, found in self.rows.items() if place < self.sheet.loose}

    @property
    def home(self) -> Mapping[tuple[int, int], tuple[int, int]]:
        """The template's positions where something stands, by where they stand in the file."""
        if self.intact:
            return self.sheet.home
        found = ((self.position(*place), place) for place in self.sheet.taken)
        return {position: place for position, place in found if position is not None}

    def position(self, row: int, column: int) -> tuple[int, int] | None:
        """Where a cell of the template stands in the file; None if its row or column is gone."""
        if self.intact:
            return row, column
        if row in self.lost_rows or row in self.absent or column in self.lost_columns:
            return None
        return self.rows.get(row, row), self.columns.get(column, column)


def locate(sheet: Sheet, snapshot: Snapshot) -> Located | None:
    """The sheet in the file: under its own name, else the one that carries its codes (or texts).

    A sheet that has the name but none of the codes is another one, if the codes are elsewhere.
    """
    named = snapshot.sheets.get(sheet.name)
    if named is not None and _untouched(sheet, named):
        return Located(sheet, named, {}, {}, (), (), intact=True)
    found = named
    if named is None or not _texts(named) & _wanted(sheet):
        found = _by_content(sheet, snapshot) or named
    return None if found is None else _located(sheet, found)


def _by_content(sheet: Sheet, snapshot: Snapshot) -> SheetSnapshot | None:
    wanted = _wanted(sheet)
    for candidate in snapshot.sheets.values():
        if candidate.name != STAMP_TAB and len(wanted & _texts(candidate)) * 2 > len(wanted):
            return candidate
    return None


def _wanted(sheet: Sheet) -> set[str]:
    return set(sheet.codes.values()) or {cell.text for cell in sheet.cells if isinstance(cell, Constant)}


def _texts(found: SheetSnapshot) -> set[str]:
    return {value for value in found.cells.values() if isinstance(value, str)}


def _untouched(sheet: Sheet, found: SheetSnapshot) -> bool:
    return all(found.cells.get(place) == code for place, code in sheet.codes.items())


def _located(sheet: Sheet, found: SheetSnapshot) -> Located:
    if _untouched(sheet, found):
        return Located(sheet, found, {}, {}, (), (), intact=True)
    places = _places(sheet, found)
    rows: dict[int, int] = {}
    columns: dict[int, int] = {}
    lost_rows: set[int] = set()
    lost_columns: set[int] = set()
    for (row, column), code in sheet.codes.items():
        position, lost, found_at = (
            (row, lost_rows, rows) if column == CODES else (column, lost_columns, columns)
        )
        if code not in places:
            lost.add(position)
        else:
            found_at[position] = places[code][0 if column == CODES else 1]
    lost_columns -= set(columns)
    absent = frozenset(row for row in lost_rows if row >= sheet.loose)
    gone = tuple(sorted(lost_rows - absent))
    return Located(sheet, found, rows, columns, gone, tuple(sorted(lost_columns)), absent)


def _places(sheet: Sheet, found: SheetSnapshot) -> dict[str, tuple[int, int]]:
    """Where each of the sheet's codes stands in the file; of several copies, the first."""
    wanted = set(sheet.codes.values())
    places: dict[str, tuple[int, int]] = {}
    for row, values in enumerate(found.rows):
        for column, value in enumerate(values):
            if isinstance(value, str) and value in wanted:
                places.setdefault(value, (row, column))
    return places
