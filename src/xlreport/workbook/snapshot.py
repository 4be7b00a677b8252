"""What stands in a workbook file: values by python-calamine, formulas and locks from the sheet XML."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from xlreport.workbook.layout.area import position
from xlreport.workbook.container import Container, Unopened

Raw: TypeAlias = "str | float | bool | date | datetime | time | timedelta"
"""A cell as calamine gives it; a blank cell is "". Errors come as text (#REF!)."""

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}$")


@dataclass(frozen=True, slots=True)
class SheetSnapshot:
    """One sheet: rows of raw values from A1 on, formula texts by 0-based (row, column)."""

    name: str
    rows: Sequence[Sequence[Raw]]
    formulas: Mapping[tuple[int, int], str]
    protected: bool

    def raw(self, row: int, column: int) -> Raw:
        """The raw value, "" outside the used range."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A workbook as it came, without any meaning yet."""

    sheets: Mapping[str, SheetSnapshot]


def take_snapshot(container: Container) -> Snapshot:
    """Everything we need of a workbook. Raises Unopened where the file is damaged."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(container.data))
        values = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names
        }
    except CalamineError as error:
        raise Unopened("文件已损坏，读不出单元格") from error
    parts = _sheet_parts(container)
    sheets = {}
    for name, rows in values.items():
        root = _parse(container.part(parts[name])) if name in parts else None
        sheets[name] = _sheet(name, rows, root)
    return Snapshot(sheets)


def _sheet(name: str, rows: Sequence[Sequence[Raw]], root: etree._Element | None) -> SheetSnapshot:
    if root is None:
        return SheetSnapshot(name, rows, {}, protected=False)
    lock = root.find(f"{_MAIN}sheetProtection")
    protected = lock is not None and lock.get("sheet") in ("1", "true")
    return SheetSnapshot(name, rows, dict(_formulas(root)), protected)


def _sheet_parts(container: Container) -> dict[str, str]:
    """The part of each sheet, by the sheet's name."""
    relations = _parse(container.part("xl/_rels/workbook.xml.rels"))
    targets = {r.get("Id"): r.get("Target", "") for r in relations.iter(f"{_PACKAGE}Relationship")}
    parts = {}
    for sheet in _parse(container.part("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(f"{_OFFICE}id"), "")
        part = posixpath.normpath(posixpath.join("xl", target)).lstrip("/") if target else ""
        if part in container.names:
            parts[sheet.get("name", "")] = part
    return parts


def _parse(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unopened("文件已损坏，内部结构读不出来") from error


def _formulas(root: etree._Element) -> Iterator[tuple[tuple[int, int], str]]:
    shared: dict[str, tuple[str, str]] = {}
    for node in root.iter(f"{_MAIN}f"):
        cell = node.getparent()
        name = cell.get("r", "") if cell is not None else ""
        if _CELL.match(name) is None:
            continue
        text = node.text or ""
        index = node.get("si")
        if node.get("t") == "shared" and index is not None:
            if text:
                shared[index] = (text, name)
            elif index in shared:
                text = _translated(*shared[index], name)
        yield position(name), text


def _translated(text: str, origin: str, target: str) -> str:
    """A shared formula at another cell. openpyxl is slow to load and shared formulas are rare."""
    from openpyxl.formula.translate import Translator

    return str(Translator("=" + text, origin=origin).translate_formula(target))[1:]
