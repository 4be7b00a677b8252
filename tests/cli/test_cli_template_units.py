"""xlreport template --units: a workbook for every unit of a list."""

from __future__ import annotations

from pathlib import Path

import pytest

import xlreport
from command_line import fingerprints, refused, run
from last_year import FORWARD, OVER, save_last
from lists import COUNTY, save_list

_FORM = "ogi_annual_2021"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which the person works."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_unit_of_the_list_gets_its_workbook(here: Path) -> None:
    save_list(here / "名单.xlsx")
    result = run("template", "--year", 2023, "--units", "名单.xlsx", "-o", "模板")
    assert result.exit_code == 0, result.stderr
    names = [f"模板/{row[0]}_2023_{_FORM}.xlsx" for row in COUNTY]
    assert result.stdout.splitlines() == names
    submission = xlreport.read(here / names[2])
    assert submission.inputs == {
        "organ": "岚溪县青禾镇人民政府",
        "unit_code": "LX-T-007",
        "year": 2023,
        "unit_type": "township",
        "level": "township",
    }


def test_each_unit_s_last_year_is_filled_in(here: Path) -> None:
    save_last(here / "2022")
    save_list(here / "名单.xlsx", [("岚溪县自然资源和规划局",), ("岚溪县水务局",)], ["单位"])
    result = run("template", "--year", 2023, "--units", "名单.xlsx", "--prior", "2022", "-o", "模板/")
    assert result.exit_code == 0, result.stderr
    submission = xlreport.read(here / "模板" / f"岚溪县自然资源和规划局_2023_{_FORM}.xlsx")
    assert submission.inputs[OVER.format("natural_person")] == 3
    assert submission.prior[FORWARD.format("total")] == 4
    assert "岚溪县水务局：没有预填上年的数" in result.stderr


def test_last_year_is_found_under_a_former_name_and_declared(here: Path) -> None:
    save_last(here / "2022")
    rows = [("岚溪县规划局", "岚溪县自然资源和规划局")]
    save_list(here / "名单.xlsx", rows, ["单位", "曾用名"])
    run("template", "--year", 2023, "--units", "名单.xlsx", "--prior", "2022")
    inputs = xlreport.read(here / f"岚溪县规划局_2023_{_FORM}.xlsx").inputs
    assert inputs[OVER.format("natural_person")] == 3
    assert (inputs["organ_change"], inputs["predecessors"]) == ("renamed", "岚溪县自然资源和规划局")


def test_merged_units_are_added_up_and_declared(here: Path) -> None:
    for name in ("甲局", "乙局"):
        save_last(here / "2022", {"organ": name, "unit_code": f"LX-{name}"}, f"{name}.xlsx")
    save_list(here / "名单.xlsx", [("甲局", ""), ("乙局", "甲局")], ["单位", "并入"])
    result = run("template", "--year", 2023, "--units", "名单.xlsx", "--prior", "2022")
    assert "乙局：已并入甲局，没有生成工作簿" in result.stderr
    inputs = xlreport.read(here / f"甲局_2023_{_FORM}.xlsx").inputs
    assert inputs[OVER.format("natural_person")] == 6
    assert (inputs["organ_change"], inputs["predecessors"]) == ("merged", "乙局")


def test_units_that_need_not_report_get_none(here: Path) -> None:
    rows = [("甲局", "垂直管理，向市局报送"), ("乙局", "")]
    save_list(here / "名单.xlsx", rows, ["单位", "免报原因"])
    result = run("template", "--year", 2023, "--units", "名单.xlsx")
    assert [path.name for path in here.glob("*_2023_*")] == [f"乙局_2023_{_FORM}.xlsx"]
    assert "甲局：免报（垂直管理，向市局报送）" in result.stderr


def test_names_that_a_system_cannot_tell_apart_give_two_files(here: Path) -> None:
    save_list(here / "名单.xlsx", [("A局/甲",), ("a局:甲",)], ["单位"])
    assert run("template", "--year", 2023, "--units", "名单.xlsx", "-o", "x").exit_code == 0
    assert len(list((here / "x").iterdir())) == 2


def test_a_list_with_mistakes_makes_nothing(here: Path) -> None:
    save_list(here / "名单.xlsx", [("甲局",), ("甲局",)], ["单位"])
    before = fingerprints(here)
    said = refused("template", "--year", 2023, "--units", "名单.xlsx", "-o", "模板")
    assert "第 3 行：单位名称“甲局”与第 2 行重复" in said
    assert fingerprints(here) == before


def test_options_that_contradict_each_other_are_refused(here: Path) -> None:
    save_list(here / "名单.xlsx")
    (here / "v.json").write_text("{}", encoding="utf-8")
    assert "--unit 只能给一个" in refused("template", "--year", 2023, "--unit", "甲局", "--unit", "乙局")
    assert "--units" in refused("template", "--year", 2023)
    base = ("template", "--year", 2023, "--units", "名单.xlsx")
    assert "--unit" in refused(*base, "--unit", "甲局")
    assert "--values" in refused(*base, "--values", "v.json")
    assert "文件夹" in refused(*base, "-o", "a.xlsx")


def test_of_a_faulty_last_year_the_sound_figures_are_filled_in_and_nothing_else_is_said(here: Path) -> None:
    save_last(here / "2022", {FORWARD.format("natural_person"): 1})
    save_list(here / "名单.xlsx", [("岚溪县自然资源和规划局",)], ["单位"])
    result = run("template", "--year", 2023, "--units", "名单.xlsx", "--prior", "2022", "-o", "模板/")
    assert xlreport.read(here / "模板" / f"岚溪县自然资源和规划局_2023_{_FORM}.xlsx").prior != {}
    assert "上年的数已预填，但请留意" in result.stderr and "没有预填" not in result.stderr
