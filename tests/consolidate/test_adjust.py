"""调整.xlsx: what is understood of it, and every mistake at once."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from consolidated import CELL
from lists import save_list
from returns import FORM
from xlreport.consolidate.adjust import Adjustment, adjusted
from xlreport.consolidate.adjust_file import AdjustErrors, read_adjustments
from xlreport.consolidate.figures import Entry
from xlreport.consolidate.sums import Summed
from xlreport.formula.nodes import Value
from xlreport.subject import Subject

HEADINGS = ("单元格", "增减", "原因", "依据")
WHY = "与税务部门重复登记一件申请"
VALUES: dict[Subject, Value] = {
    Subject(CELL): 12,
    Subject("fee_amount"): Decimal("30.5"),
    Subject("published[1,category]"): "=工作动态",
    Subject("published[1,count]"): 9,
}
TOTAL = Summed(FORM, VALUES)


def read(folder: Path, *rows: Sequence[object], headings: Sequence[str] = HEADINGS) -> list[Adjustment]:
    return read_adjustments(save_list(folder / "调整.xlsx", rows, headings, ["2023年汇总调整表"]), TOTAL)


def mistakes(folder: Path, *rows: Sequence[object]) -> list[str]:
    with pytest.raises(AdjustErrors) as caught:
        read(folder, *rows)
    return list(caught.value.mistakes)


def test_cells_are_named_by_subject_or_by_what_they_are_called(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        (CELL, -2, WHY, "核对记录"),
        ("收取信息处理费", "+1.25", "补录上年末收到的款项", None),
        ("＝工作动态 条数", "－3", WHY, None),
    )
    assert [(str(each.cell), each.change) for each in found] == [
        (CELL, -2),
        ("fee_amount", Decimal("1.25")),
        (str(Entry("published", "=工作动态", "count")), -3),
    ]
    values = adjusted(TOTAL, found).values
    assert (values[Subject(CELL)], values[Subject("published[1,count]")]) == (10, 6)
    assert values[Subject("fee_amount")] == Decimal("31.75")
    assert VALUES[Subject(CELL)] == 12


@pytest.mark.parametrize(
    "name",
    [
        "一、本年新收·自然人",
        "一、本年新收自然人",
        "requests[new_requests,natural_person]",
        "“一、本年新收 自然人”",
    ],
)
def test_spelling_makes_no_difference(tmp_path: Path, name: str) -> None:
    (found,) = read(tmp_path, (name, 1, WHY, ""))
    assert found.cell == CELL


def test_a_blank_figure_counts_as_nothing(tmp_path: Path) -> None:
    (found,) = read(tmp_path, ("npc_proposals", 4, WHY, ""))
    assert adjusted(TOTAL, [found]).values[Subject("npc_proposals")] == 4


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    told = mistakes(
        tmp_path,
        ("requests[new_requests,person]", 1, WHY, ""),
        ("requests[new_requests,total]", 1, WHY, ""),
        ("三（七）总计·自然人", 1, WHY, ""),
        ("存在的主要问题", 1, WHY, ""),
        (CELL, "三", WHY, ""),
        ("fee_notices", 1, "无", ""),
        ("fee_notices", 1, WHY, ""),
        ("办理政协提案", -1, WHY, ""),
        ("fee_amount", "0.125", WHY, ""),
        ("npc_proposals", 0.5, WHY, ""),
        ("", 2, WHY, ""),
        ("cases[review,upheld]", 0, WHY, ""),
        ("cases[review,pending]", None, None, ""),
        ("cases[review,upheld]", 1, WHY, "据" * 501),
    )
    expected = [
        ("第 3 行", "没有“requests[new_requests,person]”这个单元格"),
        ("第 4 行", "由程序计算"),
        ("第 5 行", "由程序计算"),
        ("第 6 行", "不是汇总的数"),
        ("第 7 行", "填了文字“三”"),
        ("第 8 行", "没有写清原因（“无”）"),
        ("第 9 行", "与第 8 行是同一个单元格"),
        ("第 10 行", "合计 0，增减 −1：调整后是负数"),
        ("第 11 行", "0.125 有 3 位小数"),
        ("第 12 行", "填了小数 0.5"),
        ("第 13 行", "没有写单元格"),
        ("第 14 行", "增减是 0"),
        ("第 15 行", "没有写清原因"),
        ("第 15 行", "没有写增减多少"),
        ("第 16 行", "与第 14 行是同一个单元格"),
        ("第 16 行", "依据有 501 字"),
    ]
    assert len(told) == len(expected)
    for line, (row, words) in zip(told, expected, strict=True):
        assert line.startswith(f"{row}：") and words in line, line


def test_a_table_without_headings_or_lines_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AdjustErrors, match="没有找到标题"):
        read(tmp_path, (CELL, 1, WHY, ""), headings=("栏目", "数", "说明", ""))
    assert mistakes(tmp_path) == ["一处调整也没有"]
    (tmp_path / "图.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(AdjustErrors):
        read_adjustments(tmp_path / "图.xlsx", TOTAL)


def test_text_with_separators_is_a_table_too(tmp_path: Path) -> None:
    path = tmp_path / "调整.csv"
    path.write_text(f"单元格,增减,原因\n“一、本年新收·自然人”,-1,{WHY}\n", encoding="gb18030")
    (found,) = read_adjustments(path, TOTAL)
    assert (found.cell, found.change, found.source) == (CELL, -1, "")
