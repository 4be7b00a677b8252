"""Why a parent is not the sum of its children: planted causes are found, nothing is said of equal ones."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from consolidated import child, county, parent_of, random_inputs
from returns import nil
from xlreport.consolidate.as_json import reconciled_json
from xlreport.consolidate.child import Child
from xlreport.consolidate.reconcile import Reconciled, reconcile
from xlreport.consolidate.words import zeros_text
from xlreport.formula.nodes import Value
from xlreport.subject import Subject

CELL = "requests[new_requests,natural_person]"


def causes(found: Reconciled) -> list[set[tuple[str, str]]]:
    """Of each reading what it says, by kind and unit, or by kind and cell."""
    told: dict[int, set[tuple[str, str]]] = {}
    for cause in reconciled_json(found)["causes"]:
        about = cause["units"][0] if cause["units"] else cause["subject"]
        told.setdefault(cause["reading"], set()).add((cause["kind"], about))
    return list(told.values())


def texts(found: Reconciled) -> str:
    return "\n".join(cause["text"] for cause in reconciled_json(found)["causes"])


def older(of: Child, random: Random) -> Child:
    return child(of.unit, random_inputs(random), f"{of.unit}-旧.xlsx", "2024-01-10")


def test_nothing_is_said_of_a_parent_that_is_the_sum() -> None:
    children = county(Random(1), 6)
    found = reconcile(parent_of(children), children)
    assert reconciled_json(found) == {"differences": [], "causes": []}
    assert found.units == 6 and found.zeros == [] and found.left == []


def test_the_order_of_the_lines_of_a_list_makes_no_difference() -> None:
    children = county(Random(3), 6)
    for order in (reversed(children), sorted(children, key=lambda each: each.unit)):
        assert reconcile(parent_of(children), list(order)).differences == []


@pytest.mark.parametrize("seed", range(40))
def test_one_planted_cause_is_found(seed: int) -> None:
    random = Random(seed)
    children = county(random, 12)
    victim = random.choice(children)
    old = older(victim, random)
    rest = [each for each in children if each is not victim]

    left_out = reconcile(parent_of(rest), [*children, old])
    assert causes(left_out) == [{("left_out", victim.unit)}]
    twice = reconcile(parent_of([*children, victim]), children)
    assert causes(twice) == [{("counted_twice", victim.unit)}]
    with_old = reconcile(parent_of([*rest, old]), [old, *children])
    assert causes(with_old) == [{("old_version", victim.unit)}]
    assert old.file in texts(with_old)
    both = reconcile(parent_of([*children, old]), [old, *children])
    assert causes(both) == [{("counted_twice", victim.unit)}]


@pytest.mark.parametrize("seed", range(40))
def test_two_planted_causes_are_found_together(seed: int) -> None:
    random = Random(1000 + seed)
    children = county(random, 12)
    first, second = random.sample(children, 2)
    rest = [each for each in children if each is not first]
    right = parent_of([*rest, second]).inputs[Subject(CELL)]
    assert isinstance(right, int)

    found = reconcile(parent_of([*rest, second]), children)
    assert causes(found) == [{("left_out", first.unit), ("counted_twice", second.unit)}]
    with_slip = reconcile(
        parent_of(rest, {CELL: right + 7 - int(str(second.inputs[Subject(CELL)]))}), children
    )
    assert {("left_out", first.unit), ("one_cell", CELL)} in causes(with_slip)


def test_the_text_of_a_unit_left_out() -> None:
    children = county(Random(5), 8)
    found = reconcile(parent_of(children[1:]), children)
    count = len(found.differences)
    assert texts(found) == f"差额在全部 {count} 个栏目上恰好等于岚溪县第1局的数：该单位未汇入"


@pytest.mark.parametrize(
    ("right", "written", "words"),
    [
        (152, 125, "相邻两位数字写颠倒了"),
        (152, 1520, "多写了一个 0"),
        (150, 15, "少写了一个 0"),
        (152, 0, "漏了"),
        (152, 160, "相差 8"),
    ],
)
def test_one_wrong_cell(right: int, written: int, words: str) -> None:
    values: dict[Subject, Value] = random_inputs(Random(7)) | {Subject(CELL): right}
    children = [child("甲局", values), child("乙局", random_inputs(Random(8)) | {Subject(CELL): 0})]
    found = reconcile(parent_of(children, {CELL: written}), children)
    assert causes(found) == [{("one_cell", CELL)}]
    assert words in texts(found) and f"上级填 {written}，应为 {right}" in texts(found)


def test_a_slip_in_taking_over_one_unit_s_figure_is_named() -> None:
    children = [
        child("甲局", random_inputs(Random(7)) | {Subject(CELL): 152}),
        child("乙局", random_inputs(Random(8)) | {Subject(CELL): 3017}),
    ]
    assert "甲局的 152 相邻两位数字写颠倒了" in texts(reconcile(parent_of(children, {CELL: 3142}), children))


def test_two_wrong_cells_are_two_causes() -> None:
    children = county(Random(9), 5)
    other = "fee_amount"
    found = reconcile(parent_of(children, {CELL: 99_999, other: Decimal("77777.25")}), children)
    assert causes(found) == [{("one_cell", CELL), ("one_cell", other)}]
    (amount,) = (each for each in reconciled_json(found)["differences"] if each["subject"] == other)
    assert amount["parent"] == "77777.25"


def test_what_fits_nothing_is_given_no_cause() -> None:
    children = county(Random(10), 5)
    wrong = {CELL: 99_999, "fee_notices": 88_888, "requests[new_requests,other_organization]": 77_777}
    found = reconcile(parent_of(children, wrong), children)
    assert len(found.differences) == 3 and found.readings == []


def test_units_with_the_same_figures_are_all_named() -> None:
    children = county(Random(11), 5)
    twin = replace(children[0], unit="岚溪县孪生局", file="孪生.xlsx")
    twin = replace(twin, inputs={**twin.inputs, Subject("organ"): twin.unit})
    found = reconcile(parent_of(children), [*children, twin])
    assert causes(found) == [{("left_out", "岚溪县孪生局")}, {("left_out", "岚溪县第1局")}]


def test_units_that_report_only_zeros_leave_no_trace_and_this_is_said() -> None:
    children = county(Random(12), 3)
    figures = {subject: value for subject, value in nil().items() if not subject.startswith("published")}
    others = dict.fromkeys(("npc_proposals", "cppcc_proposals"), 0)
    silent = child("岚溪县档案馆", {Subject(s): v for s, v in {**figures, **others}.items()})
    found = reconcile(parent_of(children), [*children, silent])
    assert found.differences == [] and found.zeros == ["岚溪县档案馆"]
    assert zeros_text(found.zeros) == "岚溪县档案馆的数全是 0，是否汇入从数字上看不出来"


def test_a_line_that_the_parent_does_not_have_stands_after_its_own() -> None:
    one = {Subject("published[1,category]"): "工作动态", Subject("published[1,count]"): 5}
    two = {Subject("published[1,category]"): "财政预决算", Subject("published[1,count]"): 4}
    children = [child("甲局", one), child("乙局", two)]
    (difference,) = reconcile(parent_of(children[:1]), children).differences
    assert (difference.subject, difference.label) == ("published[2,count]", "“财政预决算”条数")
    assert (difference.parent, difference.sum, difference.children) == (0, 4, {"乙局": 4})


def test_returns_that_cannot_be_compared_are_named() -> None:
    children = county(Random(13), 3)
    parent = parent_of(children)
    strangers = [
        child("岚溪县第4局", {Subject("year"): 2022}, "去年.xlsx"),
        replace(children[0], form="other", file="别的表.xlsx"),
        replace(children[0], file="再来一份.xlsx"),
        replace(parent, file="汇总-副本.xlsx"),
    ]
    found = reconcile(parent, [*children, *strangers])
    assert found.differences == []
    assert {left.file for left in found.left} >= {"去年.xlsx", "别的表.xlsx", "汇总-副本.xlsx"}
    assert len(found.left) == 4


def test_lines_that_only_an_old_version_has_count_too() -> None:
    line = {Subject("published[1,category]"): "工作动态", Subject("published[1,count]"): 5}
    only = {Subject("published[2,category]"): "人事任免", Subject("published[2,count]"): 4}
    children = [child("甲局", {**line, Subject(CELL): 3}), child("乙局", line)]
    old = child("甲局", {**line, **only, Subject(CELL): 8}, "甲局-旧.xlsx", "2024-01-10")
    found = reconcile(parent_of(children, {CELL: 8}), [old, *children])
    assert causes(found) == [{("one_cell", CELL)}]


def test_returns_without_a_name_are_not_versions_of_each_other() -> None:
    children = county(Random(14), 2)
    nameless = [child("", random_inputs(Random(seed)), f"{seed}.xlsx") for seed in (1, 2)]
    found = reconcile(parent_of(children), [*children, *nameless])
    assert found.differences == []
    assert [left.why for left in found.left] == ["没有填写单位名称"] * 2
