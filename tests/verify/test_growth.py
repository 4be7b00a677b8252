"""Growth in all the ways that it is told: right ones are silent, wrong ones are found."""

from __future__ import annotations

import pytest
from prose_cases import codes

from returns import FORM
from xlreport.formula.nodes import Value

COLUMNS = [column.name for column in FORM.grids["requests"].columns if column.name != "total"]
NOW: dict[str, Value] = {"requests[new_requests,natural_person]": 20}
"""22 this year; of review there are 5, of licences 350."""
LAST: dict[str, Value] = {
    **{f"requests[{row},{column}]": 0 for row in ("new_requests", "carried_over") for column in COLUMNS},
    "requests[new_requests,natural_person]": 31,
    "cases[review,upheld]": 3,
    "cases[review,corrected]": 4,
    "cases[review,other_result]": 0,
    "cases[review,pending]": 0,
    "licensing[administrative_licences,decisions]": 280,
}
RIGHT = [
    "收到申请22件，比上年（31件）下降29%。",
    "收到申请22件，同比减少9件（上年31件）。",
    "收到申请22件，为上年的0.7倍。",
    "收到申请22件，是上年的71%。",
    "收到申请22件，仅为上年的七成。",
    "收到申请22件，同比下降近三成。",
    "收到申请22件，同比有所下降。",
    "与上年31件相比，本年收到申请22件，下降29%。",
    "相比上年的31件，今年收到申请22件，减少9件。",
    "上年收到申请31件，本年收到申请22件，下降29%。",
    "收到申请数由上年的31件降至22件，降幅29%。",
    "申请量从上年的31件下降到22件。",
    "收到申请由31件减少到22件，减少29%。",
    "行政复议案件由上年的7件减少到5件。",
    "行政复议5件，与上年持平。",
    "行政许可350件，较上年大幅增长。",
    "收到申请22件，较2021年减少40件。",
    "上年行政复议7件，本年5件。",
    "办理上年结转申请1件，新收22件。",
    "上年度未办结1件，本年新收22件。",
]
WRONG = [
    "收到申请22件，比上年（31件）下降92%。",
    "收到申请22件，同比减少9件（上年32件）。",
    "收到申请22件，为上年的0.8倍。",
    "收到申请22件，是上年的78%。",
    "收到申请22件，仅为上年的六成。",
    "收到申请22件，同比下降近五成。",
    "收到申请22件，同比有所增加。",
    "收到申请22件，与上年持平。",
    "收到申请22件，较上年翻一番。",
    "与上年31件相比，本年收到申请22件，下降39%。",
    "相比上年的31件，今年收到申请22件，减少8件。",
    "上年收到申请31件，本年收到申请22件，下降39%。",
    "收到申请由31件减少到22件，减少39%。",
    "收到申请由32件减少到22件。",
    "行政复议案件由上年的8件减少到5件。",
    "行政许可350件，较上年大幅下降。",
    "收到申请22件，较2022年减少8件。",
]
DOUBLED = [
    ("收到申请62件，较上年翻一番。", []),
    ("收到申请62件，比上年多一倍。", []),
    ("收到申请62件，为上年（31件）的两倍。", []),
    ("收到申请62件，同比增加31件，增长1倍。", []),
    ("收到申请62件，较上年翻两番。", ["TXT014"]),
    ("收到申请62件，为上年（31件）的三倍。", ["TXT014"]),
    ("收到申请62件，同比增加31件，增长2倍。", ["TXT014"]),
]


@pytest.mark.parametrize("text", RIGHT)
def test_right_growth_is_silent(text: str) -> None:
    assert codes(text, changes=NOW, prior=LAST) == []


@pytest.mark.parametrize("text", WRONG)
def test_wrong_growth_is_found(text: str) -> None:
    assert codes(text, changes=NOW, prior=LAST) == ["TXT014"]


@pytest.mark.parametrize(("text", "wrong"), DOUBLED)
def test_multiples_are_growth(text: str, wrong: list[str]) -> None:
    figures: dict[str, Value] = {"requests[new_requests,natural_person]": 60}
    assert codes(text, changes=figures, prior=LAST) == wrong


def test_of_two_numbers_the_later_one_is_this_year_s() -> None:
    assert codes("申请量从上年的31件下降到24件。", changes=NOW, prior=LAST) == ["TXT126"]
    assert codes("上年收到申请31件，本年收到申请24件。", changes=NOW, prior=LAST) == ["TXT126"]
    assert codes("收到申请由31件减少到22件，减少39%。", changes=NOW) == ["TXT014"]  # by itself alone
