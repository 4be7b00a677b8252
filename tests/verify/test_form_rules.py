"""The rules of the real form, through workbooks: kept, broken, not applicable, not yet decidable."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from returns import FORM, edit, nil, place, said, save, sound, tab, the_one
from xlreport.formula.nodes import Value
from xlreport.verify.verdict import verify_file

REQ = "requests[{},{}]"
PEOPLE = [column.name for column in FORM.grids["requests"].columns if not column.formula]

Changes = dict[str, Value]
GOVERNMENT: Changes = {
    "unit_type": "government", "level": "city", "organ": "栖川市人民政府", "organ_short": "市政府"
}  # fmt: skip
CITY: Changes = {"level": "city", "organ": "栖川市自然资源和规划局", "organ_short": "市自然资源和规划局"}
STATE: Changes = {"level": "national", "organ": "自然资源部", "organ_short": "自然资源部"}
RULES: Changes = {"documents[rules,issued]": 1, "documents[rules,in_force]": 1}
NO_FEES: Changes = {"fee_notices": 0, "fee_amount": 0}
NO_REQUESTS: Changes = {s: 0 for s in nil() if s.startswith("requests[")} | NO_FEES

KEPT: dict[str, Changes] = {
    "a city makes rules": GOVERNMENT | RULES,
    "a department of the State Council makes rules": STATE | RULES,
    "in force at the limit": {"documents[normative_documents,in_force]": 1},
    "a fee that is a multiple of ten": {"fee_amount": 20},
    "a fee in full yuan only": {"fee_amount": Decimal("30.00")},
    "no fee, no notice": NO_FEES,
    "one more on both sides": {
        REQ.format("new_requests", "natural_person"): 39,
        REQ.format("other", "natural_person"): 2,
    },
    "fee unpaid with a notice": {
        REQ.format("other_fee_unpaid", "natural_person"): 1,
        REQ.format("other", "natural_person"): 0,
    },
    "as many cases as requests": {"cases[review,upheld]": 49},
    "no cases, no requests": NO_REQUESTS
    | {s: 0 for s in nil() if s.startswith("cases[")}
    | {"found": nil()["found"]},
}
BROKEN: dict[str, tuple[Changes, dict[str, str]]] = {
    "one column out of balance": (
        {REQ.format("other", "natural_person"): 2},
        {"REQ001:requests[,natural_person]": "error"},
    ),
    "two columns out of balance, the total balanced": (
        {REQ.format("other", "natural_person"): 2, REQ.format("carried_forward", "other_organization"): 1,
         REQ.format("new_requests", "natural_person"): 40},
        {"REQ001:requests[,natural_person]": "error", "REQ001:requests[,other_organization]": "error"},
    ),
    "a county with rules": (
        RULES,
        {"DOC001:documents[,issued]": "error", "DOC001:documents[,in_force]": "error"},
    ),
    "a city's department with rules": (
        RULES | CITY,
        {"DOC002:documents[,issued]": "warning", "DOC002:documents[,in_force]": "warning"},
    ),
    "fewer in force than made": (
        {"documents[normative_documents,in_force]": 0},
        {"DOC003:documents[normative_documents,]": "error"},
    ),
    "more cases than requests": ({"cases[review,upheld]": 50}, {"CASE001:cases[review,upheld]": "warning"}),
    "cases without requests": (NO_REQUESTS, {"CASE002:cases[review,upheld]": "warning"}),
    "fee unpaid without a notice": (
        {REQ.format("other_fee_unpaid", "natural_person"): 1, REQ.format("other", "natural_person"): 0,
         "fee_notices": 0, "fee_amount": 0},
        {"FEE001:fee_notices": "warning"},
    ),
    "a fee of 345 yuan": ({"fee_amount": 345}, {"FEE002:fee_amount": "warning"}),
    "a fee with fen": ({"fee_amount": Decimal("340.01")}, {"FEE002:fee_amount": "warning"}),
    "a fee without a notice": ({"fee_notices": 0}, {"FEE003:fee_notices": "warning"}),
    "more notices than requests": ({"fee_notices": 60}, {"FEE004:fee_notices": "warning"}),
    "a fee in both places": (
        {"charges[administrative_charges,amount]": Decimal("0.012"), "fee_amount": 120},
        {"FEE005:charges[administrative_charges,amount]": "warning"},
    ),
    "one figure in 万元 and in 元": (
        {"charges[administrative_charges,amount]": 120, "fee_amount": 120},
        {"FEE006:charges[administrative_charges,amount]": "warning"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", KEPT)
def test_a_rule_that_is_kept_is_silent(name: str, tmp_path: Path) -> None:
    assert said(save(tmp_path, sound(KEPT[name]))) == {}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_gives_its_finding_and_no_other(name: str, tmp_path: Path) -> None:
    changes, expected = BROKEN[name]
    path = save(tmp_path, sound(changes))
    assert said(path) == expected
    for finding in verify_file(path).findings:
        assert finding.sheet and finding.cell and finding.fix
        assert "{" not in finding.message + finding.fix


def test_every_rule_of_the_form_is_broken_somewhere_here() -> None:
    broken = {id_.partition(":")[0] for _, ids in BROKEN.values() for id_ in ids}
    of_this_year = {instance.check.code for instance in FORM.instances if not instance.prior}
    assert broken | {"NIL001", "NIL002"} == of_this_year


def test_the_message_names_place_cell_both_sides_and_the_difference(tmp_path: Path) -> None:
    path = save(tmp_path, sound({REQ.format("other", "natural_person"): 2}))
    finding = the_one(path, "REQ001:requests[,natural_person]")
    assert finding.message.startswith(f"{tab('requests')} 自然人列：")
    assert "一、本年新收38＋二、上年结转3＝41" in finding.message
    assert "四、结转下年度2＝42" in finding.message
    assert "相差−1件" in finding.message
    assert (finding.found, finding.expected) == ("41", "42")
    assert (finding.sheet, finding.cell) == place(REQ.format("carried_forward", "natural_person"))


def test_the_fix_names_the_cells_that_can_be_wrong(tmp_path: Path) -> None:
    path = save(tmp_path, sound({"documents[normative_documents,in_force]": 0}))
    fix = the_one(path, "DOC003:documents[normative_documents,]").fix
    first, last = (place(f"documents[normative_documents,{c}]")[1] for c in ("issued", "in_force"))
    assert f"{first}:{last}" in fix


def test_all_columns_out_of_balance_are_all_named_without_the_total(tmp_path: Path) -> None:
    changes: Changes = {REQ.format("carried_forward", person): 100 for person in PEOPLE}
    assert said(save(tmp_path, sound(changes))) == {f"REQ001:requests[,{p}]": "error" for p in PEOPLE}


@pytest.mark.parametrize("content", [None, "若干", -1, 1.5])
def test_a_rule_says_nothing_while_a_figure_it_needs_is_missing(content: object, tmp_path: Path) -> None:
    path = edit(save(tmp_path), {REQ.format("other", "natural_person"): content})
    assert not any(id_.startswith("REQ") for id_ in said(path))


def test_a_rule_of_another_column_still_speaks(tmp_path: Path) -> None:
    path = edit(
        save(tmp_path),
        {REQ.format("other", "natural_person"): None, REQ.format("other", "commercial_enterprise"): 5},
    )
    assert "REQ001:requests[,commercial_enterprise]" in said(path)


def test_a_rule_whose_condition_is_not_known_says_nothing(tmp_path: Path) -> None:
    path = edit(save(tmp_path, sound(RULES)), {"level": "县"})
    assert said(path) == {"VAL008:level": "error"}
    path = edit(save(tmp_path, sound(NO_REQUESTS)), {REQ.format("new_requests", "natural_person"): None})
    assert said(path) == {f"VAL010:{REQ.format('new_requests', 'natural_person')}": "error"}


def test_huge_figures_are_computed_exactly(tmp_path: Path) -> None:
    most = 999_999_999_999
    changes: Changes = {REQ.format(row, p): most for row in ("new_requests", "other") for p in PEOPLE}
    changes |= {REQ.format(row.name, p): 0 for row in FORM.grids["requests"].rows if not row.formula
                for p in PEOPLE if row.name not in ("new_requests", "other")}  # fmt: skip
    path = save(tmp_path, sound(changes))
    assert said(path) == {}
    changes[REQ.format("carried_forward", "natural_person")] = 1
    finding = the_one(save(tmp_path, sound(changes)), "REQ001:requests[,natural_person]")
    assert finding.expected == "1000000000000"


def test_a_long_fraction_is_computed_exactly(tmp_path: Path) -> None:
    amount = Decimal("59237.2449")
    submission = verify_file(
        save(tmp_path, sound({"charges[administrative_charges,amount]": amount}))
    ).submission
    assert submission is not None
    assert submission.values["charges[administrative_charges,amount]"] == amount
