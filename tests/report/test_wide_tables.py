"""A table with too many columns for an upright page stands on one set crosswise, with heading and notes."""

from __future__ import annotations

from io import BytesIO
from itertools import groupby
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from pypdf import PdfReader
from small_report import SKIN, line
from typst import Fonts

from libreoffice import convert
from xlreport.form.field import Kind
from xlreport.form.grid import Grid
from xlreport.form.load import load_form
from xlreport.report.document import Document, Heading, Notes, Paragraph, Part, SignOff, turned
from xlreport.report.docx import write_docx
from xlreport.report.html import write_html
from xlreport.report.pdf import has_chinese, write_pdf
from xlreport.report.tables import official_table, table_shape

needs_fonts = pytest.mark.skipif(not has_chinese(Fonts().families()), reason="no Chinese font installed")
WAYS = {True: "crosswise", False: "upright"}


def grid(columns: int, levels: int = 1) -> Grid:
    labels = ("类", "项")[:levels]
    rows = tuple(line(f"r{n}", *(f"{label}{n}" for label in labels)) for n in range(4))
    return Grid("g", rows, tuple(line(f"c{n}", f"第{n}区") for n in range(columns)), Kind.COUNT)


WIDE, USUAL = official_table((grid(24),), {}, "各区"), official_table((grid(4),), {}, "四区")
PARTS: tuple[Part, ...] = (
    *(Paragraph("前文。"), Heading(1, "一、各区情况"), WIDE, Notes(("注：各区自报。",))),
    *(Paragraph("后文。"), Heading(1, "二、四区情况"), USUAL, SignOff(("某局", "2024年1月20日"))),
)


def report(*parts: Part, draft: bool = False) -> Document:
    return Document("宽表", "zh-CN", draft, parts)


def pages(pdf: bytes) -> list[str]:
    sizes = [page.mediabox for page in PdfReader(BytesIO(pdf)).pages]
    return [WAYS[size.width > size.height] for size in sizes]


def test_only_tables_that_need_it_are_wide() -> None:
    assert [official_table((grid(n),), {}).wide for n in (4, 15, 17, 18, 30)] == [False] * 3 + [True] * 2
    assert [official_table((grid(n, 2),), {}).wide for n in (7, 12, 13)] == [False, False, True]
    for name in ("ogi_annual_2021", "ogi_annual_2019"):
        form = load_form(name)
        assert not any(official_table(grids, {}).wide for grids in form.tables.values())


def test_the_labels_yield_before_the_page_is_turned() -> None:
    assert table_shape((grid(7, 2),)).widths[:2] == (85, 415)
    assert sum(table_shape((grid(12, 2),)).widths) == 1000


def test_heading_and_notes_go_with_their_table() -> None:
    assert turned(PARTS) == (False, True, True, True, False, False, False, False)


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize(
    ("parts", "ways"),
    [
        (PARTS, ["upright", "crosswise", "upright"]),
        ((WIDE, Heading(1, "二"), WIDE, Notes(("注",))), ["crosswise"]),
        ((Paragraph("前"), WIDE), ["upright", "crosswise"]),
        ((Paragraph("前"), USUAL), ["upright"]),
    ],
)
def test_word_has_a_section_of_its_own_for_it(parts: tuple[Part, ...], ways: list[str], draft: bool) -> None:
    sections = docx.Document(BytesIO(write_docx(report(*parts, draft=draft), SKIN))).sections
    found = [WAYS[section.orientation == WD_ORIENT.LANDSCAPE] for section in sections]
    assert found == ways
    for section, way in zip(sections, ways, strict=True):
        width, height = section.page_width, section.page_height
        assert width is not None and height is not None
        assert (width > height) == (way == "crosswise")
        assert section.footer.paragraphs


@needs_fonts
def test_pages_are_turned_in_every_program(tmp_path: Path) -> None:
    word = tmp_path / "wide.docx"
    word.write_bytes(write_docx(report(*PARTS), SKIN))
    (printed,) = convert([word], tmp_path / "out")
    for pdf in (printed.read_bytes(), write_pdf(report(*PARTS), SKIN)):
        assert [way for way, _ in groupby(pages(pdf))] == ["upright", "crosswise", "upright"]
        assert len(pages(pdf)) == 3
        across = PdfReader(BytesIO(pdf)).pages[1].extract_text()
        assert "各区情况" in across and "各区自报" in across and "后文" not in across


def test_the_page_on_the_web_prints_it_crosswise() -> None:
    page = write_html(report(*PARTS), SKIN).decode()
    across = page.partition('<div class="turned">')[2]
    assert page.count('<div class="turned">') == 1
    assert "各区情况" in across.partition("后文")[0]
    assert "@page turned" in page
    assert 'class="turned"' not in write_html(report(USUAL), SKIN).decode()
