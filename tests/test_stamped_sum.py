"""What a stamp says of a sum: written and read back, and nothing else taken for it."""

from __future__ import annotations

import json

import pytest

from returns import FORM
from xlreport.layout.stamp import StampError, make_stamp, read_stamp
from xlreport.layout.stamped_sum import StampedAdjustment, StampedSum, read_sum

ONE = StampedAdjustment("published/=工作动态/count", "“=工作动态”条数", "+3", "补录\n一条", "")


def test_what_is_written_is_read_back() -> None:
    told = StampedSum(("汇总说明", "各单位文字"), "缺：甲局", (ONE, ONE))
    assert read_sum(dict(told.lines())) == told
    assert read_sum(dict(StampedSum().lines())) == StampedSum()


def test_no_other_sheet_becomes_a_part_of_the_sum() -> None:
    lines = dict(StampedSum(("汇总说明", "更正", "三、依申请公开")).lines())
    assert read_sum(lines) == StampedSum(("汇总说明",))


def test_a_workbook_of_a_unit_s_own_has_none() -> None:
    stamp = make_stamp(FORM, "甲局", 2023, {})
    assert read_stamp(stamp.lines()).sum is None


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '"x"', "[1, 2, 3, 4, 5]", json.dumps(["a", "b", "NaN", "c", "d"]), "[" * 5_000]
)
def test_what_is_no_adjustment_makes_no_stamp(text: str) -> None:
    lines = [*make_stamp(FORM, "甲局", 2023, {}).lines(), ("sum.tabs", ""), ("sum.adjusted.1", text)]
    with pytest.raises(StampError):
        read_stamp(lines)
