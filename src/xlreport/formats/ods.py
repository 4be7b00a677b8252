"""What stands in an OpenDocument spreadsheet (.ods): cells, formulas in Excel's spelling, protection.

Read by lxml alone: python-calamine gives no formulas and gives up on files with line breaks between
the cells, as Gnumeric and SheetJS write them. Format: ODF 1.3, parts 3 (table:table) and 4 (formulas).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress

from lxml import etree

from xlreport.area import Area
from xlreport.formats.container import Container
from xlreport.formats.covers import covered_by
from xlreport.formats.drawings import Thing
from xlreport.formats.drawn import SHAPES
from xlreport.formats.extent import Extent, check_sheets
from xlreport.formats.extras import Extras
from xlreport.formats.foreign import RESAVE, Unopened
from xlreport.formats.formula_texts import FormulaTexts, Position
from xlreport.formats.ods_cells import CELLS, FilledCells, filled_cells, shown_text, value_of
from xlreport.formats.ods_formulas import excel_formula
from xlreport.formats.ods_lines import (
    hidden_columns,
    hidden_rows,
    lines,
    sizes_of,
    times,
    too_low,
    too_narrow,
)
from xlreport.formats.ods_looks import conditions_of, look_of, things_of
from xlreport.formats.ods_styles import OdsStyles
from xlreport.formats.ods_views import views_of
from xlreport.formats.properties import properties_of
from xlreport.formats.sheet_grid import USUAL_HEIGHT, USUAL_WIDTH, Lines, SheetGrid
from xlreport.formats.snapshot import PLAIN, Appearance, Raw, SheetSnapshot, Snapshot

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_REMARK = f"{_OFFICE}annotation"
_DRAWN = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SHAPES = ("custom-shape", "text-box", "rect", "ellipse", "polygon", "path", "g")
_COMMON = "styles.xml"


def take_snapshot(container: Container) -> Snapshot:
    """Everything we need of a workbook. Raises Unopened where the file is damaged."""
    root = container.xml(container.main)
    tables = [
        table
        for table in root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
        if table.find(f"{_TABLE}table-source") is None  # a copy of what another file holds
    ]
    if not tables:
        raise Unopened("文件里没有工作表")
    check_sheets(len(tables))
    names = {table.get(f"{_TABLE}name", "").casefold() for table in tables}
    if len(names) != len(tables):
        raise Unopened("文件已损坏，有两个工作表同名", RESAVE)
    extent, hidden, styles = Extent(), _hidden_styles(root), _styles(container, root)
    views = views_of(container)
    found = (_sheet(table, extent, hidden, styles, views.hides_zeros) for table in tables)
    sheets = [sheet.out_of_reach(*views.out_of_reach.get(sheet.name, (0, 0))) for sheet in found]
    return Snapshot(
        {sheet.name: sheet for sheet in sheets}, _extras(container, root), properties_of(container)
    )


def _styles(container: Container, root: etree._Element) -> OdsStyles:
    """The styles of the file; common ones that cannot be read make no return unreadable."""
    with suppress(Unopened):
        if _COMMON in container:
            return OdsStyles(root, container.xml(_COMMON))
    return OdsStyles(root)


def _hidden_styles(root: etree._Element) -> frozenset[str]:
    """The styles of sheets that are not shown."""
    styles = root.iterfind(f"{_OFFICE}automatic-styles/{_STYLE}style")
    shown = ((style, style.find(f"{_STYLE}table-properties")) for style in styles)
    return frozenset(
        style.get(f"{_STYLE}name", "")
        for style, properties in shown
        if properties is not None and properties.get(f"{_TABLE}display") == "false"
    )


def _extras(container: Container, root: etree._Element) -> Extras:
    names = container.entries
    sources = (source.get(_LINK, "") for source in root.iter(f"{_TABLE}table-source"))
    kinds = {
        "批注": root.find(f".//{_OFFICE}annotation") is not None,
        "图片": any(name.startswith("Pictures/") for name in names),
        "嵌入的文件": any(re.match(r"Object [0-9]+/", name) for name in names),
        SHAPES: any(root.find(f".//{_DRAWN}{name}") is not None for name in _SHAPES),
    }
    return Extras(
        macros=any(name.startswith(("Basic/", "Scripts/")) for name in names),
        links=tuple(dict.fromkeys(source[-80:] for source in sources))[:20],
        objects=tuple(kind for kind, there in kinds.items() if there),
    )


def _sheet(
    table: etree._Element,
    extent: Extent,
    hidden_styles: frozenset[str],
    styles: OdsStyles,
    hides_zeros: bool,
) -> SheetSnapshot:
    name = table.get(f"{_TABLE}name", "")
    runs = list(filled_cells(table))
    used = extent.add(name, [(run.row + run.rows - 1, run.column + run.columns - 1) for run in runs])
    cells, formulas, looks = _content(name, runs, styles)
    merged = tuple(_merged(name, runs))
    columns, rows = sizes_of(table, "column", styles), sizes_of(table, "row", styles)
    grid = SheetGrid(Lines(USUAL_WIDTH, columns), Lines(USUAL_HEIGHT, rows))
    unseen_rows, unseen_columns = frozenset(hidden_rows(table)), tuple(hidden_columns(table))
    return SheetSnapshot(
        name,
        cells,
        formulas.finished(*used),
        protected=table.get(f"{_TABLE}protected") == "true",
        hidden=table.get(f"{_TABLE}style-name") in hidden_styles,
        hidden_rows=unseen_rows,
        hidden_columns=unseen_columns,
        merged=merged,
        flat_rows=too_low(rows) - unseen_rows,
        narrow_columns=too_narrow(columns, unseen_columns),
        hides_zeros=hides_zeros,
        looks=looks,
        conditional=(*_conditional(name, runs, styles), *conditions_of(name, table, styles)),
        covered=covered_by(list(_things(table, grid, styles)), grid, cells, merged),
    )


def _content(
    name: str, runs: Iterable[FilledCells], styles: OdsStyles
) -> tuple[dict[Position, Raw], FormulaTexts, dict[Position, Appearance]]:
    """The values, the formulas and the looks of the cells."""
    cells: dict[Position, Raw] = {}
    formulas = FormulaTexts()
    looks: dict[Position, Appearance] = {}
    for run in runs:
        value, formula = value_of(run.cell), run.cell.get(f"{_TABLE}formula")
        cells |= dict.fromkeys(run.places(), value)
        if formula is not None:
            text = excel_formula(formula)
            formulas.own |= dict.fromkeys(run.places(), text)
            formulas.fill(_spanned(name, run, "matrix-"), text)
        look = look_of(run.cell, run.style, value, shown_text(run.cell), styles)
        if look is not PLAIN:
            looks |= dict.fromkeys(run.places(), look)
    return cells, formulas, looks


def _conditional(
    name: str, runs: Iterable[FilledCells], styles: OdsStyles
) -> Iterator[tuple[Area, Appearance]]:
    """What conditions of a cell's own style may make of it."""
    for run in runs:
        area = Area(name, run.row, run.column, run.row + run.rows - 1, run.column + run.columns - 1)
        yield from ((area, look) for look in styles.conditional(run.style))


def _merged(name: str, runs: Iterable[FilledCells]) -> Iterator[Area]:
    areas = (_spanned(name, run) for run in runs)
    yield from (area for area in areas if (area.top, area.left) != (area.bottom, area.right))


def _spanned(name: str, run: FilledCells, what: str = "") -> Area:
    """The area over which a cell is merged, or that an array formula in it fills."""
    bottom = run.row + times(run.cell, f"number-{what}rows-spanned") - 1
    right = run.column + times(run.cell, f"number-{what}columns-spanned") - 1
    return Area(name, run.row, run.column, bottom, right)


def _things(table: etree._Element, grid: SheetGrid, styles: OdsStyles) -> Iterator[Thing]:
    """What is drawn on a sheet, anywhere or from a cell on."""
    places = ((0, 0, shapes) for shapes in table.iterfind(f"{_TABLE}shapes"))
    for row, column, parent in (*places, *_drawn_in(table)):
        for element in parent:
            yield from things_of(element, row, column, grid, styles)


def _drawn_in(table: etree._Element) -> Iterator[tuple[int, int, etree._Element]]:
    """The cells from which something is drawn, remarks that are shown among it."""
    if next(table.iter(f"{_DRAWN}*", _REMARK), None) is None:
        return
    row = 0
    for line in lines(table, "table-row"):
        column = 0
        for cell in line:
            if any(str(child.tag).startswith(_DRAWN) or child.tag == _REMARK for child in cell):
                yield row, column, cell
            column += times(cell, "number-columns-repeated") if cell.tag in CELLS else 0
        row += times(line, "number-rows-repeated")
