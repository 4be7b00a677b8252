"""Words against tables: sound sentences of every family are left alone, wrong ones are found."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from prose_cases import codes, findings, values

from returns import FORM, edit, place, said, save, sound, the_one
from xlreport.form.calculate import complete
from xlreport.verify.capped import MOST_ALIKE
from xlreport.verify.verdict import verify_file

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
    "年内收到涉及征地补偿的政府信息公开申请5件。",
    "对1件申请延期答复20个工作日，其余每件平均8个工作日办结。",
    "通过信函、网络等方式收到政府信息公开申请11件。",
    "收到的11件申请中，涉及征地的5件，涉及规划的6件。",
    "没有因政府信息公开被提起行政诉讼败诉。",
    "未收到因政府信息公开申请引发的投诉举报。",
    "无政府信息公开申请逾期未答复情况。",
    "指导乡镇办理政府信息公开申请6件。",
    "2023年1月1日至12月31日，收到政府信息公开申请11件。",
    "发生涉及政府信息公开的行政复议5件。",
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


@pytest.mark.parametrize("cover", ["岚溪县 公安局", "岚溪县\u200b公安局（e站）", "岚溪县公安局\uff08Ｅ站）"])
def test_the_unit_s_own_name_is_its_own_however_it_stands_on_the_cover(cover: str) -> None:
    own = {"organ": cover, "organ_short": None}
    assert codes("岚溪县公安局收到政府信息公开申请13件。", changes=own) == ["TXT123"]
    assert codes("岚溪县公安局收到政府信息公开申请13件。", changes={**own, "organ": "岚溪县水务局"}) == []


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
     ["TXT133", "TXT141", "TXT142", "TXT143", "TXT144"]),
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


# Messages ----------------------------------------------------------------------------------------------


def test_the_message_quotes_the_words_and_names_both_sides_and_the_difference() -> None:
    finding = findings("咨询渠道畅通。全年收到政府信息公开 申请１３件。")[0]

    assert finding.message == (
        "“（二）依申请公开” 第10字起：文中写“收到政府信息公开 申请１３件”，三、依申请公开"
        "“一、本年新收·总计”为11件，“一、本年新收·总计＋二、上年结转·总计”为12件，相差1件。"
    )
    assert "“１３件”改为“12件”" in finding.fix
    assert (finding.subject, finding.expected, finding.found) == ("on_request@10", "12", "13")


def test_blanks_in_front_of_a_text_count_for_the_place(tmp_path: Path) -> None:
    path = edit(save(tmp_path), {"on_request": "\u3000\u3000咨询畅通。全年收到政府信息公开申请99件。"})
    assert "第10字起" in the_one(path, "TXT123:on_request@10").message


def test_in_a_file_the_finding_names_the_cell_of_the_text_and_the_cells_of_the_figures(
    tmp_path: Path,
) -> None:
    path = save(tmp_path, sound({"on_request": "全年收到政府信息公开申请99件。"}))
    sheet, cell = place("on_request")

    assert said(path) == {"TXT123:on_request@3": "error"}
    finding = the_one(path, "TXT123:on_request@3")
    assert (finding.sheet, finding.cell) == (sheet, cell)
    assert finding.message.startswith(f"{sheet} {cell} 第3字起：文中写“收到政府信息公开申请99件”")
    assert f"改正 三、依申请公开 {place('requests[new_requests,natural_person]')[1]}:" in finding.fix


def test_remarks_are_read_as_well(tmp_path: Path) -> None:
    note = "requests[new_requests,note]"
    path = edit(save(tmp_path), {note: "全年收到政府信息公开申请99件"})

    assert said(path) == {f"TXT123:{note}@3": "error"}


def test_a_number_that_is_not_exact_is_explained() -> None:
    assert "“收到政府信息公开申请20余件”（即20至30件）" in findings("收到政府信息公开申请20余件。")[0].message


# Parts -------------------------------------------------------------------------------------------------

ADDS_UP = [
    "新增信息50条。其中机构类信息20条，内有领导成员10条、机构职能4条、机构概况1条、直属单位5条；工作类信息11条，"
    "其中镇街动态3条、计划总结3条、通知公告5条；政策类信息4条；民生类信息8条；财政类信息7条，其中预决算2条、专项经费5条。",
    "制作政策问答119期，其中，市级47期、甲区28期、乙区22期、丙县15期、丁县5期、戊县2期。",
    "发布微博120条，其中原创微博11条，转发微博109条。",
    "采购信息801条，其中采购公告387条，结果公告406条，投诉处理5条，处罚决定1条，检查报告2条。",
    "直达资金政策11条，重大财政政策17条，共公开28条。",
    "对25件案件收取费用2950元。其中，甲局1件，收取420元；乙县2件，收取290元；丙局15件，收取1500元；丁局1件，收取140元；戊局6件，收取600元。",
    "案件3607件（甲1349件、乙2258件），同比有所增长，其中，个人3493件，单位114件；同意1191件、其他2416件。",
    "文件10219件，其中，市级文件8140件，县区级文件2079件。",
    "信息18万余条，其中网站10万条、新媒体8万条。",
    "信息56条，其中政策2条、财政6条等。",
    "信息20条，主要包括政策2条、财政6条。",
    "开展培训4次，其中专题培训1次。",
    "会议12次（含专题会议3次、现场会2次）。",
    "举办培训3次，接受检查2次，发布信息8条。",
    "信息300条：政策20条，动态200条，公告80条，占比分别为6.7%、66.7%和26.7%。",
    "新媒体56个（微信32个、微博12个、其他12个）。",
]
WRONG_PARTS = [
    (
        "信息890条，其中：机构概况6条；预决算568条；财政收支12条，收支解读4条；决策18条；执行56条；管理38条。",
        "TXT013",
    ),
    ("信息50条，其中政策20条，财政31条。", "TXT012"),
    ("信息50条。其中机构类20条，内有职能10条、概况9条；工作类30条。", "TXT013"),
    ("案件15件（甲8件、乙8件）。", "TXT012"),
    ("直达资金政策11条，重大财政政策17条，共公开29条。", "TXT013"),
    ("案件12件，其中个人9件，单位2件；同意6件，其他6件。", "TXT013"),
    ("对3件案件收取费用2230元。其中，甲1件，收取880元；乙1件，收取1080元；丙1件，收取280元。", "TXT012"),
    ("约20条，其中甲9条，乙31条。", "TXT012"),
]


@pytest.mark.parametrize("text", ADDS_UP)
def test_lists_that_add_up_in_some_reading_are_left_alone(text: str) -> None:
    assert codes(text, "proactive") == []


@pytest.mark.parametrize(("text", "code"), WRONG_PARTS)
def test_lists_that_add_up_in_no_reading_are_found(text: str, code: str) -> None:
    assert codes(text, "proactive") == [code]


def test_the_message_of_a_list_adds_up_its_parts() -> None:
    message = findings("信息50条，其中政策20条，财政31条。", "proactive")[0].message

    assert message.endswith("第3字起：文中写总数“50条”，各分项20＋31＝51条，比总数多1条。")


# Rates -------------------------------------------------------------------------------------------------

LAST = complete(FORM, values({"requests[new_requests,natural_person]": 7}))  # 9 last year, 11 this year


@pytest.mark.parametrize(
    "text",
    [
        "收到政府信息公开申请11件，同比增长22.2%。",
        "收到政府信息公开申请11件，同比增长22%。",
        "收到政府信息公开申请11件（其中当面3件、网上8件），比上年增加2件。",
        "收到政府信息公开申请11件，公开信息176条，同比增长6.7%。",
        "收到政府信息公开申请11件，与上年持平。",
    ],
)
def test_growth_within_its_printed_digits_is_right(text: str) -> None:
    assert codes(text, prior=LAST) == []


@pytest.mark.parametrize(
    "text",
    [
        "收到政府信息公开申请11件，同比增长22.3%。",
        "收到政府信息公开申请11件，同比下降22.2%。",
        "收到政府信息公开申请11件，比上年增加3件。",
    ],
)
def test_other_growth_is_found(text: str) -> None:
    assert codes(text, prior=LAST) == ["TXT014"]
    assert codes(text) == []  # nothing is known of last year


def test_growth_from_nothing_is_left_alone() -> None:
    nothing = {s: 0 for s in LAST if s.startswith("requests[")}

    assert codes("收到政府信息公开申请11件，同比增长1100%。", prior=dict(LAST) | nothing) == []


@pytest.mark.parametrize(
    ("share", "expected"), [("3.8%", []), ("3.85%", []), ("3.9%", ["note"]), ("5.8%", ["warning"])]
)
def test_shares_are_right_rounded_or_wrong(share: str, expected: list[str]) -> None:
    text = f"共公开文件104份。政策法规文件4份，占比{share}。"

    assert [finding.severity for finding in findings(text, "proactive")] == expected


# Many of a kind --------------------------------------------------------------------------------------

FULL_OF_NUMBERS = "".join(f"作出行政许可决定{n}件。" for n in range(100, 130))


def test_a_few_of_a_kind_are_all_told(tmp_path: Path) -> None:
    findings = verify_file(save(tmp_path, sound({"proactive": FULL_OF_NUMBERS[:100]}))).findings
    assert 1 < len(findings) <= MOST_ALIKE and not any("还有" in finding.message for finding in findings)


def test_of_many_of_a_kind_the_first_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    verdict = verify_file(save(tmp_path, sound(dict.fromkeys(("found", "management"), FULL_OF_NUMBERS))))
    ((code, count),) = Counter(finding.code for finding in verdict.findings).most_common(1)
    last = [finding for finding in verdict.findings if finding.code == code][-1]
    assert count == MOST_ALIKE and "处，没有一一列出。" in last.message
