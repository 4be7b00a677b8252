"""Years, numbering, punctuation, doubled words and empty phrases: right use first, then mistakes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.prose.alphabet import Folded, fold, fold_words
from xlreport.prose.doubled import doubled_words
from xlreport.prose.hollow import says_nothing
from xlreport.prose.lookalikes import lookalike_figures
from xlreport.prose.numbering import numbering_faults
from xlreport.prose.parts_of_year import stray_parts
from xlreport.prose.passage import Passage
from xlreport.prose.punctuation import half_width_marks
from xlreport.prose.years import stray_years

FIGURES_RIGHT = [
    "收到申请900件，公开信息12条。",
    "二〇二三年办结一〇五件，三级零件。",
    "①件数统计；②条例宣传；③个人信息保护",
    "包括①个人信息②企业信息",
    "二期（II期）工程、O2O个性化服务、平台io项目",
    "《条例》第⑤项",
    "岚办发〔2021〕30号，岚办函〔二〇二一〕第三〇号",
    "岚办发〔2021〕12号（2019年修订）",
]
FIGURES_WRONG = {
    "收到申请9O0件。": ("9O0", "900"),
    "收到申请l2件。": ("l2", "12"),
    "公开信息1０o条。": ("1０o", "100"),
    "公开信息1○0条。": ("1○0", "100"),
    "收到申请⑫件。": ("⑫", "12"),
    "办结①②余件。": ("①②", "12"),
    "召开会议⑴次。": ("⑴", "1"),
    "公开信息㉑条。": ("㉑", "21"),
    "占申请总数的5O%。": ("5O", "50"),
    "岚办函〔2021〕3O号": ("3O", "30"),
    "岚办函（2021）第l2号": ("l2", "12"),
    "岚办函〔2O21〕30号": ("2O21", "2021"),
    "岚办函【202l】7号": ("202l", "2021"),
    "岚办函〔2021〕3〇号": ("3〇", "30"),
}
YEARS_RIGHT = [
    "自2023年1月1日起至2023年12月31日止，未发生泄密事件。",
    "2023年收到申请10件，2022年为8件。",
    "2022年底转来的事项已在2023年办结。",
    "2023年主动公开信息56条。",
    "2 0 2 3年",
    "较2022年增长5%。",
    "与2022年相比，减少3件。",
    "高于2022年的12件。",
    "由2022年的3件上升到2023年的5件。",
    "同比增长（2022年同期8件）。",
    "2023年收到申请10件，2022年收到8件，同比增长25%。",
    "在2022年基础上新增栏目2个。",
    "含2022年结转的3件。",
    "2022年结转的申请3件已全部答复。",
    "2022年12月收到、2023年1月答复的申请1件。",
    "结转2024年继续办理2件。",
    "2024年，将继续加强培训。",
    "下一步，2024年重点做好三项工作。",
    "2024年部门预算按时公开。",
    "按国办公开办函〔2021〕30号文件执行。",
    "《2022年政务公开工作要点》已落实。",
    "开展“2022年开放日”回访。",
    "2019年修订的《条例》（国令第711号）",
    "自2008年《条例》施行以来，",
    "从2022年起，每月通报一次。",
    "2021—2025年规划中期评估已公开。",
    "“十四五”期间（2021年至2025年）",
    "2022年、2023年连续两年获评优秀。",
    "2022年度全县考核中获评先进。",
    "按时公布2022年度政府信息公开工作年度报告。",
    "2023年1月10日前公布了2022年年报。",
    "公开2022年部门决算和2023年部门预算。",
    "对2022年考核反馈的问题逐项整改。",
    "2024年1月31日前公布年度报告。",
    "2015年建成的查阅点继续开放。",
    "2019年以前形成的档案",
    "2020年印发的文件予以废止。",
    "到2025年底全部完成电子化。",
    "历年公开2021年41条、2022年55条、2023年62条。",
    "《目录》（2024年版）",
    "《信息发布审核办法》（2021年印发）继续执行。",
    "2020年机构改革后，职责划入本局。",
    "废止2022年制发的规范性文件4件。",
    "2023年，公开2022年部门决算和2023年部门预算等信息。",
    "办理2022年收到的申请3件。",
    "下一步，将针对2023年存在的问题加强整改。",
    "下一步，将在2023年工作的基础上继续完善。",
    "将2023年政府信息公开工作纳入考核。",
    "我局在2023年进一步加大公开力度。",
    "按照计划在2023年6月开展了检查。",
    "力争2023年重点任务全部完成，全年共公开信息3条。",
]
YEARS_WRONG = {
    "2022年，我局公开信息56条。": "2022年",
    "我镇于2022年公开信息56条。": "2022年",
    "统计期限自2022年1月1日至2022年12月31日。": "2022年",
    "截至2022年底，开通账号3个。": "2022年",
    "自2022年1月1日起至2023年12月31日止，未发生泄密事件。": "2022年",
    "统计期限为2023年1月1日至2024年12月31日。": "2024年",
    "2022年度未收到申请。": "2022年",
    "２０２２年度未收到申请。": "２０２２年",
    "二〇二二年召开会议2次。": "二〇二二年",
    "2022年，公开信息100条，同比增长5%。": "2022年",
    "2024年我镇共收到申请3件。": "2024年",
    "2022年度新发布的规范性文件4件，已配发解读。": "2022年",
    "2022年，通过网站主动公开文件，2022年部门决算和2023年部门预算等信息。": "2022年",
    "下一步，本局将在2023年进一步扩大公开范围。": "2023年",
    "下一步，2023年我镇将加大培训力度。": "2023年",
    "拟于2023年建立考核制度。": "2023年",
    "计划在2023年全面完善目录。": "2023年",
    "明年（2023年）将继续完善制度。": "2023年",
    "2023年，我局将继续推进公开。": "2023年",
    "按时完成2023年政府信息公开年度报告，并于2023年1月15日之前公布。": "2023年1月15日之前",
}
NUMBERING_RIGHT = [
    "一是抓组织。二是抓培训。三是抓监督。",
    "（一）甲。一是乙。二是丙。（二）丁。一是戊。二是己。",
    "（一）甲。一是乙。（二）丁。一是戊。",
    "1.甲\n2.乙\n3.丙",
    "一是甲。二是乙。三是丙。一是丁。二是戊。四是己。",
    "（一）甲。（二）乙。针对以上问题，（一）丙。（二）丁。",
    "首先，加强领导。二是改进方法。",
    "问题：一是甲。二是乙。措施：一是丙。二是丁。",
    "问题，一是甲。\n措施，一是乙。",
    "第一，甲。第二，乙。",
    "第一、第二季度各检查一次。第二、三季度通报。",
    "依据第二十条第（一）项、第（五）项公开。",
    "《办法》第三条（三）项。",
    "支出1.5万元。1.2米高。",
    "统一是关键，唯一是标准。",
    "①甲②乙③丙",
    "一要甲；二要乙；三要丙。",
]
NUMBERING_WRONG = {
    "一是甲。三是乙。": ("三是", "中间不连续"),
    "（1）甲。（二）乙。（三）丙。": ("（二）", "混用"),
    "1.甲\n1.乙": ("1.", "重复"),
    "1.甲\n2.乙\n2.丙": ("2.", "重复"),
    "（一）甲。（三）乙。": ("（三）", "不连续"),
    "一是甲，一是乙。": ("一是", "重复"),
    "二是甲。三是乙。": ("二是", "没有第一项"),
}
MARKS_RIGHT = [
    "网址:http://example.com/a?b=1,2",
    "时间9:00至17:30，比例3:1。",
    "面积1,200平方米，版本2.0，邮箱a@b.cn。",
    "提供Word,PDF两种附件.docx",
    "1.总体情况",
    "等等...",
]
MARKS_WRONG = {
    "未收到申请.": ".",
    "公开56条,其中": ",",
    "电话:0533": ":",
    "维护;各科室": ";",
    "云泽区(残联": "(",
}
WORDS_RIGHT = [
    "以公开为目的的活动，参与与监督，加深了了解，规范行为为先。",
    "县政府政府网站、政务公开公开栏、政务服务服务中心、2023年度年度报告",
    "二〇二〇年，一件一件办，逐项逐项过，研究研究再定。",
    "人人有责，事事有着落，件件有回音，层层落实，往往如此，常常检查，多多益善，步步到位。",
    "网站、微信公众号、微博、报纸等渠道",
    "行政规范性文件、规范性文件、政策解读",
    "公开及及时更新，与与会代表交流，对对口单位通报。",
    "省、市、县、市",
    "收到到期提醒，以及其他事项，尤其其中两项，人均均衡分布，棉被被收走，自我我行我素。",
    "提案38号、39号、40号",
]
WORDS_WRONG = {
    "重大政策的的出台": "的的",
    "及时进行进行整改": "进行进行",
    "政府信息信息公开": "信息信息",
    "公开工作工作要点": "工作工作",
    "涵盖机构职能、政策法规、工作动态、政策法规、公共服务": "政策法规",
    "开展了了三次": "了了",
    "政务公开公开工作": "公开公开",
    "收到到申请": "到到",
    "关于于加强管理": "于于",
    "按按要求公开": "按按",
    "已已办结": "已已",
}


def quoted(folded: Folded, passage: Passage) -> str:
    return folded.quote(passage.start, passage.end)


@pytest.mark.parametrize("text", YEARS_RIGHT)
def test_a_year_with_a_reason_is_left_alone(text: str) -> None:
    assert list(stray_years(fold(text), 2023)) == []


@pytest.mark.parametrize(("text", "words"), YEARS_WRONG.items())
def test_a_year_of_another_report_is_found(text: str, words: str) -> None:
    assert quoted(fold(text), next(stray_years(fold(text), 2023))) == words


JUNE_RIGHT = (
    "6月份，我单位共检查46次。",
    "2024年6月，我单位开展检查46次。",
    "本月共检查46次，比5月份多3次。",
    "5月份，我单位共检查40次；6月份共检查46次。",
    "与5月份相比，隐患减少3处。",
    "5月份，我镇发现的隐患已全部整改。",
    "5月底前我镇完成了摸底。",
    "5月20日，我单位召开动员会。",
    "1—6月，我单位共检查240次。",
    "1月至6月，全镇共检查240次。",
    "7月份，我单位将重点检查露天工地。",
    "7月份，我单位继续开展专项整治。",
    "下一步，7月份我单位计划检查50次。",
    "截至5月，全镇共有企业120家。",
    "5月以来，我单位共检查90次。",
    "5月起，我单位推行清单制度。",
    "去年5月份，我单位共检查30次。",
    "2023年6月，我单位共检查30次。",
    "6月是安全生产月，我单位共宣传5次。",
    "按照《2024年5月份全县重点工作》，我单位开展检查46次。",
    "专项行动从5月份开始，我单位共检查90次。",
    "十二月份目标将提前完成。",
)
JUNE_WRONG = {
    "2024年5月，我单位开展检查46次。": "5月",
    "7月份共检查46次，发现隐患95处。": "7月份",
    "５月份，全镇共开展检查46次。": "５月份",
    "五月，我镇检查企业39家。": "五月",
    "今年十一月份，我局检查企业39家。": "十一月份",
    "一是5月份，我单位检查企业39家。": "5月份",
    "检查46次。5月我镇共发现隐患95处。": "5月",
}


@pytest.mark.parametrize("text", JUNE_RIGHT)
def test_a_month_with_a_reason_is_left_alone(text: str) -> None:
    assert list(stray_parts(fold(text), 2024, 6, 12)) == []


@pytest.mark.parametrize(("text", "words"), JUNE_WRONG.items())
def test_a_month_of_another_report_is_found(text: str, words: str) -> None:
    (found,) = stray_parts(fold(text), 2024, 6, 12)
    assert quoted(fold(text), found) == words


@pytest.mark.parametrize(
    ("text", "own", "parts"),
    [
        ("一季度，我局共检查46次。", 2, 4),
        ("第3季度我局共检查46次。", 2, 4),
        ("上半年，我局共检查46次。", 2, 2),
    ],
)
def test_quarters_and_halves_are_parts_too(text: str, own: int, parts: int) -> None:
    assert len(list(stray_parts(fold(text), 2024, own, parts))) == 1
    (right,) = {
        number for number in range(1, parts + 1) if not list(stray_parts(fold(text), 2024, number, parts))
    }
    assert right != own


@pytest.mark.parametrize("text", FIGURES_RIGHT)
def test_figures_in_digits_or_words_are_left_alone(text: str) -> None:
    assert list(lookalike_figures(fold(text))) == []


@pytest.mark.parametrize(("text", "figure"), FIGURES_WRONG.items())
def test_figures_in_letters_and_signs_are_found(text: str, figure: tuple[str, str]) -> None:
    (found,) = lookalike_figures(fold(text))
    assert (quoted(fold(text), found), found.note) == figure


@pytest.mark.parametrize("text", NUMBERING_RIGHT)
def test_points_in_order_are_left_alone(text: str) -> None:
    assert list(numbering_faults(fold(text))) == []


@pytest.mark.parametrize(("text", "expected"), NUMBERING_WRONG.items())
def test_points_out_of_order_are_found(text: str, expected: tuple[str, str]) -> None:
    fault = next(numbering_faults(fold(text)))
    assert quoted(fold(text), fault) == expected[0] and expected[1] in fault.note


@pytest.mark.parametrize("text", MARKS_RIGHT)
def test_half_width_marks_outside_chinese_are_left_alone(text: str) -> None:
    assert list(half_width_marks(fold(text))) == []


@pytest.mark.parametrize(("text", "mark"), MARKS_WRONG.items())
def test_half_width_marks_in_chinese_are_found(text: str, mark: str) -> None:
    assert [quoted(fold(text), found) for found in half_width_marks(fold(text))] == [mark]


@pytest.mark.parametrize("text", WORDS_RIGHT)
def test_words_doubled_on_purpose_are_left_alone(text: str) -> None:
    assert list(doubled_words(fold(text), ("公开栏",))) == []


@pytest.mark.parametrize(("text", "words"), WORDS_WRONG.items())
def test_doubled_words_are_found(text: str, words: str) -> None:
    assert [quoted(fold(text), found) for found in doubled_words(fold(text), ("公开栏",))] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "无其他需要报告的事项。",
        "公开信息更新不够及时。",
        "培训两次。",
        "镇长负责。",
        "认真做好工作，认真做好培训。",
        "无专职人员。",
        "已完成专栏改版。",
        "严格执行审查制度。",
        "按要求公开预算。",
        "测试网站两次。",
        "未落实专人。",
    ],
)
def test_a_short_sentence_says_something(text: str) -> None:
    assert not says_nothing(fold_words(text))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "无",
            "没有。",
            "暂无",
            "略",
            "同上",
            "见附件",
            "。",
            "……",
            "无问题。",
            "不存在其他问题",
            "正常",
            "/",
        ),
        *(
            "测试测试",
            "aaaa",
            "12345",
            "此处省略",
            "待完善内容",
            "啊啊啊啊",
            "做好工作。做好工作。做好工作。",
        ),
        *(
            "一切正常。",
            "工作正常开展",
            "我局无此项工作",
            "无此类情况发生。",
            "改进措施：无",
            "存在的主要问题及改进措施：暂无",
            "参见上年报告",
            "同第一部分",
            "数据见表",
            "如上所述",
            "按上级要求严格执行",
            "落实到位",
            "进一步加强",
            "待领导审定",
            "这是一段测试文字",
            "（文字描述）",
            "本部分略",
        ),
    ],
)
def test_one_word_says_nothing(text: str) -> None:
    assert says_nothing(fold_words(text))


@given(
    st.text(
        st.sampled_from("一二十是、（）()1２.①第年月2023《》“”的了\n。，；:公开信息〔〕-至较"), max_size=60
    )
)
def test_any_text_can_be_read(text: str) -> None:
    folded = fold(text)
    for find in (
        lookalike_figures,
        numbering_faults,
        half_width_marks,
        doubled_words,
        lambda it: stray_years(it, 2023),
        lambda it: stray_parts(it, 2023, 6, 12),
    ):
        for found in find(folded):
            assert 0 <= found.start < found.end <= len(folded.text)
            assert fold_words(quoted(folded, found)).strip("，。,.") in folded.text[found.start : found.end]
