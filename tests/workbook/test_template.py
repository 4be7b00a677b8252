"""The locked workbook as a clerk and a spreadsheet program meet it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader

from libreoffice import convert
from returns import FORM, LAYOUT, findings, place, save, sound, tab, written
from xlreport.area import Area, column_name
from xlreport.finding import Status
from xlreport.form.field import Kind
from xlreport.layout.cells import Constant
from xlreport.layout.heights import LINE, lines_needed
from xlreport.layout.stamp import STAMP_TAB
from xlreport.subject import Subject
from xlreport.verify.verdict import verify_file
from xlreport.workbook.write import write_workbook

START = {"organ": "岚溪县水务局", "unit_code": "LX-B-021", "year": 2023}
"""What is known when a template is made."""
TABS = ["填报说明", *(section.tab for section in FORM.sections), "上年数据", "校验"]
INPUTS = {place(cell.subject): cell for cell in LAYOUT.inputs}


@pytest.fixture(scope="module")
def template() -> Workbook:
    return load_workbook(io.BytesIO(written(START)))


@pytest.fixture(scope="module")
def filled() -> Workbook:
    return load_workbook(io.BytesIO(written(sound())))


def pages(book: Workbook) -> list[Worksheet]:
    return [book[name] for name in TABS]


# Sheets and locks ------------------------------------------------------------------------------------


def test_the_sheets_stand_in_order_and_the_stamp_is_out_of_sight(template: Workbook) -> None:
    assert template.sheetnames == [*TABS, STAMP_TAB]
    states = {"上年数据": "hidden"}
    assert [page.sheet_state for page in pages(template)] == [states.get(t, "visible") for t in TABS]
    assert template[STAMP_TAB].sheet_state == "veryHidden"


def test_sheets_cannot_be_added_renamed_or_deleted(template: Workbook) -> None:
    assert template.security is not None
    assert template.security.lockStructure


def test_every_sheet_is_protected_but_rows_and_columns_can_be_resized(template: Workbook) -> None:
    for page in pages(template):
        assert page.protection.sheet
        assert not page.protection.formatColumns  # openpyxl: False means it is allowed
        assert not page.protection.formatRows
        assert page.protection.insertRows and page.protection.deleteRows


def test_exactly_the_inputs_can_be_typed_into(template: Workbook) -> None:
    unlocked = {
        (page.title, cell.coordinate)
        for page in pages(template)
        for row in page.iter_rows()
        for cell in row
        if not cell.protection.locked and type(cell).__name__ != "MergedCell"
    }
    fixed = {place("year")}
    assert unlocked == set(INPUTS) - fixed


def test_a_year_left_open_can_be_typed_into() -> None:
    book = load_workbook(io.BytesIO(written({})))
    sheet, name = place("year")
    assert not book[sheet][name].protection.locked


def test_hidden_codes_are_hidden(template: Workbook) -> None:
    for page in pages(template)[1:]:
        assert page.column_dimensions["A"].hidden


# Help while typing -----------------------------------------------------------------------------------


def test_every_input_has_a_rule_with_words_in_chinese(template: Workbook) -> None:
    for (sheet, name), cell in INPUTS.items():
        rules = [rule for rule in template[sheet].data_validations.dataValidation if name in rule.sqref]
        if cell.field.fixed or not (cell.field.help or cell.field.kind.numeric or cell.field.max_length):
            continue
        (rule,) = rules
        assert rule.showErrorMessage and rule.showInputMessage
        assert len(rule.prompt or "") <= 255
        if cell.field.help:
            assert rule.prompt == cell.field.help
        if rule.type is not None:
            warns = cell.subject in ("phone", "prepared_by", "reviewed_by", "approved_by")
            assert rule.errorStyle == ("warning" if warns else None)
            assert any("\u4e00" <= char <= "\u9fff" for char in rule.error)
            assert len(rule.error) <= 255 and len(rule.errorTitle) <= 32


@pytest.mark.parametrize(
    ("kind", "type_"),
    [(Kind.COUNT, "whole"), (Kind.AMOUNT, "custom"), (Kind.CHOICE, "list"), (Kind.CONFIRM, "list"),
     (Kind.DATE, "date"), (Kind.PROSE, "textLength")],
)  # fmt: skip
def test_each_kind_of_cell_refuses_what_it_cannot_hold(kind: Kind, type_: str, template: Workbook) -> None:
    for (sheet, name), cell in INPUTS.items():
        if cell.field.kind is kind:
            rules = template[sheet].data_validations.dataValidation
            assert [rule.type for rule in rules if name in rule.sqref] == [type_]


# Looks -----------------------------------------------------------------------------------------------


def test_it_prints_on_a4_one_page_wide_with_heads_repeated(template: Workbook) -> None:
    for page in pages(template):
        assert page.page_setup.paperSize == 9
        assert page.page_setup.fitToWidth in (None, 1)  # 1 is what a file need not say
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.print_area
    requests = template[place("requests[other,total]")[0]]
    assert requests.print_title_rows
    listed = template[place("published[1,category]")[0]]
    head = int(listed.print_title_rows.strip("$").partition(":")[0])
    assert "信息类别" in [cell.value for cell in listed[head]]
    assert requests.freeze_panes


def test_the_head_of_the_long_table_stays_in_sight(template: Workbook) -> None:
    sheet, name = place("requests[new_requests,natural_person]")
    assert template[sheet].freeze_panes == name


PROSE = [cell for cell in LAYOUT.inputs if cell.field.kind is Kind.PROSE]


def height(book: Workbook, area: Area) -> float:
    rows = book[area.sheet].row_dimensions
    return sum(rows[row + 1].height for row in range(area.top, area.bottom + 1))


def needed(book: Workbook, area: Area, text: str) -> int:
    columns = book[area.sheet].column_dimensions
    width = sum(columns[column_name(column)].width for column in range(area.left, area.right + 1))
    return lines_needed(text, width) * LINE


def test_boxes_of_prose_are_as_high_as_usual_texts_need(template: Workbook) -> None:
    for cell in PROSE:
        assert height(template, cell.area) >= needed(template, cell.area, "字" * 300)
        assert height(template, cell.area) < needed(template, cell.area, "字" * cell.field.max_length)
        assert template[cell.area.sheet][cell.area.first].alignment.wrap_text


def test_a_long_text_is_shown_whole() -> None:
    """Of any length that the form allows, in lines or in one, wherever it stands."""
    longest = {cell.subject: "字" * cell.field.max_length for cell in PROSE}
    lines = {cell.subject: "\n".join(["一行。"] * 40) for cell in PROSE}
    answer = "explanation[CASE001,]"
    for values in (longest, lines, {answer: "核对无误。" * 60}):
        book = load_workbook(io.BytesIO(written(values)))
        for subject, text in values.items():
            area = LAYOUT.areas[Subject(subject)]
            assert height(book, area) >= needed(book, area, text)


def test_the_first_section_is_printed_on_two_pages(tmp_path: Path) -> None:
    (printed,) = convert([save(tmp_path, name="usual.xlsx")], tmp_path / "out")
    feet = [page.extract_text().splitlines()[0] for page in PdfReader(printed).pages]  # it comes first
    assert sum("页，共" in foot and foot.endswith(tab("overview")) for foot in feet) == 2


def test_no_row_is_taller_than_a_spreadsheet_allows(template: Workbook) -> None:
    for page in pages(template):
        assert all((row.height or 0) <= 409 for row in page.row_dimensions.values())


def test_labels_stand_where_the_layout_says(template: Workbook) -> None:
    for sheet in LAYOUT.sheets:
        for cell in sheet.cells:
            if isinstance(cell, Constant):
                assert (template[sheet.name][cell.area.first].value or "") == cell.text


def test_only_the_cells_needed_exist(template: Workbook) -> None:
    for sheet in LAYOUT.sheets:
        assert template[sheet.name].max_row <= max(cell.area.bottom for cell in sheet.cells) + 1


# Contents --------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("written_anew")
def test_the_same_values_give_the_same_bytes() -> None:
    assert write_workbook(FORM, sound()) == write_workbook(FORM, sound())
    assert write_workbook(FORM, sound({"fee_notices": 3})) != write_workbook(FORM, sound())


def test_there_are_no_macros_and_no_links_to_other_files() -> None:
    names = zipfile.ZipFile(io.BytesIO(write_workbook(FORM, sound()))).namelist()
    assert not [name for name in names if "vba" in name.lower() or "external" in name.lower()]


def test_values_stand_in_their_cells(filled: Workbook) -> None:
    values = sound()
    for subject in ("organ", "requests[new_requests,natural_person]", "published[3,category]", "fee_notices"):
        sheet, name = place(subject)
        assert filled[sheet][name].value == values[subject]
    sheet, name = place("unit_type")
    assert filled[sheet][name].value == "部门"
    sheet, name = place("nil_confirmed")
    assert filled[sheet][name].value == "否"
    sheet, name = place("signed_on")
    assert filled[sheet][name].value.date().isoformat() == "2024-01-16"


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    texts = ("=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-1+2", "{=A1}", "#REF!x", "http://a.cn", "0012")
    notes = [f"requests[{row.name},note]" for row in FORM.grids["requests"].rows]
    values = dict(zip(notes, texts, strict=False)) | {"organ": "=1+1", "proactive": "@SUM(A1)", "phone": "+1"}
    path = save(tmp_path, sound(values))
    book = load_workbook(path)
    for subject, text in values.items():
        sheet, name = place(subject)
        cell = book[sheet][name]
        assert (cell.data_type, cell.value, cell.hyperlink) == ("s", text, None)
    verdict = verify_file(path)
    assert {finding.code for finding in verdict.findings} <= {
        "VAL014",
        "VAL018",
    }
    assert verdict.submission is not None and verdict.submission.inputs == sound(values)


def test_a_text_of_the_greatest_length_is_kept_whole(tmp_path: Path) -> None:
    prose, note = "".join(f"本局在第{n}镇公开了信息。" for n in range(100, 215))[:1500], "注" * 32_000
    path = save(tmp_path, sound({"proactive": prose, "requests[other,note]": note}))
    sheet, name = place("requests[other,note]")
    book = load_workbook(path)
    assert book[sheet][name].value == note
    sheet, name = place("proactive")
    assert book[sheet][name].value == prose
    assert findings(path) == ()


def test_a_password_is_set_where_one_is_given() -> None:
    book = load_workbook(io.BytesIO(write_workbook(FORM, START, password="secret")))
    assert all(page.protection.password for page in pages(book))


def test_a_template_that_nobody_filled_in_lacks_everything_and_nothing_else(tmp_path: Path) -> None:
    verdict = verify_file(save(tmp_path, START))
    assert verdict.status is Status.RETURNED
    assert {finding.code for finding in verdict.findings} == {"VAL010"}
