"""Totals and their parts in plain sentences: sound ones are left alone, one slip in any figure is found."""

from __future__ import annotations

import re

import pytest
from prose_cases import findings

from xlreport.finding import Finding, Severity

SUMS = {"TXT012", "TXT013"}
_FIGURE = re.compile(r"\[(\d+)\]")

# Every figure in brackets is of the list.
LISTS = [
    # measure words alike, and lists that go on behind others
    "全年共公开信息[76]条，其中政策文件[12]件、工作动态[51]条、财政信息[13]期。",
    "公开信息[76]条，其中政策文件[12]项；工作动态[51]项；财政信息[13]项。",
    "发布信息[53]篇，其中机构[2]篇、文件[5]篇、动态[42]篇、预算[4]篇；公众号发布158条。",
    # a slip of as much as the last part is one too
    "公开信息[309]条，其中工作动态[306]条，简报[2]件，公告[1]条。",
    # without 其中
    "全年共公开信息[76]条：政策文件[12]条，工作动态[51]条，财政信息[13]条。",
    "共公开各类信息[45]条，领导介绍[3]项；机构职能[6]项；规划计划[36]项。",
    "共处理群众来件[30]件，来信[18]件，来电[12]件。",
    "整理工作制度[9]件（含新制定[4]件、修改[3]件、停用[2]件）。",
    # outlets, in the next sentence
    "全年主动公开信息[76]条。政府网站公开[52]条，微信公众号公开[24]条。",
    # ways of sending in
    "收到申请[19]件，[17]件线上申请，[2]件邮寄申请，其中4件予以公开，15件不予公开。",
    "全年收到申请[15]件，通过网络提交[9]件，邮寄[4]件，当面提交[2]件，均已答复。",
    "本年新收申请[32]件，较上年增加4件，办结29件。从方式看，网上申请[23]件，占72%；信函申请[9]件，占28%。",
    "本年新收申请[15]件。方式上，线上[9]件，线下[6]件；内容上，涉及征地8件，涉及规划7件。",
    # the whole behind its parts
    "政府网站公开[52]条、微信公众号公开[24]条、公告栏[13]条，全年公开[89]条。",
    "线上提交[9]件，邮寄[4]件，现场[2]件，均已答复。本年收到申请[15]件。",
    "甲镇报送[12]条，乙镇报送[34]条，丙镇报送[58]条，总共发布[104]条。",
    # side by side, without a word
    "全年发布信息[54]条，机构职能[12]条、政策文件[34]条、财政信息[8]条。",
    "公开机构职能类[12]条、政策文件类[34]条、财政信息类[8]条。全年主动公开信息[54]条。",
    # each item in a sentence, or on a line of its own
    "公开信息[54]条，其中：\n机构职能[12]条\n政策文件[34]条\n财政信息[8]条",
    "公开信息[54]条。其中：1.机构职能[12]条。2.政策文件[34]条。3.财政信息[8]条。",
    "公开信息[54]条。一是机构职能[12]条。二是政策文件[34]条。三是财政信息[8]条。",
    "公开信息[46]条--机构职能[12]条，政策文件[34]条。",
    # divided twice
    "公开信息[46]条，按内容分：动态[12]条、文件[34]条；按渠道分：网站[29]条、微信[17]条。",
]

OTHER_THINGS = [
    "全年共召开会议12次，公开信息30条，办理申请3件，回应留言5条。",
    "全年共发布信息300条，回复留言12条，办理提案5件，收到申请3件，办结3件。",
    "共收到申请12件，答复11件，结转1件，予以公开5件，部分公开2件。",
    "收到申请19件，答复18件，结转下年度2件。",
    "共收到申请15件，予以公开13件，不予公开3件。",
    "共主动公开信息58条，新增规范性文件3件，政策解读6篇，回应关切12条。",
    "网站发布信息200条，公众号推送80条，共收到网上申请3件，信函申请2件。",
    "收到申请5件。网上受理咨询3件，电话答复2件。",
    "全年收到申请8件，网上申请5件。其余通过信函提出。",
    "公开信息120条，其中政务动态80条，政策法规25条，其他15条，发布政策解读6篇。",
    "公开信息120条，其中政务动态80条，政策法规25条，其他15条，受理咨询12件。",
    "公开信息120条，其中政策解读3篇，视频2个。",
    "公开信息120条，其中政务动态80条，政策法规39条等。",
    "印发文件45件，公开32件，公开率71%；解读文件12件，图解5件，视频3件。",
    "发布信息共计500余条，其中微博210条，微信291条。",
    "政府网站公开52条、微信公众号公开24条、公告栏13条，全年公开文件160条。",
    "甲镇报送12条、乙镇报送34条、丙镇报送8条。全年采用信息20条。",
    "全年发布信息54条，召开会议12次、培训3次、检查8次。",
    "公开信息54条，主要做法如下：\n开设专栏12个\n发布解读34篇",
    "公开信息54条。一是更新栏目12个。二是开设专栏3个。",
    "公开信息54条。一是加强领导。二是发布解读12篇。",
    "申请共26件，均为自然人申请，线上20件，含邮箱3件、网站17件，线下6件。",
]


def of_sums(text: str) -> list[Finding]:
    return [finding for finding in findings(text, "proactive") if finding.code in SUMS]


@pytest.mark.parametrize("text", OTHER_THINGS)
def test_figures_of_other_things_are_no_list(text: str) -> None:
    assert [finding.message for finding in of_sums(text)] == []


@pytest.mark.parametrize("text", LISTS)
def test_a_list_that_adds_up_is_left_alone(text: str) -> None:
    assert of_sums(_FIGURE.sub(r"\1", text)) == []


@pytest.mark.parametrize("text", LISTS)
def test_one_slip_in_any_figure_of_a_list_is_found(text: str) -> None:
    passed = [
        wrong
        for figure in _FIGURE.finditer(text)
        for slip in slips(figure[1])
        if not of_sums(wrong := _FIGURE.sub(r"\1", text[: figure.start()] + slip + text[figure.end() :]))
    ]
    assert passed == []


def slips(number: str) -> list[str]:
    """One more, one less, two digits exchanged."""
    turned = (
        number[1] + number[0] + number[2:] if len(number) > 1 and number[1] not in ("0", number[0]) else ""
    )
    return [slip for slip in (str(int(number) + 1), str(int(number) - 1), turned) if slip not in ("", "0")]


def test_what_may_be_no_list_is_asked_about_only() -> None:
    (finding,) = of_sums("全年收到申请32件，办结29件。网上申请23件，信函申请8件。")
    assert (finding.code, finding.severity) == ("TXT013", Severity.WARNING)
    assert (finding.expected, finding.found) == ("32", "31")


def test_of_two_totals_the_one_that_a_slip_explains_is_named() -> None:
    (finding,) = of_sums("受理申请32件，办结29件，其中网上23件，信函8件。")
    assert "总数“32件”" in finding.message


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("发布信息1000条，其中动态600条、公告300条、其他100条。", False),
        ("发布信息1000条，其中动态700条、公告300条、其他100条。", True),
        ("发布信息1，000条，其中动态600条、公告300条、其他100条。", False),
        ("发布信息1，034条，其中动态600条、公告300条、其他134条。", False),
        ("发布信息1，034条，其中动态600条、公告300条、其他143条。", True),
    ],
)
def test_an_enumeration_goes_on_behind_its_commas(text: str, wrong: bool) -> None:
    assert bool(of_sums(text)) is wrong


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("主动公开信息1200条，其中政策文件100条、财政信息80条等。", None),
        ("主动公开信息1200条，其中主要是政策文件100条、财政信息80条。", None),
        ("主动公开信息1200余条，其中政策文件100条、财政信息80条。", None),
        ("主动公开信息1200条，其中政策文件100条。", None),
        ("主动公开信息1200条，其中政策文件100条、财政信息80条。", Severity.NOTE),
        ("主动公开信息1200条，其中政策文件500条、财政信息200条、其他50条。", Severity.WARNING),
        ("主动公开信息1200条，其中政策文件600条、财政信息590条。", Severity.WARNING),
    ],
)
def test_a_list_of_a_few_of_very_many_is_a_note_unless_it_says_so(
    text: str, severity: Severity | None
) -> None:
    assert [finding.severity for finding in of_sums(text)] == ([] if severity is None else [severity])
