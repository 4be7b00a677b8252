"""Turns of phrase by which an office speaks of itself, of what is left over, and of parts told later."""

from __future__ import annotations

import pytest
from prose_cases import codes

SOUND = [
    # the unit itself is no applicant
    ("on_request", "本单位共受理信息公开申请11件。"),
    ("on_request", "我单位全年收到政府信息公开申请11件，其中自然人9件，单位2件。"),
    ("on_request", "该单位的申请已转至主管部门。"),
    # words in another order
    ("on_request", "全年共收到政府信息申请公开件11件。"),
    ("on_request", "群众要求公开其他方面政府信息的，均已当面解释。"),
    # what goes over into a year
    ("on_request", "共办理申请12件，含2022年转至今年办理的1件，办结11件。"),
    ("on_request", "收到申请11件，2022年转来1件，余1件转2024年度办理（尚在期限内）。"),
    ("on_request", "结余1件转2024年继续答复；因政府信息公开被申请行政复议5件。"),
    ("on_request", "除1件结转下年办理外，其余均已答复。"),
    ("on_request", "收到申请11件，除上年结转的1件外，均为当年提出。"),
    ("on_request", "在期限内已办理11件，1件正在办理。"),
    # parts that the next sentence tells
    ("on_request", "全年收到行政复议9件。其中，涉及政府信息公开的行政复议5件。"),
    ("on_request", "我局收到行政复议9件，行政诉讼6件。其中因信息公开引起的行政复议5件、行政诉讼3件。"),
    ("on_request", "全年收到各类申请40件。其中政府信息公开申请11件。"),
    ("on_request", "收到申请11件。其中1件引起行政复议。"),
    ("on_request", "收到申请11件。其中有1件被申请行政复议。"),
    ("on_request", "历年均收到政府信息公开行政复议。"),
    # lists that go on in other measures, and over a paragraph
    ("proactive", "发布信息240条，其中动态200条、公告30条、概况10条，举办访谈6场，发布解读2条。"),
    ("proactive", "全年公开信息12条（都在网站上）。\n在公开的信息中，指南1条，占8%；其他11条，占92%。"),
    ("proactive", "全年公开信息46条。其中，方案10条，占22%；规划36条，占78%。"),
    ("proactive", "全年召开会议5次。\n在征集的意见中，采纳2件，未采纳4件。"),
]
WRONG = [
    ("on_request", "本单位共受理信息公开申请12件，上年结转1件，本单位答复11件。", []),
    ("on_request", "我单位受理信息公开申请13件。", ["TXT123"]),
    ("on_request", "本单位已答复信息公开申请9件。", ["TXT121"]),
    ("on_request", "全年共收到政府信息申请公开件13件。", ["TXT123"]),
    ("on_request", "全年收到信息申请公开9件。", ["TXT123"]),
    ("on_request", "没有收到要求公开其他政府信息的申请。", ["TXT127"]),
    ("on_request", "收到申请11件，余2件转2024年度办理。", ["TXT102"]),
    ("on_request", "余1件转2024年办理；没有因信息公开被申请行政复议的情况。", ["TXT152"]),
    ("on_request", "除2件结转下年办理外，其余均已答复。", ["TXT102"]),
    ("on_request", "在期限内已办理9件，1件正在办理。", ["TXT125"]),
    ("on_request", "收到申请11件。其中，引起行政复议4件。", ["TXT134"]),
    ("on_request", "收到申请11件。其中，引发2起与信息公开有关的行政诉讼。", ["TXT135", "TXT016"]),
    ("on_request", "全年收到行政复议9件。其中，涉及政府信息公开的行政诉讼3件。", ["TXT134"]),
    ("on_request", "因信息公开被申请行政复议9件。其中，涉及信息公开指南的行政复议5件。", ["TXT133"]),
    ("on_request", "全年及历年均未收到涉及政府信息公开的行政复议。", ["TXT152"]),
    ("proactive", "发布信息241条，其中动态200条、公告30条、概况10条，举办访谈6场，发布解读2条。", ["TXT013"]),
    ("proactive", "全年公开信息13条（都在网站上）。\n在公开的信息中，指南1条；其他11条。", ["TXT013"]),
    ("proactive", "全年公开信息46条。其中，方案10条，占23%；规划36条，占78%。", ["TXT015"]),
]


@pytest.mark.parametrize(("field", "text"), SOUND)
def test_sound_words_are_silent(field: str, text: str) -> None:
    assert codes(text, field) == []


@pytest.mark.parametrize(("field", "text", "wanted"), WRONG)
def test_wrong_figures_are_found(field: str, text: str, wanted: list[str]) -> None:
    assert codes(text, field) == wanted
