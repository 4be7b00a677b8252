"""What stands in an .xlsx or .xlsm: one pass over each sheet's XML, cells, formulas and looks alike.

Read by lxml alone. Parts are found by relationships only, so that what is read is what the package
names. Whatever two programs could read differently is refused with the place; what nobody needs
(dimension, counts, states and attributes that no one knows) is not looked at.
Format: ECMA-376 part 1, 18.2 (workbook), 18.3 (worksheets), 18.4 (shared strings), 18.8 (styles).
"""

from __future__ import annotations

from collections.abc import Container as Names
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache, partial
from itertools import chain

from lxml import etree

from xlreport.formats.container import Container
from xlreport.formats.covers import covered_cells
from xlreport.formats.extent import Extent, check_sheets
from xlreport.formats.extras import extras_of
from xlreport.formats.foreign import Unopened
from xlreport.formats.opc import MAIN, Relation, only
from xlreport.formats.properties import properties_of
from xlreport.formats.sheet_list import SheetList, Tab
from xlreport.formats.snapshot import SheetSnapshot, Snapshot
from xlreport.formats.xlsx_areas import grid_of
from xlreport.formats.xlsx_colours import colours_of
from xlreport.formats.xlsx_plain import shared_texts, sheet_in
from xlreport.formats.xlsx_sheet import read_sheet
from xlreport.formats.xlsx_styles import CellStyles, read_styles
from xlreport.formats.xlsx_tables import in_tables
from xlreport.formats.xlsx_values import Shared
from xlreport.formats.xml import checked, one_way, parse_xml, parsed
from xlreport.formats.xml_values import is_true

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_HIDDEN = ("hidden", "veryHidden")


def take_snapshot(container: Container, wanted: Names[str] | None = None) -> Snapshot:
    """Everything we need of the workbook, or of these sheets. Raises Unopened where it is damaged."""
    book = one_way(container.xml(container.main), MAIN)
    relations = container.relations(container.main)
    tabs = SheetList()
    for sheet in book.iterfind(f"{MAIN}sheets/{MAIN}sheet"):
        relation = relations.get(sheet.get(_ID, ""))
        tabs.add(sheet.get("name", ""), relation, hidden=sheet.get("state", "").strip() in _HIDDEN)
    check_sheets(len(tabs))
    shared = Shared(partial(_strings, container, relations), _styles(container, relations, book))
    extent = Extent()
    sheets = {
        tab.name: _sheet(container, tab, shared, extent)
        for tab in tabs
        if wanted is None or tab.name in wanted
    }
    return Snapshot(sheets, extras_of(container, macros=tabs.macros), properties_of(container))


def _sheet(container: Container, tab: Tab, shared: Shared, extent: Extent) -> SheetSnapshot:
    if not tab.has_cells:
        return SheetSnapshot(tab.name, {}, {}, protected=False, hidden=tab.hidden)
    data = checked(container.counted(tab.part))
    root, rows = sheet_in(data)
    found = read_sheet(tab.name, one_way(root, MAIN), tab.hidden, shared, extent, rows)
    if shared.styles.tables:
        found = in_tables(container, tab.part, found, shared.styles)
    cells = chain(found.cells, found.formulas)
    below = covered_cells(container, tab.part, lambda: grid_of(parsed(data)), cells, found.merged, root)
    return replace(found, covered=below) if below else found


def _styles(container: Container, relations: Mapping[str, Relation], book: etree._Element) -> CellStyles:
    part = only(relations, "styles")
    properties = book.find(f"{MAIN}workbookPr")
    since_1904 = properties is not None and is_true(properties.get("date1904"))
    if part not in container:
        return CellStyles()
    return _styles_in(container.counted(part), _theme(container, relations), since_1904)


@lru_cache(maxsize=4)
def _styles_in(styles: bytes, theme: bytes | None, since_1904: bool) -> CellStyles:
    """The styles of a workbook: those of returns on one template are the same to the byte."""
    root = one_way(parse_xml(styles), MAIN)
    return read_styles(root, colours_of(root, _parsed(theme)), since_1904)


def _theme(container: Container, relations: Mapping[str, Relation]) -> bytes | None:
    """The theme, from which only colours come: one that cannot be read makes no return unreadable."""
    with suppress(Unopened):
        part = only(relations, "theme")
        return container.counted(part) if part in container else None
    return None


def _parsed(theme: bytes | None) -> etree._Element | None:
    with suppress(Unopened):
        return None if theme is None else parse_xml(theme)
    return None


def _strings(
    container: Container, relations: Mapping[str, Relation]
) -> Sequence[etree._Element] | Sequence[str]:
    """The texts that cells share, by their numbers. Their stated count is nobody's concern."""
    part = only(relations, "sharedStrings")
    if not part:
        return []
    data = checked(container.counted(part))
    plain = shared_texts(data)
    return list(one_way(parsed(data), MAIN).iterchildren(f"{MAIN}si")) if plain is None else plain
