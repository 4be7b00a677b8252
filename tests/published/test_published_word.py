"""The official table in Word, however its cells are merged: each figure in its own cell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from lxml import etree

from published.pages import report
from returns import FORM
from xlreport.formats.docx import read_docx
from xlreport.published.read import read_report
from xlreport.subject import Subject

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
GRID = FORM.grids["requests"]
HEADS = 3


def numbered(change: Callable[[list[etree._Element]], None]) -> dict[Subject, object]:
    """The figures of a report whose third table holds 1000, 1001 … in order, its rows changed."""
    parts = zipfile.ZipFile(io.BytesIO(report("docx")))
    root = etree.fromstring(parts.read("word/document.xml"))
    rows = list(list(root.iter(f"{W}tbl"))[1].iter(f"{W}tr"))
    figures = iter(range(1000, 1175))
    for row in rows[HEADS:]:
        for cell in row.findall(f"{W}tc")[-len(GRID.columns) :]:
            put(cell, str(next(figures)))
    change(rows)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in parts.namelist():
            data = etree.tostring(root) if name == "word/document.xml" else parts.read(name)
            archive.writestr(name, data)
    found = read_report(read_docx(file.getvalue()))
    assert found is not None
    return {s: judged.printed.figure for s, judged in found.cells.items() if s.block == GRID.name}


def put(cell: etree._Element, text: str) -> None:
    texts = list(cell.iter(f"{W}t"))
    for other in texts[1:]:
        other.text = ""
    texts[0].text = text


def expected() -> dict[Subject, object]:
    return dict(zip(GRID.subjects(), range(1000, 1175), strict=True))


def without_leading_cell(row: etree._Element) -> None:
    """What Word leaves where a person deletes the first cell of a row."""
    first = row.findall(f"{W}tc")[0]
    span = first.find(f"{W}tcPr/{W}gridSpan")
    width = span.get(f"{W}val", "1") if span is not None else "1"
    row.remove(first)
    settings = row.find(f"{W}trPr")
    if settings is None:
        settings = etree.Element(f"{W}trPr")
        row.insert(0, settings)
    etree.SubElement(settings, f"{W}gridBefore").set(f"{W}val", width)


def in_controls(row: etree._Element) -> None:
    for cell in row.findall(f"{W}tc")[-2:]:
        control = etree.Element(f"{W}sdt")
        row.replace(cell, control)
        etree.SubElement(control, f"{W}sdtContent").append(cell)


def test_all_figures_of_the_official_table_land_in_their_cells() -> None:
    assert numbered(lambda rows: None) == expected()


@pytest.mark.parametrize("change", [without_leading_cell, in_controls])
def test_they_do_also_where_rows_are_built_otherwise(change: Callable[[etree._Element], None]) -> None:
    def some(rows: list[etree._Element]) -> None:
        for number in (8, 13, 20):
            change(rows[number])

    assert numbered(some) == expected()
