"""Formulas in a clerk's words, and the names that formulas may use."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from returns import FORM
from xlreport.form.checks import Instance
from xlreport.form.naming import Naming, number
from xlreport.form.scope import FormScope
from xlreport.formula.check import bind
from xlreport.formula.nodes import Cells, FormulaError, Node, Type, Value
from xlreport.formula.parse import parse
from xlreport.subject import Subject

VALUES: dict[str, Value] = {
    "fee_notices": 2,
    "fee_amount": Decimal("340.5"),
    "unit_type": "township",
    "nil_confirmed": True,
    "requests[new_requests,natural_person]": 60,
    "requests[carried_over,natural_person]": 0,
}


def bound(source: str, scope: FormScope | None = None) -> Node:
    return bind(parse(source), scope or FormScope(FORM))


def words(source: str, lookup: bool = False) -> str:
    return Naming(FORM).formula(bound(source), VALUES.get if lookup else None)


def instance(code: str, line: str) -> Instance:
    return next(i for i in FORM.instances if (i.check.code, i.line) == (code, line))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "空"),
        (0, "0"),
        (-12, "−12"),
        (True, "是"),
        (False, "否"),
        ("文字", "文字"),
        (Decimal("59237.2449"), "59237.2449"),
        (Decimal("-0.000001"), "−0.000001"),
        (Decimal("1E+3"), "1000"),
    ],
)
def test_a_value_as_a_person_writes_it(value: Value, expected: str) -> None:
    assert number(value) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("fee_notices + npc_proposals", "发出信息处理费收费通知＋办理人大代表建议"),
        ("fee_notices - (npc_proposals - 1)", "发出信息处理费收费通知－（办理人大代表建议－1）"),
        ("fee_notices - npc_proposals - 1", "发出信息处理费收费通知－办理人大代表建议－1"),
        ("(fee_notices + 1) * 2", "（发出信息处理费收费通知＋1）×2"),
        ("8 / (fee_notices * 2)", "8÷（发出信息处理费收费通知×2）"),
        ("-(fee_notices + 1)", "－（发出信息处理费收费通知＋1）"),
        ("(fee_notices + 1)%", "（发出信息处理费收费通知＋1）%"),
        ("fee_notices >= 1", "发出信息处理费收费通知≥1"),
        ("fee_notices <> 1", "发出信息处理费收费通知≠1"),
        ("SUM(requests[disclosed:other, total])", "三（一）予以公开·总计至三（六）3.其他·总计合计"),
        ("AND(fee_notices = 0, npc_proposals = 0)", "发出信息处理费收费通知＝0，且办理人大代表建议＝0"),
        ("OR(fee_notices > 0, NOT(nil_confirmed))", "发出信息处理费收费通知＞0，或并非零报告确认"),
        ("ABS(fee_notices - 1)", "（发出信息处理费收费通知－1）的绝对值"),
        ("INT(fee_amount / 10) * 10", "（收取信息处理费÷10）取整×10"),
        ("ROUND(fee_amount, 2)", "收取信息处理费"),
        ("MOD(fee_notices, 2)", "发出信息处理费收费通知除以2的余数"),
        ("ISBLANK(email)", "电子邮箱未填"),
        ("LEN(organ) > 2", "机关全称的字数＞2"),
        ("IF(fee_notices > 0, 1, 2)", "（发出信息处理费收费通知＞0时为1，否则为2）"),
        ('unit_type = "township"', "机关类型＝“乡镇（街道）”"),
    ],
)
def test_a_formula_in_words(source: str, expected: str) -> None:
    assert words(source) == expected


def test_no_rule_of_the_form_shows_a_clerk_english_words() -> None:
    for each in FORM.instances:
        said = Naming(FORM, each).formula(each.expect)
        assert not any("a" <= char.lower() <= "z" for char in said), said


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("fee_notices + npc_proposals", "发出信息处理费收费通知2＋办理人大代表建议0"),
        ("fee_amount > 1", "收取信息处理费340.5＞1"),
        ("unit_type", "机关类型“乡镇（街道）”"),
        ("nil_confirmed", "零报告确认“是”"),
        ("email", "电子邮箱（空）"),
    ],
)
def test_values_stand_behind_the_names_of_their_cells(source: str, expected: str) -> None:
    assert words(source, lookup=True) == expected


def test_a_line_is_not_named_inside_its_own_check() -> None:
    by_column = instance("REQ001", "natural_person")
    cell = Subject.cell("requests", "new_requests", "natural_person")
    assert Naming(FORM, by_column).cell(cell) == "一、本年新收"
    assert Naming(FORM).cell(cell) == "一、本年新收·自然人"
    by_row = instance("DOC003", "rules")
    assert Naming(FORM, by_row).cell(Subject.cell("documents", "rules", "in_force")) == "现行有效"
    other = Subject.cell("documents", "normative_documents", "in_force")
    assert Naming(FORM, by_row).cell(other) == "行政规范性文件·现行有效"


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("organ", "机关全称"),
        ("published[3,count]", "第3行条数"),
        ("published[total,count]", "条数合计"),
        ("requests[other,note]", "三（六）3.其他 备注"),
        ("explanation[CASE001,]", "CASE001 情况说明"),
    ],
)
def test_every_kind_of_cell_has_a_name(subject: str, expected: str) -> None:
    assert Naming(FORM).cell(Subject.parse(subject)) == expected


def test_one_cell_stands_as_it_is_and_a_sum_shows_its_result() -> None:
    def side(source: str, value: Value) -> str:
        return Naming(FORM).side(bound(source), value, VALUES.get)

    assert side("fee_notices", 2) == "发出信息处理费收费通知2"
    assert side("fee_notices + npc_proposals", 2) == "发出信息处理费收费通知2＋办理人大代表建议0＝2"
    assert side("SUM(requests[disclosed:other, total])", 21).endswith("合计＝21")
    assert side("5", 5) == "5"


# Names -----------------------------------------------------------------------------------------------

ROW = FormScope(FORM, FORM.grids["requests"], row="new_requests")
COLUMN = FormScope(FORM, FORM.grids["requests"], column="natural_person")


def cells(source: str, scope: FormScope) -> Cells:
    node = bound(source, scope)
    assert isinstance(node, Cells)
    return node


def test_bare_names_mean_the_cells_of_the_line() -> None:
    assert cells("new_requests", COLUMN).subjects == ("requests[new_requests,natural_person]",)
    assert cells("natural_person", ROW).subjects == ("requests[new_requests,natural_person]",)
    assert cells("fee_notices", COLUMN).subjects == ("fee_notices",)


def test_a_range_takes_neighbours_in_declared_order() -> None:
    found = cells("requests[new_requests:disclosed, natural_person:commercial_enterprise]", ROW)
    assert found.subjects == tuple(
        f"requests[{row},{column}]"
        for row in ("new_requests", "carried_over", "disclosed")
        for column in ("natural_person", "commercial_enterprise")
    )
    assert (found.type, found.scalar) == (Type.WHOLE, False)
    assert len(cells("published[count]", ROW).subjects) == 30


def test_last_year_s_names_are_this_year_s_and_of_a_list_the_total() -> None:
    scope = replace(COLUMN, prior=True)
    assert cells("prior.carried_forward", scope).subjects == (
        "prior.requests[carried_forward,natural_person]",
    )
    assert cells("prior.year", scope).subjects == ("prior.year",)
    total = cells("prior.published[count]", scope)
    assert (total.subjects, total.scalar) == (("prior.published[total,count]",), True)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("new_request", "unknown name “new_request”; did you mean “new_requests”?"),
        ("organn", "did you mean “organ”?"),
        ("organ:year", "is a single field, not a range"),
        ("other:disclosed", "“other:disclosed” runs backwards; write “disclosed:other”"),
        ("requests[disclosd, total]", "unknown row or column “disclosd”; did you mean “disclosed”?"),
        ("requests[disclosed]", "“requests” is a grid: write requests[row, column]"),
        ("published[count, category]", "“published” is a list: write published[column]"),
        ("published[cout]", "list “published” has no column “cout”; did you mean “count”?"),
        ("cover[organ]", "“cover” is a block of fields: write the field's name alone"),
        ("request[a, b]", "unknown grid or list “request”; did you mean “requests”?"),
        ("prior.year", "last year's figures are for checks"),
    ],
)
def test_a_name_that_means_nothing_is_refused_with_what_may_be_meant(source: str, words: str) -> None:
    with pytest.raises(FormulaError) as caught:
        bind(parse(f"1 + {source}"), COLUMN, f"1 + {source}")
    assert words in caught.value.message
    assert caught.value.position == 4
