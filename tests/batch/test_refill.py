"""Refilling: what a damaged return still says goes into a fresh template, and the rest is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from damaging import inserted, shifted, swallowed, swapped, with_openpyxl
from returns import FORM, LAYOUT, MAIN, edit, edit_cells, edit_sheet, nil, place, said, save, sound, tab
from xlreport.area import a1, position
from xlreport.batch.refill import CannotRefill, Refilled, refill
from xlreport.finding import UnreadableWorkbook
from xlreport.form.load import resize
from xlreport.form.values import from_json, rows_needed
from xlreport.layout.builder import CODES
from xlreport.layout.stamp import STAMP_TAB
from xlreport.workbook.read import read
from xlreport.workbook.salvage import salvage
from xlreport.workbook.write import write_workbook

REQUESTS, CASES = tab("requests"), tab("cases")
NATURAL = "requests[new_requests,natural_person]"


def refilled(path: Path, unit: str = "", year: int | None = None) -> tuple[Refilled, Path]:
    """What was carried over, and the new workbook, which always reads as it was written."""
    done = refill(salvage(path), unit, year)
    new = path.with_name("new.xlsx")
    new.write_bytes(done.workbook())
    assert read(new).inputs == done.values
    assert not [id_ for id_ in said(new) if id_.startswith("WBK")]
    return done, new


def in_sheet(path: Path, sheet: str, damage: Callable[[Worksheet], object]) -> Path:
    return with_openpyxl(path, lambda book: damage(book[sheet]))


def told(done: Refilled) -> str:
    return "\n".join(f"{remark.text} {remark.fix}" for remark in done.remarks)


# All of it -------------------------------------------------------------------------------------------


def test_a_sound_return_is_carried_over_whole(tmp_path: Path) -> None:
    done, new = refilled(save(tmp_path))
    assert done.values == sound()
    assert done.remarks == () and done.complete
    assert done.carried == done.filled == len(sound())
    assert said(new) == {}


@pytest.mark.parametrize("values", [nil(), {"organ": "某局", "year": 2023}], ids=["nil", "blank"])
def test_zeros_and_blanks_stay_what_they_are(values: dict[str, object], tmp_path: Path) -> None:
    done, _ = refilled(save(tmp_path, values))  # type: ignore[arg-type]
    assert done.values == values and done.complete


def test_notes_and_answers_and_long_lists_come_along(tmp_path: Path) -> None:
    notes = {"requests[other,note]": "撤回2件", "explanation[CASE001,]": "含上年申请引起的案件"}
    data = {"published": [{"category": f"类别{n}", "count": n} for n in range(45)]}
    form = resize(FORM, tuple(rows_needed(FORM, data).items()))
    values = {**sound(notes), **from_json(form, data)}
    path = tmp_path / "long.xlsx"
    path.write_bytes(write_workbook(form, values))
    done, new = refilled(path)
    assert done.values == values and done.complete
    assert read(new).inputs["published[45,count]"] == 44


# Damage to sheets, rows and columns ------------------------------------------------------------------

INPUT = LAYOUT.areas["requests[disclosed,natural_person]"]
HARMLESS: dict[str, tuple[str, Callable[[Worksheet], object]]] = {
    "a row inserted": (REQUESTS, lambda sheet: sheet.insert_rows(INPUT.top + 1, 2)),
    "a column inserted": (REQUESTS, lambda sheet: sheet.insert_cols(INPUT.left + 1)),
    "a sheet renamed": (REQUESTS, lambda sheet: setattr(sheet, "title", "表三")),
    "protection removed": (REQUESTS, lambda sheet: sheet.protection.disable()),
    "the hidden column deleted": (REQUESTS, lambda sheet: sheet.delete_cols(CODES + 1)),
    "the hidden column deleted on the cover": (tab("cover"), lambda sheet: sheet.delete_cols(CODES + 1)),
    "a list's hidden column deleted": (tab("overview"), lambda sheet: sheet.delete_cols(CODES + 1)),
    "the hidden column deleted in a line": (CASES, lambda sheet: sheet.delete_cols(CODES + 1)),
    "labels changed": (REQUESTS, lambda sheet: sheet.cell(INPUT.top + 1, 2, "随便")),
}


@pytest.mark.parametrize("damage", HARMLESS)
def test_nothing_is_lost_by(damage: str, tmp_path: Path) -> None:
    sheet, change = HARMLESS[damage]
    done, _ = refilled(in_sheet(save(tmp_path), sheet, change))
    assert told(done) == ""
    assert done.values == sound()


def test_a_renamed_sheet_without_codes_is_known_by_its_labels(tmp_path: Path) -> None:
    def damage(sheet: Worksheet) -> None:
        sheet.delete_cols(CODES + 1)
        for row in sheet.iter_rows(max_row=12):
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("requests["):
                    cell.value = None
        sheet.title = "表三"

    done, _ = refilled(in_sheet(save(tmp_path), REQUESTS, damage))
    assert done.values == sound() and done.complete


def test_a_deleted_sheet_is_told_once(tmp_path: Path) -> None:
    done, _ = refilled(with_openpyxl(save(tmp_path), lambda book: book.remove(book[CASES])))
    kept = {s: value for s, value in sound().items() if LAYOUT.areas[s].sheet != CASES}
    assert done.values == kept and not done.complete
    [remark] = done.remarks
    assert f"“{CASES}”" in remark.text and "没有带入" in remark.text and remark.lost


def test_a_deleted_row_is_told_with_the_cells_to_fill_in(tmp_path: Path) -> None:
    done, _ = refilled(in_sheet(save(tmp_path), REQUESTS, lambda s: s.delete_rows(INPUT.top + 1)))
    assert set(sound()) - set(done.values) == {s for s in sound() if s.startswith("requests[disclosed,")}
    [remark] = done.remarks
    assert "三（一）予以公开" in remark.text
    assert f"{REQUESTS} {INPUT.first}:" in remark.fix


# Stamps, years, editions -----------------------------------------------------------------------------


def without_stamp(path: Path) -> Path:
    return with_openpyxl(path, lambda book: book.remove(book[STAMP_TAB]))


def test_without_a_stamp_the_codes_tell_the_form_and_the_cover_the_rest(tmp_path: Path) -> None:
    done, new = refilled(without_stamp(save(tmp_path)))
    assert done.values == sound() and done.complete
    assert said(new) == {}


def copied_by_hand(path: Path, *tabs: str) -> Path:
    """What somebody copies into a workbook of his own: what he sees, values for formulas."""
    seen, copy = load_workbook(path, data_only=True), Workbook()
    copy.remove(copy["Sheet"])
    for sheet in [
        sheet for sheet in seen if sheet.sheet_state == "visible" and (not tabs or sheet.title in tabs)
    ]:
        target = copy.create_sheet(sheet.title)
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            column = sheet.column_dimensions[cell.column_letter]
            if not column.hidden and not sheet.row_dimensions[cell.row].hidden:
                target[cell.coordinate] = cell.value
    path = path.with_name("copied.xlsx")
    copy.save(path)
    return path


def test_a_table_made_from_ours_points_to_refill_and_is_carried_over_whole(tmp_path: Path) -> None:
    before = read(save(tmp_path)).values
    path = copied_by_hand(tmp_path / "return.xlsx")
    with pytest.raises(UnreadableWorkbook) as refused:
        read(path)
    assert "xlreport refill" in refused.value.finding.fix
    done, again = refilled(path)
    assert (done.form.id, done.carried) == (FORM.id, done.filled)
    assert read(again).values == before


def test_of_a_few_sheets_nobody_knows_the_form(tmp_path: Path) -> None:
    save(tmp_path)
    with pytest.raises(UnreadableWorkbook) as refused:
        read(copied_by_hand(tmp_path / "return.xlsx", "封面", "一、总体情况"))
    assert "refill" not in refused.value.finding.fix


def test_a_damaged_stamp_is_done_without(tmp_path: Path) -> None:
    done, _ = refilled(edit_cells(save(tmp_path), STAMP_TAB, {"B1": "9"}))
    assert done.values == sound()


@pytest.mark.parametrize(("subject", "option"), [("organ", "--unit"), ("year", "--year")])
def test_without_a_stamp_a_blank_cover_is_asked_for(subject: str, option: str, tmp_path: Path) -> None:
    path = without_stamp(save(tmp_path, sound({subject: None})))
    with pytest.raises(CannotRefill, match=option):
        refill(salvage(path))
    done, _ = refilled(path, unit="某局", year=2023)
    assert done.complete and (done.unit, done.year) == ("某局", 2023)


def test_a_stranger_s_workbook_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path)
    book = load_workbook(path)
    for name in [STAMP_TAB, *book.sheetnames[:-2]]:
        book.remove(book[name])
    for row in book.worksheets[0].iter_rows():
        row[0].value = None
    book.save(path)
    with pytest.raises(UnreadableWorkbook):
        salvage(path)


def test_a_year_that_nobody_serves_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotRefill, match="1999"):
        refill(salvage(save(tmp_path)), year=1999)


def test_another_year_on_the_cover_is_told(tmp_path: Path) -> None:
    done, new = refilled(edit(save(tmp_path), {"year": 2022}))
    assert done.year == 2023 and "2022" in told(done) and done.complete
    assert said(new) == {}


def test_a_unit_may_be_given(tmp_path: Path) -> None:
    done, new = refilled(save(tmp_path), unit="岚溪县新局")
    assert done.values["organ"] == "岚溪县新局"
    assert str(sound()["organ"]) in told(done)
    assert said(new) == {"VAL017:organ_short": "warning"}  # still the earlier unit's short name


def test_an_older_definition_is_read_by_names(tmp_path: Path) -> None:
    path = save(tmp_path)
    submission = salvage(path)
    older = replace(submission, stamp=replace(submission.stamp, definition="0" * 16))
    assert refill(older).values == sound()


def test_a_cell_that_the_new_edition_lacks_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    submission = salvage(save(tmp_path))
    first, *rest = submission.form.sections[-1].blocks
    gone = first.fields[-1].name  # type: ignore[union-attr]  # the last section has fields only
    fewer = replace(first, fields=first.fields[:-1])  # type: ignore[union-attr, type-var]
    sections = (*FORM.sections[:-1], replace(FORM.sections[-1], blocks=(fewer, *rest)))
    fewer_cells = replace(FORM, sections=sections, title="新版年报")
    monkeypatch.setattr("xlreport.batch.refill.edition_for", lambda form, year: fewer_cells)
    done = refill(submission)
    assert gone not in done.values
    assert any("新模板没有这一格" in remark.text and remark.lost for remark in done.remarks)


# Contents --------------------------------------------------------------------------------------------


def test_what_is_no_figure_is_told_with_place_reason_and_cell(tmp_path: Path) -> None:
    done, _ = refilled(edit(save(tmp_path), {NATURAL: "22（其中修订16件）"}))
    sheet, cell = place(NATURAL)
    [remark] = done.remarks
    assert remark.text.startswith(f"{sheet} {cell}（")
    assert "“22（其中修订16件）”" in remark.text and "没有带入" in remark.text
    assert "备注" in remark.fix and remark.fix.endswith(f"（新工作簿 {sheet} {cell}）")
    assert done.filled == len(sound()) and done.carried == len(sound()) - 1
    assert not done.complete


@pytest.mark.parametrize("content", ["/", -4, 1.5, True, "#REF!", "=1/0", 1e15])
def test_no_broken_figure_is_carried_over(content: object, tmp_path: Path) -> None:
    done, new = refilled(edit(save(tmp_path), {NATURAL: content}))
    assert NATURAL not in done.values and not done.complete
    assert said(new) == {f"VAL010:{NATURAL}": "error"}


def test_spellings_that_are_understood_are_carried_over_as_figures(tmp_path: Path) -> None:
    done, new = refilled(edit(save(tmp_path), {NATURAL: "３8件"}))
    assert done.values == sound({NATURAL: 38}) and done.complete
    assert "３8件" in told(done)
    assert said(new) == {}


def test_results_of_pasted_formulas_are_carried_over_and_told(tmp_path: Path) -> None:
    def formula(text: str) -> Callable[[etree._Element], None]:
        def change(root: etree._Element) -> None:
            for found in root.iter(f"{MAIN}c"):
                if found.get("r") == place(NATURAL)[1]:
                    found[:] = []
                    found.attrib.pop("t", "")
                    etree.SubElement(found, f"{MAIN}f").text = text
                    etree.SubElement(found, f"{MAIN}v").text = "38"

        return change

    done, _ = refilled(edit_sheet(save(tmp_path), REQUESTS, formula("[1]表!B3"), keep_results=True))
    assert done.values == sound() and done.complete
    [remark] = done.remarks
    assert "[1]表!B3" in remark.text and "38" in remark.text and "核对" in remark.fix
    done, _ = refilled(edit_sheet(save(tmp_path), REQUESTS, formula("30+8"), keep_results=True))
    assert done.values == sound() and done.remarks == ()


def test_totals_typed_over_are_computed_again_and_told(tmp_path: Path) -> None:
    right = read(save(tmp_path)).values["requests[new_requests,total]"]
    path = edit(save(tmp_path), {"requests[results_total,total]": 999, "requests[new_requests,total]": right})
    done, new = refilled(path)
    assert done.values == sound() and done.complete
    texts = [remark.text for remark in done.remarks]
    assert len(texts) == 2
    assert "“999”" in texts[0] and place("requests[results_total,total]")[1] in texts[0]
    assert "1 个合计" in texts[1]
    assert said(new) == {}


def test_what_stands_beside_the_form_is_told(tmp_path: Path) -> None:
    def beside(book: Workbook) -> None:
        book[CASES]["Z30"] = "另有3件"
        book.create_sheet("草稿")["A1"] = 5

    done, _ = refilled(with_openpyxl(save(tmp_path), beside))
    lost = [remark for remark in done.remarks if remark.lost]
    assert len(lost) == 1 and "Z30" in lost[0].text
    assert "草稿" in told(done)


ODD = st.one_of(
    st.integers(-10, 10**13),
    st.text("=+-0123456789件（）/ <&\n字_x0041", max_size=30),
    st.sampled_from(["1800-1-1", "2024年1月20日", "否", "=SUM(1,2)", "#N/A", "９９", "长" * 3_000]),
)


@settings(max_examples=25)
@given(st.dictionaries(st.sampled_from(sorted(set(sound()) - {"organ", "year"})), ODD, max_size=12))
def test_whatever_stands_in_cells_is_carried_over_or_told(
    tmp_path_factory: pytest.TempPathFactory, contents: dict[str, object]
) -> None:
    path = edit(save(tmp_path_factory.mktemp("odd")), {s: c for s, c in contents.items() if c != "="})
    done, _ = refilled(path)
    old = read(path)
    for subject, value in old.inputs.items():
        missing = subject not in done.values
        assert (missing and not done.complete) or done.values[subject] == value
    assert done.complete == (done.carried == done.filled)
    assert set(done.values) <= set(old.inputs)


def test_what_a_merged_area_swallowed_is_told_and_not_counted(tmp_path: Path) -> None:
    path = save(tmp_path)
    swallowed(path, REQUESTS, "E8:J8")
    done, new = refilled(path)
    assert (done.filled - done.carried, done.complete) == (5, False)
    assert sum("没有保留" in remark.text and remark.lost for remark in done.remarks) == 5
    assert said(new).keys() == {"VAL010:requests"}


def test_what_stands_in_an_inserted_row_is_told(tmp_path: Path) -> None:
    path = shifted(save(tmp_path), REQUESTS, inserted(9))
    edit_cells(path, REQUESTS, {"E10": 777}, keep_results=True)
    done, _ = refilled(path)
    assert not done.complete
    assert any("E10" in remark.text and remark.lost for remark in done.remarks)


def test_columns_that_changed_places_without_codes_are_not_mixed_up(tmp_path: Path) -> None:
    values = sound({"cases[review,corrected]": 1, "cases[review,other_result]": 0})
    path = save(tmp_path, values)
    codes = next(sheet for sheet in LAYOUT.sheets if sheet.name == CASES).codes
    edit_cells(path, CASES, {a1(*at): None for at in codes if at[1] != CODES}, keep_results=True)
    shifted(path, CASES, columns=swapped(3, 4))
    edit_sheet(path, CASES, sort_cells, keep_results=True)
    done, _ = refilled(path)
    for subject in ("cases[review,corrected]", "cases[review,other_result]"):
        assert done.values.get(subject, values[subject]) == values[subject]


def sort_cells(root: etree._Element) -> None:
    for line in root.iter(f"{MAIN}row"):
        line[:] = sorted(line, key=lambda cell: position(str(cell.get("r"))))
