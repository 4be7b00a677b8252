"""Kinds of clauses that many writers share: each is silent where it is right, and found where it is wrong."""

from __future__ import annotations

import pytest
from prose_cases import codes

from xlreport.formula.nodes import Value

SOUND = [
    "全年收到申請11件，予以公開6件，部分公開2件，不予公開1件，無法提供1件，上年結轉1件。",
    "收到申请11件，公开6件，信息不存在1件。",
    "收到申请11件，不存在1件超期答复，也不存在行政处罚。",
    "还有1件正在办理，未办结的1件转入新的一年接续办理。",
    "上年度未办结1件，本年新收11件，已办理完结11件。",
    "重复申请0件，涉及国家秘密0件，三类内部事务信息0件，申请人逾期未补正0件。",
    "信息不掌握1件，本机关未制作或未保存的1件。",
    "依据第三十六条第（一）项予以公开6件，依据第十六条不予公开1件；依据第三十六条答复3件。",
    "收到申请11件，其中10件已按照相关要求完成答复，剩余1件于2024年答复。",
    "收到申请12件，甲局7件、其他部门5件。",
    "申请人以自然人为主，共9件；单位2件。",
    "上年结转后新收申请11件，1件未到答复期限。",
]
WRONG = [
    ("全年收到申請15件，予以公開7件，部分公開3件。", ["TXT126", "TXT111", "TXT112"]),
    ("收到申请11件，公开7件，信息不存在2件。", ["TXT111", "TXT107"]),
    ("还有2件正在办理。", ["TXT139"]),
    ("未办结的3件转入新的一年接续办理。", ["TXT102"]),
    ("上年度未办结3件，本年新收11件。", ["TXT103"]),
    ("依据第三十六条第（一）项予以公开7件，依据第十六条不予公开2件。", ["TXT111", "TXT113"]),
    ("收到申请11件，其中9件已按照相关要求完成答复。", ["TXT125"]),
    ("答复11件，剩余2件于2024年答复。", ["TXT102"]),
    ("上年结转后新收申请14件，2件未到答复期限。", ["TXT126", "TXT139"]),
    ("重复申请1件，涉及国家秘密1件，申请人逾期未补正1件。", ["TXT206", "TXT201", "TXT210"]),
]
LAST: dict[str, Value] = {
    f"requests[new_requests,{column}]": 10 * (column == "natural_person")
    for column in (
        "natural_person",
        "commercial_enterprise",
        "research_institution",
        "public_welfare_organization",
        "legal_service_organization",
        "other_organization",
    )
}
LAST_SOUND = [
    "申请量比上年（10件）增长10%。",
    "收到申请11件，上年同期为10件，同比增长10%。",
    "申请数量与上年（10件）基本持平，申请总量同比增加1件。",
    "收到申请11件，同比增长百分之十。",
]
LAST_WRONG = [
    "申请量比上年（12件）增长10%。",
    "申请量比上年（10件）增长20%。",
    "收到申请11件，上年同期为10件，同比增长20%。",
    "收到申请11件，上年同期为12件，同比增长10%。",
    "申请数量与上年（12件）持平。",
    "收到申请11件，同比增长百分之二十。",
]
SHARES_SOUND = [
    "予以公开占五成，自然人占八成以上，不予公开占近一成。",
    "收到申请11件（自然人9件，占81.8%；法人2件，占18.2%）。",
    "行政复议维持率60%，按期办结率100%，群众满意率98%，公开率97%。",
    "行政复议维持率75%。",
    "予以公开率为54.5%，部分公开率为18.2%。",
    "收到申请12件，公开类答复8件，占答复总量的72.7%。",
]
SHARES_WRONG = [
    "予以公开占九成。",
    "自然人占近三成。",
    "收到申请11件（自然人9件，占88.1%）。",
    "行政复议维持率70%。",
    "予以公开率为64.5%。",
    "予以公开占百分之六十五。",
]
BARE_SOUND = [
    "收到申请11，上年结转1，答复11，结转下年1。",
    "新收申请：11；予以公开：6；部分公开：2；不予公开：1。",
    "依据第三十六条第1、2项答复，表一、表二各1。",
    "2023年收到2022，公开2023。",
]
BARE_WRONG = [
    ("收到申请15，上年结转2，答复14，结转下年3。", ["TXT126", "TXT103", "TXT125", "TXT102"]),
    ("申请总量：14；予以公开：7；部分公开：3。", ["TXT126", "TXT111", "TXT112"]),
]
LISTS_SOUND = [
    "公开信息38条，一是网站公开20条；二是公众号公开13条；三是公示栏公开5条。",
    "公开信息共38条：网站33条，含公告20条、动态13条；公示栏5条。",
    "公开信息33条（含公告20条、动态13条）、图解5个。",
    "公开信息33条。内容涉及公告20条，动态13条。",
    "收到申请8件，结转上年1件，共答复7件。从内容看，征地5件、规划3件。",
    "公开信息3600余条，其中公告20条、动态13条。",
    "收到来件9件，上年转来1件，其中信函5件，网上5件。",
    "公开信息33条，其中公告20条，动态13条，另报送简报100条。",
]
LISTS_WRONG = [
    ("公开信息38条，一是网站公开20条；二是公众号公开31条；三是公示栏公开5条。", "TXT013"),
    ("公开信息共38条：网站33条，含公告20条、动态14条；公示栏5条。", "TXT013"),
    ("公开信息33条，含公告20条、动态31条。", "TXT013"),
    ("公开信息33条。内容涉及公告20条，动态31条。", "TXT013"),
    ("收到来件8件。从内容看，征地5件、规划4件。", "TXT013"),
    ("公开信息33条，其中公告20条，动态12条，均为本级，还有其他等级。", "TXT013"),
]
CASES_SOUND = [
    "未经复议直接起诉结果维持2件，复议后起诉其他结果1件。",
    "直接起诉2件，复议后起诉1件。",
]


@pytest.mark.parametrize("text", [*SOUND, *SHARES_SOUND, *BARE_SOUND])
def test_what_is_right_is_silent(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize("text", LISTS_SOUND)
def test_lists_that_add_up_are_silent(text: str) -> None:
    assert codes(text, "supervision") == []


@pytest.mark.parametrize(("text", "wrong"), LISTS_WRONG)
def test_a_slip_in_a_list_that_no_word_announces_is_found(text: str, wrong: str) -> None:
    assert codes(text, "supervision") == [wrong]


NONE_OF_BOTH = ["无信息公开行政复议诉讼", "没有以我局为被申请人的政府信息公开行政复议、诉讼"]


@pytest.mark.parametrize("text", NONE_OF_BOTH)
def test_cases_are_denied_together(text: str) -> None:
    assert codes(f"{text}。") == ["TXT151"]


def test_cases_against_another_are_not_the_unit_s() -> None:
    assert codes("没有以县政府为被申请人的政府信息公开行政复议、诉讼。") == []
    assert codes("未发生因政府信息公开申请行政复议的情况。") == ["TXT152"]


def test_money_is_paid_for_what_was_counted_before() -> None:
    assert codes("收取信息处理费2件，共计420元。") == []
    assert codes("收取信息处理费2件，共计430元。") == ["TXT191"]


def test_the_unit_s_own_name_may_be_short() -> None:
    assert codes("县自然资源局收到政府信息公开申请11件，县民政局收到政府信息公开申请3件。") == []
    assert codes("县自然资源局收到政府信息公开申请21件。") == ["TXT123"]


def test_a_year_that_led_to_a_case_is_no_other_period() -> None:
    assert codes("办理因2022年的政府信息公开申请引发的行政复议5件。") == []
    assert codes("办理因2022年的政府信息公开申请引发的行政复议6件。") == ["TXT133"]


@pytest.mark.parametrize("text", CASES_SOUND)
def test_outcomes_of_lawsuits_are_no_lawsuits(text: str) -> None:
    figures = {"cases[litigation_direct,upheld]": 2, "cases[litigation_direct,pending]": 0}
    assert codes(text, "supervision", figures) == []


def test_outcomes_beside_others_of_their_kind_are_no_total() -> None:
    figures = {"cases[litigation_direct,pending]": 1}
    text = "政府信息公开行政诉讼中，直接起诉结果维持2件，尚未审结1件。"
    assert codes(text, "supervision", figures) == []


@pytest.mark.parametrize("text", LAST_SOUND)
def test_growth_is_read_without_a_number(text: str) -> None:
    assert codes(text, prior=LAST) == []


@pytest.mark.parametrize("text", LAST_WRONG)
def test_wrong_growth_is_found_without_a_number(text: str) -> None:
    assert codes(text, prior=LAST) == ["TXT014"]


@pytest.mark.parametrize("text", SHARES_WRONG)
def test_rates_are_shares(text: str) -> None:
    assert codes(text) == ["TXT015"]


def test_a_list_of_right_figures_may_be_of_some_only() -> None:
    assert codes("收到申请11件，均为书面；其中部分公开2件，不予公开1件。") == []
    assert codes("收到申请12件，其中自然人9件，法人2件。") == ["TXT013"]


@pytest.mark.parametrize(("text", "wrong"), [*WRONG, *BARE_WRONG])
def test_what_is_wrong_is_found(text: str, wrong: list[str]) -> None:
    assert codes(text) == wrong


def test_what_is_left_of_a_figure_is_no_figure_of_its_own() -> None:
    text = "对现行{}件行政规范性文件进行清理，废止1件、修改2件、继续有效{}件。"
    assert codes(text.format(14, 11), "proactive") == []
    assert codes(text.format(14, 12), "proactive") == ["TXT161"]


def test_rules_repealed_and_in_force_are_theirs() -> None:
    figures = {"documents[rules,issued]": 2, "documents[rules,repealed]": 1, "documents[rules,in_force]": 34}
    text = "制定政府规章2件，废止{}件，现行有效{}件；制发行政规范性文件2件，废止1件，现行有效14件。"
    assert codes(text.format(1, 34), "proactive", figures) == []
    assert codes(text.format(2, 43), "proactive", figures) == ["TXT167", "TXT166"]
