"""Turns of phrase by which an office speaks of itself, of what is left over, and of parts told later."""

from __future__ import annotations

import pytest
from prose_cases import codes, findings

from xlreport.finding import Severity

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
    ("on_request", "受理11件，9件为自然人申请，2件为法人申请，除1件尚在答复中，其余10件已答复。"),
    ("on_request", "历年均收到政府信息公开行政复议。"),
    # lists that go on in other measures, and over a paragraph
    ("proactive", "发布信息240条，其中动态200条、公告30条、概况10条，举办访谈6场，发布解读2条。"),
    ("proactive", "全年公开信息12条（都在网站上）。\n在公开的信息中，指南1条，占8%；其他11条，占92%。"),
    ("proactive", "全年公开信息46条。其中，方案10条，占22%；规划36条，占78%。"),
    ("proactive", "全年召开会议5次。\n在征集的意见中，采纳2件，未采纳4件。"),
    # other ways are no other outcome
    ("on_request", "收到政府信息公开申请11件，其中网络申请8件，其他方式申请3件。"),
    ("on_request", "收到申请11件：窗口递交8件、其他渠道3件。"),
    # what two statements make together
    ("management", "梳理规范性文件，宣布失效1件、废止0件，继续有效14件。"),
    # what is left, and what is told whole and in parts
    ("on_request", "收到申请11件，当面提交9件，其余2件均已答复。"),
    ("on_request", "收到申请11件。其中当面提交9件，其余2件均已答复。"),
    ("on_request", "其余3件均已答复。"),
    ("on_request", "受理申请12件，除1件尚在办理外，其余11件全部按规定处理完毕。"),
    ("on_request", "共办理申请11件，结转下年1件。"),
    ("on_request", "共办理申请12件，办结11件，剩余1件转入下年。"),
    # remarks in brackets of other kinds
    ("on_request", "收到申请11件【自然人9件、法人2件】，均已答复。"),
    ("on_request", "收到申请12件［含上年结转1件］。"),
    ("proactive", "按岚办函【2023】30号文件办理，公开信息120条〔其中动态80条、公告40条〕。"),
    ("proactive", "发布信息120条，其中【动态】80条、【公告】40条。"),
    # what is the cause is not denied
    ("on_request", "未发生答复导致的群众投诉，也未发生办理引发的舆情。"),
    ("on_request", "没有因答复不及时引发的投诉。"),
    # cases that were closed, told with their results or with what is left of them
    ("on_request", "政府信息公开行政复议5件，审结4件，尚未审结1件。"),
    ("on_request", "政府信息公开行政复议5件，已审结4件，其中维持3件、纠正1件。"),
    ("on_request", "政府信息公开行政复议5件，已审结3件。"),
    ("on_request", "行政诉讼3件，均已审结。"),
    ("on_request", "行政诉讼3件，直接起诉的2件均已审结，结果维持2件。"),
    ("on_request", "上年的行政复议2件已审结。"),
    ("on_request", "本机关全年受理行政复议120件，审结100件。"),
    ("on_request", "行政复议案件审结率80%。"),
    # of answers to proposals some are not for publication
    ("proactive", "公开我局承办的建议提案答复3件。"),
    ("proactive", "全年公开办结的人大代表建议4件、政协提案2件。"),
    # only some of many
    ("proactive", "主动公开各类信息538条，其中发布概况15条；要闻、动态265条，信息公开发布量258条。"),
    ("on_request", "全年未发生行政许可争议、举报投诉情况。"),
]
WRONG = [
    ("on_request", "收到政府信息公开申请11件，其中网络申请8件，其他方式申请4件。", ["TXT012"]),
    ("management", "梳理规范性文件，宣布失效2件、废止1件，继续有效14件。", ["TXT162"]),
    ("on_request", "收到申请11件，其中网站申请8件、信函申请3件；已办理9件，结转下年度1件。", ["TXT125"]),
    ("on_request", "经各类公开途径收到和处理政府信息公开申请三条。", ["TXT122", "TXT016"]),
    ("on_request", "收到申请11件【自然人8件、法人2件】，均已答复。", ["TXT117"]),
    ("proactive", "公开信息130条【动态80条、公告40条】。", ["TXT013"]),
    ("proactive", "公开信息120条[其中动态90条、公告40条]，访谈3次。", ["TXT012"]),
    ("on_request", "收到申请11件，10件已答复，剩余2件结转下年。", ["TXT102"]),
    ("on_request", "无政府信息公开申请办理导致行政复议、提起行政诉讼的案件。", ["TXT151"]),
    ("on_request", "未发生因办理政府信息公开申请引发的行政复议。", ["TXT152"]),
    ("on_request", "全年未发生政府信息公开收费情况。", ["TXT193"]),
    ("on_request", "除2件转结2024年办理以外，均依法依规完成答复。", ["TXT102"]),
    ("on_request", "受理申请12件，除1件尚在办理外，其余13件全部按规定处理完毕。", ["TXT125"]),
    ("on_request", "全年未发生因信息公开引发的行政诉讼、举报投诉情况。", ["TXT153"]),
    (
        "proactive",
        "主动公开各类信息538条，其中发布概况51条；要闻、动态265条，信息公开发布量258条。",
        ["TXT013"],
    ),
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
    ("on_request", "我局无因政务公开引起的行政复议。", ["TXT155"]),
    ("on_request", "2023以来，我局未发生针对本部门政府信息公开事务的行政复议。", ["TXT152"]),
    ("on_request", "接到9件针对本部门有关政府信息公开的申请。", ["TXT123"]),
    ("proactive", "刊发信息207条，其中省级38条，市级63条，县级105条；参加发布会4场。", ["TXT013"]),
    ("proactive", "发布信息241条，其中动态200条、公告30条、概况10条，举办访谈6场，发布解读2条。", ["TXT013"]),
    ("proactive", "全年公开信息13条（都在网站上）。\n在公开的信息中，指南1条；其他11条。", ["TXT013"]),
    ("proactive", "全年公开信息46条。其中，方案10条，占23%；规划36条，占78%。", ["TXT015"]),
    ("on_request", "政府信息公开行政复议5件，审结3件，尚未审结1件。", ["TXT215"]),
    ("on_request", "政府信息公开行政复议5件，已审结2件，1件尚在审理。", ["TXT215"]),
    ("on_request", "政府信息公开行政复议5件，均已审结。", ["TXT215"]),
    ("on_request", "政府信息公开行政复议5件，审结5件，其中维持3件、纠正1件。", ["TXT215"]),
    ("on_request", "政府信息公开行政诉讼3件，审结4件，尚未审结0件。", ["TXT216"]),
]


@pytest.mark.parametrize(("field", "text"), SOUND)
def test_sound_words_are_silent(field: str, text: str) -> None:
    assert codes(text, field) == []


@pytest.mark.parametrize(("field", "text", "wanted"), WRONG)
def test_wrong_figures_are_found(field: str, text: str, wanted: list[str]) -> None:
    assert codes(text, field) == wanted


OTHERS = [
    # figures of earlier years, of others, of what was passed on, and kinds of what was published
    ("on_request", "收到申请11件（2022年9件、2021年14件）。"),
    ("on_request", "我局收到县政府办转来的依申请公开件4件，均已按时回复。"),
    ("on_request", "参加行政应诉23件，涉及政府信息公开的3件。"),
    ("on_request", "全年共办理行政复议35件。其中，政府信息公开类5件。"),
    ("on_request", "县政府本级收到申请4件，各乡镇收到申请7件。"),
    ("on_request", "我局牵头答复申请3件，配合其他部门答复2件。"),
    ("on_request", "收到申请11件，其中重复提交的1件，主动撤回的2件。"),
    ("on_request", "收到申请11件，其中主动撤回0件，转其他机关0件。"),
    ("on_request", "答复11件，全文公开6件，部分公开2件，未公开3件。"),
    (
        "on_request",
        "办理申请11件，其中自然人9件，法人2件，公开6件，部分公开2件，已上网1件，不掌握1件，不公开1件。",
    ),
    ("proactive", "以政府名义制发规范性文件2件，各部门制发规范性文件7件。"),
    ("proactive", "清理规范性文件，拟废止4件、修订3件。"),
    ("proactive", "公开信息560条，其中网站公开信息268条，其他方式公开信息292条，解读2条。"),
    ("proactive", "公开信息560条，其中网站公开信息268条，其他方式公开信息292条，解读1条。"),
    ("proactive", "免征行政事业性收费5.2万元，征收行政事业性收费43万元。"),
    ("proactive", "主动公开政府信息1276条。公开行政许可信息3567条，公开建议提案信息12条。"),
    ("proactive", "发布信息731条，点击9726次。其中：水利343条，农机合计35条。受理留言1条。"),
    ("proactive", "网站发布信息300条，其中首发12条；公众号发布450条，其中原创30条；视频号发布60条。"),
]


@pytest.mark.parametrize(("field", "text"), OTHERS)
def test_figures_of_others_are_left_alone(field: str, text: str) -> None:
    assert [each.code for each in findings(text, field) if each.severity is not Severity.NOTE] == []


def test_a_list_that_breaks_its_total_down_twice_is_added_up_twice() -> None:
    text = "办理申请11件，其中网上9件，来信2件，公开6件，部分公开2件，已上网1件，不掌握1件，不公开{}件。"
    assert codes(text.format(1), "on_request") == []
    assert "TXT012" in codes(text.format(2), "on_request") or "TXT013" in codes(text.format(2), "on_request")


@pytest.mark.parametrize(("last", "wanted"), [(1, []), (2, ["TXT013"])])
def test_a_list_within_that_ends_the_outer_one_is_read_to_its_end(last: int, wanted: list[str]) -> None:
    text = f"主动公开51条。其中网站29条，包括机构职能13条，财政信息9条，其他文件6条，年度报告{last}条。"
    assert codes(text + "其他方式公开22条。", "proactive") == wanted


@pytest.mark.parametrize(("last", "wanted"), [(10, []), (11, ["TXT013"])])
def test_parts_told_later_are_of_the_total_that_they_nearly_make(last: int, wanted: list[str]) -> None:
    assert codes(f"发布信息5000条，发布解读30条。其中图解20条、文字{last}条。", "proactive") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("共办理政府信息公开申请13件，办结11件，剩余2件转入下年。", []),
        ("共办理政府信息公开申请12件，办结11件，剩余2件转入下年。", []),
        ("共办理政府信息公开申请11件，剩余2件转入下年。", []),
        ("共办理政府信息公开申请11件，办结11件，剩余2件转入下年。", ["TXT122"]),
    ],
)
def test_what_is_told_whole_is_more_than_the_part_that_is_told_as_well(text: str, wanted: list[str]) -> None:
    more = {"requests[new_requests,natural_person]": 10, "requests[carried_forward,natural_person]": 2}
    found = findings(text, changes=more)
    assert [each.code for each in found] == wanted
    assert all(each.severity is Severity.WARNING for each in found)
