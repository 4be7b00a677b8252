"""Sums of returns: exact, whatever the order, level upon level."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consolidated import child, random_inputs
from returns import FORM, sound
from xlreport.consolidate.figures import Entry, figures_of
from xlreport.consolidate.sums import CannotSum, summed
from xlreport.form.consolidation import Consolidation
from xlreport.subject import Subject


def listed(*lines: tuple[str, int]) -> dict[Subject, str | int | Decimal | bool | None]:
    """A return with nothing but these lines on its list."""
    values: dict[Subject, str | int | Decimal | bool | None] = {}
    for number, (category, count) in enumerate(lines, start=1):
        values[Subject.cell("published", number, "category")] = category
        values[Subject.cell("published", number, "count")] = count
    return values


@settings(max_examples=25)
@given(st.integers(0, 2**32), st.integers(1, 9), st.randoms(use_true_random=False))
def test_the_sum_of_sums_is_the_sum_of_all_in_any_order(seed: int, size: int, order: Random) -> None:
    random = Random(seed)
    leaves = [random_inputs(random) for _ in range(size)]
    whole = summed(FORM, leaves)

    order.shuffle(leaves)
    cut = order.randint(0, size)
    halves = [summed(FORM, part).values for part in (leaves[:cut], leaves[cut:])]

    assert summed(FORM, halves).values == whole.values == summed(FORM, leaves).values


def test_decimals_are_added_exactly() -> None:
    values = [{Subject("fee_amount"): Decimal("0.1")}, {Subject("fee_amount"): Decimal("0.2")}]
    assert summed(FORM, values).values == {"fee_amount": Decimal("0.3")}
    assert summed(FORM, [*values, {Subject("fee_amount"): Decimal("0.7")}]).values == {"fee_amount": 1}


def test_lines_of_lists_are_merged_by_name_as_people_read_it() -> None:
    children = [listed(("政策文件", 2), ("工作动态", 5)), listed(("工作 动态", 4), ("政策文件\u200b", 1))]
    assert figures_of(FORM, summed(FORM, children).values) == {
        Entry("published", "工作动态", "count"): 9,
        Entry("published", "政策文件", "count"): 3,
    }


def test_the_list_is_as_long_as_it_has_to_be() -> None:
    children = [listed(*((f"第{unit}类{number}", 1) for number in range(20))) for unit in range(3)]
    total = summed(FORM, children)
    assert total.form.listings["published"].rows == 60
    assert len(figures_of(total.form, total.values)) == 60


def test_what_is_a_unit_s_own_is_left_blank() -> None:
    total = summed(FORM, [sound(), sound()]).values
    own = ("organ", "unit_code", "year", "signed_on", "proactive", "found", "nil_confirmed", "scope")
    assert not {Subject(name) for name in own} & total.keys()
    assert not [subject for subject in total if subject.is_note or subject.is_answer]
    assert not total.keys() & FORM.computed.keys()


def test_blank_in_all_is_blank_and_zero_is_zero() -> None:
    assert summed(FORM, [{}, {}]).values == {}
    assert summed(FORM, [{Subject("fee_notices"): 0}, {}]).values == {"fee_notices": 0}


def test_sums_that_no_cell_can_hold_are_refused_by_name() -> None:
    largest = {Subject("fee_notices"): 10**12 - 1}
    with pytest.raises(CannotSum, match="发出信息处理费收费通知"):
        summed(FORM, [largest, largest])
    assert child("甲", largest).inputs["fee_notices"] == 10**12 - 1


def test_more_lines_than_a_list_can_have_are_refused() -> None:
    children = [listed(*((f"第{unit}类{number}", 1) for number in range(30))) for unit in range(34)]
    with pytest.raises(CannotSum, match="1020 类"):
        summed(FORM, children)


def test_what_the_form_does_not_add_up_is_left_out_everywhere() -> None:
    asked = replace(FORM, consolidation=Consolidation(ask=("fee_notices", "cases", "published")))
    values = {**listed(("政策文件", 2)), Subject("fee_notices"): 3, Subject("cases[review,upheld]"): 4}
    kept = {Subject("npc_proposals"): 5}
    assert summed(asked, [{**values, **kept}]).values == kept
    assert figures_of(asked, {**values, **kept}) == kept


def test_decimals_of_other_precision_are_added_as_they_are_written() -> None:
    charge = Subject("charges[administrative_charges,amount]")
    written = ("59237.2449", "0.000001", "3", "1.50")
    values = [{charge: Decimal(text)} for text in written]
    assert summed(FORM, values).values == {charge: Decimal("59241.744901")}
    finer = [{charge: Decimal("0.0000001")}, {charge: Decimal(1)}]
    with pytest.raises(CannotSum, match="最多 6 位小数"):
        summed(FORM, finer)
