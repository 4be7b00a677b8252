"""Last year's workbooks: whose they are, whether they count, and what comes of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from last_year import FORWARD, IN_FORCE, ONE_OFF, OVER, Changes, last_year, save_issued, save_last
from returns import FORM, edit, edit_cells, place, said, save, sound, tab, the_one
from xlreport.archive.last_year import LastYear
from xlreport.finding import Finding, Status, UnreadableWorkbook
from xlreport.form.library import shipped
from xlreport.form.load import load_form
from xlreport.form.model import Form
from xlreport.layout.prior_sheet import prior_subjects
from xlreport.verify.verdict import Verdict, verify_file
from xlreport.workbook.write import write_workbook

YOY001 = {"YOY001:requests[,natural_person]": "error"}
YOY002 = {"YOY002:requests[,natural_person]": "warning"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of last year's returns, still empty."""
    (tmp_path / "2022").mkdir()
    return tmp_path / "2022"


def against(place: Path, path: Path) -> Verdict:
    """The verdict on a return against last year's."""
    return verify_file(path, LastYear.of(place))


def this_year(tmp_path: Path, changes: Changes | None = None) -> Path:
    """A return on 2023 in a template issued without last year's figures."""
    return save(tmp_path, sound(changes), "本年.xlsx")


def only(verdict: Verdict) -> Finding:
    (finding,) = verdict.findings
    return finding


# The rules -------------------------------------------------------------------------------------------


def test_a_return_that_continues_last_year_s_is_accepted(folder: Path, tmp_path: Path) -> None:
    assert said(against(save_last(folder), this_year(tmp_path))) == {}


def test_without_last_year_nothing_is_said_of_it(tmp_path: Path) -> None:
    assert said(this_year(tmp_path, ONE_OFF)) == {}


def test_what_is_carried_over_is_what_was_carried_forward(folder: Path, tmp_path: Path) -> None:
    finding = only(against(save_last(folder), this_year(tmp_path, ONE_OFF)))
    assert finding.id == "YOY001:requests[,natural_person]"
    assert "二、上年结转4，上年报告“四、结转下年度”3，相差1件" in finding.message
    assert "没有说明原因" in finding.message
    assert (finding.sheet, finding.cell) == place(OVER.format("natural_person"))
    assert (finding.found, finding.expected) == ("4", "3")


def test_a_reason_beside_a_changed_figure_is_shown_but_does_not_excuse_it(
    folder: Path, tmp_path: Path
) -> None:
    note: Changes = {"requests[carried_over,note]": "上年报告漏报一件"}
    finding = only(against(save_last(folder), this_year(tmp_path, {**ONE_OFF, **note})))
    assert "备注" in finding.message and "“上年报告漏报一件”" in finding.message
    assert finding.severity == "error"


def test_columns_that_differ_behind_an_equal_total_are_named(folder: Path, tmp_path: Path) -> None:
    last: Changes = {FORWARD.format("natural_person"): 2, FORWARD.format("other_organization"): 1,
                     "requests[new_requests,natural_person]": 38,
                     "requests[new_requests,other_organization]": 3}  # fmt: skip
    verdict = against(save_last(folder, last), this_year(tmp_path))
    assert said(verdict) == {
        f"YOY001:requests[,{p}]": "error" for p in ("natural_person", "other_organization")
    }


def test_a_declared_change_makes_it_a_warning_that_can_be_explained(folder: Path, tmp_path: Path) -> None:
    merged: Changes = {**ONE_OFF, "organ_change": "merged", "predecessors": "LX-B-014"}
    place_ = save_last(folder)
    assert said(against(place_, this_year(tmp_path, merged))) == YOY002
    answer: Changes = {"explanation[YOY002,natural_person]": "水产站一件随职能划入"}
    finding = only(against(place_, this_year(tmp_path, {**merged, **answer})))
    assert "水产站一件随职能划入" in finding.message + finding.explanation


def test_documents_in_force_continue_last_year_s(folder: Path, tmp_path: Path) -> None:
    finding = only(against(save_last(folder, {IN_FORCE: 22}), this_year(tmp_path)))
    assert finding.id == "YOY003:documents[normative_documents,]"
    assert "上年报告“现行有效”22＋本年制发2－本年废止1＝23" in finding.message


def test_more_repealed_than_there_were_is_said_once(folder: Path, tmp_path: Path) -> None:
    verdict = against(
        save_last(folder, {IN_FORCE: 1}), this_year(tmp_path, {"documents[normative_documents,repealed]": 9})
    )
    assert said(verdict) == {"YOY004:documents[normative_documents,]": "warning"}


def test_a_figure_that_is_not_understood_keeps_its_rule_silent(folder: Path, tmp_path: Path) -> None:
    path = edit(this_year(tmp_path), {OVER.format("natural_person"): "4（含转办1件）"})
    assert said(against(save_last(folder), path)) == {f"VAL001:{OVER.format('natural_person')}": "error"}
    path = edit(this_year(tmp_path, ONE_OFF), {"organ_change": "撤并"})
    assert said(against(save_last(folder), path)) == {"VAL008:organ_change": "error"}


# Whose it is -----------------------------------------------------------------------------------------


OTHER: Changes = {"organ": "岚溪县青禾镇人民政府", "organ_short": "青禾镇", "unit_code": "LX-T-007",
                  "address": "青禾镇", "phone": "0590-7000000", "email": "qh@example.com"}  # fmt: skip
"""Another unit's cover."""


def test_a_name_decides_before_a_code(folder: Path, tmp_path: Path) -> None:
    save_last(folder, {"unit_code": "LX-B-099"}, "a.xlsx")
    save_last(folder, {**OTHER, "unit_code": "LX-B-014", FORWARD.format("natural_person"): 9,
                       "requests[new_requests,natural_person]": 45}, "b.xlsx")  # fmt: skip
    finding = only(against(folder, this_year(tmp_path)))
    assert (finding.id, finding.severity) == ("YOY907:unit_code", "warning")
    assert "岚溪县青禾镇人民政府" in finding.message and "b.xlsx" in finding.message
    assert (finding.sheet, finding.cell) == place("unit_code")


def test_a_code_kept_while_another_took_it_is_nothing_to_ask_about(folder: Path, tmp_path: Path) -> None:
    save_last(folder, name="a.xlsx")
    save_last(folder, {**OTHER, "unit_code": "LX-B-014"}, "b.xlsx")
    assert said(against(folder, this_year(tmp_path))) == {}


def test_of_two_units_of_one_name_the_code_decides(folder: Path, tmp_path: Path) -> None:
    save_last(folder, name="a.xlsx")
    save_last(folder, {"unit_code": "LX-C-001", FORWARD.format("natural_person"): 9,
                       "requests[new_requests,natural_person]": 45}, "b.xlsx")  # fmt: skip
    assert said(against(folder, this_year(tmp_path))) == {}


def test_a_neighbour_s_code_compares_with_nobody(folder: Path, tmp_path: Path) -> None:
    save_last(folder, {**OTHER, "unit_code": "LX-B-014"})
    verdict = against(folder, this_year(tmp_path, ONE_OFF))
    assert said(verdict) == {"YOY907:unit_code": "warning"}
    assert verdict.submission is not None and verdict.submission.prior == {}
    assert "机构变动" in only(verdict).fix


@pytest.mark.parametrize("code", ["无", "/", "0", "000000", "暂无", "——"])
def test_a_filler_is_nobody_s_code(code: str, folder: Path, tmp_path: Path) -> None:
    save_last(folder, {**OTHER, "unit_code": code}, "b.xlsx")
    path = edit(this_year(tmp_path, ONE_OFF), {"unit_code": code})
    found = said(against(folder, path))
    assert found["YOY901:organ"] == "note"
    assert not any(id_.startswith(("YOY00", "YOY907")) for id_ in found)
    save_last(folder, {"unit_code": code}, "a.xlsx")
    assert said(against(folder, path)).items() >= YOY001.items()


def test_a_changed_name_with_the_same_code_has_to_be_declared(folder: Path, tmp_path: Path) -> None:
    save_last(folder, {"organ": "岚溪县国土资源局"})
    assert said(against(folder, this_year(tmp_path, ONE_OFF))) == {"YOY907:unit_code": "warning"}
    renamed: Changes = {**ONE_OFF, "organ_change": "renamed", "predecessors": "岚溪县国土资源局"}
    assert said(against(folder, this_year(tmp_path, renamed))) == YOY001


def test_a_year_on_year_finding_names_the_workbook(folder: Path, tmp_path: Path) -> None:
    finding = only(against(save_last(folder, name="部门/甲.xlsx").parent, this_year(tmp_path, ONE_OFF)))
    assert finding.message.endswith("（上年数取自 甲.xlsx）")
    assert "上年数取自" not in only(verify_file(save_issued(tmp_path, ONE_OFF))).message


def test_a_name_counts_however_it_is_typed(folder: Path, tmp_path: Path) -> None:
    save_last(folder, {"organ": "岚溪县 自然资源和规划局", "unit_code": "旧码"})
    assert said(against(folder, this_year(tmp_path, ONE_OFF))) == YOY001


def test_a_renamed_unit_is_found_by_its_old_name(folder: Path, tmp_path: Path) -> None:
    save_last(folder, {"organ": "岚溪县国土资源局", "unit_code": "旧码"})
    renamed: Changes = {**ONE_OFF, "organ_change": "renamed", "predecessors": "岚溪县国土资源局"}
    assert said(against(folder, this_year(tmp_path, ONE_OFF))) == {"YOY901:organ": "note"}
    assert said(against(folder, this_year(tmp_path, renamed))) == YOY001


def test_merged_units_are_added_up(folder: Path, tmp_path: Path) -> None:
    save_last(folder, {"organ": "甲局", "unit_code": "A", FORWARD.format("natural_person"): 1,
                       "requests[new_requests,natural_person]": 37}, "a.xlsx")  # fmt: skip
    save_last(folder, {"organ": "乙局", "unit_code": "B", FORWARD.format("natural_person"): 2,
                       "requests[new_requests,natural_person]": 38}, "b.xlsx")  # fmt: skip
    merged: Changes = {"organ_change": "merged", "predecessors": "甲局、B"}
    verdict = against(folder, this_year(tmp_path, merged))
    assert verdict.submission is not None
    assert verdict.submission.prior[FORWARD.format("natural_person")] == 3
    assert "organ" not in verdict.submission.prior
    assert not any(finding.cell == place(OVER.format("natural_person"))[1] for finding in verdict.findings)


@pytest.mark.parametrize(
    "typed",
    [
        "岚溪县水产站和岚溪县矿管站",
        "岚溪县水产站；\n岚溪县矿管站。",
        "原岚溪县水产站、原岚溪县矿管站",
        "“岚溪县水产站”，岚溪县矿管站",
    ],
)
def test_merged_units_are_found_however_they_are_listed(typed: str, folder: Path, tmp_path: Path) -> None:
    for name in ("水产站", "矿管站"):
        save_last(folder, {**OTHER, "organ": f"岚溪县{name}", "unit_code": name}, f"{name}.xlsx")
    changes: Changes = {"organ": "岚溪县新局", "organ_change": "merged", "predecessors": typed}
    verdict = against(folder, this_year(tmp_path, changes))
    assert not any(id_.startswith("YOY9") for id_ in said(verdict))
    assert any("水产站.xlsx、矿管站.xlsx" in finding.message for finding in verdict.findings)


def test_a_part_of_the_merged_units_is_not_taken_for_the_whole(folder: Path, tmp_path: Path) -> None:
    save_last(folder, {"organ": "甲局", "unit_code": "A"})
    verdict = against(folder, this_year(tmp_path, {"organ_change": "merged", "predecessors": "甲局、乙局"}))
    assert "“乙局” 2022 年度" in only(verdict).message
    assert verdict.submission is not None and verdict.submission.prior == {}


def test_a_split_unit_is_only_warned(folder: Path, tmp_path: Path) -> None:
    save_last(folder, {"organ": "甲局", "unit_code": "A", "licensing[administrative_licences,decisions]": 9})
    split: Changes = {**ONE_OFF, "organ_change": "split", "predecessors": "甲局"}
    assert said(against(folder, this_year(tmp_path, split))) == YOY002


def test_a_new_unit_is_not_asked_for_last_year(folder: Path, tmp_path: Path) -> None:
    save_last(folder, {"organ": "甲局", "unit_code": "A"})
    assert said(against(folder, this_year(tmp_path, {**ONE_OFF, "organ_change": "new"}))) == {}


@pytest.mark.parametrize("then", [{}, {"unit_code": "旧码"}, {"organ": "岚溪县国土资源局"}], ids=str)
def test_a_new_unit_with_a_last_year_is_told_and_compared(
    then: Changes, folder: Path, tmp_path: Path
) -> None:
    save_last(folder, then)
    verdict = against(folder, this_year(tmp_path, {**ONE_OFF, "organ_change": "new"}))
    assert said(verdict) == {"YOY909:organ_change": "warning", **YOY002}
    told = the_one_of(verdict, "YOY909:organ_change")
    assert "新设" in told.message and "上年.xlsx" in told.message
    assert (told.sheet, told.cell) == place("organ_change")


def the_one_of(verdict: Verdict, id_: str) -> Finding:
    return next(finding for finding in verdict.findings if finding.id == id_)


def test_a_new_unit_under_a_neighbour_s_code_is_told_and_not_compared(folder: Path, tmp_path: Path) -> None:
    save_last(folder, {**OTHER, "unit_code": "LX-B-014"})
    verdict = against(folder, this_year(tmp_path, {**ONE_OFF, "organ_change": "new"}))
    assert said(verdict) == {"YOY907:unit_code": "warning"}


@pytest.mark.parametrize("change", ["merged", "renamed", "split"])
def test_a_change_from_invented_units_is_told_and_the_unit_s_own_return_compared(
    change: str, folder: Path, tmp_path: Path
) -> None:
    save_last(folder)
    invented: Changes = {**ONE_OFF, "organ_change": change, "predecessors": "某县甲局、某县乙局"}
    verdict = against(folder, this_year(tmp_path, invented))
    assert said(verdict) == {"YOY909:organ_change": "warning", **(YOY001 if change == "renamed" else YOY002)}
    assert "“某县甲局”、“某县乙局”" in the_one_of(verdict, "YOY909:organ_change").message


def test_a_change_of_which_nothing_is_found_is_a_warning(folder: Path, tmp_path: Path) -> None:
    save_last(folder, OTHER)
    merged: Changes = {"organ_change": "merged", "predecessors": "某县甲局、某县乙局"}
    assert said(against(folder, this_year(tmp_path, merged))) == {"YOY909:organ_change": "warning"}


@pytest.mark.parametrize("name", ["岚溪县自然資源和规划局", "岚溪县自然资源与规划局", "岚溪县自然资源规划局"])
def test_one_character_in_a_name_does_not_stop_the_comparison(
    name: str, folder: Path, tmp_path: Path
) -> None:
    save_last(folder)
    verdict = against(folder, this_year(tmp_path, {**ONE_OFF, "organ": name, "unit_code": "ZZ-9"}))
    assert said(verdict) == {"YOY908:organ": "warning", **YOY001}


def test_a_neighbour_with_a_name_of_one_other_character_is_another_unit(folder: Path, tmp_path: Path) -> None:
    save_last(folder, {**OTHER, "organ": "岚溪县自然资源和规划所"})
    verdict = against(folder, this_year(tmp_path, {**ONE_OFF, "unit_code": "ZZ-9"}))
    assert said(verdict) == {"YOY901:organ": "note"}
    assert "名称相近的“岚溪县自然资源和规划所”" in only(verdict).message


@pytest.fixture
def other_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Form:
    """A form of another id with the same figures, that can be found by its id."""
    folder = shutil.copytree(FORM.folder, tmp_path / "forms" / "ogi_other")
    text = (folder / "form.toml").read_text(encoding="utf-8")
    (folder / "form.toml").write_text(text.replace(FORM.id, "ogi_other", 1), encoding="utf-8")
    monkeypatch.setenv("XLREPORT_FORMS", str(folder.parent))
    return load_form("ogi_other")


def test_a_workbook_of_another_form_counts_where_its_figures_have_the_same_names(
    folder: Path, tmp_path: Path, other_form: Form
) -> None:
    (folder / "a.xlsx").write_bytes(write_workbook(other_form, last_year()))
    assert said(against(folder, this_year(tmp_path, ONE_OFF))) == YOY001
    save_last(folder, {FORWARD.format("natural_person"): 4, "requests[new_requests,natural_person]": 40})
    assert said(against(folder, this_year(tmp_path, ONE_OFF))) == {}


def test_a_workbook_of_a_form_with_other_figures_is_another_matter(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XLREPORT_FORMS", str(shipped("samples")))
    monthly = load_form("safety_monthly")
    values: Changes = {"reporter": "岚溪县自然资源和规划局", "reporter_code": "LX-B-014", "year": 2022}
    (folder / "a.xlsx").write_bytes(write_workbook(monthly, values))
    assert said(against(folder, this_year(tmp_path, ONE_OFF))) == {"YOY901:organ": "note"}


# Whether it counts -----------------------------------------------------------------------------------


def test_only_the_year_before_counts(folder: Path, tmp_path: Path) -> None:
    finding = only(against(save_last(folder, {"year": 2021}), this_year(tmp_path, ONE_OFF)))
    assert finding.code == "YOY901"
    assert "2021 年度" in finding.message


def test_of_a_workbook_with_errors_the_sound_figures_count_and_that_is_said(
    folder: Path, tmp_path: Path
) -> None:
    save_last(folder, {FORWARD.format("natural_person"): 1}, "乡镇/一.xlsx")
    finding = only(against(folder, this_year(tmp_path, ONE_OFF)))
    assert (finding.code, finding.severity) == ("YOY902", "warning")
    assert "乡镇/一.xlsx" in finding.message and "1 处错误" in finding.message
    other: Changes = {OVER.format("commercial_enterprise"): 3, "requests[other,commercial_enterprise]": 2}
    found = said(against(folder, this_year(tmp_path, {**ONE_OFF, **other})))
    assert found["YOY001:requests[,commercial_enterprise]"] == "error"
    assert "YOY001:requests[,natural_person]" not in found


def test_two_workbooks_with_errors_are_not_used(folder: Path, tmp_path: Path) -> None:
    for name in ("一.xlsx", "二.xlsx"):
        save_last(folder, {FORWARD.format("natural_person"): 1}, name)
    verdict = against(folder, this_year(tmp_path, ONE_OFF))
    assert only(verdict).code == "YOY902"
    assert verdict.submission is not None and verdict.submission.prior == {}


def test_a_workbook_with_changed_labels_is_not_used(folder: Path, tmp_path: Path) -> None:
    edit_cells(save_last(folder), tab("requests"), {"B8": "另一项"})
    verdict = against(folder, this_year(tmp_path, ONE_OFF))
    assert (only(verdict).code, "没有用来比对" in only(verdict).message) == ("YOY902", True)


def test_of_a_returned_and_a_corrected_workbook_the_corrected_one_is_used(
    folder: Path, tmp_path: Path
) -> None:
    save_last(folder, {FORWARD.format("natural_person"): 1}, "初稿.xlsx")
    save_last(folder, name="终稿.xlsx")
    assert said(against(folder, this_year(tmp_path, ONE_OFF))) == YOY001


def test_two_that_differ_are_not_used_and_both_named(folder: Path, tmp_path: Path) -> None:
    save_last(folder, name="一.xlsx")
    save_last(folder, {"fee_notices": 5}, "二.xlsx")
    finding = only(against(folder, this_year(tmp_path, ONE_OFF)))
    assert finding.code == "YOY903"
    assert "一.xlsx" in finding.message and "二.xlsx" in finding.message


def test_a_copy_of_the_same_figures_does_no_harm(folder: Path, tmp_path: Path) -> None:
    shutil.copy(save_last(folder), folder / "副本.xlsx")
    assert said(against(folder, this_year(tmp_path, ONE_OFF))) == YOY001


def test_other_files_in_the_folder_are_passed_over(folder: Path, tmp_path: Path) -> None:
    save_last(folder)
    (folder / "说明.txt").write_text("收齐", encoding="utf-8")
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04")
    (folder / "~$上年.xlsx").write_bytes(b"lock")
    last = LastYear.of(folder)
    assert (len(last.candidates), last.skipped) == (1, 2)
    assert said(verify_file(this_year(tmp_path), last)) == {}


def test_a_file_that_is_no_workbook_of_ours_is_refused(folder: Path) -> None:
    (folder / "a.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(UnreadableWorkbook):
        LastYear.of(folder / "a.xlsx")


# As issued -------------------------------------------------------------------------------------------


def test_figures_that_the_template_was_issued_with_are_compared_without_any_file(tmp_path: Path) -> None:
    assert said(save_issued(tmp_path)) == {}
    assert said(save_issued(tmp_path, ONE_OFF)) == YOY001


def test_a_changed_figure_of_last_year_is_found_and_not_used(tmp_path: Path) -> None:
    path = save_issued(tmp_path, ONE_OFF)
    subject = f"prior.{FORWARD.format('natural_person')}"
    edit(path, {subject: 4})
    assert said(path) == YOY001 | {f"YOY904:{subject}": "error"}
    finding = the_one(path, f"YOY904:{subject}")
    assert (finding.sheet, finding.cell) == place(subject)
    assert (finding.found, finding.expected) == ("4", "3")


@pytest.mark.parametrize("content", [None, "3件左右", -1])
def test_a_damaged_figure_of_last_year_is_found(content: object, tmp_path: Path) -> None:
    subject = f"prior.{IN_FORCE}"
    assert said(edit(save_issued(tmp_path), {subject: content})) == {f"YOY904:{subject}": "error"}


def test_a_figure_of_last_year_that_is_computed_is_found(tmp_path: Path) -> None:
    subject = f"prior.{IN_FORCE}"
    path = edit(save_issued(tmp_path), {subject: "=8"})
    assert "现在是 公式“=8”" in the_one(path, f"YOY904:{subject}").message


def test_a_figure_put_in_where_none_was_issued_is_found(tmp_path: Path) -> None:
    subject = f"prior.{IN_FORCE}"
    sheet, name = place(subject)
    assert said(edit_cells(save(tmp_path), sheet, {name: 8})) == {f"YOY904:{subject}": "error"}


def test_what_verifying_is_given_goes_before_what_was_issued(folder: Path, tmp_path: Path) -> None:
    corrected: Changes = {FORWARD.format("natural_person"): 4, "requests[new_requests,natural_person]": 40}
    verdict = against(save_last(folder, corrected), save_issued(tmp_path, ONE_OFF))
    assert said(verdict) == {}
    assert verdict.status is Status.ACCEPTED


def test_every_figure_that_a_check_reads_stands_on_the_sheet() -> None:
    assert set(prior_subjects(FORM)) == FORM.prior
