"""What people do to a workbook's sheets, rows and columns: one cause, one finding."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from openpyxl import Workbook

from damaging import deleted, inserted, same, shifted, stamped, swapped, with_openpyxl
from returns import FORM, LAYOUT, edit_cells, edit_parts, part_of, place, said, save, sound, tab, the_one
from xlreport.area import a1
from xlreport.finding import Status
from xlreport.layout.stamp import STAMP_TAB
from xlreport.verify.verdict import verify_file
from xlreport.workbook.review import REVIEW_CODE
from xlreport.workbook.write import write_workbook

REQUESTS, CASES = tab("requests"), tab("cases")
DISCLOSED = LAYOUT.areas["requests[disclosed,natural_person]"]


# Sheets ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sheet", [REQUESTS, CASES, tab("cover"), "校验", "填报说明"])
def test_a_deleted_sheet_is_reported_once_without_echoes(sheet: str, tmp_path: Path) -> None:
    path = with_openpyxl(save(tmp_path), lambda book: book.remove(book[sheet]))
    assert said(path) == {f"WBK010:{sheet}": "error"}
    assert f"“{sheet}”" in the_one(path, f"WBK010:{sheet}").message


@pytest.mark.parametrize("sheet", [REQUESTS, "校验", "填报说明"])
def test_a_renamed_sheet_is_found_by_its_contents_and_named(sheet: str, tmp_path: Path) -> None:
    path = with_openpyxl(save(tmp_path), lambda book: setattr(book[sheet], "title", "表三"))
    assert said(path) == {f"WBK011:{sheet}": "error"}
    finding = the_one(path, f"WBK011:{sheet}")
    assert "“表三”" in finding.message and f"“{sheet}”" in finding.fix
    assert finding.sheet == "表三"
    submission = verify_file(path).submission
    assert submission is not None and submission.inputs == sound()


def test_an_extra_sheet_is_only_a_note(tmp_path: Path) -> None:
    path = with_openpyxl(save(tmp_path), lambda book: book.create_sheet("草稿"))
    assert said(path) == {"WBK014:草稿": "note"}
    assert verify_file(path).status is Status.ACCEPTED


@pytest.mark.parametrize("first", [(), ("核对意见",)], ids=["the mark alone", "the mark and the name"])
def test_other_words_under_the_mark_of_our_list_are_told(first: tuple[str, ...], tmp_path: Path) -> None:
    def forge(book: Workbook) -> None:
        sheet = book.create_sheet("更正")
        sheet.append([REVIEW_CODE, *first])
        sheet.append(["", "表三的新收应为600件"])

    path = with_openpyxl(save(tmp_path), forge)
    assert said(path) == {"WBK014:更正": "warning"}
    assert "“校验”" in the_one(path, "WBK014:更正").fix


def test_a_copy_of_a_sheet_is_an_extra_sheet(tmp_path: Path) -> None:
    path = with_openpyxl(save(tmp_path), lambda book: book.copy_worksheet(book[REQUESTS]))
    assert list(said(path).values()) == ["note"]


def test_a_chart_on_its_own_sheet_is_an_extra_sheet(tmp_path: Path) -> None:
    path = with_openpyxl(save(tmp_path), lambda book: book.create_chartsheet("图"))
    assert said(path) == {"WBK014:图": "note"}


def test_sheets_in_another_order_are_no_matter(tmp_path: Path) -> None:
    path = with_openpyxl(save(tmp_path), lambda book: book.move_sheet(book[REQUESTS], -3))
    assert said(path) == {}


# Rows and columns ------------------------------------------------------------------------------------

ROW, COLUMN = DISCLOSED.top, DISCLOSED.left
MOVES = {
    "a row deleted": (deleted(ROW), same, "WBK013:requests[disclosed,]", "缺少 1 行：“三（一）予以公开”"),
    "a column deleted": (same, deleted(COLUMN), "WBK013:requests[,natural_person]", "缺少 1 列：“自然人”"),
    "a row inserted": (inserted(ROW), same, f"WBK012:{REQUESTS}:行", f"第 {ROW + 1} 行上方插入了 1 行"),
    "rows inserted at the top": (inserted(0, 3), same, f"WBK012:{REQUESTS}:行", "插入了 3 行"),
    "a head row deleted": (deleted(1), same, f"WBK012:{REQUESTS}:行", "上方删除了 1 行"),
    "rows swapped": (swapped(ROW, ROW + 1), same, f"WBK012:{REQUESTS}:行", "行的顺序被打乱"),
    "a column inserted": (same, inserted(COLUMN), f"WBK012:{REQUESTS}:列", "列左侧插入了 1 列"),
    "columns swapped": (same, swapped(COLUMN, COLUMN + 1), f"WBK012:{REQUESTS}:列", "列的顺序被打乱"),
    "the hidden column deleted": (same, deleted(0), f"WBK013:{REQUESTS}:列A", "隐藏的 A 列"),
}


@pytest.mark.parametrize("move", MOVES)
def test_moved_rows_and_columns_are_one_finding(move: str, tmp_path: Path) -> None:
    rows, columns, expected, words = MOVES[move]
    path = shifted(save(tmp_path), REQUESTS, rows, columns)
    assert said(path) == {expected: "error"}
    assert words in the_one(path, expected).message


@pytest.mark.parametrize("move", ["a row inserted", "rows swapped", "a column inserted", "columns swapped"])
def test_figures_are_read_by_name_wherever_they_went(move: str, tmp_path: Path) -> None:
    rows, columns, _, _ = MOVES[move]
    submission = verify_file(shifted(save(tmp_path), REQUESTS, rows, columns)).submission
    assert submission is not None and submission.inputs == sound()


def test_an_error_in_a_moved_table_is_found_beside_the_move(tmp_path: Path) -> None:
    path = shifted(save(tmp_path, sound({"requests[other,natural_person]": 2})), REQUESTS, inserted(ROW))
    assert said(path) == {
        f"WBK012:{REQUESTS}:行": "error",
        "REQ001:requests[,natural_person]": "error",
    }
    moved = a1(LAYOUT.areas["requests[carried_forward,natural_person]"].top + 1, COLUMN)
    assert the_one(path, "REQ001:requests[,natural_person]").cell == moved


def test_two_causes_are_two_findings(tmp_path: Path) -> None:
    path = with_openpyxl(save(tmp_path), lambda book: book.remove(book[CASES]))
    shifted(path, REQUESTS, inserted(ROW))
    assert set(said(path)) == {f"WBK010:{CASES}", f"WBK012:{REQUESTS}:行"}


# The stamp -------------------------------------------------------------------------------------------


def test_a_workbook_that_is_not_ours(tmp_path: Path) -> None:
    path = tmp_path / "own.xlsx"
    book = Workbook()
    book.save(path)
    assert said(path) == {"WBK002:": "error"}
    assert verify_file(path).status is Status.UNREADABLE


def test_a_workbook_without_its_stamp_is_not_ours(tmp_path: Path) -> None:
    path = with_openpyxl(save(tmp_path), lambda book: book.remove(book[STAMP_TAB]))
    assert said(path) == {"WBK002:": "error"}


@pytest.mark.parametrize(
    ("key", "value"),
    [("xlreport", "9"), ("year", "二〇二三"), ("rows.published", "0"), ("rows.published", "很多"),
     ("rows.published", "999999"), ("issue", None)],
)  # fmt: skip
def test_a_damaged_stamp_is_said_to_be_damaged(key: str, value: object, tmp_path: Path) -> None:
    path = stamped(save(tmp_path), key, value)
    if key != "issue":
        assert said(path) == {"WBK006:": "error"}
    else:
        assert "WBK006:" in said(path) or said(path) == {}


@pytest.mark.parametrize("form", ["no_such_form", "../../etc", "/etc", "x" * 300, "县"])
def test_a_stamp_that_names_an_unknown_form_opens_nothing(form: str, tmp_path: Path) -> None:
    verdict = verify_file(stamped(save(tmp_path), "form", form))
    assert verdict.status is Status.UNREADABLE
    assert verdict.findings[0].code in ("WBK003", "WBK006")


def test_numbers_in_the_stamp_may_have_become_numbers(tmp_path: Path) -> None:
    assert said(stamped(save(tmp_path), "year", 2023)) == {}


def test_the_year_of_the_cover_is_the_year_of_the_stamp(tmp_path: Path) -> None:
    sheet, name = place("year")
    path = edit_cells(save(tmp_path), sheet, {name: 2022})
    assert said(path) == {"WBK026:year": "error"}
    finding = the_one(path, "WBK026:year")
    assert (finding.sheet, finding.cell, finding.expected, finding.found) == (sheet, name, "2023", "2022")
    assert "2022" in finding.message and "2023" in finding.fix


def test_an_edited_year_in_the_stamp_does_not_fit_the_cover(tmp_path: Path) -> None:
    assert said(stamped(save(tmp_path), "year", "2022")) == {"WBK026:year": "error"}


def test_an_edition_serves_only_its_years(tmp_path: Path) -> None:
    path = save(tmp_path, sound({"year": 2020}))
    assert said(path) == {"WBK005:year": "error"}
    assert "2020" in the_one(path, "WBK005:year").fix


def test_another_definition_of_the_same_shape_is_read_with_a_warning(tmp_path: Path) -> None:
    assert said(stamped(save(tmp_path), "definition", "0" * 16)) == {"WBK004:_xlreport": "note"}


def test_another_definition_of_the_same_shape_hides_nothing(tmp_path: Path) -> None:
    path = stamped(save(tmp_path, sound({"requests[other,natural_person]": 2})), "definition", "0" * 16)
    sheet, name = place("year")
    edit_cells(path, sheet, {name: 2022})
    assert set(said(path)) == {"WBK004:_xlreport", "WBK026:year", "REQ001:requests[,natural_person]"}


def test_another_definition_of_another_shape_stops_everything_else(tmp_path: Path) -> None:
    path = stamped(save(tmp_path, sound({"requests[other,natural_person]": 2})), "definition", "0" * 16)
    shifted(path, REQUESTS, deleted(ROW))
    assert said(path) == {"WBK004:_xlreport": "error"}


def test_a_row_inserted_into_an_earlier_edition_is_told_as_such(tmp_path: Path) -> None:
    path = shifted(stamped(save(tmp_path), "definition", "0" * 16), REQUESTS, inserted(ROW))
    assert said(path) == {f"WBK012:{REQUESTS}:行": "error"}


# What is never touched -------------------------------------------------------------------------------


def test_verifying_never_changes_a_file(tmp_path: Path) -> None:
    path = shifted(save(tmp_path), REQUESTS, inserted(ROW))
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    verify_file(path)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_a_part_nobody_needs_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "bare.xlsx"
    path.write_bytes(write_workbook(FORM, sound()))
    edit_parts(path, lambda name, data: None if name.startswith("docProps") else data)
    assert part_of(path, REQUESTS)
    assert said(path) == {}
