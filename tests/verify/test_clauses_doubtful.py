"""Numbers whose words are not understood, lists that end early, years beside the one reported on."""

from __future__ import annotations

import pytest
from prose_cases import codes

from xlreport.formula.nodes import Value

PUBLISHED: dict[str, Value] = {
    "published[1,category]": "动态",
    "published[1,count]": 812,
    "published[2,category]": "文件",
    "published[2,count]": 90,
}
"""902 items."""
SOUND = [
    "经村务栏、大喇叭、小程序等阵地主动公开信息902条。",
    "全年主动公开涉及植保、农机、种业等方面信息415条。",
    "全年主动公开涉及植保、农机、种业等方面信息近903条。",
    "主动公开植保类信息93条。",
    "通过局网站、微博等有效途径对外公开信息902条。",
]
SLIPPED = [
    "经村务栏、大喇叭、小程序等阵地主动公开信息903条。",
    "全年主动公开涉及植保、农机、种业等方面信息920条。",
    "通过局网站、微博等有效途径对外公开信息901条。",
]


@pytest.mark.parametrize("text", SOUND)
def test_a_number_of_something_narrower_is_left_alone(text: str) -> None:
    assert codes(text, "proactive", PUBLISHED) == []


@pytest.mark.parametrize("text", SLIPPED)
def test_a_large_number_that_a_slip_alone_tells_from_the_figure_is_found(text: str) -> None:
    assert codes(text, "proactive", PUBLISHED) == ["TXT185"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("全年行政处罚206条，行政许可350条。", []),
        ("公示行政许可信息80条、行政处罚信息14条。", []),
        ("公开行政许可430条，行政处罚260条。", ["TXT179"]),
        ("全年行政处罚207条，行政许可305条。", ["TXT179", "TXT174"]),
        ("主动公开行政许可事项351件。", ["TXT174"]),
        ("公开行政处罚信息260条。", ["TXT179"]),
    ],
)
def test_what_is_published_of_decisions_differs_from_them_by_no_slip(text: str, wanted: list[str]) -> None:
    penalties: dict[str, Value] = {"enforcement[administrative_penalties,decisions]": 206}
    assert codes(text, "proactive", penalties) == wanted


LISTS = [
    ("全年公开信息90条。在公开的信息中，动态50条、文件{}条。", 40),
    ("全年公开信息90条，比上年增加12条；其中动态50条、文件{}条。", 40),
    ("其中，网站发布信息30条，大屏发布60条、全年累计发布信息{}条。", 90),
    ("走访来信6次，其中农机4次、种子2次；调解9次，其中上门5次、当场1次、电话{}次。", 3),
]


@pytest.mark.parametrize(("text", "right"), LISTS)
def test_lists_are_found_however_they_are_announced(text: str, right: int) -> None:
    assert codes(text.format(right), "found") == []
    assert set(codes(text.format(right + 1), "found")) in ({"TXT012"}, {"TXT013"})


ENDED = [
    "发布动态165条，其中农技信息102条；公开机构信息1条，包括概况1条，以及预决算2条。",
    "接到来信25件，其中20件咨询农机补贴；2件转办；全年上门核实1件。",
]


@pytest.mark.parametrize("text", ENDED)
def test_what_follows_a_list_that_has_ended_is_no_part_of_it(text: str) -> None:
    assert codes(text, "found") == []


def test_years_beside_the_one_reported_on_are_last_year_and_next_year() -> None:
    figures: dict[str, Value] = {"requests[carried_over,natural_person]": 2}
    text = "2022年结转至2023年{}件，新收申请11件，转至2024年办理{}件。"
    assert codes(text.format(2, 1), changes=figures) == []
    assert codes(text.format(1, 2), changes=figures) == ["TXT103", "TXT102"]


def test_fields_that_are_listed_are_what_all_of_it_was_about() -> None:
    text = "全年收到涉及土地征收、房屋产权等领域的政府信息公开申请共{}件次。"
    assert codes(text.format(11)) == []
    assert codes(text.format(17)) == ["TXT123"]
    assert codes("全年收到涉及土地征收的政府信息公开申请7件。") == []
    assert codes("收到涉及征地、房产等方面的政府信息公开申请7件，涉及社保、就业等方面的4件。") == []
    assert codes("为困难群众减免相关费用120元。") == []


def test_the_unit_itself_is_no_other_body() -> None:
    assert codes("县自然资源和规划局机关收到政府信息公开申请11件。") == []
    assert codes("县自然资源和规划局机关收到政府信息公开申请17件。") == ["TXT123"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("未接到群众要求公开的信息。", ["TXT127"]),
        ("本年无申请公开政务信息情况。", ["TXT127"]),
        ("未发生政府信息公开行政复议、诉讼问题。", ["TXT151"]),
        ("没有收取任何政府信息公开费用。", ["TXT193"]),
        ("未收取任何费用。", ["TXT193"]),
    ],
)
def test_what_is_denied_in_other_words_is_denied(text: str, wrong: list[str]) -> None:
    nothing: dict[str, Value] = {"fee_amount": None}
    assert codes(text) == wrong
    assert codes("未产生任何费用。", changes=nothing) == []


def test_what_no_table_has_is_told_apart_from_what_it_stands_beside() -> None:
    figures: dict[str, Value] = {
        "requests[other,natural_person]": 2,
        "requests[carried_over,natural_person]": 3,
    }
    assert codes("不予处理1件，申请人撤回2件。", changes=figures) == []
    assert codes("不予处理3件，申请人撤回2件。", changes=figures) == ["TXT115"]


CARRIED: dict[str, Value] = {"requests[new_requests,natural_person]": 5}
"""Seven new ones and one carried over."""


@pytest.mark.parametrize(
    "text",
    [
        "收到申请8件，含上年结转1件。",
        "新收申请8件（含上年结转1件）。",
        "新收申请8件，其中上年结转1件。",
        "收到申请8件（新收7件、上年结转1件）。",
        "含上年结转1件，新收申请8件。",
        "新收申请7件，另有上年结转1件，共8件。",
        "上年结转1件，新收7件。",
        "收到申请7件，上年结转1件。",
        "收到申请8件，新收7件，上年结转1件。",
        "收到申请8件，其中新收7件，上年结转1件。",
        "上年结转1件，本年共收到申请8件。",
        "收到申请近9件，上年结转1件。",
    ],
)
def test_what_was_carried_over_may_be_counted_in(text: str) -> None:
    assert codes(text, changes=CARRIED) == []


@pytest.mark.parametrize(
    "text",
    [
        "新收申请8件，上年结转1件。",
        "上年结转1件，新收申请8件。",
        "新受理申请8件、上年度结转1件。",
        "收到申请8件，另有上年结转1件。",
        "收到申请8件，加上上年结转1件，共9件。",
        "收到申请8件，上年结转1件。",
        "上年结转1件，收到申请8件。",
        "收到申请8件，上年度结转办理1件；予以公开6件。",
    ],
)
def test_but_not_where_it_is_told_apart(text: str) -> None:
    assert codes(text, changes=CARRIED) == ["TXT126"]
