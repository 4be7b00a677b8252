"""Plain cells of office workbooks: what is read back is what was given, whatever it looks like."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from xlreport.cleaning import clean
from xlreport.tables.sheet import PlainSheet, WrittenContent
from xlreport.tables.style import CELL, HEAD, LONGEST
from xlreport.tables.written import Written


def read(*rows: list[WrittenContent]) -> Worksheet:
    """The rows as a sheet that another library has read."""
    book = Written()
    sheet = book.sheet("表", [10])
    for number, row in enumerate(rows):
        sheet.put(number, 0, row, book.look(CELL))
    return load_workbook(io.BytesIO(book.bytes("")))["表"]


MARKUP = [
    "<r>甲</r>",
    "<r><t>甲</t></r>",
    "</t></is></c>",
    "&amp;",
    "=1+1",
    "{=A1}",
    "http://a.cn",
    "'1",
    "_x0041_",
]


@pytest.mark.parametrize("text", [*MARKUP, "1", "  两头有空  ", "两\n行", '"引号"'])
def test_a_text_is_nothing_but_a_text(text: str) -> None:
    (cell,) = next(read([text]).iter_rows())
    assert cell.data_type == "s"
    assert cell.value.replace("_x005F_", "_") == text


@given(st.lists(st.text().map(clean), min_size=1, max_size=5))
def test_every_cleaned_text_comes_back(texts: list[str]) -> None:
    found = next(read([*texts, "尾"]).iter_rows(values_only=True))
    assert [text or "" for text in found[:-1]] == texts


def test_figures_are_numbers_and_nothing_is_a_blank_of_that_look() -> None:
    figures = [0, -3, 10**15 - 1, Decimal("0.1"), Decimal("-12.50"), None, ""]
    cells = next(read([*figures, 1]).iter_rows())
    assert [cell.value for cell in cells] == [0, -3, 10**15 - 1, 0.1, -12.5, None, None, 1]
    assert all(cell.border.left.style == "thin" for cell in cells)


def test_a_text_too_long_for_a_cell_says_that_it_goes_on() -> None:
    (cell,) = next(read(["甲" * (LONGEST + 5)]).iter_rows())
    assert cell.value == "甲" * LONGEST + "…"


def test_other_calls_of_the_sheet_fit_in_between() -> None:
    book = Written()
    sheet: PlainSheet = book.sheet("表", [10])
    sheet.put(0, 1, ("乙", "丙"), book.look(HEAD))
    sheet.put(0, 0, ("甲",), book.look(CELL))
    sheet.write_string(0, 2, "打开", book.look(CELL))
    assert sheet.link(0, 2, "a.docx") and not sheet.link(0, 3, "a" * 3_000)
    sheet.set_height(0, 30)
    sheet.put(2, 0, (), book.look(CELL))
    sheet.write_number(3, 0, 5)
    sheet.put(3, 1, (6,), book.look(CELL))
    sheet.put(1, 0, ("太晚",), book.look(CELL))
    found = load_workbook(io.BytesIO(book.bytes("")))["表"]
    rows = list(found.iter_rows(values_only=True))
    assert rows == [("甲", "乙", "打开"), (None,) * 3, (None,) * 3, (5, 6, None)]
    assert found["C1"].hyperlink.target == "a.docx" and found.row_dimensions[1].height == 30
