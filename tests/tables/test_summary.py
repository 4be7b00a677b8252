"""summary.xlsx: what a boss sees first, all figures, and who has most of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from command_line import RETURNS, json_lines, run
from returns import FORM, save, sound
from summaries import FIGURES, OVERVIEW, PROBLEMS, RANKING, figures, lines, numbers, rows
from xlreport.form.indicators import headline, indicators
from xlreport.formula.nodes import Value
from xlreport.run.outcome import Outcome
from xlreport.subject import Subject
from xlreport.tables.figures import total
from xlreport.tables.filed import Filed, filed
from xlreport.tables.ranking import _ranked
from xlreport.tables.summary import summary

TOTAL = "requests[new_requests,total]"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What became of the shipped returns."""
    folder = tmp_path_factory.mktemp("结果")
    run("convert", RETURNS, "-o", folder, "--jobs", 1)
    return folder


def outcome(unit: str, status: str = "accepted", file: str = "", **more: Any) -> Outcome:
    """A return as the batch hands it on, with one new request unless said otherwise."""
    record = {
        "file": file or f"{unit}.xlsx",
        "status": status,
        "form": FORM.id,
        "unit": unit,
        "year": 2023,
        "counts": {"error": 0, "warning": 0, "note": 0},
        "explained": 0,
        "findings": [],
        **more,
    }
    return Outcome(record, {}, {Subject.parse(TOTAL): more.pop("new", 1)})


def filed_as(unit: str, new: int) -> Filed:
    """A return with that many new requests."""
    return filed(outcome(unit, new=new))


# The first sheet -----------------------------------------------------------------------------------


def test_big_numbers_stand_on_top(out: Path) -> None:
    assert numbers(out) == {"已报": 8, "通过": 3, "退回": 3, "无法读取": 2}
    assert rows(out, OVERVIEW)[0][0] == "2023 年度政府信息公开工作年度报告收表汇总"


def test_the_faulty_ones_come_first_each_with_its_first_problem(out: Path) -> None:
    table = lines(out, OVERVIEW)
    assert [line["结果"] for line in table] == ["退回"] * 3 + ["无法读取"] * 2 + ["通过"] * 3
    by_file = {line["文件"]: line for line in table}
    assert "没有本工具的标识" in str(by_file["部门/文旅局公开情况统计（自制）.xlsx"]["首要问题"])
    assert by_file["乡镇/青禾镇 年报 终稿.xlsx"] == {
        "填报单位": "岚溪县青禾镇人民政府",
        "年度": 2023,
        "结果": "通过",
        **dict.fromkeys(("错误", "提醒", "提示", "已说明"), 0),
        "首要问题": None,
        "文件": "乡镇/青禾镇 年报 终稿.xlsx",
        "Word": "Word",
        "网页": "网页",
    }


def test_it_links_to_the_documents_and_prints_on_a_page_s_width(out: Path) -> None:
    sheet = load_workbook(out / "summary.xlsx")[OVERVIEW]
    links = [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    targets = {cell.hyperlink.target.replace("\\", "/"): cell.value for cell in links}
    assert len(targets) == 6
    assert targets["乡镇/青禾镇%20年报%20终稿.docx"] == "Word"
    head = next(cell.row for cell in sheet["A"] if cell.value == "填报单位")
    assert sheet.auto_filter.ref == f"A{head}:K{head + 8}"
    assert sheet.print_title_rows == f"${head}:${head}"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
    assert all("\n" not in str(line["首要问题"]) for line in lines(out, OVERVIEW))


def test_all_findings_can_be_filtered_their_codes_out_of_the_way(out: Path) -> None:
    sheet = load_workbook(out / "summary.xlsx")[PROBLEMS]
    found = [f for line in json_lines(out / "findings.jsonl") for f in line["findings"]]
    assert [line["代码"] for line in lines(out, PROBLEMS)] == [finding["code"] for finding in found]
    assert sheet.auto_filter.ref == f"A1:L{len(found) + 1}"
    assert sheet["L1"].value == "指标代码" and sheet.column_dimensions["L"].hidden
    assert max(row.height for row in list(sheet.row_dimensions.values())[1:]) < 100


def test_what_units_answer_stands_in_the_summary(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    answer = "含上年申请引起的案件52件"
    changes: dict[str, Value] = {
        "cases[review,upheld]": 99,
        "explanation[CASE001,]": answer,
        "fee_amount": 345,
    }
    save(tmp_path / "in", sound(changes), "a.xlsx")
    run("convert", tmp_path / "in", "-o", tmp_path / "out", "--jobs", 1, "--to", "md")
    (shown,) = lines(tmp_path / "out", OVERVIEW)
    assert (shown["提醒"], shown["已说明"]) == (1, 1)
    assert "345元" in str(shown["首要问题"])  # what is still open comes first
    answers = {line["代码"]: line["单位说明"] for line in lines(tmp_path / "out", PROBLEMS)}
    assert answers == {"CASE001": answer, "FEE002": None}


@pytest.mark.parametrize(
    "unit",
    ['=HYPERLINK("http://x","点这里")', "@SUM(A1)", "+1+1", "-2", "{=1+1}", "http://example.com", "0012"],
)
def test_text_that_could_act_stays_text(tmp_path: Path, unit: str) -> None:
    (tmp_path / "s.xlsx").write_bytes(summary([outcome(unit, file="=1+1.xlsx", new=5)], ()))
    seen = [
        cell
        for sheet in load_workbook(tmp_path / "s.xlsx")
        for row in sheet.iter_rows()
        for cell in row
        if cell.value in (unit, "=1+1.xlsx")
    ]
    assert len(seen) == 5
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in seen)


def test_nothing_that_could_be_read_is_a_summary_too(tmp_path: Path) -> None:
    known = {"form": None, "year": None}
    (tmp_path / "summary.xlsx").write_bytes(summary([outcome("", "unreadable", "x.xlsx", **known)], ()))
    assert numbers(tmp_path)["无法读取"] == 1
    assert FIGURES not in load_workbook(tmp_path / "summary.xlsx").sheetnames


# All figures ---------------------------------------------------------------------------------------


def test_there_is_a_row_for_each_return_under_chinese_names(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    save(tmp_path / "in", sound({"charges[administrative_charges,amount]": Decimal("59237.2449")}), "a.xlsx")
    save(tmp_path / "in", sound({"organ": "另一个局"}), "b.xlsx")
    out = tmp_path / "out"
    run("convert", tmp_path / "in", "-o", out, "--jobs", 1, "--to", "md")
    (sums,), (first, second) = figures(out)
    assert (first["file"], second["unit"], second["status"]) == ("a.xlsx", "另一个局", "通过")
    assert first["charges[administrative_charges,amount]"] == 59237.2449
    assert (first[TOTAL], sums[TOTAL]) == (50, 100)
    codes, sections, labels, *_ = rows(out, FIGURES)
    named = dict(zip(codes, zip(sections, labels, strict=True), strict=True))
    assert named["requests[new_requests,natural_person]"] == ("三、依申请公开", "一、本年新收·自然人（件）")
    assert list(codes[4:]) == [indicator.subject for indicator in indicators(FORM)]
    sheet = load_workbook(out / "summary.xlsx")[FIGURES]
    assert sheet.row_dimensions[1].hidden
    assert sheet.auto_filter.ref.startswith("A5:")  # the totals above are not filtered away or sorted in


def test_the_totals_are_of_the_accepted_ones_each_unit_once(tmp_path: Path) -> None:
    several = [
        replace(outcome("甲局", new=3), instead="甲局（再报）.xlsx"),
        outcome("甲局", file="甲局（再报）.xlsx", new=4),
        outcome("丁局", "returned", new=900),
        outcome("乙局", new=10),
        outcome("丙局", year=2022, new=7),
    ]
    (tmp_path / "summary.xlsx").write_bytes(summary(several, ()))
    sums, returns = figures(tmp_path)
    assert [(line["year"], line[TOTAL]) for line in sums] == [(2022, 7), (2023, 14)]
    assert [line[TOTAL] for line in returns] == [3, 4, 900, 10, 7]
    assert any("另有 1 份没有计入" in str(cell) for row in rows(tmp_path, OVERVIEW) for cell in row)
    assert [line["status"] for line in returns] == ["通过（不作数）", "通过", "退回", "通过", "通过"]
    assert [line["结果"] for line in lines(tmp_path, OVERVIEW)].count("通过（不作数）") == 1
    assert next(line["年度"] for line in lines(tmp_path, RANKING)) == 2023  # of which most are


@pytest.mark.parametrize(
    ("values", "sum_"),
    [
        ([], 0),
        ([1, 2], 3),
        (["0.1", "0.2"], "0.3"),
        ([1, "0.000001"], "1.000001"),
        (["-1.5", "1.5"], 0),
        (["99999999999999999999999999.000001", "0.000001"], "99999999999999999999999999.000002"),
    ],
)
def test_sums_are_exact(values: list[int | str], sum_: int | str) -> None:
    assert total(values) == sum_


def test_returns_of_another_form_have_a_sheet_of_their_own(tmp_path: Path) -> None:
    other = outcome("乙局", form="ogi_annual_2019", year=2020)
    (tmp_path / "summary.xlsx").write_bytes(summary([outcome("甲局"), outcome("丙局"), other], ()))
    assert [line["unit"] for line in figures(tmp_path)[1]] == ["甲局", "丙局"]
    assert [line["unit"] for line in figures(tmp_path, "数据2")[1]] == ["乙局"]


# Who has most --------------------------------------------------------------------------------------


def test_the_figures_that_are_compared_are_totals_of_main_lines() -> None:
    assert [indicator.subject for indicator in headline(FORM)] == [
        "published[total,count]",
        *(f"requests[{row},total]" for row in ("new_requests", "carried_over", "results_total")),
        "requests[carried_forward,total]",
        *(f"cases[{row},total]" for row in ("review", "litigation_direct", "litigation_after_review")),
    ]


def test_the_one_with_most_stands_first_and_returned_ones_do_not_stand_there(tmp_path: Path) -> None:
    several = [outcome("甲局", new=3), outcome("乙局", new=10), outcome("丙局", "returned", new=99)]
    (tmp_path / "summary.xlsx").write_bytes(summary(several, ()))
    told = [(line["名次"], line["填报单位"], line["数值"]) for line in lines(tmp_path, RANKING)]
    assert told == [(1, "乙局", 10), (2, "甲局", 3)]


def test_ties_share_a_rank_and_nobody_is_ranked_for_having_none() -> None:
    place = [indicator.subject for indicator in indicators(FORM)].index(Subject.parse(TOTAL))
    returns = [filed_as(unit, new) for unit, new in {"甲": 5, "乙": 9, "丙": 5, "丁": 0, "戊": 1}.items()]
    assert [entry[:3] for entry in _ranked(returns, place)] == [
        (1, False, "乙"),
        (2, True, "丙"),
        (2, True, "甲"),
        (4, False, "戊"),
    ]
    many = [*returns, *(filed_as(f"单位{number}", 5) for number in range(98))]
    *shown, rest = _ranked(many, place)
    assert len(shown) == 20 and "另有 81 个单位" in rest[2]  # 100 have five, 19 of them are shown


def test_the_same_outcomes_give_the_same_bytes() -> None:
    several = [outcome("甲局", new=3), outcome("乙局", new=10)]
    assert summary(several, ("docx",)) == summary(iter(several), ("docx",))
