"""How cells of a sheet show something else than they hold: as they look, and as conditions make them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from operator import itemgetter
from typing import TypeAlias

from xlreport.area import Area
from xlreport.formats.snapshot import PLAIN, Appearance, Raw, SheetSnapshot
from xlreport.formula.nodes import Value
from xlreport.verify.file.seen import of_look

Disguise: TypeAlias = "Callable[[Raw | Decimal, Value, str], str]"
_Condition: TypeAlias = "tuple[int, Area, Appearance]"
"""Its place among those of its sheet, of which the first wins, its area and the look that it gives."""
_TOGETHER = 40
"""Conditions of one cell that are tried two by two: no sheet that people make has as many."""


class SheetLooks:
    """A sheet that is looked at row by row: which conditions cross a row is found once for its cells.

    Styled tables give a look to each of thousands of cells, so what lies in one row is kept by rows. Cells
    share the few looks of a workbook, so these are told apart by identity, which is quick.
    """

    def __init__(self, found: SheetSnapshot) -> None:
        self.found = found
        self._ways: dict[tuple[int, ...], tuple[Disguise | None, Sequence[Disguise]]] = {}
        self._row = -1
        self._across: list[_Condition] = []
        self._in_one_row: dict[int, list[_Condition]] = defaultdict(list)
        self._over_rows: list[_Condition] = []
        for order, (area, look) in enumerate(found.conditional):
            rows = self._in_one_row[area.top] if area.top == area.bottom else self._over_rows
            rows.append((order, area, look))

    def ways(self, place: tuple[int, int]) -> tuple[Disguise | None, Sequence[Disguise]]:
        """What tells how the cell shows something else, as it looks and as conditions may make it look."""
        look, given = self.found.looks.get(place, PLAIN), self._given(place)
        key = (id(look), *map(id, given))
        if key not in self._ways:
            changed = _changed(look, tuple(dict.fromkeys(given))) if given else ()
            self._ways[key] = None if look is PLAIN else of_look(look), [*map(of_look, changed)]
        return self._ways[key]

    def _given(self, place: tuple[int, int]) -> Sequence[Appearance]:
        """The looks that conditions may give a cell, the winning first."""
        row, column = place
        if row != self._row:
            crossing = [each for each in self._over_rows if each[1].top <= row <= each[1].bottom]
            own = self._in_one_row.get(row, ())
            self._row, self._across = row, sorted([*crossing, *own], key=itemgetter(0))
        return [look for _, area, look in self._across if area.left <= column <= area.right]


@lru_cache(maxsize=32)
def _changed(look: Appearance, given: tuple[Appearance, ...]) -> tuple[Appearance, ...]:
    """What conditions may make of a cell that looks so: each alone, and two that hold together."""
    alone = (one.over(look) for one in given)
    pairs = combinations(given[:_TOGETHER], 2)
    return tuple(dict.fromkeys((*alone, *(one.over(other.over(look)) for one, other in pairs))))
