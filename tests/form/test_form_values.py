"""Values between the nested JSON people exchange and subjects: nothing is lost, nothing is guessed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fillings import fillings
from returns import FORM, sample_json
from xlreport.cleaning import clean
from xlreport.form.calculate import Calculator, complete, serial
from xlreport.form.cells import cells_of
from xlreport.form.exact import LARGEST, decimal_places, digits, exact
from xlreport.form.listing import MOST_LINES
from xlreport.form.load import load_form, resize
from xlreport.form.values import ValueErrors, from_json, rows_needed, to_json
from xlreport.formula.nodes import Value

# Round trip ------------------------------------------------------------------------------------------


@given(fillings())
@settings(max_examples=20)
def test_values_come_back_from_json_as_they_were(values: dict[str, Value]) -> None:
    text = json.dumps(to_json(FORM, values), ensure_ascii=False)
    assert from_json(FORM, json.loads(text)) == values


@pytest.mark.parametrize(
    "name", ["busy_bureau", "county_government", "nil_federation", "small_township", "unbalanced_bureau"]
)
def test_a_shipped_sample_comes_back_as_it_was(name: str) -> None:
    data = sample_json(name)
    assert to_json(FORM, from_json(FORM, data)) == without_empty(data)


def without_empty(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: without_empty(value) for key, value in data.items() if value not in (None, "", {})}
    return data


def test_amounts_leave_as_text_so_that_no_reader_makes_a_float_of_them() -> None:
    data = to_json(FORM, {"charges[administrative_charges,amount]": Decimal("59237.2449"), "fee_amount": 30})
    assert data["charges"]["administrative_charges"]["amount"] == "59237.2449"
    assert data["other"]["fee_amount"] == "30"


def test_blank_null_and_empty_text_are_all_blank() -> None:
    assert from_json(FORM, {"cover": {"organ": None, "email": "", "phone": " \u3000\n"}, "other": {}}) == {}


def test_zero_is_not_blank() -> None:
    assert from_json(FORM, {"other": {"fee_notices": 0, "fee_amount": "0"}}) == {
        "fee_notices": 0,
        "fee_amount": 0,
    }


def test_notes_and_explanations_have_their_own_keys() -> None:
    data = {
        "notes": {"requests": {"carried_over": "含上年补录1件"}},
        "explanations": {"CASE001": "含以前年度案件", "DOC002:issued": "有制定权"},
    }
    values = from_json(FORM, data)
    assert values == {
        "requests[carried_over,note]": "含上年补录1件",
        "explanation[CASE001,]": "含以前年度案件",
        "explanation[DOC002,issued]": "有制定权",
    }
    assert to_json(FORM, values) == data


# What does not fit -----------------------------------------------------------------------------------

WRONG: dict[str, tuple[Any, str]] = {
    "cover.year": (2023.0, "应为整数"),
    "cover.organ": (5, "应为文字"),
    "cover.unit_type": ("townshp", "是否为 township？"),
    "cover.signed_on": ("2024-02-30", "没有“2024-02-30”这一天"),
    "cover.nil_confirmed": ("是", "应为 true 或 false"),
    "cover.postcode": ("1234567", "文字过长：7 字，最多 6 字"),
    "overview.proactive": ("字" * 1501, "文字过长：1501 字，最多 1500 字"),
    "other.fee_notices": (-1, "应在 0 至"),
    "other.npc_proposals": (True, "应为整数"),
    "other.cppcc_proposals": (LARGEST + 1, "应在 0 至"),
    "other.fee_amount": (12.5, '金额应写成字符串，如 "12.5"'),
    "charges.administrative_charges.amount": ("1.2345678", "最多 6 位小数"),
    "requests.new_requests.natural_person": ("3", "应为整数"),
    "requests.carried_over.natural_person": (3.0, "应为整数"),
}


def nested(path: str, value: Any) -> dict[str, Any]:
    result = value
    for key in reversed(path.split(".")):
        result = {key: result}
    return dict(result)


def messages(data: Any) -> tuple[str, ...]:
    with pytest.raises(ValueErrors) as caught:
        from_json(FORM, data)
    return caught.value.messages


@pytest.mark.parametrize("path", WRONG)
def test_a_value_of_the_wrong_kind_is_refused_with_its_path(path: str) -> None:
    value, words = WRONG[path]
    (message,) = messages(nested(path, value))
    assert message.startswith(f"{path}: ")
    assert words in message


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("abc", "“abc”不是数字"),
        ("-1", "不小于 0"),
        ("NaN", "不小于 0"),
        ("Infinity", "不小于 0"),
        ("1e99", "金额过大"),
        ("1.005", "最多 2 位小数"),
        ("99999999999.991", "最多 2 位小数"),
        (["1"], "金额应写成字符串"),
        (True, "金额应写成字符串"),
    ],
)
def test_an_amount_that_is_none(amount: Any, words: str) -> None:
    assert words in messages(nested("other.fee_amount", amount))[0]


def test_an_amount_longer_than_a_spreadsheet_keeps_is_refused_rather_than_rounded() -> None:
    path = "charges.administrative_charges.amount"
    assert from_json(FORM, nested(path, "123456789.123456"))  # 15 digits
    assert "15 位" in messages(nested(path, "1234567890.123456"))[0]
    assert "6 位小数" in messages(nested(path, "1.1234560000000000000000000000001"))[0]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ([], "全文: 应为 JSON 对象"),
        ({"cover": []}, "cover: 应为 JSON 对象"),
        ({"published": {}}, "published: 应为列表"),
        ({"published": ["政策"]}, "published[1]: 应为 JSON 对象"),
        ({"request": {}}, "request: 报表中没有这个名称，是否为 requests？"),
        ({"cover": {"organn": "x"}}, "cover.organn: 报表中没有这个名称，是否为 organ？"),
        ({"zzz": 1}, "zzz: 报表中没有这个名称"),
        (
            {"requests": {"new_request": {}}},
            "requests.new_request: 报表中没有这个名称，是否为 new_requests？",
        ),
        ({"published": [{"cout": 1}]}, "published[1].cout: 报表中没有这个名称，是否为 count？"),
        ({"notes": {"request": {}}}, "notes.request: 报表中没有这个名称，是否为 requests？"),
        ({"explanations": {"CASE01": "x"}}, "explanations.CASE01: 报表中没有这个名称，是否为 CASE001？"),
    ],
)
def test_what_the_form_does_not_know_is_named_with_what_may_be_meant(data: Any, expected: str) -> None:
    assert messages(data) == (expected,)


def test_everything_wrong_is_said_at_once() -> None:
    data = deepcopy(sample_json())
    for path, (value, _) in WRONG.items():
        *parents, last = path.split(".")
        target = data
        for key in parents:
            target = target[key]
        target[last] = value
    assert [message.partition(": ")[0] for message in messages(data)] == [
        path for path in _in_order(data) if path in WRONG
    ]


def _in_order(data: Mapping[str, Any], prefix: str = "") -> list[str]:
    paths = []
    for key, value in data.items():
        path = f"{prefix}{key}"
        paths += _in_order(value, f"{path}.") if isinstance(value, dict) else [path]
    return paths


def test_a_remark_longer_than_a_cell_holds_is_refused_rather_than_cut() -> None:
    assert "最多" in messages({"notes": {"requests": {"other": "字" * 40_000}}})[0]


# Lists -----------------------------------------------------------------------------------------------


def test_a_list_with_more_rows_than_offered_is_refused_or_given_more_rows() -> None:
    rows = [{"category": f"第{n}类", "count": n} for n in range(1, 41)]
    assert messages({"published": rows}) == ("published: 共 40 行，最多 30 行",)
    larger = resize(FORM, tuple(rows_needed(FORM, {"published": rows}).items()))
    values = from_json(larger, {"published": rows})
    assert values["published[40,count]"] == 40
    assert complete(larger, values)["published[total,count]"] == sum(range(1, 41))


def test_a_list_grows_only_so_far() -> None:
    rows = [{"category": "x", "count": 1}] * (MOST_LINES + 1)
    assert rows_needed(FORM, {"published": rows})["published"] == MOST_LINES
    larger = resize(FORM, (("published", MOST_LINES),))
    with pytest.raises(ValueErrors, match="最多 1000 行"):
        from_json(larger, {"published": rows})


# Computing -------------------------------------------------------------------------------------------


@given(fillings())
@settings(max_examples=15)
def test_totals_are_the_sums_a_person_would_make(values: dict[str, Value]) -> None:
    def number(subject: str) -> int:
        return int(values.get(subject) or 0)  # type: ignore[arg-type]

    done = complete(FORM, values)
    grid = FORM.grids["requests"]
    people = [column.name for column in grid.columns if column.name != "total"]
    results = [row.name for row in grid.rows[2:-2]]
    for row in (*results, "new_requests", "carried_over", "carried_forward"):
        assert done[f"requests[{row},total]"] == sum(number(f"requests[{row},{p}]") for p in people)
    for person in people:
        assert done[f"requests[results_total,{person}]"] == sum(
            number(f"requests[{row},{person}]") for row in results
        )
    assert done["requests[results_total,total]"] == sum(
        number(f"requests[{row},{person}]") for row in results for person in people
    )
    assert done["published[total,count]"] == sum(number(f"published[{n},count]") for n in range(1, 31))


def test_what_is_said_of_a_computed_cell_is_never_used() -> None:
    assert Calculator(FORM, {"requests[new_requests,total]": 99}).value("requests[new_requests,total]") == 0


def test_days_count_as_a_spreadsheet_counts_them() -> None:
    assert (serial("1900-03-01"), serial("2024-01-20")) == (61, 45311)


# Numbers and text ------------------------------------------------------------------------------------


@given(st.decimals(allow_nan=False, allow_infinity=False, places=None))
def test_exact_never_changes_a_number(number: Decimal) -> None:
    if abs(number.adjusted()) > 500:
        return
    same = exact(number)
    assert same == number
    assert isinstance(same, int) == (number == number.to_integral_value())
    assert decimal_places(number) == (0 if isinstance(same, int) else -int(same.as_tuple().exponent))
    assert digits(number) <= len(number.as_tuple().digits)


def test_clean_text_keeps_lines_and_rare_characters() -> None:
    assert clean(" \u200b甲\r\n\u3000乙\x07\u200e \n") == "甲\n\u3000乙"
    rare = "\U00031350\ue000"  # a name's character too new for this Unicode table; one of a private font
    assert clean(rare) == rare


def test_every_cell_of_the_form_has_one_name() -> None:
    for form in (FORM, load_form("ogi_annual_2021")):
        subjects = list(cells_of(form))
        assert len(subjects) == len(set(subjects))
