"""Which returns are added up, and why the others are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from consolidated import child, random_inputs
from lists import save_list
from returns import FORM
from xlreport.consolidate.child import Child
from xlreport.consolidate.choose import Chosen, WantedSum, choose
from xlreport.formula.nodes import Value
from xlreport.roster.line import Roster
from xlreport.roster.mistake import ListErrors
from xlreport.roster.read import usable_roster
from xlreport.subject import Subject

COUNTY = "岚溪县人民政府"
WATER = child("岚溪县水务局", random_inputs(Random(1)))
CIVIL = child("岚溪县民政局", random_inputs(Random(2)))


def decided(children: Sequence[Child], own: Child | None = None, roster: Roster | None = None) -> Chosen:
    return choose(WantedSum(COUNTY, 2023, own, roster), children)


def left(chosen: Chosen) -> dict[str, str]:
    return {each.unit: each.why for each in chosen.decisions if not each.included}


def units_below(folder: Path, *rows: Sequence[object]) -> Roster:
    path = save_list(folder / "名单.xlsx", rows, ("单位", "上级", "曾用名", "免报原因"))
    return usable_roster(path, FORM).roster.for_year(2023)


def covering(unit: str, scope: str, level: str = "county") -> Child:
    said: dict[Subject, Value] = {Subject("scope"): scope, Subject("level"): level}
    return child(unit, random_inputs(Random(unit)) | said)


def test_sound_returns_are_all_included() -> None:
    own = child(COUNTY, random_inputs(Random(3)), "政府办.xlsx")
    chosen = decided([WATER, CIVIL], own)
    assert [each.unit for each in chosen.included] == [COUNTY, "岚溪县民政局", "岚溪县水务局"]
    assert chosen.complete and not chosen.refused and left(chosen) == {}


def test_the_order_of_the_files_makes_no_difference() -> None:
    assert decided([WATER, CIVIL]).decisions == decided([CIVIL, WATER]).decisions


def test_faulty_returns_and_those_of_another_year_or_form_are_left_out() -> None:
    chosen = decided(
        [
            WATER,
            replace(CIVIL, errors=3),
            child("岚溪县财政局", {Subject("year"): 2022}),
            replace(child("岚溪县教育局", {}), form="other"),
            replace(child("岚溪县司法局", {}), year=None),
            child("", {}, "没写名称.xlsx"),
        ]
    )
    assert left(chosen) == {
        "岚溪县民政局": "岚溪县民政局.xlsx 有 3 处错误，改好后再汇入",
        "岚溪县财政局": "岚溪县财政局.xlsx：是 2022 年度的报表",
        "岚溪县教育局": "岚溪县教育局.xlsx：不是同一种报表（other）",
        "岚溪县司法局": "岚溪县司法局.xlsx：没有写明年度",
        "没写名称.xlsx": "没写名称.xlsx：没有填写单位名称",
    }
    assert [each.unit for each in chosen.included] == ["岚溪县水务局"]
    assert not chosen.complete and not chosen.refused


def test_the_same_content_twice_counts_once() -> None:
    chosen = decided([WATER, replace(WATER, file="副本/岚溪县水务局.xlsx"), CIVIL])
    assert [each.unit for each in chosen.included] == ["岚溪县民政局", "岚溪县水务局"]
    assert chosen.complete
    assert "副本/岚溪县水务局.xlsx，只计一次" in chosen.decisions[1].why


def test_different_returns_of_a_unit_are_refused_by_name() -> None:
    other = child("岚溪县 水务局", random_inputs(Random(9)), "改.xlsx")
    chosen = decided([WATER, other, CIVIL])
    assert chosen.refused and not chosen.complete
    assert left(chosen) == {"岚溪县 水务局": "有内容不同的 2 份（改.xlsx、岚溪县水务局.xlsx），请只留一份"}


def test_the_parent_s_own_workbook_is_no_child() -> None:
    chosen = decided([WATER, child(COUNTY, random_inputs(Random(4)), "汇总.xlsx")])
    assert "--own" in left(chosen)[COUNTY]
    own = child(COUNTY, random_inputs(Random(3)), "政府办.xlsx")
    assert decided([WATER, replace(own, file="下级/政府办.xlsx")], own).complete


def test_who_is_missing_and_who_does_not_belong_there_is_told_by_the_list(tmp_path: Path) -> None:
    roster = units_below(
        tmp_path,
        ("岚溪县水务局", None, None, None),
        ("岚溪县社会局", None, "岚溪县民政局", None),
        ("岚溪县财政局", None, None, None),
        ("岚溪县气象局", None, None, "垂直管理"),
    )
    chosen = decided([WATER, CIVIL, child("岚溪县税务局", {})], None, roster)
    assert left(chosen) == {"岚溪县税务局": "不在名单里", "岚溪县财政局": "没有报来"}
    assert [each.unit for each in chosen.included] == ["岚溪县民政局", "岚溪县水务局"]


def test_a_unit_that_another_one_covers_is_refused(tmp_path: Path) -> None:
    roster = units_below(
        tmp_path,
        ("青禾镇", None, None, None),
        ("青禾镇农技站", "青禾镇", None, None),
        ("水务局", None, None, None),
    )
    parts = [covering("青禾镇农技站", "own_organ", "township"), covering("水务局", "own_organ")]
    alone = decided([covering("青禾镇", "own_organ", "township"), *parts], None, roster)
    assert alone.complete
    whole = decided([covering("青禾镇", "whole_area", "township"), *parts], None, roster)
    assert whole.refused
    assert left(whole) == {"青禾镇农技站": "青禾镇的报表（全行政区域）已经包含它，请只留一份"}


def test_an_own_return_that_covers_the_departments_is_refused(tmp_path: Path) -> None:
    roster = units_below(tmp_path, ("青禾镇", None, None, None), ("水务局", None, None, None))
    children = [covering("青禾镇", "whole_area", "township"), covering("水务局", "own_organ")]
    assert decided(children, covering(COUNTY, "own_organ"), roster).complete
    assert list(left(decided(children, covering(COUNTY, "own_level"), roster))) == ["水务局"]


def test_nothing_to_add_up_is_no_sum() -> None:
    chosen = decided([])
    assert chosen.form is None and not chosen.complete and not chosen.refused


def test_returns_on_another_month_are_left_out() -> None:
    march = [replace(each, period="3月") for each in (WATER, CIVIL)]
    april = replace(child("岚溪县财政局", random_inputs(Random(5))), period="4月")
    chosen = decided([*march, april])
    assert left(chosen) == {"岚溪县财政局": "岚溪县财政局.xlsx：报的是4月，其他单位报的是3月"}


def test_returns_of_the_edition_that_fewer_have_are_left_out() -> None:
    old = replace(child("岚溪县财政局", {}), form="ogi_annual_2019")
    chosen = decided([WATER, CIVIL, old])
    assert chosen.form is not None and chosen.form.id == "ogi_annual_2021"
    assert "ogi_annual_2019" in left(chosen)["岚溪县财政局"] and len(chosen.missing) == 1


def test_what_does_not_belong_there_is_left_out_but_not_missing(tmp_path: Path) -> None:
    roster = units_below(tmp_path, ("岚溪县水务局", None, None, None), ("岚溪县民政局", None, None, None))
    strangers = [child("岚溪县税务局", {}), child(COUNTY, random_inputs(Random(4)), "汇总.xlsx")]
    chosen = choose(WantedSum(COUNTY, 2023, None, roster), [WATER, CIVIL, *strangers], [("说明.txt", "文本")])
    assert len(left(chosen)) == 3 and not chosen.complete and chosen.missing == []
    wrong_year = choose(WantedSum(COUNTY, 2023, None, roster), [WATER, replace(CIVIL, year=2022)])
    assert [each.unit for each in wrong_year.missing] == [CIVIL.unit]
    without_list = choose(WantedSum(COUNTY, 2023), [WATER], [("说明.txt", "文本")])
    assert [each.unit for each in without_list.missing] == ["说明.txt"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("青禾镇", "甲县"), ("青禾镇", "乙县"), ("甲县", ""), ("乙县", "")], "重复"),
        ([("青禾镇", "甲县"), ("甲县", "青禾镇")], "上级绕成了圈：青禾镇 → 甲县 → 青禾镇"),
    ],
)
def test_a_list_with_a_unit_in_two_branches_or_a_loop_is_refused(
    tmp_path: Path, rows: Sequence[Sequence[object]], words: str
) -> None:
    path = save_list(tmp_path / "名单.xlsx", rows, ("单位", "上级"))
    with pytest.raises(ListErrors, match=words):
        usable_roster(path, FORM)
