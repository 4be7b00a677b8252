"""Entries of the cover, lists and placeholders: what is right is left alone, what is wrong is told."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from returns import FORM, LAYOUT, edit, place, said, save, sound, the_one
from xlreport.authoring.cases import read_cases
from xlreport.finding import Finding
from xlreport.form.calculate import Calculator
from xlreport.form.field import Kind
from xlreport.form.library import shipped
from xlreport.form.load import load_form
from xlreport.form.values import from_json
from xlreport.formula.nodes import Value
from xlreport.subject import Subject
from xlreport.verify.entries.lists import adds_up
from xlreport.verify.judge import judge
from xlreport.verify.reported import Reported

Changes = Mapping[str, Value]


def judged(changes: Changes) -> list[Finding]:
    return judge(Reported(FORM, sound(changes)))


def ids(changes: Changes) -> dict[str, str]:
    return {finding.id: finding.severity.value for finding in judged(changes)}


# The cover -------------------------------------------------------------------------------------------

TOWN: Changes = {
    "organ": "岚溪县青禾镇人民政府",
    "organ_short": "青禾镇",
    "unit_type": "township",
    "level": "township",
}
COUNTY: Changes = {
    "organ": "岚溪县人民政府",
    "organ_short": "县政府",
    "unit_type": "government",
    "level": "county",
}

RIGHT: dict[str, Changes] = {
    "as it is": {},
    "a postcode with a leading zero": {"postcode": "050800"},
    "a postcode in full width": {"postcode": "０５０８００"},
    "a telephone with an extension": {"phone": "0590-7330826转8012"},
    "an extension behind a dash": {"phone": "010-66001234-8012"},
    "another dash": {"phone": "0590—7330826"},
    "brackets": {"phone": "（0590）7330826"},
    "no dash": {"phone": "05907330826"},
    "two numbers": {"phone": "0590-7330826、7330827".replace("7330827", "0590-7330827")},
    "a hotline": {"phone": "12345"},
    "no e-mail": {"email": None},
    "two e-mails": {"email": "a@example.com；b@example.cn"},
    "the first day": {"signed_on": "2024-01-01"},
    "the last day for departments": {"signed_on": "2024-01-31"},
    "the last day for governments": {**COUNTY, "signed_on": "2024-03-31"},
    "two persons": {"reviewed_by": "周晓岚"},
    "a name of two characters": {"approved_by": "张三"},
    "short for itself": {"organ_short": "我局"},
    "short by its first characters": {"organ": "岚溪县发展和改革委员会", "organ_short": "县发改委"},
    "a body of no government": {**COUNTY, "scope": "whole_area"},
    "a town": TOWN,
    "a town in a county's name": {**TOWN, "organ": "岚溪县城关镇人民政府", "organ_short": "城关镇"},
    "a vertical bureau for its whole line": {"unit_type": "vertical", "scope": "whole_area"},
    "a country code": {"phone": "+86 590 7330826"},
    "a mail box in capitals": {"email": "LXJ@163.COM"},
    "a name that ends like an office": {"approved_by": "陈登科"},
    "a longer one": {"approved_by": "欧阳登科"},
    "a district of a city that is a province": {
        **COUNTY, "organ": "上海市临江区人民政府", "organ_short": "区政府", "level": "city"
    },
    "a head of an office with his title": {"approved_by": "许建平（局长）"},
    "a hospital": {"organ": "岚溪县人民医院", "unit_type": "public_institution"},
    "a power supply bureau": {"organ": "岚溪县供电局", "unit_type": "public_institution"},
    "a tax bureau": {"organ": "国家税务总局岚溪县税务局", "unit_type": "vertical"},
    "a federation": {"organ": "岚溪县残疾人联合会", "unit_type": "mass_organization"},
    "a county that is called a city": {**COUNTY, "organ": "栖川市人民政府", "organ_short": "市政府"},
    "a zone by a short name": {"organ": "岚溪高新技术产业开发区管理委员会", "organ_short": "高新区管委会",
                               "unit_type": "agency"},
    "a city that is a province": {
        **COUNTY, "organ": "重庆市人民政府", "organ_short": "市政府", "level": "province"
    },
    "a code that begins with zeros": {"unit_code": "000000000000000001"},
    "a round number": {"phone": "0590-7330000"},
    "a renamed unit": {"organ_change": "renamed", "predecessors": "岚溪县国土资源局"},
    "a new unit that comes of none": {"organ_change": "new", "predecessors": "无"},
    "no change": {"organ_change": "none"},
    "a year of another form": {"year": 2024, "signed_on": "2025-01-10"},
}  # fmt: skip


@pytest.mark.parametrize("changes", RIGHT.values(), ids=RIGHT)
def test_what_is_right_on_the_cover_is_left_alone(changes: Changes) -> None:
    assert {id_ for id_ in ids(changes) if id_.startswith("VAL")} == set()


WRONG: dict[str, tuple[Changes, dict[str, str]]] = {
    "a lost zero": ({"postcode": "50800"}, {"VAL014:postcode": "error"}),
    "letters": ({"postcode": "ABCDEF"}, {"VAL014:postcode": "error"}),
    "no area code": ({"phone": "7330826"}, {"VAL014:phone": "warning"}),
    "an area code without its zero": ({"phone": "590-7330826"}, {"VAL014:phone": "warning"}),
    "a number in short": ({"phone": "5.90733E+09"}, {"VAL014:phone": "warning"}),
    "one of two numbers": ({"phone": "0590-7330826、7330827"}, {"VAL014:phone": "warning"}),
    "no at sign": ({"email": "lxzrzy.example.com"}, {"VAL014:email": "error"}),
    "no e-mail, in words": ({"email": "无"}, {"VAL014:email": "error"}),
    "half an e-mail": ({"email": "lx@example"}, {"VAL014:email": "error"}),
    "the January slip": ({"signed_on": "2023-01-16"}, {"VAL015:signed_on": "error"}),
    "the last day of the year": ({"signed_on": "2023-12-31"}, {"VAL015:signed_on": "error"}),
    "a century off": ({"signed_on": "1924-01-16"}, {"VAL015:signed_on": "error"}),
    "digits exchanged": ({"signed_on": "2042-01-16"}, {"VAL015:signed_on": "warning"}),
    "a department in February": ({"signed_on": "2024-02-01"}, {"VAL015:signed_on": "warning"}),
    "a government in April": ({**COUNTY, "signed_on": "2024-04-01"}, {"VAL015:signed_on": "warning"}),
    "a year beyond reason": ({"year": 9999, "signed_on": None}, {"VAL015:year": "error"}),
    "one person in all roles": (
        {"prepared_by": "张三", "reviewed_by": "张 三", "approved_by": "张三"},
        {"VAL016:approved_by": "warning"},
    ),
    "a surname alone": ({"approved_by": "张"}, {"VAL014:approved_by": "warning"}),
    "a neighbour's short name": ({"organ_short": "县教育局"}, {"VAL017:organ_short": "warning"}),
    "another unit's short name": ({"organ_short": "栖川市教育局"}, {"VAL017:organ_short": "warning"}),
    "a bureau as a government": ({"unit_type": "government"}, {"VAL017:unit_type": "warning"}),
    "a town as a government": (
        {**TOWN, "unit_type": "government", "level": "county"}, {"VAL017:unit_type": "warning"}
    ),
    "a government as a department": ({**COUNTY, "unit_type": "department"}, {"VAL017:unit_type": "warning"}),
    "a town as a province": ({**TOWN, "level": "province"}, {"VAL017:level": "warning"}),
    "a county's bureau as a province": ({"level": "province"}, {"VAL017:level": "warning"}),
    "the example": ({"phone": "0000-0000000"}, {"VAL014:phone": "warning"}),
    "a telephone and a name": ({"phone": "0590-7330826（周晓岚）"}, {"VAL014:phone": "warning"}),
    "digits of one kind": ({"postcode": "999999"}, {"VAL014:postcode": "error"}),
    "two at signs": ({"email": "a@@b.com"}, {"VAL014:email": "error"}),
    "a dot at the end": ({"email": "lx@163.com."}, {"VAL014:email": "error"}),
    "a slip in the ending": ({"email": "lx@163.con"}, {"VAL014:email": "error"}),
    "a county for an address": ({"address": "岚溪县"}, {"VAL017:address": "warning"}),
    "a postcode for an address": ({"address": "359300"}, {"VAL017:address": "warning"}),
    "an office for a person": ({"prepared_by": "办公室"}, {"VAL014:prepared_by": "warning"}),
    "a title for a person": ({"approved_by": "局长"}, {"VAL014:approved_by": "warning"}),
    "a date for a person": ({"approved_by": "2024-01-16"}, {"VAL014:approved_by": "warning"}),
    "one person with titles": (
        {"prepared_by": "张三", "reviewed_by": "张三（副局长）", "approved_by": "张三（局长）"},
        {"VAL016:approved_by": "warning"},
    ),
    "a neighbouring county's short name": (
        {"organ_short": "青山县自然资源局"}, {"VAL017:organ_short": "warning"}
    ),
    "a heading for a name": ({"organ": "岚溪县教育局2023年度报告"}, {"VAL017:organ": "warning"}),
    "a seal behind a name": ({"organ": "岚溪县教育局（盖章）"}, {"VAL017:organ": "warning"}),
    "a code of zeros": ({"unit_code": "000000000000000000"}, {"VAL018:unit_code": "error"}),
    "a code of a few zeros": ({"unit_code": "0000"}, {"VAL018:unit_code": "error"}),
    "a code in short": ({"unit_code": "1.13501E+17"}, {"VAL017:unit_code": "warning"}),
    "a town as a department": (
        {**TOWN, "unit_type": "department"}, {"VAL017:unit_type": "warning"}
    ),
    "a street office as an agency": (
        {**TOWN, "organ": "岚溪县青禾街道办事处", "organ_short": "青禾街道", "unit_type": "agency"},
        {"VAL017:unit_type": "warning"},
    ),
    "a tax bureau as a department": ({"organ": "岚溪县税务局"}, {"VAL017:unit_type": "warning"}),
    "a federation as a department": ({"organ": "岚溪县总工会"}, {"VAL017:unit_type": "warning"}),
    "a hospital as a department": ({"organ": "岚溪县人民医院"}, {"VAL017:unit_type": "warning"}),
    "a bureau as a company": ({"unit_type": "public_institution"}, {"VAL017:unit_type": "warning"}),
    "a district as a city": (
        {**COUNTY, "organ": "栖川市临江区人民政府", "organ_short": "区政府", "level": "city"},
        {"VAL017:level": "warning"},
    ),
    "a city's bureau as a national one": (
        {"organ": "栖川市教育局", "level": "national"}, {"VAL017:level": "warning"}
    ),
    "a city as a province": (
        {**COUNTY, "organ": "栖川市人民政府", "organ_short": "市政府", "level": "province"},
        {"VAL017:level": "warning"},
    ),
    "an autonomous prefecture as a province": (
        {**COUNTY, "organ": "栖川自治州人民政府", "organ_short": "州政府", "level": "province"},
        {"VAL017:level": "warning"},
    ),
    "zeros behind an area code": ({"phone": "0590-0000000"}, {"VAL014:phone": "warning"}),
    "digits in a row": ({"postcode": "123456"}, {"VAL014:postcode": "error"}),
    "merged of nobody": ({"organ_change": "merged"}, {"VAL017:organ_change": "warning"}),
    "renamed from itself": (
        {"organ_change": "renamed", "predecessors": "岚溪县自然资源和规划局"},
        {"VAL017:predecessors": "warning"},
    ),
    "new, with a predecessor": (
        {"organ_change": "new", "predecessors": "岚溪县水务局"}, {"VAL017:predecessors": "warning"}
    ),
    "a predecessor without a change": ({"predecessors": "岚溪县水务局"}, {"VAL017:predecessors": "warning"}),
    "a department for an area": ({"scope": "whole_area"}, {"VAL017:scope": "warning"}),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_on_the_cover_is_told_once(changes: Changes, expected: dict[str, str]) -> None:
    found = ids(changes)
    assert {id_: found[id_] for id_ in found if id_.startswith("VAL")}.items() >= expected.items()
    assert {id_.partition(":")[2] for id_ in found if id_.startswith("VAL")} <= {
        *(id_.partition(":")[2] for id_ in expected), "level"
    }  # fmt: skip


def test_a_finding_stands_at_its_cell_and_says_what_to_do(tmp_path: object) -> None:
    (finding,) = judged({"signed_on": "2023-01-16"})
    assert "填的是“2023-01-16”，报告年度还没有结束" in finding.message
    assert "次年" in finding.fix


def test_a_year_or_a_name_in_doubt_is_told_alone(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = edit(save(tmp_path), {"year": 2024, "organ": "岚溪县教育局"})
    assert said(path) == {"WBK026:year": "error", "WBK026:organ": "warning"}


def test_a_code_that_became_a_number_is_told(tmp_path) -> None:  # type: ignore[no-untyped-def]
    assert said(edit(save(tmp_path), {"unit_code": "007001"})) == {}
    path = edit(save(tmp_path), {"unit_code": 7001, "postcode": 359300})
    finding = the_one(path, "VAL021:unit_code")
    assert (finding.severity, finding.cell) == ("note", place("unit_code")[1])
    assert said(path) == {"VAL021:unit_code": "note"}


# A month ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("month", "day", "expected"),
    [
        ("june", "2024-07-01", None), ("june", "2024-06-30", "error"), ("june", "2024-08-20", "warning"),
        ("december", "2025-01-03", None), ("december", "2024-12-31", "error"),
        ("february", "2024-03-01", None),
        ("february", "2024-02-29", "error"), (None, "2023-01-01", None),
    ],
)  # fmt: skip
def test_a_return_on_a_month_is_signed_after_it(month: str | None, day: str, expected: str | None) -> None:
    form = load_form(shipped("samples") / "safety_monthly")
    values = {**from_json(form, read_cases(form).base), "month": month, "signed_on": day}
    known = {subject: value for subject, value in values.items() if value is not None}
    found = {f.subject: f.severity.value for f in judge(Reported(form, known)) if f.code == "VAL015"}
    assert found == ({} if expected is None else {"signed_on": expected})


@pytest.mark.parametrize(
    ("month", "words", "expected"),
    [
        ("june", "6月份，我镇共检查46次。", {}),
        ("june", "比5月份多查3次，7月份将重点检查工地。", {}),
        ("june", "5月份，我镇共检查46次。", {"findings@1": "warning"}),
        ("may", "2024年6月，我镇检查企业39家。", {"findings@6": "warning"}),
        (None, "5月份，我镇共检查46次。", {}),
    ],
)
def test_words_are_on_the_month_of_the_return(
    month: str | None, words: str, expected: dict[str, str]
) -> None:
    form = load_form(shipped("samples") / "safety_monthly")
    values = {**from_json(form, read_cases(form).base), "month": month, "findings": words}
    known = {subject: value for subject, value in values.items() if value is not None}
    found = [f for f in judge(Reported(form, known)) if f.code == "TXT020"]
    assert {f.subject: f.severity.value for f in found} == expected
    assert all(f.expected == form.fields[Subject.field("month")].labels[str(month)] for f in found)


# What is no answer -----------------------------------------------------------------------------------

ANSWERS: dict[str, Changes] = {
    "a remark that says none": {"requests[disclosed,note]": "无"},
    "a dash as a remark": {"requests[disclosed,note]": "/"},
    "predecessors that there are none of": {"predecessors": "无"},
    "a name of one character twice": {"approved_by": "莉莉"},
    "a paragraph with a formula in words": {
        "proactive": "公开率＝公开数÷总数，全年为100%，按季度在网站公布。"
    },
    "a request in a sentence": {"found": "个别申请人没有按要求填写联系方式，答复书无法送达，影响了办理。"},
    "an address with digits only at its end": {"address": "中山路1号101"},
    "test in a sentence": {"found": "公文系统上线前没有充分测试test环境，更新较慢。"},
    "a repeated character in a sentence": {"found": "常常常态化检查不够，更新不及时，公开内容不够全面。"},
}


@pytest.mark.parametrize("changes", ANSWERS.values(), ids=ANSWERS)
def test_an_answer_is_none_of_them(changes: Changes) -> None:
    assert {id_ for id_ in ids(changes) if id_.startswith("VAL018")} == set()


EVERYWHERE = (
    *(
        "None",
        "null",
        "undefined",
        "N/A",
        "NaN",
        "此处填写",
        "请填写",
        "（请填写）",
        "请在此处填写内容",
        "啊啊啊",
    ),
    *(
        "=SUM(A1:A3)",
        "＝SUM(A1:A3)",
        '=DISPIMG("ID_1F8C",1)',
        '_xlfn.=_xlfn.DISPIMG("ID_1F8C",1)',
        "共#REF!件",
    ),
    *("{{organ}}", "aaaa", "TODO", "[object Object]"),
)


@pytest.mark.parametrize("text", EVERYWHERE)
@pytest.mark.parametrize("subject", ["proactive", "approved_by", "address", "requests[disclosed,note]",
                                     "published[1,category]", "explanation[CASE001,]"])  # fmt: skip
def test_a_placeholder_is_an_error_wherever_it_stands(text: str, subject: str) -> None:
    errors = [finding for finding in judged({subject: text}) if finding.severity == "error"]
    assert {finding.code for finding in errors} <= {"VAL018", "TXT002", "TXT003"}
    assert {str(finding.subject).partition("@")[0] for finding in errors} == {subject}


@pytest.mark.parametrize("text", ["-", "。", "?", "/", "——", "无", "没有", "暂无", "略", "同上", "0"])
@pytest.mark.parametrize("subject", ["approved_by", "organ_short", "address", "phone", "unit_code"])
def test_a_required_entry_says_something(text: str, subject: str) -> None:
    found = {id_: level for id_, level in ids({subject: text}).items() if id_.endswith(f":{subject}")}
    assert found == {f"VAL018:{subject}": "error"}


@pytest.mark.parametrize(
    "text",
    [
        "待填",
        "待补充",
        "待完善",
        "稍后补充",
        "未填写",
        "测试",
        "测试数据2",
        "示例文字",
        "默认",
        "锟斤拷",
        "点击输入",
        "请选择",
        "请勿填写",
    ],
)
@pytest.mark.parametrize(
    "subject", ["approved_by", "address", "published[1,category]", "requests[disclosed,note]"]
)
def test_what_is_still_to_be_written_is_an_error_wherever_it_stands(text: str, subject: str) -> None:
    assert ids({subject: text}) == {f"VAL018:{subject}": "error"}


@pytest.mark.parametrize(
    "text", ["见附件", "详见附件", "同前", "同上年", "见年报", "与上年相同", "不知道", "空白", "无此项"]
)
@pytest.mark.parametrize("subject", ["approved_by", "address", "published[1,category]"])
def test_a_reference_is_no_entry(text: str, subject: str) -> None:
    assert ids({subject: text}) == {f"VAL018:{subject}": "error"}


@pytest.mark.parametrize(
    "text",
    [
        "见Word",
        "详见附件：2023年度报告.docx",
        "另行报送",
        "稍后补充",
        "同2022年",
        "与上年相同",
        "本部分无内容",
    ],
)
def test_a_paragraph_that_only_says_where_or_when_is_none(text: str) -> None:
    assert ids({"proactive": text})["TXT003:proactive@1"] == "error"


def test_a_kept_back_name_is_no_signature() -> None:
    assert ids({"approved_by": "张××"}) == {"TXT002:approved_by@2": "error"}
    assert ids({"email": "xxx@xxx.com"}) == {"TXT002:email@1": "error"}


@pytest.mark.parametrize("text", ["123", "2023", "1.5"])
def test_a_category_has_a_name(text: str) -> None:
    assert ids({"published[1,category]": text}) == {"VAL018:published[1,category]": "error"}


@pytest.mark.parametrize("text", ["12345", "asdfgh", "<b>report</b>", "2024.01.20"])
def test_a_paragraph_without_a_word_is_none(text: str) -> None:
    assert ids({"proactive": text}) == {"VAL018:proactive": "error"}


def test_a_picture_in_a_cell_is_told_what_to_do_whatever_the_cell(tmp_path) -> None:  # type: ignore[no-untyped-def]
    formula = '=_xlfn.DISPIMG("ID_1F8C083117A04B6F90E9EABD4CC888DF",1)'
    subjects = ("proactive", "requests[new_requests,natural_person]", "address")
    path = edit(save(tmp_path), dict.fromkeys(subjects, formula))
    for subject in subjects:
        finding = the_one(path, f"VAL013:{subject}")
        assert "图片" in finding.fix and "粘贴" not in finding.fix
    assert not any(id_.startswith("VAL018") for id_ in said(path))


def test_it_is_quoted_without_numbers_of_persons() -> None:
    (finding,) = (f for f in judged({"organ_short": "KK13800138000"}) if f.code.startswith("VAL"))
    assert "138****8000" in finding.message and "0013" not in finding.message + finding.found


# Lists -----------------------------------------------------------------------------------------------


CATEGORIES = (
    "征地信息",
    "财政信息",
    "统计信息",
    "总结计划",
    "合计划拨土地",
    "其他",
    "小计量器具",
    "累计折旧公示",
    "汇总表",
    "全部门预算",
    "含氟物质管理",
    "包括机关党建",
    "财政总决算",
)
SUMS = (
    *(
        "合计（条）",
        "总计(件)",
        "合计412条",
        "合计：412",
        "【合计】",
        "合计。",
        "⑪合计",
        "11 合计",
        "合计（含网站）",
    ),
    *(
        "2023年合计",
        "主动公开总数",
        "信息公开合计",
        "全部",
        "一共",
        "以上各项之和",
        "總計",
        "合計",
        "政策文件小计",
        "含：网站",
    ),
    *(
        "合计",
        "合 计",
        "总计：",
        "小计",
        "共计",
        "（合计）",
        "一、合计",
        "本年合计",
        "总条数",
        "其中：政策文件",
    ),
    *("其中政策文件", "其中:网站", "#其中", "全年总计", "累计", "总数", "Total", "－合计－"),
)


@pytest.mark.parametrize("text", CATEGORIES)
def test_a_category_adds_up_nothing(text: str) -> None:
    assert not adds_up(text)


@pytest.mark.parametrize("text", SUMS)
def test_a_line_that_adds_up_is_known(text: str) -> None:
    assert adds_up(text)


def line(number: int, category: str, count: int = 1) -> Changes:
    return {f"published[{number},category]": category, f"published[{number},count]": count}


def test_a_list_of_other_categories_is_left_alone() -> None:
    assert ids({**line(11, "其他"), **line(12, "征地补偿信息")}) == {}


def test_lines_that_add_up_are_one_error() -> None:
    found = judged({**line(11, "合计", 412), **line(12, "其中：政策文件", 6)})
    (finding,) = (f for f in found if f.code.startswith("VAL"))
    assert finding.id == "VAL020:published[11,category]"
    assert "“合计”" in finding.message and "“其中：政策文件”" in finding.message
    assert finding.severity == "error"


@pytest.mark.parametrize(
    "typed",
    [
        "征地信息",
        "征地 信息",
        "征地信息 ",
        "1.征地信息",
        "征地\u200b信息",
        "征地信息。",
        "征地信息：",
        "①征地信息",
        "11征地信息",
        "“征地信息”",
        "征地信息（条）",
        "●征地信息",
        "-征地信息",
        "征地\n信息",
    ],
)
def test_a_category_twice_is_an_error(typed: str) -> None:
    found = {id_: level for id_, level in ids(line(11, typed, 86)).items() if id_.startswith("VAL")}
    assert found == {"VAL019:published[1,category]": "error"}


@pytest.mark.parametrize("typed", ["ＡＰＰ", "app"])
def test_a_category_in_another_width_or_case_is_the_same(typed: str) -> None:
    assert ids({**line(11, "APP"), **line(12, typed)})["VAL019:published[11,category]"] == "error"


def test_many_categories_twice_are_one_finding() -> None:
    found = judged({**line(11, "征地信息"), **line(12, "土地供应"), **line(13, "征地信息")})
    assert [f.id for f in found if f.code == "VAL019"] == ["VAL019:published[1,category]"]


def test_a_line_with_the_sum_of_all_others_is_asked_about() -> None:
    assert ids(line(11, "全部公开信息", 412)).get("VAL020:published[11,category]") == "warning"
    assert "VAL020:published[11,category]" not in ids(line(11, "全部公开信息", 411))


def test_a_list_of_events_may_name_a_place_twice() -> None:
    form = load_form(shipped("samples") / "safety_monthly")
    values = dict(from_json(form, read_cases(form).base))
    for column, value in (("place", "岚溪县青禾镇工业园三号路"), ("happened_on", "2024-06-12"), ("deaths", 0),
                          ("injured", 0), ("loss", 0)):  # fmt: skip
        values[f"accidents[2,{column}]"] = value
    values["accident_count"] = 2
    assert [f.id for f in judge(Reported(form, values))] == []


def test_every_text_of_the_form_is_looked_at() -> None:
    fields = [subject for subject, field in FORM.fields.items() if field.kind in (Kind.TEXT, Kind.PROSE)]
    found = {f.subject for f in judged(dict.fromkeys(fields, "undefined")) if f.code == "VAL018"}
    assert found == set(fields)


def test_many_lines_that_lack_the_same_are_one_finding(tmp_path) -> None:  # type: ignore[no-untyped-def]
    counts = {f"published[{number},count]": None for number in range(1, 7)}
    path = edit(save(tmp_path), {**counts, "published[10,category]": None})
    found = [id_ for id_ in said(path) if id_.startswith("VAL012")]
    assert found == ["VAL012:published[1,count]", "VAL012:published[10,category]"]
    finding = the_one(path, "VAL012:published[1,count]")
    assert "有 6 行“条数”未填" in finding.message and len(finding.cells) == 6


def test_a_list_shows_in_the_progress_of_its_sheet() -> None:
    status = Calculator(FORM, sound(), LAYOUT.live).value(Subject.live("status", "overview"))
    assert "清单 10 行" in str(status)
