"""A copy of the sender's workbook with our opinion in it, and nothing of theirs changed.

Added are: a first sheet, conditional colours, comments; folded rows in which a warning can be answered
are shown. An earlier opinion is taken out first, and so is what must not be published from the properties of
the file. Cells,
formulas, stored results, locks, rules and styles are not touched: openpyxl would drop stored results.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from lxml import etree

from xlreport.area import Area, position, quoted_sheet
from xlreport.finding import Severity
from xlreport.formats.container import Container
from xlreport.formats.opc import MAIN
from xlreport.formats.xlsx_areas import merged_areas
from xlreport.workbook.review import REVIEW_TAB, Mark, Review
from xlreport.workbook.review.boxes import frame_of
from xlreport.workbook.review.colours import colour, uncolour
from xlreport.workbook.review.comments import comment_on, uncomment
from xlreport.workbook.review.list_sheet import ListSheet, PageWriter
from xlreport.workbook.review.package import (
    OFFICE,
    RewrittenPackage,
    element,
    open_package,
    package_of,
    put,
)
from xlreport.workbook.review.properties import without_what_must_not_be_published
from xlreport.workbook.review.styles import Styles
from xlreport.workbook.review.xml_text import int_of

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_AFTER_NAMES = (
    *("calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes"),
    *("webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst"),
)


def annotate(path: Path, review: Review, earlier: Iterable[str]) -> tuple[str, bytes]:
    """The annotated copy: the ending it must have, and its bytes.

    `earlier` are the names of sheets of an earlier opinion. Raises Unopened for files that are no
    .xlsx or .xlsm, or whose inner structure is damaged where reading did not need it.
    """
    return _written(open_package(path), review, earlier)


def annotate_new(workbook: bytes, review: Review) -> bytes:
    """A workbook that has just been written, with our remarks in it."""
    return _written(package_of(Container(workbook)), review, ())[1]


def _written(package: RewrittenPackage, review: Review, earlier: Iterable[str]) -> tuple[str, bytes]:
    for name in earlier:
        _remove_sheet(package, name)
    for part in package.sheets().values():
        _clean(package, part)
    without_what_must_not_be_published(package)
    styles = Styles(package)
    _mark(package, review.marks, styles)
    _unfold(package, review.answers)
    _insert_first(package, PageWriter(review, styles).write())
    return package.suffix, package.to_bytes()


# Marks -----------------------------------------------------------------------------------------------


def _clean(package: RewrittenPackage, part: str) -> None:
    """Take an earlier opinion, and being selected, from a sheet."""
    data = package.data(part)
    if b"xlreport.review." in data:
        uncolour(package.tree(part))
    uncomment(package, part)
    if b"tabSelected" in data:
        for view in package.tree(part).iter(f"{MAIN}sheetView"):
            view.attrib.pop("tabSelected", "")


def _mark(package: RewrittenPackage, marks: Iterable[Mark], styles: Styles) -> None:
    by_sheet: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_sheet[mark.sheet].append(mark)
    for name, part in package.sheets().items():
        if name in by_sheet and package.tree(part).tag == f"{MAIN}worksheet":
            _mark_sheet(package, part, by_sheet[name], styles)


def _mark_sheet(package: RewrittenPackage, part: str, marks: list[Mark], styles: Styles) -> None:
    sheet = package.tree(part)
    merged = list(merged_areas("", sheet))
    marks = [replace(mark, cell=_visible(mark.cell, merged)) for mark in marks]
    whole_areas = {area.first: area.range for area in merged}
    for severity in Severity:
        areas = [whole_areas.get(mark.cell, mark.cell) for mark in marks if mark.severity is severity]
        if areas:
            colour(sheet, severity, areas, styles)
    texts: dict[str, list[str]] = defaultdict(list)
    for mark in marks:
        if mark.text:
            texts[mark.cell].append(mark.text)
    together = {cell: "\n\n".join(several) for cell, several in texts.items()}
    comment_on(package, part, together, frame_of(sheet))


def _unfold(package: RewrittenPackage, cells: Iterable[tuple[str, str]]) -> None:
    """Show the rows of these cells, which a template keeps folded until they are needed."""
    parts = package.sheets()
    rows: dict[str, set[int]] = defaultdict(set)
    for sheet, cell in cells:
        rows[sheet].add(position(cell)[0] + 1)
    for sheet, numbers in rows.items():
        if sheet in parts:
            for row in package.tree(parts[sheet]).iter(f"{MAIN}row"):
                if int_of(row.get("r"), 0) in numbers:
                    row.attrib.pop("hidden", "")


def _visible(cell: str, merged: Iterable[Area]) -> str:
    """The cell that people see: of a merged area the first."""
    row, column = position(cell)
    inside = (a for a in merged if a.top <= row <= a.bottom and a.left <= column <= a.right)
    return next((area.first for area in inside), cell)


# Sheets ----------------------------------------------------------------------------------------------


def _insert_first(package: RewrittenPackage, page: ListSheet) -> None:
    book = package.workbook
    sheets = _child(book, "sheets")
    part = package.add("xl/worksheets/sheet{}.xml", page.xml, _SHEET_TYPE)
    name = _free_name([sheet.get("name", "") for sheet in sheets])
    number = 1 + max((int_of(sheet.get("sheetId"), 0) for sheet in sheets), default=0)
    id_ = package.relate(package.book, "worksheet", part)
    attributes = {"name": name, "sheetId": str(number), f"{{{OFFICE}}}id": id_}
    usual_prefix = {"r": OFFICE}  # Gnumeric knows the sheets by no other
    sheets.insert(0, sheets.makeelement(f"{MAIN}sheet", attributes, usual_prefix))
    _renumber(book, {old: old + 1 for old in range(len(sheets))})
    _repeat(book, name, page.repeated + 1)
    for view in book.iter(f"{MAIN}workbookView"):
        view.attrib.pop("firstSheet", "")
        view.attrib.pop("activeTab", "")


def _remove_sheet(package: RewrittenPackage, name: str) -> None:
    book = package.workbook
    part = package.sheets().get(name)
    sheets = _child(book, "sheets")
    names = [sheet.get("name") for sheet in sheets]
    if part is None:
        return
    number = names.index(name)
    package.unrelate(package.book, sheets[number].get(f"{{{OFFICE}}}id", ""))
    package.remove(part)
    sheets.remove(sheets[number])
    _renumber(book, {old: old - (old > number) for old in range(len(names)) if old != number})


def _renumber(book: etree._Element, numbers: Mapping[int, int]) -> None:
    """Names that belong to a sheet say so by its number; those of a sheet that is gone go too."""
    for name in list(book.iter(f"{MAIN}definedName")):
        owner = name.get("localSheetId")
        if owner is None:
            continue
        number = numbers.get(int_of(owner, -1))
        if number is None:
            name.getparent().remove(name)  # type: ignore[union-attr]  # found below the root
        else:
            name.set("localSheetId", str(number))


def _repeat(book: etree._Element, sheet: str, row: int) -> None:
    """Print the head of the list on every page."""
    names = book.find(f"{MAIN}definedNames")
    if names is None:
        names = element("<definedNames/>")
        put(book, names, _AFTER_NAMES)
    title = element('<definedName name="_xlnm.Print_Titles" localSheetId="0"/>')
    title.text = f"{quoted_sheet(sheet)}!${row}:${row}"
    names.append(title)


def _free_name(taken: list[str]) -> str:
    known = {name.casefold() for name in taken}
    names = (REVIEW_TAB, *(f"{REVIEW_TAB}{number}" for number in range(2, len(known) + 3)))
    return next(name for name in names if name.casefold() not in known)


def _child(book: etree._Element, name: str) -> etree._Element:
    found = book.find(f"{MAIN}{name}")
    return element(f"<{name}/>") if found is None else found
