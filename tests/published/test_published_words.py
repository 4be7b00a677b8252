"""The words of published reports: paragraphs come into their fields, whatever the headings look like."""

from __future__ import annotations

from pathlib import Path

import pytest

from published.pages import page, report
from returns import FORM, sample_json
from xlreport.finding import has_errors
from xlreport.form.values import from_json
from xlreport.formats.pages import Page
from xlreport.published.read import PublishedReport, read_report
from xlreport.report.recognised import without_generated
from xlreport.subject import Subject
from xlreport.verify.published import verify_published

SAMPLES = ("busy_bureau", "nil_federation", "small_township", "county_government", "unbalanced_bureau")
NOT_PRINTED = {
    *("unit_code", "unit_type", "level", "scope", "organ_change"),
    *("prepared_by", "reviewed_by", "approved_by", "nil_confirmed"),
}
FIELDS = ("proactive", "on_request", "management", "platform", "supervision", "found", "measures")


def read(*lines: str) -> PublishedReport:
    """A report of these lines, below a title, with the sample's tables."""
    found = read_report(Page(("岚溪县水务局", "2023年政府信息公开工作年度报告", *lines, *page().tables)))
    assert found is not None
    return found


def texts(*lines: str) -> dict[str, str]:
    return {name: str(text) for name, text in read(*lines).words.items()}


@pytest.mark.parametrize("to", ["docx", "html"])
@pytest.mark.parametrize("sample", SAMPLES)
def test_a_report_of_ours_reads_back_without_the_sentences_that_its_figures_make(
    to: str, sample: str
) -> None:
    found = read_report(page(to, sample))
    assert found is not None
    report, there = without_generated(found), from_json(FORM, sample_json(sample))
    printed = {s: value for s, value in there.items() if s not in NOT_PRINTED}
    assert {s: value for s, value in report.inputs.items() if s not in NOT_PRINTED} == printed
    assert not report.left


OVERVIEW = [
    "（一）主动公开 （二）依申请公开 （三）政府信息管理 （四）政府信息公开平台建设 （五）监督保障",
    "（一）主动公开情况 （二）依申请公开情况 （三）信息管理情况 （四）平台建设情况 （五）监督保障情况",
    "1.主动公开 2.依申请公开 3.政府信息管理 4.平台建设 5.监督保障",
    "（1）　主动公开方面 （2）依申请公开工作方面 (3)信息管理方面 (4)平台建设方面 (5)监督保障方面",
    "主动公开 依申请公开 政府信息管理 政府信息公开平台建设 监督保障",
    "１．主动公开政府信息 ２．依申请公开办理 ３．政府信息管理 ４．公开平台建设 ５．监督及保障措施",
]


@pytest.mark.parametrize("heads", OVERVIEW)
@pytest.mark.parametrize("after", ["", "。", "："])
def test_headings_of_all_kinds(heads: str, after: str) -> None:
    lines = ["一、总体情况"]
    for name, head in zip(FIELDS[:5], heads.split(" "), strict=True):
        alone = not after or heads.startswith("主")
        lines += [head, f"{name}的内容。"] if alone else [f"{head}{after}{name}的内容。"]
    found = texts(*lines, "二、主动公开政府信息情况")
    assert {name: found.get(name) for name in FIELDS[:5]} == {name: f"{name}的内容。" for name in FIELDS[:5]}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("（一）存在的主要问题", "（二）改进情况"),
        ("（一）存在问题", "（二）改进措施"),
        ("一是存在的问题。", "（二）改进情况。"),
        ("1、存在的不足：", "2、下一步改进措施："),
        ("", "（二）改进情况"),
    ],
)
def test_problems_and_measures(first: str, second: str) -> None:
    found = texts(
        "五、存在的主要问题及改进情况", *filter(None, [first]), "问题在这里。", second, "措施在这里。"
    )
    assert "问题在这里。" in found["found"] and found["measures"] == "措施在这里。"


@pytest.mark.parametrize(
    ("problems", "measures"),
    [
        (["存在公开不够及时等问题。"], ["下一步，我局将加强培训。"]),
        (["主要表现在：一是解读少；二是更新慢。"], ["针对存在问题，下一步，我局将改进。", "今后还将检查。"]),
        (["取得一定进展，但仍有不足。"], ["采取改进措施：", "（1） 提高认识。", "（二）强化公开。"]),
        (["问题一。", "问题二。"], ["针对 上述问题，我市及时改进。"]),
    ],
)
def test_measures_without_a_heading_begin_where_the_text_says_so(
    problems: list[str], measures: list[str]
) -> None:
    head = "五、存在的主要问题及改进情况"
    apart = texts(head, *problems, *measures)
    assert (apart["found"], apart["measures"]) == ("\n".join(problems), "\n".join(measures))
    run_in = read(head, *problems[:-1], problems[-1] + measures[0], *measures[1:])
    assert run_in.words[Subject("found")] == apart["found"]
    assert run_in.words[Subject("measures")] == apart["measures"]
    assert run_in.place("measures@1") == f"第{3 + len(problems)}段第{len(problems[-1]) + 1}字"


@pytest.mark.parametrize(
    "text", ["下一步，我局将加强培训。", "公开不够及时，下一步要改进。", "公开不够及时。我局将改进。"]
)
def test_a_text_in_which_no_other_begins_stays_whole(text: str) -> None:
    found = texts("五、存在的主要问题及改进情况", text)
    assert found["found"] == text and "measures" not in found


def test_headings_that_are_counted_in_words() -> None:
    heads = [
        "一是主动公开情况。",
        "二是依申请公开方面。",
        "三是政府信息管理。",
        "四是平台建设情况。",
        "五是监督保障情况。",
    ]
    found = texts("一、总体情况", "全年有序。", *(f"{head}{head}的内容。" for head in heads))
    assert found["proactive"] == "全年有序。\n一是主动公开情况。的内容。"
    assert [found[name] for name in FIELDS[1:5]] == [f"{head}的内容。" for head in heads[1:]]


def test_what_a_sentence_counts_is_no_heading() -> None:
    points = ["一是加强主动公开。及时发布。", "二是做好平台建设。逐月检查。"]
    assert texts("一、总体情况", *points)["proactive"].split("\n") == points


@pytest.mark.parametrize(
    "points",
    [
        ["（一）监督有力。每季抽查。", "（二）保障到位。专人负责。"],
        ["1.平台建设有序推进。", "2.监督常态化。"],
        ["（1）信息管理从严，逐条审核。"],
    ],
)
def test_points_within_a_text_are_no_headings(points: list[str]) -> None:
    heads = "（一）主动公开" if points[0][0] != "（" else "1.主动公开"
    found = texts("一、总体情况", heads, "全年公开有序。", *points)
    assert found["proactive"].split("\n") == ["全年公开有序。", *points]


def test_sections_are_found_whatever_their_numbers() -> None:
    for heading in (
        "五、存在的主要问题及改进情况",
        "存在的主要问题及改进情况",
        "第五部分 存在的主要问题及改进情况",
    ):
        assert texts(heading, "问题。")["found"] == "问题。"
    assert texts("六、其他需要报告的事项情况", "事项。")["text"] == "事项。"


def test_a_table_of_contents_does_no_harm() -> None:
    heads = ["一、总体情况", "（一）主动公开", "五、存在的主要问题及改进情况"]
    found = texts(*heads, *heads[:2], "内容。", heads[2], "问题。")
    assert (found["proactive"], found["found"]) == ("内容。", "问题。")


@pytest.mark.parametrize("page", ["", "\t3", "……3"])
def test_the_lead_below_a_table_of_contents_is_no_text(page: str) -> None:
    heads = ["一、总体情况", "（一）主动公开", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"]
    lead = "请与我局联系（地址：城关镇1号；电话：0590-7330826）。"
    found = texts(
        *(head + page for head in heads), lead, *heads[:2], "内容。", heads[2], "问题。", heads[3], "事项。"
    )
    names = ("address", "phone", "proactive", "found", "text")
    assert [found.get(name) for name in names] == ["城关镇1号", "0590-7330826", "内容。", "问题。", "事项。"]


def test_headings_that_come_again_below_a_report_take_nothing_away() -> None:
    heads = ["一、总体情况", "五、存在的主要问题及改进情况"]
    found = texts(heads[0], "（一）主动公开", "内容。", heads[1], "问题。", *heads)
    assert (found["proactive"], found["found"]) == ("内容。", "问题。")


@pytest.mark.parametrize(
    "lead",
    [
        "请与我局联系（地址：城关镇1号；邮编：359300；电话：0590-7330826；电子邮箱：a@example.com）。",
        "联系地址：城关镇1号，邮政编码：359300，联系电话：0590-7330826，邮箱：a@example.com。",
        "（地址: 城关镇1号 ；邮编: 359300；电话: 0590-7330826；电子邮箱: a@example.com）",
        "联系方式：地址: 城关镇1号; 邮编: 359300; 电话: 0590-7330826; 邮箱: a@example.com。",
    ],
)
def test_the_lead_paragraph_says_where_the_unit_is(lead: str) -> None:
    found = texts(lead, "一、总体情况")
    stated = [found.get(name) for name in ("address", "postcode", "phone", "email")]
    assert stated == ["城关镇1号", "359300", "0590-7330826", "a@example.com"]


def test_what_is_stated_in_two_ways_is_left_out() -> None:
    assert "phone" not in texts("电话：0590-1；", "电话：0590-2；", "一、总体情况")


def test_the_web_page_around_is_no_text() -> None:
    found = texts(
        "六、其他需要报告的事项", "没有其他事项。", "岚溪县水务局", "2024年1月16日", "扫一扫在手机打开"
    )
    assert found["text"] == "没有其他事项。"
    assert found["signed_on"] == "2024-01-16"


def test_paragraphs_without_a_place_are_counted() -> None:
    report = read("一、总体情况", "内容。", "二、主动公开政府信息情况", "该部分以表格形式报告。")
    assert [(line.text, line.paragraph) for line in report.left] == [("该部分以表格形式报告。", 6)]


def test_a_place_in_a_text_of_several_paragraphs() -> None:
    report = read("一、总体情况", "（一）主动公开。甲乙丙。", "丁戊。")
    assert report.words[Subject("proactive")] == "甲乙丙。\n丁戊。"
    assert report.place("proactive@2") == "第4段第10字"
    assert report.place("proactive@7") == "第5段第2字"


def test_sentences_of_others_stay_and_their_lists_are_not_believed() -> None:
    line = "2023年，我局在网站主动公开政府信息12条，其中政策文件7条、工作动态5条。"
    found = read("一、总体情况", "（一）主动公开", line)
    report = without_generated(found)
    assert report.words[Subject("proactive")] == line
    assert not [s for s in report.inputs if s.block == "published"]
    assert "fee_amount" not in report.inputs


@pytest.mark.parametrize("sample", sorted({*SAMPLES} - {"unbalanced_bureau"}))
def test_a_report_of_ours_contradicts_itself_nowhere(sample: str, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(report("html", sample))
    verdict = verify_published(path)
    assert verdict is not None and not has_errors(verdict.findings)
