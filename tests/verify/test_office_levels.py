"""Numbers of another level: of the office alone beside its area, of its branches, of all in its trade."""

from __future__ import annotations

import pytest
from prose_cases import codes, findings, values

AREA = "全州收到政府信息公开申请11件，办结11件。"


@pytest.mark.parametrize(
    "text",
    [
        "州政府本级收到申请4件，答复3件。",
        "其中，州本级新收政府信息公开申请4件。",
        "局机关收到申请5件，办结5件。",
        "各县（市、区）局、各分局共收到申请129件。",
        "各镇（街道）共收到申请57件，办结55件。",
        "各隶属单位收到申请21件。",
        "全州公安机关共收到申请86件，其中县市公安局74件。",
        "全县各级税务系统共收到申请33件。",
    ],
)
def test_the_office_alone_and_other_bodies_have_numbers_of_their_own(text: str) -> None:
    assert codes(AREA + text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("全州各级行政机关共收到政府信息公开申请13件。", ["TXT123"]),
        ("全县各部门共收到政府信息公开申请13件。", ["TXT123"]),
        ("本级收到政府信息公开申请13件，答复11件。", ["TXT123"]),
        ("州本级收到政府信息公开申请11件，答复8件。", ["TXT124"]),
        ("局机关收到政府信息公开申请14件。", ["TXT123"]),
        # 8 and 3 are 11, but lawsuits are no applications
        ("州本级收到政府信息公开申请8件，行政诉讼3件。", ["TXT123"]),
    ],
)
def test_the_whole_and_the_office_that_reports_are_checked(text: str, wrong: list[str]) -> None:
    assert codes(text) == wrong


def test_the_office_may_be_a_part_of_what_it_tells_first() -> None:
    text = "全系统（含6个直属所）共收到政府信息公开申请63件，其中关本级收到{}件。"
    assert codes(text.format(11)) == []
    assert codes(text.format(13)) == ["TXT123"]
    assert codes("全年收到政府信息公开申请63件，其中网上收到11件。") == ["TXT123"]


def test_parts_behind_a_list_may_be_of_what_was_received() -> None:
    answered = "收到申请12件，答复11件。答复的11件中，予以公开6件、部分公开2件、不予公开1件。"
    text = answered + "其中涉及工伤的7件、社保的{}件。"
    assert codes(text.format(5)) == []
    assert codes(text.format(9)) == ["TXT012"]


def test_a_list_of_what_is_among_so_many_need_not_be_all() -> None:
    text = "发布动态{}条，其中法治动态812条，公共服务1366条。"
    assert [found.severity for found in findings(text.format(5214), "platform")] == ["note"]
    assert codes(text.format(2188), "platform") == ["TXT013"]
    assert codes("发布动态62条，其中法治动态12条，公共服务23条。", "platform") == ["TXT013"]
    assert codes("发布动态5214条，分别为法治动态812条，公共服务1366条。", "platform") == ["TXT013"]


@pytest.mark.parametrize("answered", ["当场答复{}件", "口头答复{}件", "查阅后主动撤回3件，书面答复{}件"])
def test_some_are_answered_at_once_or_taken_back(answered: str) -> None:
    assert codes("收到信息公开申请11件，均为查询数据，" + answered.format(8) + "。") == []


def test_what_is_answered_beside_what_is_taken_back_is_checked() -> None:
    assert codes("收到信息公开申请11件，查阅后主动撤回3件，书面答复9件。") == ["TXT124"]


def test_published_answers_are_no_proposals_dealt_with() -> None:
    assert codes("主动公开人大代表建议和政协提案办理情况84项。", "proactive") == []
    assert codes("办理人大代表建议和政协提案8件。", "proactive") == ["TXT195"]


def test_accounts_have_numbers_of_their_own() -> None:
    text = "主动公开政府信息1264条。政务新媒体账号由43个整合为28个，{}2100条。"
    assert codes(text.format("发布信息"), "proactive") == []
    assert codes("主动公开政府信息1264条。全年主动公开政府信息2100条。", "proactive") == ["TXT011"]


def test_growth_may_be_of_the_first_part_in_parentheses() -> None:
    prior = values({"requests[new_requests,natural_person]": 6})
    text = "共办理政府信息公开申请12件（新收11件，上年结转1件），同比上升{}%。"
    assert codes(text.format("37.5"), prior=prior) == []
    assert codes(text.format("35.7"), prior=prior) == ["TXT014"]


def test_what_this_office_does_not_hold_is_no_part_of_a_wider_whole() -> None:
    text = (
        "已答复11件：予以公开{}件；部分公开2件；不予公开1件；无法提供1件，其中本机关不掌握{}件；不予处理1件。"
    )
    assert codes(text.format(6, 1)) == []
    assert codes(text.format(7, 1)) == ["TXT111"]
    assert codes(text.format(6, 2)) == ["TXT107"]
    assert codes("全县收到申请57件，其中本机关收到11件。") == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("收到政府信息公开申请11件，办理完成1{}件。", "TXT124"),
        ("办结11件，其余{}件未到法定答复期限。", "TXT139"),
        ("答复的11件中，予以公开6件，部分公开2件，不予公开1件，非本机关掌握{}件，不予处理1件。", "TXT107"),
    ],
)
def test_further_words_of_what_became_of_them(text: str, wrong: str) -> None:
    assert codes(text.format(1)) == []
    assert codes(text.format(2)) == [wrong]


@pytest.mark.parametrize(
    ("organ", "text", "wrong"),
    [
        ("岚溪市市场监督管理局", "承办市人大代表建议5件、市政协提案2件。", []),
        ("岚溪市市场监督管理局", "承办市人大代表建议6件、市政协提案2件。", ["TXT196"]),
        ("岚溪市市场监督管理局", "承办省人大代表建议1件。", []),
        ("岚溪市市场监督管理局", "承办省人大代表建议1件、市人大代表建议4件。", []),
        ("岚溪市市场监督管理局", "公开市人大代表建议办理结果3件，市政协提案办理结果1件。", []),
        ("岚溪市南塘区财政局", "承办市人大代表建议1件。", []),
        ("南塘县城市管理局", "承办市政协提案1件。", []),
        ("南塘县市场监督管理局", "承办市政协提案1件。", []),
    ],
)
def test_a_higher_level_is_not_the_unit_s_own(organ: str, text: str, wrong: list[str]) -> None:
    assert codes(text, "proactive", {"organ": organ}) == wrong
