"""Which returns are analysed, and why others are not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

from analyses import analysed
from consolidated import child, random_inputs
from lists import save_list
from returns import FORM
from xlreport.consolidate.analyse import Suspect, pick
from xlreport.consolidate.child import Child
from xlreport.layout.stamped_sum import StampedSum
from xlreport.roster.read import usable_roster
from xlreport.subject import Subject


def read(of: Child) -> Suspect:
    return Suspect(of, replace(analysed(of.unit, of.year or 0, of.inputs), file=of.file))


def one(unit: str, seed: int = 1, file: str = "", saved: str = "2024-01-20") -> Child:
    return child(unit, random_inputs(Random(seed)), file, saved)


def test_of_each_unit_and_year_the_newest_is_taken() -> None:
    old, new = one("甲局", 1, "旧.xlsx", "2024-01-10"), one("甲 局", 2, "新.xlsx")
    last_year = child("甲局", {Subject("year"): 2022}, "去年.xlsx")
    picked = pick([read(new), read(old), read(last_year), read(replace(new, file="再发.xlsx"))])
    assert [each.year for each in picked.returns] == [2022, 2023] and [file for file, _ in picked.left] == [
        "旧.xlsx"
    ]


def test_what_is_left_out_is_named() -> None:
    strangers = [
        replace(one("甲局"), errors=2, file="错.xlsx"),
        replace(one("乙局"), form="other", file="别的.xlsx"),
        replace(one("丙局"), period="3月", file="三月.xlsx"),
        replace(one("丁局"), year=None, file="无年.xlsx"),
        replace(one(""), file="无名.xlsx"),
        replace(one("岚溪县人民政府"), sum=StampedSum(), file="汇总.xlsx"),
    ]
    picked = pick([*map(read, strangers), read(one("戊局")), read(one("己局", 2))])
    assert picked.form == FORM.id and [each.unit for each in picked.returns] == ["己局", "戊局"]
    assert dict(picked.left) == {
        "错.xlsx": "有 2 处错误",
        "别的.xlsx": "不是同一种报表（other）",
        "三月.xlsx": "报的是3月，其他的报的是全年",
        "无年.xlsx": "没有写明年度",
        "无名.xlsx": "没有填写单位名称",
        "汇总.xlsx": "是汇总的报表，不与下级的一起统计",
    }


def test_the_list_says_who_is_above(tmp_path: Path) -> None:
    path = save_list(tmp_path / "名单.xlsx", [("甲局", "乙县"), ("乙县", "")], ("单位", "上级"))
    picked = pick([read(one("甲局")), read(one("丙局"))], usable_roster(path, FORM).roster)
    assert {each.unit: each.parent for each in picked.returns} == {"甲局": "乙县", "丙局": ""}


def test_nothing_is_nothing() -> None:
    assert pick([]).returns == []
