"""Parts that are no parts of the number before them, and words that only name what an item is about."""

from __future__ import annotations

import pytest
from prose_cases import codes

from xlreport.formula.nodes import Value

OTHERS = [
    "通过农户联系点公示补贴75条，通过大喇叭播报28条，其他公示5条。其中，南河村播报120条、北河村播报130条、东湾村31条。",
    "巡田25次；在乡村大集上摆摊宣讲，其中市级农技员12次、镇级农技员7次。",
    "来信9次，其中上年转来2次，按类型分，农机5次、种子4次。",
]


@pytest.mark.parametrize("text", OTHERS)
def test_parts_of_something_else_are_no_parts_of_the_number_before(text: str) -> None:
    assert codes(text, "found") == []


def test_a_list_may_stand_behind_a_short_clause() -> None:
    text = "全年接到来信15次。均按期办结，其中农机6次、种子4次、植保{}次。"
    assert codes(text.format(5), "found") == []
    assert codes(text.format(6), "found") == ["TXT013"]


def test_an_item_of_published_information_counts_what_is_published() -> None:
    assert codes("发布信息30条，其中：公告22条，建议提案8件。", "proactive") == []
    assert codes("发布信息30条，其中：公告22条，建议提案9件。", "proactive") == ["TXT013"]
    assert codes("收到来信30次，其中来访22次。办理建议提案8件。", "proactive") == ["TXT195"]


def test_outlets_have_numbers_of_their_own() -> None:
    published: dict[str, Value] = {"published[1,category]": "动态", "published[1,count]": 812}
    text = "利用政务新媒体发布信息320条，通过其他方式公开信息54条，抖音号发布信息88条，主动公开政府信息{}条。"
    assert codes(text.format(812), "proactive", published) == []
    assert codes(text.format(821), "proactive", published) == ["TXT185"]
    several = "在广播、公示栏等公开渠道发布信息{}条。"
    assert codes(several.format(812), "proactive", published) == []
    assert codes(several.format(813), "proactive", published) == ["TXT185"]


def test_what_is_made_of_outcomes_is_their_sum() -> None:
    text = "答复11件：公开类{}件（全部公开6件、部分公开2件），不予公开1件，无法提供1件，不予处理1件。"
    assert codes(text.format(8)) == []
    assert codes(text.format(9)) != []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("制发规范性文件2件，清理废止文件{}件，现行有效文件14件。", "TXT162"),
        ("制发规范性文件2件，废止1件，现行有效的文件1{}件。", "TXT161"),
    ],
)
def test_documents_are_called_papers_behind_their_name(text: str, wrong: str) -> None:
    right = {"TXT162": 1, "TXT161": 4}[wrong]
    assert codes(text.format(right), "proactive") == []
    assert codes(text.format(right + 1), "proactive") == [wrong]


def test_what_crosses_the_year_is_carried_forward() -> None:
    figures: dict[str, Value] = {"requests[carried_over,natural_person]": 2}
    assert codes("收到申请11件，余1件跨年办理。", changes=figures) == []
    assert codes("收到申请11件，余2件跨年办理。", changes=figures) == ["TXT102"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("未发生因政府信息申请引起的行政复议和行政诉讼。", ["TXT154"]),
        ("提供信息暂未收取检索、复印、邮寄等费用。", ["TXT193"]),
        ("1-12月，未收到政府信息公开申请。", ["TXT127"]),
        ("3月未收到政府信息公开申请。", []),
    ],
)
def test_what_there_is_none_of(text: str, wrong: list[str]) -> None:
    assert codes(text) == wrong


@pytest.mark.parametrize("inner", ["其中", "包括"])
def test_a_list_within_a_list_is_added_up_as_well(inner: str) -> None:
    text = "巡河100次，其中东河{}次，" + inner + "夜间40次、雨天{}次；西河{}次。"
    assert codes(text.format(60, 20, 40), "found") == []
    assert codes(text.format(60, 21, 40), "found") == ["TXT013"]
    assert codes(text.format(60, 20, 41), "found") == ["TXT013"]
    assert codes(text.format(61, 20, 40), "found") == ["TXT013"]  # one cause, one finding


def test_letter_boxes_take_no_applications() -> None:
    assert codes("区长信箱受理有效件3件，已办结3件。") == []
    assert codes("通过区长信箱办理群众来信65件，网上信访办理7件。") == []
    assert codes("通过局长信箱收到政府信息公开申请17件。") == ["TXT123"]


def test_a_bare_share_in_parentheses_is_one_of_the_whole() -> None:
    text = "答复申请11件，其中予以公开6件（{}%）、部分公开2件（18.2%）、不予公开1件（9.1%）等。"
    assert codes(text.format("54.5")) == []
    assert codes(text.format("45.5")) == ["TXT015"]
    assert codes("收到申请11件，按期答复10件（100%）。") == []
    assert codes("上门宣讲12次（满意度95%）。", "found") == []
