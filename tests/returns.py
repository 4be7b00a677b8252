"""Returns for tests: the real form, filled in soundly, saved, and damaged the way people do.

Cells are named by subject; where they stand is asked of the layout. Edits are made in the file's
XML, so that everything else stays as it was; stored results of formulas are dropped, as by a program
that leaves computing to the next one, unless a test wants them kept.
"""

from __future__ import annotations

import json
import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

from lxml import etree

from shared import once
from xlreport.area import position
from xlreport.finding import Finding
from xlreport.form.calculate import serial
from xlreport.form.field import Field, Kind
from xlreport.form.library import shipped
from xlreport.form.load import load_form
from xlreport.form.model import Form
from xlreport.form.values import Values, from_json
from xlreport.formula.nodes import Value
from xlreport.layout import Layout, lay_out
from xlreport.subject import Subject
from xlreport.verify.verdict import Verdict, verify_file
from xlreport.workbook.write import write_workbook

FORM = load_form("ogi_annual_2021")
LAYOUT = lay_out(FORM)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


# Filling in ------------------------------------------------------------------------------------------


def sample_json(name: str = "busy_bureau") -> dict[str, Any]:
    """The values JSON of a shipped sample."""
    text = (shipped("samples") / "values" / f"{name}.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def sound(changes: Mapping[str, Value] | None = None) -> dict[str, Value]:
    """A return without findings, with some values changed; None empties a cell.

    A unit of another name calls itself 我局, unless the changes say how.
    """
    changed = dict(changes or {})
    calls: dict[str, Value] = {"organ_short": "我局"} if "organ" in changed else {}
    values = from_json(FORM, sample_json()) | calls | changed
    return {subject: value for subject, value in values.items() if value is not None}


def inputs_of(grid: str) -> list[str]:
    """The input cells of a grid."""
    return [subject for subject in FORM.grids[grid].subjects() if subject not in FORM.computed]


def nil() -> dict[str, Value]:
    """A return of zeros, confirmed."""
    zeros = {subject: 0 for grid in FORM.grids for subject in inputs_of(grid)}
    fees = {"fee_notices": 0, "fee_amount": 0, "nil_confirmed": True}
    return sound({"found": "公开形式比较单一，群众了解不够方便。"} | zeros | fees)


def save(folder: Path, values: Mapping[str, Value] | None = None, name: str = "return.xlsx") -> Path:
    """A workbook of the real form, with the values of `sound` unless others are given."""
    path = folder / name
    path.write_bytes(_sound_bytes() if values is None else written(values))
    return path


def written(values: Mapping[str, Value], prior: Mapping[str, Value] | None = None) -> bytes:
    """A workbook of the real form. Of the same values it is written once: many tests begin with the same."""
    given = [sorted(part.items()) for part in (values, prior or {})]
    return once(f"written {given!r}", lambda: write_workbook(FORM, values, prior=prior))


@cache
def _sound_bytes() -> bytes:
    return written(sound())


def fill_in(path: Path, form: Form, values: Values) -> Path:
    """A return as a unit makes it: its template, with the values typed in.

    One template serves many returns; to write a workbook for each takes five times as long.
    """
    layout = lay_out(form)
    inputs = [cell for cell in layout.inputs if cell.subject in values]
    fixed = {cell.subject: values[cell.subject] for cell in inputs if cell.field.fixed}
    path.write_bytes(_template(form, tuple(fixed.items())))
    typed = {
        cell.subject: _as_typed(cell.field, values[cell.subject]) for cell in inputs if not cell.field.fixed
    }
    return edit(path, typed, layout=layout)


@cache
def _template(form: Form, fixed: tuple[tuple[Subject, Value], ...]) -> bytes:
    return write_workbook(form, dict(fixed))


def _as_typed(field: Field, value: Value) -> Value:
    """What a person chooses or types, as it is stored."""
    if field.labels:
        return field.labels[str(value).lower() if isinstance(value, bool) else str(value)]
    return serial(str(value)) if field.kind is Kind.DATE else value


# Places ----------------------------------------------------------------------------------------------


def place(subject: str) -> tuple[str, str]:
    """The sheet and the A1 name of a cell."""
    area = LAYOUT.areas[subject]
    return area.sheet, area.first


def sheet_of(subject: str) -> str:
    """The sheet of a cell."""
    return LAYOUT.areas[subject].sheet


def tab(section: str) -> str:
    """The tab of a section."""
    return next(s.tab for s in FORM.sections if s.name == section)


# Editing ---------------------------------------------------------------------------------------------


def edit_parts(path: Path, edit: Callable[[str, bytes], bytes | None]) -> Path:
    """Change the parts of a file; None takes one out. They are not packed, which takes long.

    No time is noted beside them: the same change makes the same bytes, whatever second it is made in. The
    file is a new one: for one that is emptied, the disk is waited for.
    """
    with zipfile.ZipFile(path) as archive:
        parts = {name: edit(name, archive.read(name)) for name in archive.namelist()}
    path.unlink()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            if data is not None:
                archive.writestr(zipfile.ZipInfo(name), data)
    return path


def part_of(path: Path, sheet: str) -> str:
    """The part in which a sheet is stored."""
    with zipfile.ZipFile(path) as archive:
        parts = _sheet_parts(archive.read("xl/_rels/workbook.xml.rels"), archive.read("xl/workbook.xml"))
    assert sheet in parts, f"no sheet {sheet}"
    return parts[sheet]


@lru_cache(100)
def _sheet_parts(relations: bytes, workbook: bytes) -> Mapping[str, str]:
    """The parts in which the sheets are stored, by their names."""
    targets = {relation.get("Id"): str(relation.get("Target")) for relation in etree.fromstring(relations)}
    sheets = list(etree.fromstring(workbook).iter(f"{MAIN}sheet"))
    return {
        str(sheet.get("name")): posixpath.join("/xl", targets.get(sheet.get(_RELATION), "")).lstrip("/")
        for sheet in reversed(sheets)  # of two of one name the first
    }


def edit_sheet(
    path: Path, sheet: str, edit: Callable[[etree._Element], object], keep_results: bool = False
) -> Path:
    """Change the XML of one sheet."""
    return _edit_sheets(path, {sheet: edit}, keep_results)


def _edit_sheets(
    path: Path, edits: Mapping[str, Callable[[etree._Element], object]], keep_results: bool
) -> Path:
    by_part = {part_of(path, sheet): edit for sheet, edit in edits.items()}

    def change(name: str, data: bytes) -> bytes:
        if name in by_part:
            root = etree.fromstring(data)
            by_part[name](root)
            data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        is_sheet = name.startswith("xl/worksheets/sheet")
        return data if keep_results or not is_sheet else _without_results(data)

    return edit_parts(path, change)


@lru_cache(100)
def _without_results(data: bytes) -> bytes:
    return re.sub(rb"(</f>|<f [^>]*/>)<v>[^<]*</v>", rb"\1", data)


def edit(path: Path, raw: Mapping[str, object], keep_results: bool = False, layout: Layout = LAYOUT) -> Path:
    """Put raw contents into cells, by subject: a text, number, bool, None, or "=…" for a formula."""
    by_sheet: dict[str, dict[str, object]] = {}
    for subject, content in raw.items():
        area = layout.areas[Subject(subject)]
        by_sheet.setdefault(area.sheet, {})[area.first] = content
    edits = {sheet: partial(_put_all, contents) for sheet, contents in by_sheet.items()}
    return _edit_sheets(path, edits, keep_results) if edits else path


def edit_cells(path: Path, sheet: str, raw: Mapping[str, object], keep_results: bool = False) -> Path:
    """Put raw contents into cells, by A1 name."""
    return edit_sheet(path, sheet, partial(_put_all, raw), keep_results)


def _put_all(raw: Mapping[str, object], root: etree._Element) -> None:
    cells = {str(cell.get("r")): cell for cell in root.iter(f"{MAIN}c")}
    for name, content in raw.items():
        _put(cells[name] if name in cells else _new_cell(root, name), content)


def cell_of(root: etree._Element, name: str) -> etree._Element:
    """The cell of that name, made where there is none."""
    found = (cell for cell in root.iter(f"{MAIN}c") if cell.get("r") == name)
    cell = next(found, None)
    return _new_cell(root, name) if cell is None else cell


def _new_cell(root: etree._Element, name: str) -> etree._Element:
    number = str(position(name)[0] + 1)
    data = root.find(f"{MAIN}sheetData")
    assert data is not None
    row = next((row for row in data if row.get("r") == number), None)
    if row is None:
        row = etree.SubElement(data, f"{MAIN}row", r=number)
    return etree.SubElement(row, f"{MAIN}c", r=name)


def _put(cell: etree._Element, content: object) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if content is None:
        return
    if isinstance(content, bool):
        cell.set("t", "b")
        etree.SubElement(cell, f"{MAIN}v").text = str(int(content))
    elif isinstance(content, int | float | Decimal):
        etree.SubElement(cell, f"{MAIN}v").text = str(content)
    elif str(content).startswith("="):
        etree.SubElement(cell, f"{MAIN}f").text = str(content)[1:]
    elif re.fullmatch(r"#[A-Z/0!?]+", str(content)):
        cell.set("t", "e")
        etree.SubElement(cell, f"{MAIN}v").text = str(content)
    else:
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, f"{MAIN}is"), f"{MAIN}t")
        text.text = str(content)
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


# Verifying -------------------------------------------------------------------------------------------


def findings(path: Path) -> tuple[Finding, ...]:
    """Everything that is to be said of a file."""
    return verify_file(path).findings


def said(source: Path | Verdict) -> dict[str, str]:
    """The ids of all findings with their severity; every id stands once."""
    verdict = verify_file(source) if isinstance(source, Path) else source
    result = {finding.id: finding.severity.value for finding in verdict.findings}
    assert len(result) == len(verdict.findings), [finding.id for finding in verdict.findings]
    return result


def the_one(path: Path, id_: str) -> Finding:
    """The finding of that id."""
    found = [finding for finding in findings(path) if finding.id == id_]
    assert len(found) == 1, [finding.id for finding in findings(path)]
    return found[0]
