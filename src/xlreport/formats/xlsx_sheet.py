"""One sheet of an .xlsx: its cells, formulas and looks in one pass over its XML.

Format: ECMA-376 part 1, 18.3.1.99 (worksheet), 18.3.1.73 (row).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from xlreport.formats.extent import Extent
from xlreport.formats.foreign import RESAVE, Unopened
from xlreport.formats.opc import MAIN
from xlreport.formats.snapshot import SheetSnapshot
from xlreport.formats.xlsx_areas import (
    hidden_columns,
    merged_areas,
    narrow_columns,
    out_of_reach,
    usual_size,
)
from xlreport.formats.xlsx_cells import CellsRead, damaged, position_of
from xlreport.formats.xlsx_conditions import conditional_looks
from xlreport.formats.xlsx_plain import PlainRow
from xlreport.formats.xlsx_values import Shared
from xlreport.formats.xml_values import is_false, is_true

_ROW = f"{MAIN}row"


def read_sheet(
    name: str,
    root: etree._Element,
    hidden: bool,
    shared: Shared,
    extent: Extent,
    rows: Sequence[PlainRow] | None = None,
) -> SheetSnapshot:
    """A sheet; `rows` are its rows where they are not in the XML.

    Raises Unopened with the place of what programs would read differently.
    """
    data = list(root.iter(f"{MAIN}sheetData"))
    if len(data) != 1 or data[0].getparent() is not root:
        raise Unopened(f"文件已损坏，工作表“{name}”的单元格数据缺失或者不止一份", RESAVE)
    found = CellsRead(name, shared)
    usual = usual_size(root, "defaultRowHeight")
    for row, stated, cells in rows or ():
        found.see(row, stated.get("hidden"), stated.get("ht", usual))
        found.take(row, cells)
    for row, line in _lines(name, data[0]):
        found.see(row, line.get("hidden"), line.get("ht", usual))
        found.read(row, line)
    used = extent.add(name, found.values)
    lock = root.find(f"{MAIN}sheetProtection")
    return SheetSnapshot(
        name,
        found.values,
        found.formulas.finished(*used),
        protected=lock is not None and is_true(lock.get("sheet")),
        hidden=hidden,
        hidden_rows=frozenset(found.hidden_rows),
        hidden_columns=tuple(hidden_columns(root)),
        merged=tuple(merged_areas(name, root)),
        flat_rows=frozenset(found.flat_rows),
        narrow_columns=tuple(narrow_columns(root)),
        hides_zeros=any(is_false(view.get("showZeros")) for view in root.iter(f"{MAIN}sheetView")),
        looks=found.looks,
        conditional=tuple(conditional_looks(name, root, shared.styles)),
    ).out_of_reach(*out_of_reach(root))


def _lines(sheet: str, data: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """The rows with their 0-based numbers. One without a number follows the one before it."""
    row, seen = -1, set()
    for line in data:
        if line.tag != _ROW:
            raise damaged(sheet, "行与行之间")
        number = line.get("r")
        row = row + 1 if number is None else position_of(f"A{number}")[0]
        if row in seen:
            raise damaged(sheet, f"第 {row + 1} 行")
        seen.add(row)
        yield row, line
