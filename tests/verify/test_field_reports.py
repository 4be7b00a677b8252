"""Faults that a tester playing clerk, office and author found; each stays mended."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook

from libreoffice import recalculate
from returns import FORM, LAYOUT, MAIN, edit, edit_sheet, place, said, sample_json, save, sound, the_one
from xlreport.feedback.lines import describe
from xlreport.form.cells import cells_of
from xlreport.form.library import shipped
from xlreport.form.values import from_json
from xlreport.formula.nodes import Value
from xlreport.subject import Subject
from xlreport.verify.verdict import verify_file
from xlreport.workbook.read import read
from xlreport.workbook.validation import wrong_figure

COUNT = "requests[new_requests,natural_person]"
AMOUNT = "charges[administrative_charges,amount]"


def stored(path: Path, subject: str, number: str, formula: str = "") -> Path:
    """The cell as Excel stores it: digits as in the file, and a formula if there is one."""
    sheet, name = place(subject)

    def change(root: etree._Element) -> None:
        cell = next(c for c in root.iter(f"{MAIN}c") if c.get("r") == name)
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        if formula:
            etree.SubElement(cell, f"{MAIN}f").text = formula
        if number:
            etree.SubElement(cell, f"{MAIN}v").text = number

    return edit_sheet(path, sheet, change, keep_results=True)


def test_a_form_in_the_current_folder_does_not_replace_the_installed_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(tmp_path, from_json(FORM, sample_json("unbalanced_bureau")))
    here = shutil.copytree(shipped("workbook_templates") / "ogi_annual_2021", tmp_path / "ogi_annual_2021")
    (here / "checks.toml").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read(path).form is FORM
    assert verify_file(path).status == "returned"


@pytest.mark.parametrize(
    ("subject", "digits", "value"),
    [(AMOUNT, "1863.5072150000001", "1863.507215"), (COUNT, "38.000000000000007", "38")],
)
def test_what_a_spreadsheet_shows_is_what_was_filled_in(
    tmp_path: Path, subject: str, digits: str, value: str
) -> None:
    path = stored(save(tmp_path), subject, digits)
    assert str(read(path).inputs[subject]) == value
    assert said(path) == {}


@pytest.mark.parametrize("formula", ["E31+E32-E9", "[1]Sheet1!$A$1", "SUM(甲:乙)", "RAND()*0+38"])
def test_a_formula_that_depends_on_other_cells_is_no_figure(tmp_path: Path, formula: str) -> None:
    path = stored(save(tmp_path), COUNT, "38", formula)
    assert said(path) == {f"VAL013:{COUNT}": "error"}
    assert f"填的是公式“={formula}”" in the_one(path, f"VAL013:{COUNT}").message


def test_a_sum_of_plain_numbers_is_a_figure(tmp_path: Path) -> None:
    assert said(stored(save(tmp_path), COUNT, "38", "ROUND(30.2,0)+8")) == {}


def test_a_sum_without_a_result_is_computed(tmp_path: Path) -> None:
    path = stored(save(tmp_path), COUNT, "", "30+8")
    assert said(path) == {}
    assert read(path).inputs[COUNT] == 38


def test_another_formula_without_a_result_is_not_called_blank(tmp_path: Path) -> None:
    path = stored(save(tmp_path), COUNT, "", "E31+8")
    assert said(path) == {f"VAL013:{COUNT}": "error"}
    assert "没有计算结果" in the_one(path, f"VAL013:{COUNT}").message


@pytest.mark.parametrize(
    ("subject", "formula", "result", "value", "words"),
    [
        (COUNT, "30+8", "9", 38, ("算出来是 38", "存的却是 9")),
        (COUNT, "3800%", "9", 38, ("38", "9")),
        ("year", "2000+23", "2020", 2023, ("2023", "2020")),
        ("signed_on", "45306+1", "45000", "2024-01-16", ("2024-01-16", "2023-03-15")),
    ],
)
def test_a_result_that_is_not_what_the_formula_gives(
    subject: str, formula: str, result: str, value: Value, words: tuple[str, str], tmp_path: Path
) -> None:
    path = stored(save(tmp_path), subject, result, formula)
    assert read(path).readings[Subject(subject)].understood.value == value
    message = the_one(path, f"VAL013:{subject}").message
    assert all(word in message for word in words)


def test_a_picture_in_a_cell_is_called_one(tmp_path: Path) -> None:
    path = stored(save(tmp_path), "proactive", "0", '_xlfn.DISPIMG("ID_1F",1)')
    finding = the_one(path, "VAL013:proactive")
    assert "图片" in finding.message and "粘贴" not in finding.fix


def test_the_first_sheet_does_not_send_off_text_in_a_number_cell(tmp_path: Path) -> None:
    path = edit(save(tmp_path), {COUNT: "/"})
    [recalculated] = recalculate([path], tmp_path / "out")
    verdict = LAYOUT.areas["live.verdict[,]"]
    said_there = load_workbook(recalculated, data_only=True)[verdict.sheet][verdict.first].value
    assert said_there.startswith("还缺：") and "三、依申请公开未填 1 格" in said_there


def test_what_is_pasted_into_a_figure_turns_red(tmp_path: Path) -> None:
    cases = {"/": True, "6件": True, -1: True, 1.5: True, 0: False, 38: False, None: False}
    field = cells_of(FORM)[COUNT]
    book = Workbook()
    sheet = book.worksheets[0]
    for row, content in enumerate(cases, start=1):
        sheet.cell(row, 1, content)
        sheet.cell(row, 2, wrong_figure(field, f"A{row}"))
    book.save(tmp_path / "red.xlsx")
    [computed] = recalculate([tmp_path / "red.xlsx"], tmp_path / "out")
    shown = [row[1].value for row in load_workbook(computed, data_only=True).worksheets[0].iter_rows()]
    assert shown == list(cases.values())


def test_no_column_is_wider_than_its_neighbours_in_a_grid_in_one_line() -> None:
    areas = [LAYOUT.areas[subject] for subject in FORM.grids["cases"].subjects()]
    widths = next(sheet.widths for sheet in LAYOUT.sheets if sheet.name == areas[0].sheet)
    assert len({widths[area.left] for area in areas}) == 1


def test_many_correct_totals_pasted_as_values_are_one_finding_a_sheet(tmp_path: Path) -> None:
    values = read(save(tmp_path)).values
    totals = {s: values[s] for s in FORM.computed if s.startswith("requests")}
    assert list(said(edit(save(tmp_path), totals)).values()) == ["warning"]


@pytest.mark.parametrize(("year", "codes"), [("2023年", {"VAL002:year"}), ("二〇二三", {"VAL001:year"})])
def test_a_year_in_words_gives_one_finding(tmp_path: Path, year: str, codes: set[str]) -> None:
    assert set(said(edit(save(tmp_path), {"year": year}))) == codes


def test_another_units_name_on_the_cover_is_noticed(tmp_path: Path) -> None:
    assert said(edit(save(tmp_path), {"organ": "别的局"})) == {"WBK026:organ": "warning"}


def test_every_finding_in_print_says_where(tmp_path: Path) -> None:
    path = save(tmp_path, from_json(FORM, sample_json("unbalanced_bureau")))
    sheet, name = place("requests[carried_forward,natural_person]")
    assert f"    位置：{sheet} {name}" in [line.text for line in describe(verify_file(path))]


def test_a_single_blank_cell_is_named_by_its_indicator(tmp_path: Path) -> None:
    path = save(tmp_path, sound({COUNT: None}))
    assert "（一、本年新收·自然人）未填" in the_one(path, f"VAL010:{COUNT}").message
