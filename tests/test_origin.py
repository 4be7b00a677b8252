"""Where a value came from, as a clerk is told."""

from __future__ import annotations

import pytest

from xlreport.origin import InCell, InParagraph, InTable, Origin, SumOf

CELL = InCell("三、依申请公开", "C6")
ROWS = tuple(InTable("表三", row, "自然人") for row in range(12, 17))


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        (CELL, "三、依申请公开 C6"),
        (ROWS[0], "表三 第12行 自然人列"),
        (InParagraph(5, 8), "第5段第8字"),
        (SumOf((ROWS[0], CELL)), "表三 第12行 自然人列、三、依申请公开 C6之和"),
        (SumOf(ROWS), "表三 第12行 自然人列、表三 第13行 自然人列、表三 第14行 自然人列等5处之和"),
    ],
)
def test_a_place_in_words(origin: Origin, words: str) -> None:
    assert origin.place == words


@pytest.mark.parametrize("origin", [ROWS[0], InParagraph(5, 8), SumOf((CELL,))])
def test_what_stands_in_no_workbook_names_no_cell_to_edit(origin: Origin) -> None:
    assert (origin.sheet, origin.cell) == ("", "")


def test_a_cell_names_itself() -> None:
    assert (CELL.sheet, CELL.cell, CELL.character) == ("三、依申请公开", "C6", 1)
