"""Kinds of clauses that many writers share: each is silent where it is right, and found where it is wrong."""

from __future__ import annotations

import pytest
from prose_cases import codes

SOUND = [
    "全年收到申請11件，予以公開6件，部分公開2件，不予公開1件，無法提供1件，上年結轉1件。",
    "收到申请11件，公开6件，信息不存在1件。",
    "收到申请11件，不存在1件超期答复，也不存在行政处罚。",
    "还有1件正在办理，未办结的1件转入新的一年接续办理。",
    "上年度未办结1件，本年新收11件，已办理完结11件。",
    "重复申请0件，涉及国家秘密0件，三类内部事务信息0件，申请人逾期未补正0件。",
    "信息不掌握1件，本机关未制作或未保存的1件。",
]
WRONG = [
    ("全年收到申請15件，予以公開7件，部分公開3件。", ["TXT126", "TXT111", "TXT112"]),
    ("收到申请11件，公开7件，信息不存在2件。", ["TXT111", "TXT107"]),
    ("还有2件正在办理。", ["TXT139"]),
    ("未办结的3件转入新的一年接续办理。", ["TXT102"]),
    ("上年度未办结3件，本年新收11件。", ["TXT103"]),
    ("重复申请1件，涉及国家秘密1件，申请人逾期未补正1件。", ["TXT206", "TXT201", "TXT210"]),
]
CASES_SOUND = [
    "未经复议直接起诉结果维持2件，复议后起诉其他结果1件。",
    "直接起诉2件，复议后起诉1件。",
]


@pytest.mark.parametrize("text", SOUND)
def test_what_is_right_is_silent(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize("text", CASES_SOUND)
def test_outcomes_of_lawsuits_are_no_lawsuits(text: str) -> None:
    figures = {"cases[litigation_direct,upheld]": 2, "cases[litigation_direct,pending]": 0}
    assert codes(text, "supervision", figures) == []


def test_outcomes_beside_others_of_their_kind_are_no_total() -> None:
    figures = {"cases[litigation_direct,pending]": 1}
    text = "政府信息公开行政诉讼中，直接起诉结果维持2件，尚未审结1件。"
    assert codes(text, "supervision", figures) == []


@pytest.mark.parametrize(("text", "wrong"), WRONG)
def test_what_is_wrong_is_found(text: str, wrong: list[str]) -> None:
    assert codes(text) == wrong


def test_rules_repealed_and_in_force_are_theirs() -> None:
    figures = {"documents[rules,issued]": 2, "documents[rules,repealed]": 1, "documents[rules,in_force]": 34}
    text = "制定政府规章2件，废止{}件，现行有效{}件；制发行政规范性文件2件，废止1件，现行有效14件。"
    assert codes(text.format(1, 34), "proactive", figures) == []
    assert codes(text.format(2, 43), "proactive", figures) == ["TXT167", "TXT166"]
