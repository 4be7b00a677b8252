"""Formulas where the template has none: what they yield on opening is not what is stored as their result."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from returns import LAYOUT, MAIN, cell_of, edit_sheet, findings, place, save, sheet_of, the_one
from xlreport.area import a1

FIGURE = "requests[new_requests,natural_person]"
SHEET = next(sheet for sheet in LAYOUT.sheets if sheet.name == sheet_of(FIGURE))
LABEL = next(cell for cell in SHEET.guarded if cell.area.first == "B8")
EXPLAINED = next(sheet for sheet in LAYOUT.sheets if not sheet.codes and sheet.explanations)
LYING = 'IF(NOW()>0,"别的文字","")'


def computing(name: str, result: str | None) -> Callable[[etree._Element], object]:
    """The cell with a formula, and what is stored as its result."""

    def change(root: etree._Element) -> None:
        cell = cell_of(root, name)
        for child in list(cell):
            cell.remove(child)
        cell.set("t", "str")
        etree.SubElement(cell, f"{MAIN}f").text = LYING
        if result is not None:
            etree.SubElement(cell, f"{MAIN}v").text = result

    return change


def test_a_label_that_is_computed(tmp_path: Path) -> None:
    path = edit_sheet(save(tmp_path), SHEET.name, computing("B8", LABEL.text), keep_results=True)
    finding = the_one(path, f"WBK023:{SHEET.name}!B8")
    assert "被改成公式" in finding.message and LYING in finding.message


@pytest.mark.parametrize("result", ["", " ", None, LABEL.text])
def test_a_formula_beside_the_form(result: str | None, tmp_path: Path) -> None:
    path = edit_sheet(save(tmp_path), SHEET.name, computing("N8", result), keep_results=True)
    assert the_one(path, f"WBK025:{SHEET.name}!N8").cell == "N8"


def test_an_explanation_that_is_computed(tmp_path: Path) -> None:
    place = min(EXPLAINED.explanations)
    change = computing(a1(*place), EXPLAINED.said[place])
    path = edit_sheet(save(tmp_path), EXPLAINED.name, change, keep_results=True)
    assert the_one(path, f"WBK025:{EXPLAINED.name}!{a1(*place)}").severity.value == "warning"


@pytest.mark.parametrize("result", ["38件", "３８", " 38 ", "038"])
def test_an_entry_that_is_computed_as_a_text(result: str, tmp_path: Path) -> None:
    """How its text is written is the lesser fault."""
    name = place(FIGURE)[1]
    path = edit_sheet(save(tmp_path), SHEET.name, computing(name, result), keep_results=True)
    assert [finding.code for finding in findings(path) if finding.cell == name] == ["VAL013"]
