"""Finding cells where hidden codes are gone: by the labels beside and above them.

A label that stands once in the template's sheet and once in the file's says where its row and its
column have gone; what lies between two labels that moved alike has moved with them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

from xlreport.cleaning import clean
from xlreport.formats.snapshot import SheetSnapshot, Snapshot
from xlreport.layout.builder import CODES
from xlreport.layout.cells import Constant, Sheet
from xlreport.workbook.locate import Located, locate


def relocate(sheet: Sheet, snapshot: Snapshot, tabs: Set[str]) -> Located | None:
    """The sheet in the file as `locate` finds it, and by its labels where codes are gone.

    `tabs` are the names of all sheets of the template: a sheet of such a name is no other one renamed.
    """
    others = [found for name, found in snapshot.sheets.items() if name not in tabs]
    located = locate(sheet, snapshot) or _by_labels(sheet, others)
    if located is None or not (located.lost_rows or located.lost_columns):
        return located
    anchors = _anchors(sheet, located.found)
    rows = _moved(located.lost_rows, {row: place for (row, _), (place, _) in anchors.items()})
    columns = _moved(located.lost_columns, {column: place for (_, column), (_, place) in anchors.items()})
    columns = {c: place for c, place in columns.items() if not _is_another(sheet, located, rows, c, place)}
    return replace(
        located,
        rows={**located.rows, **rows},
        columns={**located.columns, **columns},
        lost_rows=tuple(row for row in located.lost_rows if row not in rows),
        lost_columns=tuple(column for column in located.lost_columns if column not in columns),
    )


def _is_another(sheet: Sheet, located: Located, rows: Mapping[int, int], column: int, place: int) -> bool:
    """True if a column that was found between others has another column's heading."""
    labels = _labels(sheet)
    every = {**located.rows, **rows}
    for (row, own), text in labels.items():
        there = located.found.raw(every.get(row, row), place)
        if (
            own == column
            and isinstance(there, str)
            and clean(there) != text
            and clean(there) in labels.values()
        ):
            return True
    return False


def _by_labels(sheet: Sheet, candidates: Iterable[SheetSnapshot]) -> Located | None:
    """A sheet that lost its name and its codes, with all of them still to be found."""
    wanted = set(_labels(sheet).values())
    rows = tuple(sorted({row for row, column in sheet.codes if column == CODES}))
    columns = tuple(sorted({column for _, column in sheet.codes if column != CODES}))
    for found in candidates:
        if len(wanted & set(_texts(found).values())) * 2 > len(wanted):
            return Located(sheet, found, {}, {}, rows, columns)
    return None


def _anchors(sheet: Sheet, found: SheetSnapshot) -> dict[tuple[int, int], tuple[int, int]]:
    """Where the labels that stand once on both sides are: the template's place to the file's."""
    theirs = {text: place for place, text in _once(_texts(found)).items()}
    return {place: theirs[text] for place, text in _once(_labels(sheet)).items() if text in theirs}


def _labels(sheet: Sheet) -> dict[tuple[int, int], str]:
    cells = (cell for cell in sheet.cells if isinstance(cell, Constant) and cell.guarded)
    return {(cell.area.top, cell.area.left): clean(cell.text) for cell in cells}


def _texts(found: SheetSnapshot) -> dict[tuple[int, int], str]:
    return {
        (row, column): clean(value)
        for row, values in enumerate(found.rows)
        for column, value in enumerate(values)
        if isinstance(value, str) and value
    }


def _once(texts: Mapping[tuple[int, int], str]) -> dict[tuple[int, int], str]:
    counts = Counter(texts.values())
    return {place: text for place, text in texts.items() if counts[text] == 1}


def _moved(lost: Iterable[int], known: Mapping[int, int]) -> dict[int, int]:
    """Where lost rows (or columns) are, by the nearest known ones on both sides."""
    found = {}
    for place in lost:
        before = max((other for other in known if other <= place), default=None)
        after = min((other for other in known if other >= place), default=None)
        shifts = {known[other] - other for other in (before, after) if other is not None}
        if len(shifts) == 1:
            found[place] = place + shifts.pop()
    return found
