"""The rules on words alone, on the real form: silent on right use, plain about mistakes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns import FORM, edit, place, said, sample_json, save, sound, the_one
from xlreport.finding import Finding
from xlreport.form.calculate import complete
from xlreport.form.values import from_json
from xlreport.formula.nodes import Value
from xlreport.verify.registry import FAMILIES, OfText
from xlreport.verify.reported import Reported
from xlreport.verify.texts.text import texts_of

TOWN: dict[str, Value] = {"unit_type": "township", "level": "township"}
NIL: dict[str, Value] = {"nil_confirmed": True}
AGAIN = "明确专人负责信息发布前的审查和登记工作，每月检查一次并通报结果。"
COUNTY: dict[str, Value] = {"unit_type": "government", "level": "county", "scope": "whole_area"}


def found(changes: Mapping[str, Value], prior: Mapping[str, Value] | None = None) -> list[Finding]:
    """What is said of the sound return with these changes."""
    return wording(Reported(FORM, sound(changes), prior=prior or {}))


def wording(reported: Reported) -> list[Finding]:
    families = [family for family in FAMILIES if isinstance(family, OfText)]
    return [
        found
        for text in texts_of(reported)
        for family in families
        if text.prose or family.every
        for found in family.run(text, reported)
    ]


def ids(changes: Mapping[str, Value], prior: Mapping[str, Value] | None = None) -> dict[str, str]:
    return {finding.id: finding.severity.value for finding in found(changes, prior)}


@pytest.mark.parametrize("name", ["busy_bureau", "county_government", "nil_federation", "small_township"])
def test_sound_reports_are_left_alone(name: str) -> None:
    assert wording(Reported(FORM, from_json(FORM, sample_json(name)))) == []


RIGHT: dict[str, dict[str, Value]] = {
    "a government speaks of its area": COUNTY
    | {"proactive": "全县各级行政机关主动公开信息1280条，多数部门按月更新，部分地区设立查阅点。"},
    "training of a higher level": TOWN
    | {"supervision": "派员参加全县各部门业务培训2次，在全县各乡镇考核中居前，向各级政府部门学习做法。"},
    "a department with duties for others": {
        "supervision": "指导全县各级行政机关清理目录，组织全县各部门培训。"
    },
    "the old format as history": {
        "management": "国办公开办函〔2019〕60号规定的格式已废止，不再使用。"
    },
    "notices of other matters": {"management": "收到国办公开办函〔2020〕18号后，对网站作了检查。"},
    "the notice in force, with other brackets": {"management": "按国办公开办函（2021）30号的格式编制。"},
    "the decree in force": {"management": "按照国务院令第711号办理，修订前的国务院令第492号已归档。"},
    "duties in a nil return": NIL
    | {"on_request": "规范依申请公开的受理流程，未收到申请。", "management": "受理了救助申请12件。"},
    "applications answered where there were some": {"on_request": "收到的政府信息公开申请均按时答复。"},
    "short words and figures that several paragraphs share": {
        "management": "坚持以公开为常态、不公开为例外。收到来电9件，转办9件。",
        "platform": "坚持以公开为常态、不公开为例外。开设专栏9个。",
    },
    "citizens who apply by law": {"on_request": "公民依法申请公开政府信息的渠道畅通，申请表可在网站下载。"},
    "a pattern of names in quotes": {
        "platform": "账号统一命名为“XX镇发布”，目录见《××清单》，网址https://example.com/XX/1。"
    },
    "a name kept back": {"on_request": "市民王××来信致谢，申请人李XX的答复按期送达。"},
    "a year with rings for noughts": {"management": "二○○九年制定的办法继续执行，二○二三年清理一次。"},
    "six fields of work": {"proactive": "从政策解读、回应关切、平台建设等六个方面推进公开，内容更加全面。"},
    "a label in a sentence": {
        "management": "主动公开情况每季度检查一次，政府信息管理责任到人，存在的主要问题已整改。"
    },
    "an optional text that says there is nothing": {"text": "无其他需要报告的事项。"},
    "a remark on other years": {"documents[normative_documents,note]": "2019年制发3件，2022年制发2件"},
    "several lines with points": {"measures": "一是加强培训。\n二是完善制度。\n三是强化监督。"},
    "full list of the parts": {
        "text": "培训讲解了总体情况、主动公开、申请办理、复议诉讼、主要问题、其他事项六个部分的写法。"
    },
}  # fmt: skip
WRONG: dict[str, tuple[dict[str, Value], dict[str, str]]] = {
    "last year's year": ({"proactive": "2022年，全局公开信息较多。"}, {"TXT001:proactive@1": "warning"}),
    "text of the notice": (
        {"platform": "平台建设情况（文字描述）如下。"},
        {"TXT002:platform@7": "error"},
    ),
    "a note of the notice in other widths": (
        {"supervision": "监督保障（含 《中华人民共和国政府信息公开条例》第五十条第四项规定的内容）已落实。"},
        {"TXT002:supervision@1": "error"},
    ),
    "an instruction at the beginning": (
        {"platform": "此处填写平台建设情况。"}, {"TXT002:platform@1": "error"}
    ),
    "names left open": ({"proactive": "XX局在××网站公开信息。"}, {"TXT002:proactive@1": "error"}),
    "the name of an office left open": ({"organ": "岚溪县XX局"}, {"TXT002:organ@4": "error"}),
    "the help of the cell": (
        {"platform": "写政府网站专栏、政务新媒体、公开查阅场所的建设和维护。"},
        {"TXT002:platform@1": "error"},
    ),
    "the cell's heading": (
        {"management": "（三）政府信息管理情况。目录每季更新，责任到人。"},
        {"TXT002:management@1": "warning"},
    ),
    "a section's heading with a stray mark": (
        {"proactive": "一、总体情况、\n公开重点信息，及时更新。"},
        {"TXT002:proactive@1": "warning"},
    ),
    "the lead among other text": (
        {"proactive": "本报告根据有关规定编制。征地信息按村公开，查询方便。"},
        {"TXT002:proactive@1": "warning"},
    ),
    "the lead and nothing else": (
        {"proactive": "本报告根据有关规定编制，统计期限自2023年1月1日起。"},
        {"TXT003:proactive@1": "error"},
    ),
    "one word where text is required": ({"found": "无。"}, {"TXT003:found@1": "error"}),
    "one word where none is needed": ({"on_request": "无"}, {"TXT003:on_request@1": "warning"}),
    "a skipped point": ({"measures": "一是加强培训。三是强化监督。"}, {"TXT004:measures@8": "warning"}),
    "a wrong character in a document's number": (
        {"text": "按国办公开办涵〔2021〕30号要求编制。"},
        {"TXT005:text@2": "error"},
    ),
    "the superseded format": ({"text": "按照国办公开办函[2019]60号要求填报。"}, {"TXT005:text@3": "error"}),
    "another notice for the format": (
        {"text": "按照国办公开办函〔2021〕31号的要求编制年度报告。"},
        {"TXT005:text@3": "error"},
    ),
    "the old decree": ({"text": "按照《条例》（国务院令第492号）的规定。"}, {"TXT005:text@8": "error"}),
    "the old decree, its words turned": ({"text": "按照国务院第492号令公开。"}, {"TXT005:text@3": "error"}),
    "the old decree in short": ({"text": "按照492号令公开。"}, {"TXT005:text@3": "error"}),
    "the old decree in full": (
        {"text": "按照中华人民共和国国务院令（第 492 号）公开。"},
        {"TXT005:text@3": "error"},
    ),
    "a wider area in a town's report": (
        TOWN | {"proactive": "全县各级行政机关主动公开信息980条。"},
        {"TXT006:proactive@1": "warning"},
    ),
    "nobody in particular": (
        {"proactive": "各级政府部门通过网站公开信息，部分地区开发了应用。"},
        {"TXT006:proactive@1": "warning"},
    ),
    "half-width marks": ({"proactive": "公开信息,及时更新.\n内容全面;准确"}, {"TXT007:proactive@5": "note"}),
    "a doubled word": ({"found": "新政策的的解读不够。"}, {"TXT008:found@4": "warning"}),
    "a wrong word": (
        {"proactive": "梳理了主动公开、依法申请公开两类目录。"},
        {"TXT017:proactive@9": "warning"},
    ),
    "a letter for a digit": ({"found": "收到群众意见9O件，办理较慢。"}, {"TXT017:found@7": "warning"}),
    "a sign for a digit": ({"found": "收到群众意见⑫件，办理较慢。"}, {"TXT017:found@7": "warning"}),
    "a paragraph in two places": (
        {"management": AGAIN, "platform": f"网站改版。\n{AGAIN.replace('，', '；')}"},
        {"TXT008:platform@7": "warning"},
    ),
    "a paragraph twice in one place": ({"found": f"{AGAIN}\n{AGAIN}"}, {"TXT008:found@34": "warning"}),
    "a filler": ({"found": "测试文本"}, {"TXT003:found@1": "error"}),
    "applications in a nil return": (
        NIL | {"on_request": "收到的政府信息公开申请均按时答复。"},
        {"TXT019:on_request@1": "warning"},
    ),
    "applications answered in a nil return": (
        NIL | {"platform": "及时办理了群众提出的政府信息公开申请，渠道畅通。"},
        {"TXT019:platform@3": "warning"},
    ),
    "five of six parts": (
        {"text": "包括总体情况、主动公开政府信息情况、收到和处理申请情况、存在问题、其他事项等六部分内容。"},
        {"TXT018:text@39": "error"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("changes", RIGHT.values(), ids=RIGHT)
def test_right_use_is_left_alone(changes: dict[str, Value]) -> None:
    assert ids(changes) == {}


@pytest.mark.parametrize(("changes", "expected"), WRONG.values(), ids=WRONG)
def test_mistakes_are_found(changes: dict[str, Value], expected: dict[str, str]) -> None:
    assert ids(changes) == expected


def test_a_finding_names_cell_place_words_and_what_to_write(tmp_path: Path) -> None:
    path = edit(save(tmp_path), {"text": "　　按国办公开办涵〔2021〕30号编制。"})
    finding = the_one(path, "TXT005:text@4")
    sheet, cell = place("text")
    assert (finding.sheet, finding.cell) == (sheet, cell)
    assert finding.message.startswith(f"{sheet} {cell}（其他事项）第4字起写的是“国办公开办涵”")
    assert "改为“国办公开办函”" in finding.fix
    assert (finding.found, finding.expected) == ("国办公开办涵", "国办公开办函")


def test_many_of_a_kind_in_one_cell_are_one_finding_that_counts_them() -> None:
    (finding,) = found({"proactive": "2022年公开信息。2021年公开信息。2020年公开信息。2019年公开信息。"})
    assert "另有 3 处：“2021年”（第11字起）、“2020年”（第21字起）等" in finding.message


def test_each_text_is_told_of_its_own_wrong_words() -> None:
    old = "国办公开办函〔2019〕60号"
    texts = {"management": f"按照{old}编制。", "platform": "按时更新。", "supervision": f"××人学习{old}。"}
    told = [finding.id.partition("@")[0] for finding in found(texts)]
    assert told == ["TXT005:management", "TXT002:supervision", "TXT005:supervision"]


def test_the_year_of_the_return_decides() -> None:
    text: dict[str, Value] = {"proactive": "2022年，全局公开信息较多。"}
    assert ids(text | {"year": 2022}) == {}


def test_a_scope_not_filled_in_decides_nothing() -> None:
    assert ids(TOWN | {"unit_type": None, "proactive": "全县各级行政机关主动公开信息980条。"}) == {}


# Last year's text ------------------------------------------------------------------------------------

LONG = (
    "征收项目从启动公告到补偿方案全过程公开，按村建立查询入口，全年公开{}条；"
    "规划草案通过网站、展板和进村宣讲三种方式征求意见，收到的意见逐条说明采纳情况。"
)
NEW = (
    "土地供应结果每月汇总公开，不动产登记公告逐件上网，矿业权出让全程留痕，图件提供下载，"
    "查阅点配专人引导，来电来访均作登记。"
)


def last_year(**texts: str) -> Mapping[str, Value]:
    return complete(FORM, sound({"year": 2022, **texts}))


def test_last_years_text_with_new_figures_is_a_copy() -> None:
    findings = found({"proactive": LONG.format(86)}, {"proactive": LONG.format(54)})
    (copy,) = findings
    assert (copy.id, copy.severity) == ("TXT009:proactive@1", "warning")
    assert "100% 的文字相同" in copy.message
    assert "今年“" in copy.message and "上年“" in copy.message


@pytest.mark.parametrize(
    ("now", "before"),
    [
        (LONG.format(86), "只有一句话的上年文字。"),
        ("培训两次，抽查一次。", "培训两次，抽查一次。"),
        (LONG.format(86), NEW),
    ],
)
def test_new_or_short_text_is_no_copy(now: str, before: str) -> None:
    assert ids({"proactive": now}, {"proactive": before}) == {}


def test_last_years_whole_report_is_one_finding_for_each_longer_text() -> None:
    codes = [finding.code for finding in found({}, last_year())]
    assert set(codes) == {"TXT009"} and len(codes) > 3


@given(
    st.text(
        st.sampled_from("一、（一）1.2022年XX××的无，,。\n本报告根据编制六个部分全县各级行政机关★《》“”"),
        max_size=80,
    )
)
def test_no_rule_fails_on_any_text(text: str) -> None:
    for finding in found({"proactive": text or None}, {"proactive": text}):
        assert finding.subject.startswith("proactive@")


def test_explained_or_not_every_id_stands_once(tmp_path: Path) -> None:
    path = save(tmp_path, sound({"proactive": "XX局2022年公开信息,及时更新.", "found": "无"}))
    assert set(said(path)) == {
        "TXT001:proactive@4",
        "TXT002:proactive@1",
        "TXT007:proactive@13",
        "TXT003:found@1",
    }


CITED_RIGHTLY = [
    "国办公开办函〔2021〕30号",
    "国办公开办函【2021】第30号",
    "国办公开办函(2021)30号",
    "国办公开办函〔二〇二一〕三十号",
    "国务院令第711号",
    "国务院令第七一一号",
    "国务院令第七百一十一号",
    "第711号国务院令",
    "国务院令〔2019〕第711号",
    "《中华人民共和国政府信息公开条例》（国务院令第711号）",
    "国办函〔2020〕109号",
    "岚政办发〔2019〕60号",
    "国办发〔2021〕12号",
    "岚政办函〔2021〕30号",
    "国务院办公厅公开办函〔2021〕30号",
    "国务院令第588号",
    "492号提案",
]
CITED_WRONGLY = [
    "国办公开办函〔2021〕31号",
    "国办公开办函【2019】60号",
    "国办公开办函2019年60号",
    "国办公开办函「2019」60号",
    "国办公开办函〈2019〉60号",
    "国办公开办函〔二〇一九〕六十号",
    "国办公开办函〔2019〕第六十号",
    "国办公开办函2019〕60号",
    "国办公开涵〔2021〕30号",
    "国办公开办〔2021〕30号",
    "国办公开办发〔2021〕30号",
    "国办公开办便函〔2021〕30号",
    "国办函〔2021〕30号",
    "国办发（2021）30号",
    "国办公开〔2021〕第30号",
    "国办发〔二〇二一〕三十号",
    "国办公开发【2021】30号",
    "国办公函〔2021〕30号",
    "〔2019〕60号",
    "国务院令第四九二号",
    "国务院令第四百九十二号",
    "国务院四百九十二号令",
    "国务院令〔2007〕第492号",
    "国务院令No.492",
    "国务院令492",
    "《中华人民共和国政府信息公开条例》（第492号）",
    "《中华人民共和国政府信息公开条例》（国务院令第712号）",
]


@pytest.mark.parametrize("cited", CITED_RIGHTLY)
def test_documents_in_force_are_known_however_they_are_spelled(cited: str) -> None:
    assert ids({"management": f"按照{cited}编制年度报告，格式统一。"}) == {}


@pytest.mark.parametrize("cited", CITED_WRONGLY)
def test_other_documents_are_found_however_they_are_spelled(cited: str) -> None:
    told = found({"management": f"按照{cited}编制年度报告，格式统一。"})
    assert [finding.severity.value for finding in told if finding.code == "TXT005"] == ["error"]
