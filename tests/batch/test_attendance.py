"""Who has not sent a return: a list of units against what came."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from command_line import RETURNS, json_lines, refused, run
from lists import save_list
from summaries import ABSENT, OVERVIEW, lines, numbers, rows
from xlreport.batch.attendance import Attendance, attendance
from xlreport.batch.together import Together
from xlreport.roster.line import ListedUnit, Roster
from xlreport.run.outcome import Outcome
from xlreport.unit import Unit


def sent(
    unit: str, code: str = "", file: str = "", year: int | None = 2023, form: str | None = "f"
) -> Outcome:
    """A return of a unit; without a form one that cannot be read."""
    record = {
        "file": file or f"{unit}.xlsx",
        "form": form,
        "unit": unit or None,
        "year": year,
        "status": "accepted",
    }
    return Outcome(record, {}, {}, code=code)


def listed(*units: str | ListedUnit) -> Roster:
    """A list with these lines."""
    return Roster(
        tuple(
            unit if isinstance(unit, ListedUnit) else ListedUnit(row, Unit(unit, f"LX-{row}"))
            for row, unit in enumerate(units, start=2)
        )
    )


def absent(found: Attendance) -> list[str]:
    """The units that are missing."""
    return [unit.unit for unit in found.expected.missing]


def found(roster: Roster, outcomes: Sequence[Outcome]) -> tuple[int, int, list[str], list[str]]:
    """应报, 已报, who is missing, and of which files something is said."""
    seen = attendance(roster, outcomes)
    return seen.expected.units, seen.expected.reported, absent(seen), [*seen.findings]


# Who counts as having reported -----------------------------------------------------------------------


def test_all_have_reported_and_nothing_is_said() -> None:
    assert found(listed("甲局", "乙局"), [sent("甲局"), sent("乙局")]) == (2, 2, [], [])


def test_who_has_not_is_told_in_the_order_of_the_list() -> None:
    assert found(listed("丙局", "甲局", "乙局"), [sent("甲局")]) == (3, 1, ["丙局", "乙局"], [])


@pytest.mark.parametrize("typed", ["甲 局（本级）", "甲局(本级)", " 甲局（本级） ", "甲局", "原甲局"])
def test_a_unit_is_known_under_any_spelling_and_name(typed: str) -> None:
    line = ListedUnit(2, Unit("甲局（本级）", "LX-1", ("甲局", "原甲局")))
    assert found(listed(line), [sent(typed)]) == (1, 1, [], [])


def test_several_versions_are_one_unit() -> None:
    assert found(listed("甲局", "乙局"), [sent("甲局"), sent("甲局", file="再报.xlsx")])[:2] == (2, 1)


def test_a_unit_whose_name_is_not_listed_counts_by_its_code_and_is_told() -> None:
    units, reported, missing, told = found(listed("水务局"), [sent("水物局", code="lx-2")])
    assert (units, reported, missing, told) == (1, 1, [], ["水物局.xlsx"])
    finding = attendance(listed("水务局"), [sent("水物局", code="lx-2")]).findings["水物局.xlsx"]
    assert (finding.code, finding.severity) == ("WBK040", "warning")
    assert "按水务局计" in finding.message


def test_a_code_copied_from_a_unit_that_has_reported_itself_makes_nobody_that_unit() -> None:
    roster = listed("甲局", "乙局")
    assert found(roster, [sent("甲局", "LX-2"), sent("丙局", "LX-2")]) == (2, 1, ["乙局"], ["丙局.xlsx"])
    assert "不在单位名单里" in attendance(roster, [sent("丙局")]).findings["丙局.xlsx"].message


@pytest.mark.parametrize("code", ["", "无", "/", "0000"])
def test_a_unit_without_a_code_is_not_found_by_it(code: str) -> None:
    roster = listed(ListedUnit(2, Unit("甲局", code)))
    assert found(roster, [sent("丁局", code)]) == (1, 0, ["甲局"], ["丁局.xlsx"])


# What is not expected --------------------------------------------------------------------------------


def test_who_need_not_report_is_not_expected() -> None:
    roster = listed(
        "甲局",
        ListedUnit(9, Unit("乙局"), exempt="垂直管理"),
        ListedUnit(8, Unit("丙局"), merged_into="甲局"),
    )
    seen = attendance(roster, [sent("甲局"), sent("乙局")])
    assert (seen.expected.units, seen.expected.excused, absent(seen), [*seen.findings]) == (1, 2, [], [])


def test_a_return_of_another_year_does_not_count_and_is_named() -> None:
    outcomes = [sent("甲局"), sent("乙局"), sent("丙局", file="丙.xlsx", year=2022)]
    seen = attendance(listed("甲局", "乙局", "丙局"), outcomes)
    assert absent(seen) == ["丙局"]
    assert seen.expected.missing[0].remark == "报来的是 2022 年度的：丙.xlsx"


def test_a_file_that_cannot_be_read_counts_for_nobody_but_its_name_is_a_hint() -> None:
    torn = sent("", file="部门/甲局（本级） 年报.xlsx", year=None, form=None)
    seen = attendance(listed("甲局（本级）", "乙局"), [torn])
    assert absent(seen) == ["甲局（本级）", "乙局"]
    assert [bool(unit.remark) for unit in seen.expected.missing] == [True, False]
    assert not seen.findings


@pytest.mark.parametrize(
    ("file", "whose"),
    [
        ("林业局截图.png", "岚溪县林业局"),
        ("岚溪县林业局.docx", "岚溪县林业局"),
        ("2023年医疗保障局年报.pdf", "岚溪县医疗保障局"),
        ("青禾镇人民政府年报.doc", "岚溪县青禾镇人民政府"),
        ("市林业局.png", "岚溪县林业局"),
        ("年报.png", None),
        ("县局年报.png", None),
        ("人民政府年报.doc", None),
    ],
)
def test_a_file_is_often_called_by_the_name_without_the_place(file: str, whose: str | None) -> None:
    units = ("岚溪县林业局", "岚溪县医疗保障局", "岚溪县青禾镇人民政府", "驻岚溪某站")
    seen = attendance(listed(*units), [sent("", file=file, year=None, form=None)])
    assert [unit.unit for unit in seen.expected.missing if unit.remark] == ([whose] if whose else [])


def test_a_name_that_two_units_share_without_the_place_is_a_hint_at_none() -> None:
    seen = attendance(
        listed("岚溪县林业局", "岚溪县水务局", "林业局"), [sent("", file="林业局.png", year=None, form=None)]
    )
    assert [unit.unit for unit in seen.expected.missing if unit.remark] == ["林业局"]


def remarked(roster: Roster, *outcomes: Outcome) -> dict[str, str]:
    """What is said beside the units that are missing."""
    seen = attendance(roster, outcomes)
    return {unit.unit: unit.remark for unit in seen.expected.missing if unit.remark}


DEPARTMENTS = (
    "岚溪县人力资源和社会保障局",
    "岚溪县住房和城乡建设局",
    "岚溪县市场监督管理局",
    "岚溪县卫生健康委员会",
    "岚溪县农业农村局",
    "岚溪县农业综合执法局",
    "岚溪县教育局",
)


@pytest.mark.parametrize(
    ("file", "whose"),
    [
        ("人社局.7z", "岚溪县人力资源和社会保障局"),
        ("2023年人社局年报.pdf", "岚溪县人力资源和社会保障局"),
        ("县住建局扫描件.jpg", "岚溪县住房和城乡建设局"),
        ("市监局", "岚溪县市场监督管理局"),
        ("卫健委年报.doc", "岚溪县卫生健康委员会"),
        ("农业局.png", None),  # of two
        ("城建局.png", None),
        ("社保局.png", None),
        ("教育股.png", None),
        ("各局年报.png", None),
        ("发给局办.txt", None),
    ],
)
def test_a_file_is_often_called_by_what_is_short_for_the_name(file: str, whose: str | None) -> None:
    told = remarked(listed(*DEPARTMENTS), sent("", file=file, year=None, form=None))
    said = f"有一份无法读取的文件，文件名像是该单位的：{file}"
    assert told == ({whose: said} if whose else {})


TOWNS = (
    "岚溪县人民政府",
    "岚溪县青禾镇人民政府",
    "岚溪县城东街道办事处",
    "岚溪县石桥乡人民政府",
    "石桥乡政府",
)


@pytest.mark.parametrize(
    ("file", "whose"),
    [
        ("青禾镇.pdf", "岚溪县青禾镇人民政府"),
        ("2023青禾镇政府年报（盖章）.pdf", "岚溪县青禾镇人民政府"),
        ("岚溪县青禾镇年报.7z", "岚溪县青禾镇人民政府"),
        ("城东街道.png", "岚溪县城东街道办事处"),
        ("城东街道办年报.png", "岚溪县城东街道办事处"),
        ("青禾镇卫生院.pdf", None),
        ("青禾镇中心小学.pdf", None),
        ("城东街道社区服务中心.pdf", None),
        ("各乡镇.pdf", None),
        ("岚溪县年报.pdf", None),
        ("白沙镇.pdf", None),
    ],
)
def test_a_file_is_often_called_by_the_name_of_the_town(file: str, whose: str | None) -> None:
    told = remarked(listed(*TOWNS), sent("", file=file, year=None, form=None))
    assert [*told] == ([whose] if whose else [])


@pytest.mark.parametrize("file", ["住建局.xlsx", "县住建局2023年报（终稿）.xlsx"])
def test_a_return_called_by_a_short_name_and_filled_in_by_another_is_named(file: str) -> None:
    roster = listed(*DEPARTMENTS, "岚溪县水务局")
    assert remarked(roster, sent("岚溪县水务局", file=file), sent("岚溪县教育局", file="教育局.xlsx")) == {
        "岚溪县住房和城乡建设局": f"有一份文件名像是该单位的，封面填的却是“岚溪县水务局”：{file}"
    }


def test_a_return_called_like_a_unit_that_is_missing_and_filled_in_by_another_is_named() -> None:
    roster = listed("岚溪县公安局", "岚溪县民政局")
    wrong = sent("岚溪县民政局", file="公安局2023年报.xlsx")
    assert remarked(roster, sent("岚溪县民政局"), wrong) == {
        "岚溪县公安局": "有一份文件名像是该单位的，封面填的却是“岚溪县民政局”：公安局2023年报.xlsx"
    }
    assert attendance(roster, [wrong]).instead == {}
    assert remarked(roster, sent("", file="公安局.xlsx"))["岚溪县公安局"].endswith(
        "封面却没有填单位：公安局.xlsx"
    )


def test_a_report_that_came_in_place_of_a_return_is_named_beside_the_unit_that_it_says() -> None:
    roster = listed("岚溪县公安局", "岚溪县民政局", "岚溪县水务局")
    report = sent("岚溪县公安局", file="水务局转来.docx", year=None, form=None)
    stranger = sent("栖川市公安局", file="年报.docx", year=None, form=None)
    seen = attendance(roster, [report, stranger, sent("岚溪县民政局")])
    assert remarked(roster, report, stranger) == {
        "岚溪县公安局": "报来的是成文的报告，不是填报的工作簿：水务局转来.docx"
    }
    assert (dict(seen.instead), seen.findings) == ({"水务局转来.docx": "岚溪县公安局"}, {})
    assert seen.expected.reported == 1


def test_what_could_not_be_looked_into_is_named_beside_its_unit() -> None:
    closed = sent("", file="水务局.zip", year=None, form=None)
    found = Together.of([sent("林业局")], listed("岚溪县水务局", "林业局"), [closed]).attendance
    assert found is not None
    assert [unit.remark for unit in found.expected.missing] == [
        "有一份无法读取的文件，文件名像是该单位的：水务局.zip"
    ]


def test_a_return_called_like_the_unit_that_filled_it_in_is_not() -> None:
    roster = listed("岚溪县公安局", "岚溪县公安局交警大队", "岚溪县民政局")
    assert remarked(roster, sent("岚溪县公安局交警大队"), sent("岚溪县民政局", file="年报.xlsx")) == {}


def test_a_return_without_a_unit_is_nobody_s_and_says_so_itself() -> None:
    assert found(listed("甲局"), [sent("", file="x.xlsx")]) == (1, 0, ["甲局"], [])


# The command ---------------------------------------------------------------------------------------


COLUMNS = ("单位", "机关代码", "上级", "层级", "联系人", "电话", "期限", "免报原因")
ROWS: Sequence[Sequence[Any]] = (
    ("岚溪县人民政府", "", "", "县区", "", "", None, ""),
    ("岚溪县水务局", "", "岚溪县人民政府", "不知道", "张三", "0571-8888888", "2024-1-20", ""),
    ("岚溪县民政局", "", "岚溪县人民政府", "", "李四", "@SUM(A1)", "2024-1-20", ""),
    ("岚溪县青禾镇人民政府", "", "岚溪县人民政府", "", "", "", None, ""),
    ("岚溪县国税局", "", "", "", "", "", None, "垂直管理"),
)


def test_the_command_tells_who_is_missing(tmp_path: Path) -> None:
    path, out = save_list(tmp_path / "名单.xlsx", ROWS, COLUMNS), tmp_path / "out"
    result = run("convert", RETURNS / "乡镇", "-o", out, "--jobs", 1, "--to", "md", "--roster", path)
    assert result.exit_code == 0, result.output  # units that sent nothing are no faulty returns
    assert "应报 4，已报 1，未报 3（岚溪县人民政府、岚溪县水务局、岚溪县民政局）" in result.stdout
    assert numbers(out) == {"应报": 4, "已报": 1, "未报": 3, "通过": 1, "退回": 0, "无法读取": 0}
    county, water, civil = lines(out, ABSENT)
    assert (county["单位"], county["电话"], county["期限"]) == ("岚溪县人民政府", None, None)
    assert (water["联系人"], water["电话"], water["上级"]) == ("张三", "0571-8888888", "岚溪县人民政府")
    assert str(water["期限"]).startswith("2024-01-20")
    assert civil["电话"] == "@SUM(A1)"
    assert any("免报" in str(cell) or "不用报" in str(cell) for row in rows(out, OVERVIEW) for cell in row)


def test_the_list_may_lie_among_the_returns(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "年报.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    path = save_list(tmp_path / "in" / "名单.xlsx", ROWS, COLUMNS)
    words = ("convert", tmp_path / "in", "-o", tmp_path / "out", "--jobs", 1)
    assert "共 1 个文件" in run(*words, "--roster", path).stdout
    assert "共 2 个文件" in run(*words).stdout  # then it may be anything


def test_a_stranger_s_return_is_told_in_the_findings(tmp_path: Path) -> None:
    path, out = save_list(tmp_path / "名单.xlsx", ROWS[:1], COLUMNS), tmp_path / "out"
    words = ("convert", RETURNS / "乡镇", "-o", out, "--jobs", 1, "--to", "md")
    assert run(*words, "--roster", path).exit_code == 0
    (line,) = json_lines(out / "findings.jsonl")
    assert [finding["code"] for finding in line["findings"]] == ["WBK040"]
    run(*words)  # without a list the same returns are judged as before
    (line,) = json_lines(out / "findings.jsonl")
    assert line["findings"] == []


def test_a_list_with_mistakes_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    path = save_list(tmp_path / "名单.xlsx", (*ROWS, ROWS[1]), COLUMNS)
    said = refused("convert", RETURNS, "-o", tmp_path / "out", "--roster", path)
    assert "重复" in said
    assert "找不到" in refused("convert", RETURNS, "-o", tmp_path / "out", "--roster", tmp_path / "x.xlsx")
    assert not (tmp_path / "out").exists()
