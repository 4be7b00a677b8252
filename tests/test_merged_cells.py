"""What makes openpyxl quicker in these tests changes nothing of what it loads."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.reader.excel import load_workbook
from openpyxl.worksheet.merge import MergedCellRange

from merged_cells import quick_format, whole_format
from returns import save

STYLES = ("border", "fill", "font", "alignment", "protection", "number_format")


def test_merged_cells_look_as_openpyxl_makes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(tmp_path)
    assert MergedCellRange.format is quick_format
    quick = load_workbook(path)
    monkeypatch.setattr(MergedCellRange, "format", whole_format)
    compared = set()
    for sheet in load_workbook(path).worksheets:
        assert quick[sheet.title].merged_cells == sheet.merged_cells
        for row in sheet.iter_rows():
            for cell in row:
                twin = quick[sheet.title][cell.coordinate]
                assert (type(twin), twin.value) == (type(cell), cell.value)
                looks = (repr(twin._style), repr(cell._style))  # of all cells alike one is compared
                for style in STYLES if looks not in compared else ():
                    assert repr(getattr(twin, style)) == repr(getattr(cell, style)), cell.coordinate
                compared.add(looks)
