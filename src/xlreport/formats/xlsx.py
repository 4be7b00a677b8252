"""What stands in an .xlsx or .xlsm: values by python-calamine, formulas and locks from the sheet XML."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container as Names
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from xlreport.area import Area, a1, position
from xlreport.formats.container import Container
from xlreport.formats.extent import Extent, check_sheets
from xlreport.formats.extras import extras_of
from xlreport.formats.foreign import RESAVE, Unopened
from xlreport.formats.limits import limits
from xlreport.formats.snapshot import SheetSnapshot, Snapshot
from xlreport.formats.xml import parse_xml

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/"
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
_RANGE = re.compile(r"([A-Z]{1,3}[1-9][0-9]{0,6}):([A-Z]{1,3}[1-9][0-9]{0,6})")
_COLUMN = re.compile("[0-9]{1,5}")
_LONGEST_SHARED = 1_000
"""Characters of a shared formula; ours are far shorter, a longer one differs in any case."""
_ROW = f"{_MAIN}row"
_TRUE = ("1", "true")
_SOME_ERROR = "#VALUE!"
_ERRORS = frozenset(("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", _SOME_ERROR))
"""What calamine takes for an error value; others (#SPILL!, Err:522) are read as this module's own."""


class Formulas(Mapping[tuple[int, int], str]):
    """Formula texts by 0-based position.

    One that several cells share is worked out when it is asked for: a file may have a hundred thousand
    of them, of which a form needs a hundred.
    """

    def __init__(
        self, own: Mapping[tuple[int, int], str], shared: Mapping[tuple[int, int], tuple[str, str]]
    ) -> None:
        self._own = own
        self._shared = shared

    def __getitem__(self, place: tuple[int, int]) -> str:
        shared = self._shared.get(place)
        return self._own[place] if shared is None else _moved(*shared, a1(*place))

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)


def take_snapshot(container: Container, wanted: Names[str] | None = None) -> Snapshot:
    """Everything we need of the workbook, or of these sheets. Raises Unopened where it is damaged."""
    parts = _sheet_parts(container)
    pages = {
        name: _page(parse_xml(container.part(part.name)), part.hidden)
        for name, part in parts.items()
        if wanted is None or name in wanted
    }
    _check_extents(pages)
    _check_shared(container, pages)
    try:
        changed = {parts[name].name: page.data for name, page in pages.items() if page.data is not None}
        book = CalamineWorkbook.from_filelike(container.repacked(changed))
        sheets = {name: _sheet(name, book, page) for name, page in pages.items()}
        return Snapshot(sheets, extras_of(container))
    except CalamineError as error:
        raise Unopened("文件已损坏，读不出单元格") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust, about a date out of bounds
            raise
        raise Unopened("文件已损坏，有的日期或数字超出了范围") from error


@dataclass(frozen=True, slots=True)
class _Page:
    """A sheet's XML, walked through once; `cells` by 0-based row and column.

    `errors` are the cells that hold an error value. `data` is the part as calamine can read it, where
    that is not the part itself.
    """

    root: etree._Element
    cells: Sequence[tuple[int, int, etree._Element]]
    errors: Mapping[tuple[int, int], str]
    data: bytes | None
    hidden: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """Where a sheet is stored, and whether it is hidden."""

    name: str
    hidden: bool


def _page(root: etree._Element, hidden: bool) -> _Page:
    cells = list(_cells(root))
    data = list(root.iter("{*}sheetData"))  # controls have rows and columns of their own elsewhere
    seen = sum(1 for part in data for _ in part.iter("{*}c"))
    if len(cells) != seen or any(row.tag != _ROW for part in data for row in part.iter("{*}row")):
        raise Unopened("文件已损坏，单元格的结构有误")  # calamine would take them for cells
    found = [(row, column, cell.find(f"{_MAIN}v")) for row, column, cell in cells if cell.get("t") == "e"]
    errors = {(row, column): _error(value) for row, column, value in found}
    unknown = [value for _, _, value in found if value is not None and value.text not in _ERRORS]
    for value in unknown:
        value.text = _SOME_ERROR
    return _Page(root, cells, errors, etree.tostring(root) if unknown else None, hidden)


def _error(value: etree._Element | None) -> str:
    return (value.text if value is not None else None) or _SOME_ERROR


def _sheet(name: str, book: CalamineWorkbook, page: _Page) -> SheetSnapshot:
    if page.root.tag != f"{_MAIN}worksheet":  # a chart on a sheet of its own
        return SheetSnapshot(name, (), {}, protected=False)
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    lock = page.root.find(f"{_MAIN}sheetProtection")
    return SheetSnapshot(
        name,
        rows,
        _formulas(page),
        protected=lock is not None and lock.get("sheet") in _TRUE,
        errors=page.errors,
        hidden=page.hidden,
        hidden_rows=_hidden_rows(page.root),
        hidden_columns=tuple(_hidden_columns(page.root)),
        merged=tuple(merged_areas(name, page.root)),
    )


def _hidden_rows(root: etree._Element) -> frozenset[int]:
    hidden = (line.get("r", "") for line in root.iter(f"{_MAIN}row") if line.get("hidden") in _TRUE)
    return frozenset(_place(f"A{number}")[0] for number in hidden if number)


def _hidden_columns(root: etree._Element) -> Iterator[tuple[int, int]]:
    for line in root.iter(f"{_MAIN}col"):
        first, last = line.get("min", ""), line.get("max", "")
        if line.get("hidden") in _TRUE and _COLUMN.fullmatch(first) and _COLUMN.fullmatch(last):
            yield int(first) - 1, int(last) - 1


def merged_areas(name: str, root: etree._Element) -> Iterator[Area]:
    for line in root.iter(f"{_MAIN}mergeCell"):
        corners = _RANGE.fullmatch(line.get("ref", ""))
        if corners is not None:
            yield Area(name, *position(corners[1]), *position(corners[2]))


def _check_extents(pages: Mapping[str, _Page]) -> None:
    extent = Extent()
    for sheet, page in pages.items():
        extent.add(sheet, ((row, column) for row, column, cell in page.cells if len(cell)))


def _cells(root: etree._Element) -> Iterator[tuple[int, int, etree._Element]]:
    """Every cell with its 0-based row and column. One without a name stands behind its neighbour."""
    row = -1
    for line in root.iter(f"{_MAIN}row"):
        number = line.get("r")
        row = row + 1 if number is None else _place(f"A{number}")[0]
        column = -1
        for cell in line.iterchildren(f"{_MAIN}c"):
            name = cell.get("r")
            row, column = (row, column + 1) if name is None else _place(name)
            yield row, column, cell


def _check_shared(container: Container, pages: Mapping[str, _Page]) -> None:
    """Refuse texts that so many cells share that together they would not fit into memory."""
    part = "xl/sharedStrings.xml"
    if part in container.names:
        longest = max(map(len, container.part(part).split(b"<")))
        sharing = sum(cell.get("t") == "s" for page in pages.values() for _, _, cell in page.cells)
        if longest * sharing > limits().unpacked_mb * 2**20:
            raise Unopened("文件里的文字过多，不是正常的报表工作簿")


@lru_cache(maxsize=65_536)
def _place(name: str) -> tuple[int, int]:
    if _CELL.fullmatch(name) is None:
        raise Unopened("文件已损坏，单元格编号有误")
    return position(name)


def _sheet_parts(container: Container) -> dict[str, _Part]:
    """The part of each sheet, by the sheet's name."""
    relations = targets(container, "xl/_rels/workbook.xml.rels")
    parts: dict[str, _Part] = {}
    book = parse_xml(container.part("xl/workbook.xml"))
    if str(book.tag).startswith(_STRICT):
        raise Unopened("文件是“Strict Open XML 电子表格”格式", RESAVE)
    for sheet in book.iter(f"{_MAIN}sheet"):
        part = relations.get(sheet.get(f"{_OFFICE}id", ""), "")
        if any(part == other.name for other in parts.values()):
            raise Unopened("文件已损坏，两个工作表指向同一处内容")
        if part in container.names:
            parts[sheet.get("name", "")] = _Part(part, sheet.get("state", "visible") != "visible")
    check_sheets(len(parts))
    return parts


def targets(container: Container, relations: str) -> dict[str, str]:
    """The parts that a workbook refers to, by the ids it uses."""
    found = parse_xml(container.part(relations)).iter(f"{_PACKAGE}Relationship")
    return {relation.get("Id", ""): _inside(relation.get("Target", "")) for relation in found}


def _inside(target: str) -> str:
    """A part's name, from one relative to the workbook's folder or absolute."""
    return posixpath.normpath(posixpath.join("xl", target)).lstrip("/")


def _formulas(page: _Page) -> Formulas:
    own: dict[tuple[int, int], str] = {}
    origins: dict[str, tuple[str, str]] = {}
    shared: dict[tuple[int, int], tuple[str, str]] = {}
    for row, column, cell in page.cells:
        node = cell.find(f"{_MAIN}f")
        if node is None:
            continue
        own[row, column] = text = node.text or ""
        index = node.get("si")
        if node.get("t") == "shared" and index is not None:
            if text:
                origins[index] = (text, a1(row, column))
            elif index in origins:
                shared[row, column] = origins[index]
    return Formulas(own, shared)


def _moved(text: str, origin: str, target: str) -> str:
    """A formula that several cells share, as it reads in another of them.

    openpyxl is slow to load and shared formulas are rare.
    """
    if len(text) > _LONGEST_SHARED:
        return text
    from openpyxl.formula.tokenizer import TokenizerError
    from openpyxl.formula.translate import Translator, TranslatorError

    try:
        return str(Translator(f"={text}", origin=origin).translate_formula(target)).removeprefix("=")
    except (TokenizerError, TranslatorError):
        return text  # no formula of ours: it will be found to differ
