"""Words against tables: sound sentences of every family are left alone, wrong ones are found."""

from __future__ import annotations

import pytest

from prose_cases import codes, findings, values
from returns import FORM, edit, said, save, sound, the_one
from xlreport.form.calculate import complete

# Left alone --------------------------------------------------------------------------------------------

SILENT = [
    # new requests, both usages, all ways of writing a number
    "2023年，我局收到政府信息公开申请11件。",
    "全年共收到公民、法人和其他组织政府信息公开申请12件（含上年结转1件），均按期答复。",
    "全年收到政府信息公开申请１１件。",
    "全年收到政府信息公开申请 1 1 件。",
    "全年收到政府信息公开申请十一件。",
    "全年受理政府信息公开申请10余件。",
    "全年受理政府信息公开申请近20件。",
    "全年受理政府信息公开申请约10件。",
    "本年度共收到依申请公开件11件，办结11件，结转下年度继续办理1件。",
    "收办政府信息公开申请案件12件，其中，自然人申请9件，法人或其他组织申请2件，上年结转1件；予以公开6件、部分公开2件、"
    "不予公开1件、无法提供1件、不予处理1件、作其他处理（含申请人主动撤回）0件、转下年度办理1件。",
    "政府信息公开申请总数为11件。",
    # what is not the whole
    "收到政府信息公开申请11件，其中，当面申请的7件，来信申请的4件。",
    "上半年，我局收到政府信息公开申请5件；全年收到政府信息公开申请11件。",
    "截至6月底，收到政府信息公开申请5件。",
    "2022年收到政府信息公开申请30件，2023年收到政府信息公开申请11件。",
    "自2008年以来，累计收到政府信息公开申请300件。",
    "通过网络收到申请7件，当面受理申请4件。",
    "申请人主动撤回申请8件。",
    "收到政府信息公开申请19件，其中11件办结，8件申请人主动撤销。" .replace("19", "11").replace("8件", "0件"),
    "办理上年度结转申请1件。答复10件。",
    "岚溪县公安局收到政府信息公开申请15件。",
    "受理各类补贴申请30件，答复网民留言120件。",
    "办结人大代表建议和政协提案7件。",
    "受理救助申请45件。",
    "力争2024年政府信息公开申请答复50件以内。",
    # carried over and forward
    "全市共受理政府信息公开申请11件，答复11件（含上年度结转申请1件，另有1件顺延到下年度答复）。",
    "办结依申请公开件11件（含2022年结转的1件）。",
    # review and litigation
    "政府信息公开行政复议5件，其中结果维持3件，结果纠正1件，其他结果0件，尚未审结1件；"
    "政府信息公开行政诉讼3件，其中结果维持2件，结果纠正0件，其他结果1件，尚未审结0件。",
    "因政府信息公开引发行政复议5件，行政诉讼3件。",
    "未经复议直接起诉2件，复议后起诉1件。",
    "行政复议案件未发生被纠正的情形。",
    "未发生因答复超期引起的行政复议、行政诉讼被纠正的案件。",
    # years, articles, telephones, lists of numbers
    "依据第二十条第（一）项和2019年第711号令，拨打0590-7338021咨询。",
    "一是畅通渠道，二是规范答复，一件一档，十四五期间一体推进，一方面加强培训。",
]  # fmt: skip


@pytest.mark.parametrize("text", SILENT)
def test_sound_sentences_have_no_findings(text: str) -> None:
    assert codes(text) == []


ELSEWHERE_SILENT = {
    "proactive": [
        "制发行政规范性文件2件、废止1件，现行有效规范性文件14件。",
        "转载上级规范性文件30件。",
        "清理规范性文件45件。",
        "作出行政许可决定350件、行政处罚决定26件。",
        "公示行政许可决定80件。",
        "修订规章制度3项。",
        "公开行政事业性收费1项，费用总额为43万元。",
        "行政事业性收费共430000元。",
        "通过政府网站公开信息20条，通过微信公众号发布信息16条。",
        "主动公开政府信息18万余条。",
        "新开专栏2个，回复咨询11件。",
    ],
    "text": [
        "收取政府信息公开信息处理费420元，发出收费通知3件。",
        "对25件政府信息公开申请收取了信息处理费420元。",
        "办理人大代表建议5件、政协提案2件。",
        "答复办理提案议案共7件，其中办理答复人大代表建议5件（38号、39号、40号、41号、42号），办理答复政协委员提案2件（77号、90号）。",
        "承办省人大代表建议1件。",
    ],
}


@pytest.mark.parametrize(("field", "text"), [(f, t) for f, ts in ELSEWHERE_SILENT.items() for t in ts])
def test_sound_sentences_of_other_parts_have_no_findings(field: str, text: str) -> None:
    assert codes(text, field) == []


def test_a_blank_figure_keeps_its_facts_quiet() -> None:
    missing = {"requests[new_requests,natural_person]": None}

    assert codes("收到政府信息公开申请99件。", changes=missing) == []


# Found -------------------------------------------------------------------------------------------------

CAUGHT = [
    ("收到政府信息公开申请12件，答复12件。" .replace("12件，", "13件，"), ["TXT123", "TXT124"]),
    ("全年收到政府信息公开申请20余件。", ["TXT123"]),
    ("全年收到政府信息公开申请二十件。", ["TXT123"]),
    ("全年收到申请13件。", ["TXT126"]),
    ("2023年，我局未收到政府信息公开申请。", ["TXT127"]),
    ("2023年我单位未收到依申请公开信息。", ["TXT127"]),
    ("未收到依申请公开事项.", ["TXT127"]),
    ("接收到申请书55份。", ["TXT126", "TXT016"]),
    ("收到依申请公开信息11条。", ["TXT016"]),
    ("收到政府信息公开申请11件，上年结转3件，结转下年度2件。", ["TXT103", "TXT102"]),
    ("收到政府信息公开申请11件，其中自然人8件，法人3件。", ["TXT117", "TXT118"]),
    ("收到政府信息公开申请11件，予以公开5件，部分公开3件，不予公开2件，无法提供0件，不予处理0件，其他处理2件。",
     ["TXT111", "TXT112", "TXT113", "TXT114", "TXT115", "TXT116"]),
    ("政府信息公开行政复议6件，其中结果维持2件，结果纠正2件，其他结果1件，尚未审结0件。",
     ["TXT133", "TXT141", "TXT142", "TXT143", "TXT144", "TXT013"]),
    ("因政府信息公开引发行政复议6件，行政诉讼4件。", ["TXT133", "TXT135"]),
    ("全年备案依申请公开领域行政复议案件134件，行政诉讼案件57件。", ["TXT131", "TXT132"]),
    ("未发生因政府信息公开引起的行政复议、行政诉讼案件。", ["TXT151"]),
    ("本年未发生行政诉讼。", ["TXT156"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CAUGHT)
def test_wrong_sentences_are_found(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


ELSEWHERE_CAUGHT = [
    ("proactive", "制发行政规范性文件3件、废止2件，现行有效规范性文件15件。", ["TXT163", "TXT162", "TXT161"]),
    ("proactive", "公开规范性文件1条。", ["TXT164"]),
    ("proactive", "作出行政许可决定351件、行政处罚决定27件。", ["TXT171", "TXT172"]),
    ("proactive", "公开行政事业性收费1项，公开费用总额为4.043万元。", ["TXT175"]),
    ("proactive", "通过审计信息栏目公开信息20条。\n全年通过审计信息专栏公开政府信息16条。", ["TXT011"]),
    ("text", "全年收取政府信息公开信息处理费0元。", ["TXT191"]),
    ("text", "本单位无政府信息公开信息处理费产生。", ["TXT193"]),
    ("text", "办理人大代表建议4件、政协提案1件。", ["TXT196", "TXT197"]),
    ("text", "本单位未收到人大、政协提案建议。", ["TXT198"]),
]  # fmt: skip


@pytest.mark.parametrize(("field", "text", "expected"), ELSEWHERE_CAUGHT)
def test_wrong_sentences_of_other_parts_are_found(field: str, text: str, expected: list[str]) -> None:
    assert codes(text, field) == expected
