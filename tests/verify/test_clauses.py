"""Clauses as people write them, in many words: sound ones are silent, wrong ones are found."""

from __future__ import annotations

import pytest
from prose_cases import codes, findings

SOUND = [
    ("on_request", "2023年，全局共接收各类政府信息公开申请11件，其中自然人提出9件，企业法人2件。"),
    ("on_request", "全年新收申请11件，上年结转1件，合计12件；办结11件，1件结转下年。"),
    ("on_request", "本年度共登记政府信息公开申请11份，已全部按时答复。"),
    (
        "on_request",
        "新收申请11件，其中自然人9件、商业企业2件、科研机构0件、社会公益组织0件、法律服务机构0件、其他组织0件。",
    ),
    ("on_request", "新收申请11件，其中自然人9件，其他组织2件。"),
    ("on_request", "按申请人分，自然人9件，企业和其他组织2件。"),
    (
        "on_request",
        "2023年度我局依申请公开受理量为11件，办理结果为：予以公开6件、部分公开2件、不予公开1件、无法提供1件、不予处理1件。",
    ),
    (
        "on_request",
        "收到11件依申请公开申请，6件予以公开，2件部分公开，1件不予公开，1件无法提供，1件不予处理，另有1件转下年度继续办理。",
    ),
    ("on_request", "当年受理政府信息公开申请11宗，答复11宗，无一宗超期。"),
    ("on_request", "上年度结转申请1件，本年新收11件，本年度办结11件，结转下年1件。"),
    ("on_request", "公开类答复8件，不予公开1件。"),
    ("on_request", "其中，予以公开和部分公开共8件，不予公开1件，其他情形2件。"),
    ("on_request", "全年办理依申请公开11件，同比增加2件。"),
    ("on_request", "因政府信息公开申请引发行政复议5起，其中维持3起，纠正1起，1起尚未审结。"),
    ("on_request", "2023年，因依申请公开被申请行政复议5件、被提起行政诉讼3件。"),
    ("on_request", "发生行政复议5件，行政诉讼3件（其中直接起诉2件、复议后起诉1件）。"),
    ("on_request", "本年度共有5件行政复议案件和3件行政诉讼案件。"),
    ("on_request", "行政复议、行政诉讼案件共8件。"),
    ("on_request", "全年没有不掌握相关信息以外的情形。"),
    ("on_request", "收到的政府信息公开申请均已答复。"),
    ("on_request", "申请人对答复不服，提起行政复议5件，行政机关被纠正1件。"),
    ("on_request", "答复政府信息公开申请11件，答复率100%。"),
    ("on_request", "共处理政府信息公开申请12件（新收11件，上年结转1件），其中办结11件。"),
    ("on_request", "全年收到申请11件，较上年减少3件，下降21.4%。"),
    ("on_request", "畅通网上、信函等受理渠道，全年收到政府信息公开申请11件。"),
    ("on_request", "收到公开申请11项，公开6项，部分公开2项，不予公开1项，本机关不掌握1项，信访类申请1项。"),
    ("on_request", "依申请公开工作方面，全年收到申请11件，其中网络申请8件、信函申请3件，均按规定时限答复。"),
    ("on_request", "我局没有收到因答复不当引起的投诉。"),
    ("on_request", "未出现因政府信息公开引发的负面舆情。"),
    ("on_request", "未发生泄密事件，未收到相关投诉举报。"),
    ("on_request", "指导各科室办理申请3件，协助市局答复申请2件。"),
    ("on_request", "市政府转来申请4件。"),
    ("on_request", "通过省政府依申请公开系统受理申请8件，信件受理3件。"),
    ("on_request", "全年答复政府信息公开申请10件，另有1件为上年结转申请，一并答复。"),
    ("on_request", "咨询类申请2件，已告知申请人。"),
    ("on_request", "收到申请数量最多的三个领域分别是征地4件、规划3件、住房2件。"),
    ("on_request", "第一季度收到政府信息公开申请3件，第二季度4件。"),
    ("on_request", "2022年收到申请9件，2023年收到申请11件。"),
    ("on_request", "上年同期为9件，本年11件。"),
    ("on_request", "共收到政府信息公开申请11件，其中涉及民生领域7件，其他4件。"),
    ("on_request", "政府信息公开申请答复文书范本5份。"),
    ("on_request", "开展政府信息公开申请办理培训3次，讲解案例6件。"),
    ("on_request", "县医院收到政府信息公开申请3件。"),
    ("proactive", "全年制定行政规范性文件2件，废止1件，现行有效14件。"),
    (
        "proactive",
        "制定并公布行政规范性文件2件；清理后废止行政规范性文件1件；现行有效的行政规范性文件共14件。",
    ),
    ("proactive", "2023年印发2件行政规范性文件，废止1件行政规范性文件。"),
    ("proactive", "公开行政规范性文件16件（其中本年制发2件，现行有效14件）。"),
    ("proactive", "行政规范性文件解读3篇。"),
    ("proactive", "对14件现行有效的行政规范性文件进行了标注。"),
    ("proactive", "办理行政许可350件，作出行政处罚26件。"),
    ("proactive", "全年作出行政处罚决定26件，罚款金额30万元。"),
    ("proactive", "公示行政处罚信息20条。"),
    ("proactive", "收取行政事业性收费43万元。"),
    ("proactive", "全年公开各类信息500条，其中门户网站300条，微信公众号200条。"),
    ("text", "办理人大代表建议5件，政协委员提案2件，办结率100%。"),
    ("text", "共承办建议提案7件，其中人大代表建议5件、政协提案2件。"),
    ("text", "承办5件人大代表建议和2件政协提案，均按期办结。"),
    ("text", "收取信息处理费420元，涉及3件申请，已开具收费通知3件。"),
    ("text", "承办市级人大代表建议2件、县级人大代表建议3件。"),
    ("text", "主办提案1件，会办提案1件。"),
    ("supervision", "全年接受社会评议1次，群众满意度98%。"),
    ("supervision", "收到群众来信5件，办结5件。"),
    ("supervision", "开展检查4次，发现问题6个，均已整改。"),
    ("on_request", "全年共制发公文120件，其中主动公开80件，依申请公开20件，不予公开20件。"),
    ("on_request", "因政府信息公开引发的行政复议案件和行政诉讼案件分别为5件、3件。"),
    ("on_request", "自然人和法人申请分别为9件和2件。"),
    ("proactive", "通过政府网站公开32条，其中1条权责清单、11条工作信息、4条人大议案、16条政协提案。"),
    ("proactive", "公开规章制度13件（含新制定5件，修改4件，废止4件）。"),
    ("on_request", "收到并按时办结11件政府信息公开申请。"),
    ("on_request", "答复8件，不予公开1件，无法提供1件，不予处理1件。"),
    ("on_request", "受理公开申请11件，免于公开信息0条。"),
    ("text", "本机关发出收费通知3件，收取信息处理费420元。"),
    ("on_request", "从结果看，予以公开占比54.5%，部分公开占18.2%，不予公开占比约9%。"),
    ("on_request", "申请人中，自然人占81.8%，法人和其他组织占18.2%。"),
    ("on_request", "予以公开占50%以上，自然人占比超过80%，法人占比较上年提高5%。"),
    ("on_request", "新收11件、结转1件、办结11件、转下年1件。"),
    ("on_request", "其余1件正在办理。"),
    ("on_request", "在收到的11件政府信息公开申请里，予以公开6件。"),
    ("on_request", "全市政府信息公开申请总数为5200件，其中我局11件。"),
    ("on_request", "共处理申请12件（含上年结转1件），其中自然人9件、法人2件。"),
    ("on_request", "全年收到申请11件，比上年（10件）增加1件，增幅10%。"),
    ("on_request", "收到申请11件（网上8件，占72.7%；信函3件，占27.3%）。"),
    ("on_request", "零投诉、零举报，无申请人提出异议。"),
    ("on_request", "月均1件，其中最多的9月收到3件，最少的2月收到1件。"),
    ("on_request", "依据《条例》第三十六条第（一）项答复3件，依据第三十六条第（三）项答复6件。"),
    ("on_request", "予以公开（含部分公开）8件，不予公开1件，其他2件。"),
    ("on_request", "共办理11件，同意公开的占54.5%，不予公开的占9.1%。"),
    ("on_request", "受理申请11件，其中涉及征地的5件、规划的4件，占八成以上。"),
    ("on_request", "新收申请12件，网上答复7件，信函答复4件。"),
    ("supervision", "公开行政复议决定书20份，其中维持12份、撤销3份等。"),
    ("supervision", "行政复议案件35件、行政诉讼案件28件均依法办理；其中涉及政府信息公开的复议5件、诉讼3件。"),
    ("proactive", "全年印发行政规范性文件2件（其中新制定1件、修订1件）。"),
]

WRONG = [
    (
        "on_request",
        "全年新收申请21件，上年结转2件，合计23件；办结19件，3件结转下年。",
        ["TXT126", "TXT103", "TXT125", "TXT102"],
    ),
    ("on_request", "本年度共登记政府信息公开申请13份，已全部按时答复。", ["TXT123"]),
    ("on_request", "2023年度我局依申请公开受理量为21件。", ["TXT123"]),
    (
        "on_request",
        "收到15件依申请公开申请，7件予以公开，3件部分公开，2件不予公开，2件无法提供，2件不予处理，另有2件转下年度继续办理。",
        ["TXT123", "TXT111", "TXT112", "TXT113", "TXT114", "TXT115", "TXT102"],
    ),
    ("on_request", "当年受理政府信息公开申请13宗，答复13宗。", ["TXT123", "TXT124"]),
    (
        "on_request",
        "上年度结转申请2件，本年新收14件，本年度办结15件，结转下年2件。",
        ["TXT103", "TXT126", "TXT125", "TXT102"],
    ),
    ("on_request", "其中，予以公开和部分公开共9件，不予公开2件。", ["TXT112", "TXT113"]),
    ("on_request", "按申请人类别分，自然人8件、法人和其他组织3件。", ["TXT117", "TXT118"]),
    (
        "on_request",
        "共处理政府信息公开申请14件（新收13件，上年结转2件），其中办结11件。",
        ["TXT122", "TXT126", "TXT103"],
    ),
    (
        "on_request",
        "因政府信息公开申请引发行政复议6起，其中维持4起，纠正2起，2起尚未审结。",
        ["TXT133", "TXT141", "TXT142", "TXT144"],
    ),
    ("on_request", "2023年，因依申请公开被申请行政复议6件、被提起行政诉讼4件。", ["TXT133", "TXT135"]),
    ("on_request", "本年度共有6件行政复议案件和4件行政诉讼案件。", ["TXT134", "TXT136"]),
    ("on_request", "行政复议、行政诉讼案件共9件。", ["TXT136"]),
    ("on_request", "行政诉讼3件（其中直接起诉1件、复议后起诉2件）。", ["TXT137", "TXT138"]),
    (
        "on_request",
        "收到公开申请11项，公开7项，部分公开3项，不予公开2项，本机关不掌握2项，信访类申请2项。",
        ["TXT111", "TXT112", "TXT113", "TXT107", "TXT110"],
    ),
    ("on_request", "全年没有收到过任何政府信息公开申请。", ["TXT127"]),
    ("on_request", "2023年度政府信息公开申请数量为零。", ["TXT127"]),
    ("on_request", "行政复议、行政诉讼均未发生。", ["TXT154"]),
    ("on_request", "我局不存在因政府信息公开引发的行政复议和行政诉讼。", ["TXT151"]),
    ("on_request", "政府信息公开申请、行政复议、行政诉讼均为零。", ["TXT153", "TXT127", "TXT152"]),
    ("on_request", "未产生因政府信息公开引起的行政复议、诉讼事项。", ["TXT151"]),
    ("on_request", "全年未发生一起因政府信息公开引起的行政诉讼案件。", ["TXT153"]),
    ("on_request", "无上年度结转申请，无结转下年度办理申请。", ["TXT106", "TXT105"]),
    ("on_request", "零行政复议、零行政诉讼。", ["TXT155", "TXT156"]),
    ("proactive", "全年制定行政规范性文件3件，废止2件，现行有效15件。", ["TXT163", "TXT162", "TXT161"]),
    ("proactive", "2023年印发3件行政规范性文件，废止2件行政规范性文件。", ["TXT163", "TXT162"]),
    ("proactive", "本年未制发行政规范性文件。", ["TXT163"]),
    ("proactive", "办理行政许可351件，作出行政处罚27件。", ["TXT171", "TXT172"]),
    ("text", "办理人大代表建议4件，政协委员提案3件，办结率100%。", ["TXT196", "TXT197"]),
    ("text", "共承办建议提案8件。", ["TXT195"]),
    ("text", "承办6件人大代表建议和1件政协提案，均按期办结。", ["TXT196", "TXT197"]),
    ("text", "全年未收取信息处理费。", ["TXT193"]),
    ("text", "全年没有产生信息处理费。", ["TXT193"]),
    ("text", "收取信息处理费410元，开具收费通知2件。", ["TXT191", "TXT192"]),
    ("on_request", "因政府信息公开引发的行政复议案件和行政诉讼案件分别为6件、4件。", ["TXT133", "TXT135"]),
    ("on_request", "自然人和法人申请分别为8件和3件。", ["TXT117", "TXT118"]),
    ("on_request", "新收申请11件，其中科研机构1件。", ["TXT157"]),
    ("on_request", "新收申请11件，其中公益组织2件、法律服务机构1件。", ["TXT158", "TXT159"]),
    ("on_request", "新收申请11件，其中其他组织4件。", ["TXT150"]),
    ("on_request", "答复9件，不予公开1件，无法提供1件，不予处理1件。", ["TXT125"]),
    ("on_request", "收到并按时办结15件政府信息公开申请。", ["TXT122"]),
    ("text", "发出收费通知的件数和总金额以及实际收取的总金额均为0。", ["TXT193"]),
    ("on_request", "政府信息公开行政复议和行政诉讼情况：无。", ["TXT151"]),
    ("on_request", "收到申请11件，比2022年的9件增加3件。", ["TXT014"]),
    ("on_request", "从结果看，予以公开占比45.5%，部分公开占18.2%。", ["TXT015"]),
    ("on_request", "申请人中，自然人占88.1%，法人和其他组织占18.2%。", ["TXT015"]),
    ("on_request", "予以公开占90%以上，自然人占比超过95%。", ["TXT015", "TXT015"]),
    ("on_request", "新收11件、结转3件、办结11件、转下年1件。", ["TXT120"]),
    ("on_request", "在收到的12件政府信息公开申请里，予以公开5件。", ["TXT111"]),
    ("on_request", "共处理申请12件（含上年结转1件），其中自然人9件、法人3件。", ["TXT118"]),
    ("on_request", "全年收到申请11件，比上年（10件）增加1件，增幅20%。", ["TXT014"]),
    ("on_request", "全年收到申请11件，比上年（10件）增加2件，增幅20%。", ["TXT014"]),
    ("on_request", "本年度零申请、零投诉。", ["TXT127"]),
    ("on_request", "本年度无公民、法人或者其他组织向我镇提出政府信息公开申请。", ["TXT127"]),
    ("on_request", "全年答复申请人15件次，予以公开6件。", ["TXT125"]),
]
_OF_LISTS = ("TXT012", "TXT013", "TXT016")


@pytest.mark.parametrize(("field", "text"), SOUND)
def test_sound_clauses_are_silent(field: str, text: str) -> None:
    assert [f.message for f in findings(text, field) if f.severity != "note"] == []


@pytest.mark.parametrize(("field", "text", "expected"), WRONG)
def test_wrong_clauses_are_found(field: str, text: str, expected: list[str]) -> None:
    assert [code for code in codes(text, field) if code not in _OF_LISTS] == expected


def test_a_denial_with_words_that_nobody_knows_is_no_error() -> None:
    [finding] = findings("无人民法院开庭审理的政府信息公开行政诉讼案件。")
    assert (finding.code, finding.severity) == ("TXT153", "warning")


def test_of_facts_added_up_both_sides_are_shown() -> None:
    [finding] = findings("予以公开和部分公开共9件。")
    assert "合计8件，相差1件" in finding.message and finding.expected == "8"


def test_what_a_corrected_number_settles_is_told_with_it() -> None:
    text = "收到政府信息公开申请11件，其中自然人9件，法人3件。"
    [finding] = findings(text)
    assert finding.code == "TXT118"
    assert "由此引起的“分项之和大于总数”（第11字起），改正后一并解决" in finding.fix


def test_a_wrong_part_of_a_list_is_told_once_with_its_share() -> None:
    [finding] = findings("收到申请11件：网上7件（占72.7%），信函3件（占27.3%）。")
    assert finding.code == "TXT013"
    assert "由此引起的“占比与数字不符”" in finding.fix


def test_a_share_without_a_number_is_told_with_its_figures() -> None:
    [finding] = findings("从结果看，予以公开占比45.5%。")
    assert "“予以公开的申请”为6件，占11件的54.55%，相差9.05个百分点" in finding.message


@pytest.mark.parametrize(
    ("share", "severity"),
    [("54.5", None), ("54", "note"), ("54.6", "note"), ("56", "warning"), ("45.5", "warning")],
)
def test_a_share_cut_off_or_rounded_twice_is_a_note(share: str, severity: str | None) -> None:
    found = [finding.severity for finding in findings(f"从结果看，予以公开占{share}%。")]
    assert found == ([] if severity is None else [severity])


def test_a_channel_is_compared_with_the_total_only_where_it_comes_near() -> None:
    published = {"published[1,category]": "政府信息", "published[1,count]": 231}
    near, far = "通过县政府网站公开各类信息{}条。", "通过县政府网站公开信息{}条。"
    assert codes(near.format(231), "proactive", published) == []
    assert codes(near.format(213), "proactive", published) == ["TXT185"]
    assert codes(far.format(60), "proactive", published) == []
