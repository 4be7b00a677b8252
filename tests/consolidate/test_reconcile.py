"""Why a parent is not the sum of its children: planted causes are found, nothing is said of equal ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from consolidated import CELL, child, county, parent_of, random_inputs
from lists import save_list
from returns import FORM, nil
from xlreport.consolidate.adjust import Adjustment, adjusted
from xlreport.consolidate.as_json import reconciled_json
from xlreport.consolidate.child import Child
from xlreport.consolidate.reconcile import Reconciled, reconcile
from xlreport.consolidate.sums import Summed
from xlreport.consolidate.words import zeros_text
from xlreport.formula.nodes import Value
from xlreport.layout.stamped_sum import StampedSum
from xlreport.roster.line import Roster
from xlreport.roster.read import usable_roster
from xlreport.subject import Subject


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
        replace(children[1], period="3月", file="三月.xlsx"),
        replace(children[0], file="再来一份.xlsx"),
        replace(parent, file="汇总-副本.xlsx"),
    ]
    found = reconcile(parent, [*children, *strangers])
    assert found.differences == []
    assert {left.file for left in found.left} >= {"去年.xlsx", "别的表.xlsx", "三月.xlsx", "汇总-副本.xlsx"}
    assert len(found.left) == 5


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


PARENT, NEXT = "岚溪县人民政府", "青石县人民政府"


def listed(folder: Path, rows: Sequence[Sequence[object]]) -> Roster:
    return usable_roster(save_list(folder / "名单.xlsx", rows, ("单位", "上级")), FORM).roster


def changed(parent: Child, *adjustments: Adjustment) -> Child:
    """The parent with adjustments in its figures, of which its workbook says nothing."""
    return replace(parent, inputs=adjusted(Summed(FORM, parent.inputs), adjustments).values)


def an_adjustment(cell: str, change: int | Decimal) -> Adjustment:
    return Adjustment(Subject(cell), cell, change, "与税务部门重复登记", "核对记录")


@pytest.mark.parametrize("seed", range(15))
def test_a_unit_of_another_parent_is_found(tmp_path: Path, seed: int) -> None:
    random = Random(2000 + seed)
    children = county(random, 10)
    stranger = child("青石县水务局", random_inputs(random))
    rows = [(each.unit, PARENT) for each in children]
    roster = listed(tmp_path, [*rows, (stranger.unit, NEXT)])
    sources = [*children, stranger]

    right = reconcile(parent_of(children), sources, roster)
    assert right.differences == [] and [left.why for left in right.left] == [f"名单里归{NEXT}"]
    wrong = reconcile(parent_of(sources), sources, roster)
    assert causes(wrong) == [{("wrong_parent", stranger.unit)}]
    assert f"该单位归{NEXT}，却汇入了这里" in texts(wrong)
    both = reconcile(parent_of([*children[1:], stranger]), sources, roster)
    assert causes(both) == [{("wrong_parent", stranger.unit), ("left_out", children[0].unit)}]


def test_whom_a_unit_belongs_to_is_followed_up_the_list(tmp_path: Path) -> None:
    children = county(Random(15), 3)
    first, second, third = children
    below = [(first.unit, ""), (second.unit, first.unit), (third.unit, NEXT)]
    roster = listed(tmp_path, below)
    found = reconcile(parent_of([first, second]), children, roster)
    assert found.differences == [] and [left.file for left in found.left] == [third.file]
    with_own = [*children, child("岚溪县人民政府办公室", random_inputs(Random(16)))]
    assert reconcile(parent_of([first, second, with_own[-1]]), with_own, roster).differences == []


@pytest.mark.parametrize("seed", range(15))
def test_an_adjustment_explains_what_it_changes(seed: int) -> None:
    random = Random(3000 + seed)
    children = county(random, 8)
    one = an_adjustment(CELL, random.randint(1, 50))
    two = an_adjustment("fee_amount", Decimal("0.25"))
    three = an_adjustment("requests[new_requests,other_organization]", 5)
    plain = parent_of(children)

    single = reconcile(changed(plain, one), children, None, [one, two])
    assert causes(single) == [{("adjustment", CELL)}]
    assert "与税务部门重复登记" in texts(single)
    assert causes(reconcile(changed(plain, one), children)) == [{("one_cell", CELL)}]
    assert causes(reconcile(changed(plain, one, two, three), children, None, [one, two, three])) == [
        {("adjustment", "")}
    ]
    rest = parent_of(children[1:])
    assert {("adjustment", CELL), ("left_out", children[0].unit)} in causes(
        reconcile(changed(rest, one), children, None, [one])
    )
    slip = replace(plain, inputs={**changed(plain, one).inputs, Subject("fee_notices"): 77_777})
    assert causes(reconcile(slip, children, None, [one])) == [
        {("adjustment", CELL), ("one_cell", "fee_notices")}
    ]


def test_adjustments_that_the_parent_names_are_part_of_the_sum() -> None:
    children = county(Random(17), 4)
    one = an_adjustment(CELL, 4)
    plain = parent_of(children)
    named = StampedSum(("汇总说明",), "", (one.stamped,))
    assert reconcile(replace(changed(plain, one), sum=named), children).differences == []
    forgotten = reconcile(replace(plain, sum=named), children)
    assert causes(forgotten) == [{("adjustment", CELL)}]
    assert "但没有计入" in texts(forgotten)
    assert causes(reconcile(replace(plain, sum=named), children, None, [one])) == [{("adjustment", CELL)}]
