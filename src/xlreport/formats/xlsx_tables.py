"""What the styles of tables make of cells: what looks as usual in a cell its table may make look otherwise.

Format: ECMA-376 part 1, 18.5.1 (tables); for their styles see `xlsx_table_styles`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache

from xlreport.area import Area
from xlreport.formats.container import Container
from xlreport.formats.foreign import Unopened
from xlreport.formats.opc import MAIN, Relation
from xlreport.formats.snapshot import PLAIN, Appearance, SheetSnapshot
from xlreport.formats.xlsx_areas import area_of
from xlreport.formats.xlsx_styles import CellStyles


def in_tables(container: Container, part: str, found: SheetSnapshot, styles: CellStyles) -> SheetSnapshot:
    """The sheet with what its tables may make of its cells, behind what conditions may, which win."""
    tables = [each for each in container.relations(part).values() if each.kind == "table"]
    given = [pair for table in tables for pair in _given(container, table, found, styles)]
    return replace(found, conditional=(*found.conditional, *given)) if given else found


def _given(
    container: Container, table: Relation, found: SheetSnapshot, styles: CellStyles
) -> Iterator[tuple[Area, Appearance]]:
    area, looks = _table(container, table, found.name, styles)
    usual = styles.look("")
    for row, column in found.cells.keys() | found.formulas.keys() if area and looks else ():
        if area is not None and area.top <= row <= area.bottom and area.left <= column <= area.right:
            own = found.looks.get((row, column), PLAIN)
            for look in looks:
                yield Area.cell(found.name, row, column), _where_usual(own, usual, look)


def _table(
    container: Container, table: Relation, sheet: str, styles: CellStyles
) -> tuple[Area | None, tuple[Appearance, ...]]:
    """Where a table lies, and the looks of its style; one that cannot be read says nothing of any cell."""
    with suppress(Unopened):
        root = container.xml(table.part)
        style = root.find(f"{MAIN}tableStyleInfo")
        looks = () if style is None else styles.tables.get(style.get("name", ""), ())
        return area_of(sheet, root.get("ref", "")), looks
    return None, ()


@lru_cache(maxsize=256)
def _where_usual(own: Appearance, usual: Appearance, look: Appearance) -> Appearance:
    """What of a table's look comes through: a cell's own colours win. Made once for all cells alike."""
    return replace(
        look,
        ink=look.ink if own.ink in ("", usual.ink) else "",
        ground=look.ground if own.ground in ("", usual.ground) else "",
    )
