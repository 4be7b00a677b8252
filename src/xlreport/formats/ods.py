"""What stands in an OpenDocument spreadsheet (.ods): cells, formulas in Excel's spelling, protection.

Read by lxml alone: python-calamine gives no formulas and gives up on files with line breaks between
the cells, as Gnumeric and SheetJS write them. Format: ODF 1.3, parts 3 (table:table) and 4 (formulas).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime

from lxml import etree

from xlreport.area import Area
from xlreport.formats.container import Container
from xlreport.formats.covers import covered_by
from xlreport.formats.drawings import Thing
from xlreport.formats.drawn import SHAPES
from xlreport.formats.extent import Extent, check_sheets
from xlreport.formats.extras import Extras
from xlreport.formats.foreign import RESAVE, Unopened
from xlreport.formats.formula_texts import FormulaTexts
from xlreport.formats.ods_lines import (
    USUAL_STYLE,
    hidden_columns,
    hidden_rows,
    lines,
    sizes_of,
    style_at,
    times,
    usual_styles,
)
from xlreport.formats.ods_looks import conditions_of, look_of, things_of
from xlreport.formats.ods_styles import OdsStyles
from xlreport.formats.ods_views import views_of
from xlreport.formats.properties import properties_of
from xlreport.formats.sheet_grid import POINT, USUAL_HEIGHT, USUAL_WIDTH, Lines, SheetGrid
from xlreport.formats.snapshot import PLAIN, Appearance, Raw, SheetSnapshot, Snapshot
from xlreport.formats.xlsx_areas import LOW
from xlreport.frozen import frozen

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_EXTENSION = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_LINK = "{http://www.w3.org/1999/xlink}href"
NARROWEST_COLUMN = 6.0
"""Points of width below which nothing of a column is seen."""
_CELLS = frozenset((f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"))
_FIGURES = frozenset(("float", "percentage", "currency"))
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_REMARK = f"{_OFFICE}annotation"
_NOT_SHOWN = frozenset((_REMARK, f"{_TEXT}hidden-text", f"{_TEXT}hidden-paragraph", f"{_TEXT}ruby-text"))
_DRAWN = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
"""Remarks, hidden words, pronunciation and pictures with words of their own may stand inside a text."""
_SHAPES = ("custom-shape", "text-box", "rect", "ellipse", "polygon", "path", "g")
_LEXEMES = re.compile(r'"(?:[^"]|"")*+"|\[(?:[^\]\']|\'(?:[^\']|\'\')*+\')*+\]|;|[^"\[;]+|.', re.DOTALL)
_COMMON = "styles.xml"
_LONGEST = 8_192
"""Characters of a formula, the most that Excel takes."""


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


@frozen
class _Run:
    """A filled cell that is repeated over a rectangle; 0-based, `rows` and `columns` at least 1."""

    row: int
    column: int
    rows: int
    columns: int
    cell: etree._Element
    style: str = ""

    def places(self) -> Iterator[tuple[int, int]]:
        for row in range(self.row, self.row + self.rows):
            for column in range(self.column, self.column + self.columns):
                yield row, column


def _sheet(
    table: etree._Element,
    extent: Extent,
    hidden_styles: frozenset[str],
    styles: OdsStyles,
    hides_zeros: bool,
) -> SheetSnapshot:
    name = table.get(f"{_TABLE}name", "")
    runs = list(_runs(table))
    used = extent.add(name, [(run.row + run.rows - 1, run.column + run.columns - 1) for run in runs])
    cells: dict[tuple[int, int], Raw] = {}
    formulas = FormulaTexts()
    looks: dict[tuple[int, int], Appearance] = {}
    for run in runs:
        value, formula = _value(run.cell), run.cell.get(f"{_TABLE}formula")
        cells |= dict.fromkeys(run.places(), value)
        if formula is not None:
            text = excel_formula(formula)
            formulas.own |= dict.fromkeys(run.places(), text)
            formulas.fill(_spanned(name, run, "matrix-"), text)
        look = look_of(run.cell, run.style, value, _shown(run.cell), styles)
        if look is not PLAIN:
            looks |= dict.fromkeys(run.places(), look)
    merged = tuple(_merged(name, runs))
    columns, rows = sizes_of(table, "column", styles), sizes_of(table, "row", styles)
    grid = SheetGrid(Lines(USUAL_WIDTH, columns), Lines(USUAL_HEIGHT, rows))
    unseen_rows, unseen_columns = frozenset(hidden_rows(table)), tuple(hidden_columns(table))
    flat = frozenset(
        row for first, last, high in rows if high < LOW * POINT for row in range(first, last + 1)
    )
    narrow = ((first, last) for first, last, wide in columns if wide < NARROWEST_COLUMN * POINT)
    return SheetSnapshot(
        name,
        cells,
        formulas.finished(*used),
        protected=table.get(f"{_TABLE}protected") == "true",
        hidden=table.get(f"{_TABLE}style-name") in hidden_styles,
        hidden_rows=unseen_rows,
        hidden_columns=unseen_columns,
        merged=merged,
        flat_rows=flat - unseen_rows,
        narrow_columns=tuple(
            each for each in narrow if each[0] not in {first for first, _ in unseen_columns}
        ),
        hides_zeros=hides_zeros,
        looks=looks,
        conditional=(*_conditional(name, runs, styles), *conditions_of(name, table, styles)),
        covered=covered_by(list(_things(table, grid, styles)), grid, cells, merged),
    )


def _conditional(name: str, runs: Iterable[_Run], styles: OdsStyles) -> Iterator[tuple[Area, Appearance]]:
    """What conditions of a cell's own style may make of it."""
    for run in runs:
        area = Area(name, run.row, run.column, run.row + run.rows - 1, run.column + run.columns - 1)
        yield from ((area, look) for look in styles.conditional(run.style))


def _merged(name: str, runs: Iterable[_Run]) -> Iterator[Area]:
    areas = (_spanned(name, run) for run in runs)
    yield from (area for area in areas if (area.top, area.left) != (area.bottom, area.right))


def _spanned(name: str, run: _Run, what: str = "") -> Area:
    """The area over which a cell is merged, or that an array formula in it fills."""
    bottom = run.row + times(run.cell, f"number-{what}rows-spanned") - 1
    right = run.column + times(run.cell, f"number-{what}columns-spanned") - 1
    return Area(name, run.row, run.column, bottom, right)


# Cells -----------------------------------------------------------------------------------------------


def _runs(table: etree._Element) -> Iterator[_Run]:
    """The filled cells; the endless empty ones up to the sheet's end are only counted."""
    row, usual = 0, usual_styles(table)
    for line in lines(table, "table-row"):
        rows = times(line, "number-rows-repeated")
        column, of_row = 0, line.get(USUAL_STYLE)
        for cell in line:
            if cell.tag in _CELLS:
                columns = times(cell, "number-columns-repeated")
                if _filled(cell):
                    style = cell.get(f"{_TABLE}style-name") or of_row or style_at(usual, column)
                    yield _Run(row, column, rows, columns, cell, style)
                column += columns
        row += rows


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
            column += times(cell, "number-columns-repeated") if cell.tag in _CELLS else 0
        row += times(line, "number-rows-repeated")


def _filled(cell: etree._Element) -> bool:
    return (
        cell.get(f"{_OFFICE}value-type") is not None
        or cell.get(f"{_TABLE}formula") is not None
        or cell.find(f"{_TEXT}p") is not None
        or cell.get(f"{_TABLE}number-columns-spanned") is not None
    )


def _value(cell: etree._Element) -> Raw:
    """A cell's value; one that does not read as its type says is given as the text that is shown."""
    kind, newer = cell.get(f"{_OFFICE}value-type", "string"), cell.get(f"{_EXTENSION}value-type")
    if newer == "error":
        kind = "error"
    elif newer is not None and newer != kind:
        raise Unopened("文件已损坏，单元格的内容不止一种，各种软件读法不一", RESAVE)
    with suppress(ValueError):
        if kind in _FIGURES:
            return _number(cell.get(f"{_OFFICE}value", ""))
        if kind == "date":
            return _moment(cell.get(f"{_OFFICE}date-value", ""))
        if kind == "boolean":
            return {"true": True, "false": False}.get(cell.get(f"{_OFFICE}boolean-value", ""), _shown(cell))
    shown = _shown(cell)
    if kind == "error":
        return shown if shown.startswith("#") else "#VALUE!"
    given = cell.get(f"{_OFFICE}string-value")
    return shown if given is None else given


def _number(text: str) -> float:
    if _NUMBER.fullmatch(text) is None:
        raise ValueError(text)
    return float(text)


def _moment(text: str) -> date | datetime:
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


def _shown(cell: etree._Element) -> str:
    """The text of a cell, a line per paragraph; remarks (office:annotation) are none of it."""
    return "\n".join("".join(_words(paragraph)) for paragraph in cell.iterchildren(f"{_TEXT}p"))


def _words(element: etree._Element) -> Iterator[str]:
    """An element's text: several spaces, tabs and line breaks are elements of their own."""
    yield element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            yield " " * (int(count) if re.fullmatch("[0-9]{1,2}", count) else 1)
        elif child.tag == f"{_TEXT}tab":
            yield "\t"
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag not in _NOT_SHOWN and not str(child.tag).startswith(_DRAWN):
            yield from _words(child)
        yield child.tail or ""


# Formulas --------------------------------------------------------------------------------------------


def excel_formula(text: str) -> str:
    """A formula as Excel writes it, without "=": `of:=SUM([.C8:.H8];1)` becomes `SUM(C8:H8,1)`."""
    text = re.sub(r"^(?:[a-z]+:)?=", "", text)
    if len(text) > _LONGEST:
        return text  # no formula of ours
    return "".join(_lexeme(lexeme) for lexeme in _LEXEMES.findall(text))


def _lexeme(lexeme: str) -> str:
    if lexeme == ";":
        return ","
    return _reference(lexeme[1:-1]) if lexeme.startswith("[") and lexeme.endswith("]") else lexeme


def _reference(text: str) -> str:
    """`$'表 二'.C5:.E7` becomes `'表 二'!C5:E7`."""
    sheet, _, cells = text.rpartition(".") if ":" not in text else _split(text)
    sheet = sheet.removeprefix("$")
    return f"{sheet}!{cells}" if sheet else cells


def _split(text: str) -> tuple[str, str, str]:
    first, _, last = text.rpartition(":")
    sheet, dot, cell = first.rpartition(".")
    return sheet, dot, f"{cell}:{last.rpartition('.')[2]}"
