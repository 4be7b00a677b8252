"""What a report says, given a form's narrative and the values of a return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from small_report import complete_values, make_form

from xlreport.authoring.cases import read_cases
from xlreport.authoring.report_lint import lint_narrative
from xlreport.finding import Finding, Severity
from xlreport.form.calculate import complete
from xlreport.form.load import load_form
from xlreport.form.model import Form
from xlreport.form.values import from_json
from xlreport.formula.nodes import Value
from xlreport.report.document import Heading, Notes, Paragraph, Part, SignOff, Table, Title
from xlreport.report.errors import NarrativeError
from xlreport.report.narrative import compose

OGI = load_form("ogi_annual_2021")


def said(tmp_path: Path, template: str, draft: bool = False, **changes: Value) -> tuple[Part, ...]:
    form = make_form(tmp_path, template)
    return compose(form, complete_values(**changes), draft=draft).parts


def sentence(tmp_path: Path, template: str, draft: bool = False, **changes: Value) -> str:
    (part,) = said(tmp_path, template, draft, **changes)
    assert isinstance(part, Paragraph)
    return part.text


def test_a_report_has_its_parts_in_order(form: Form) -> None:
    document = compose(form, complete_values() | {"requests[secret,note]": "已告知"})
    assert [type(part) for part in document.parts] == [
        *(Title, Paragraph, Heading, Heading, Paragraph, Heading, Paragraph, Heading),
        *(Table, Table, Notes, Table, SignOff),
    ]
    assert document.parts[0] == Title(("青禾镇人民政府", "2023年度报告"))
    assert document.title == "青禾镇人民政府2023年度报告"
    assert [part.level for part in document.parts if isinstance(part, Heading)] == [1, 2, 3, 1]
    assert document.parts[-1] == SignOff(("青禾镇人民政府", "2024年1月20日"))


def test_lines_of_a_paragraph_join_without_a_space(form: Form) -> None:
    assert compose(form, complete_values()).parts[1] == Paragraph(
        "本报告由青禾镇人民政府（乡镇（街道））编制。"
    )


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (0, "0"),
        (1234567, "1234567"),
        (Decimal("59237.2449"), "59237.2449"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.000001"), "0.000001"),
    ],
)
def test_figures_print_plainly(tmp_path: Path, number: int | Decimal, printed: str) -> None:
    assert sentence(tmp_path, "{{ cover.year }}件", year=number) == f"{printed}件"


def test_a_blank_number_counts_as_0_and_prints_as_a_gap(tmp_path: Path) -> None:
    template = (
        "{{ cover.year }}，{{ cover.year + 1 }}，{{ '无' if cover.year == 0 }}，{{ cover.year ~ '年' }}"
    )
    assert sentence(tmp_path, template, year=None) == "＿＿，1，无，＿＿年"


def test_a_blank_required_text_is_a_gap_in_a_draft_only(tmp_path: Path) -> None:
    template = "机关{{ cover.organ }}，邮箱{{ cover.email }}，{{ cover.organ or '无' }}"
    assert sentence(tmp_path, template, organ=None) == "机关，邮箱，无"
    assert sentence(tmp_path, template, draft=True, organ=None) == "机关＿＿，邮箱，无"


def test_dates_and_choices_read_as_words(tmp_path: Path) -> None:
    template = (
        "{{ cover.signed_on }}，{{ date(cover.signed_on) }}，{{ label('cover.unit_type') }}，{{ cover.nil }}"
    )
    assert sentence(tmp_path, template) == "2024年1月20日，2024年1月20日，乡镇（街道），是"


def test_a_date_that_is_none_stays_as_typed(tmp_path: Path) -> None:
    assert sentence(tmp_path, "{{ date(cover.signed_on) }}", signed_on="明年春天") == "明年春天"


def test_parts_name_only_what_is_not_0(tmp_path: Path) -> None:
    template = "{{ parts([('甲', 3), ('乙', 0), ('丙', cover.year), ('丁', 1)], '件') }}"
    assert sentence(tmp_path, template, year=None) == "甲3件、丁1件"


def test_prose_keeps_paragraphs_and_drops_the_indents(tmp_path: Path) -> None:
    text = "　　（一）强化责任。\r\n\n  # 不是标题\n1. 不是列表　\n\u3000\n"
    assert said(tmp_path, "{{ prose(overview.proactive) }}", proactive=text) == (
        Paragraph("（一）强化责任。"),
        Paragraph("# 不是标题"),
        Paragraph("1. 不是列表"),
    )


def test_prose_left_blank_is_nothing_or_a_gap_in_a_draft(tmp_path: Path) -> None:
    assert said(tmp_path, "{{ prose(overview.proactive) }}", proactive=None) == ()
    assert said(tmp_path, "{{ prose(overview.proactive) }}", True, proactive=None) == (Paragraph("＿＿"),)


def test_lists_give_their_filled_lines_and_their_total(tmp_path: Path) -> None:
    template = "{% for row in published %}{{ row.category }}{{ row.count }}；{% endfor %}"
    form = make_form(tmp_path, template + "共{{ published_total.count }}")
    values = {
        "published[1,category]": "政策",
        "published[1,count]": 2,
        "published[3,category]": "通知",
        "published[4,category]": "第四行",
        "published[4,count]": 0,
        "published[total,count]": 2,
    }
    assert compose(form, values).parts == (Paragraph("政策2；通知＿＿；第四行0；共2"),)


def test_remarks_are_numbered_where_there_are_several(tmp_path: Path) -> None:
    form = make_form(tmp_path, "{{ notes() }}")
    one: dict[str, Value] = {"documents[rules,note]": "含修订1件"}
    two = one | {"requests[secret,note]": "已告知"}
    assert compose(form, {}).parts == ()
    assert compose(form, one).parts == (Notes(("注：规章：含修订1件",)),)
    assert compose(form, two).parts == (Notes(("注：1. 规章：含修订1件", "2. 1.国家秘密：已告知")),)


@pytest.mark.parametrize("nothing", ["无", "没有", "/", "-", " 无。", "－", "／", "—"])
def test_a_remark_that_says_nothing_is_not_printed(tmp_path: Path, nothing: str) -> None:
    form = make_form(tmp_path, "{{ notes() }}")
    values: dict[str, Value] = {"documents[rules,note]": nothing, "requests[secret,note]": "无法提供2件"}
    assert compose(form, values).parts == (Notes(("注：1.国家秘密：无法提供2件",)),)


def test_a_sum_with_a_blank_part_is_blank_in_the_table_too() -> None:
    form = load_form("ogi_annual_2021")
    subjects = {subject for grid in form.grids.values() for subject in grid.subjects()}
    inputs: dict[str, Value] = dict.fromkeys(subjects - set(form.computed), 0)
    gap = "requests[new_requests,natural_person]"
    values = complete(form, inputs | {gap: None})

    def figures(values: Mapping[str, Value]) -> list[str]:
        tables = [part for part in compose(form, values, draft=True).parts if isinstance(part, Table)]
        (row,) = [row for table in tables for row in table.rows if row[0].text.startswith("一、本年新收")]
        return [cell.text for cell in row if cell.numeric]

    assert figures(values) == ["", "0", "0", "0", "0", "0", ""]
    assert figures(complete(form, inputs)) == ["0"] * 7


@pytest.mark.parametrize(
    "text",
    [
        "{{ 7*7 }}",
        "{% raw %}",
        "# 标题",
        "\n\n## 二、标题",
        "<script>",
        "&lt;",
        "\U000f0000\U000f0001",
        "*重点*",
    ],
)
def test_what_people_type_is_text(tmp_path: Path, text: str) -> None:
    assert sentence(tmp_path, "{{ cover.organ }}：完", organ=text) == f"{' '.join(text.split())}：完"


@pytest.mark.parametrize(
    "joined", ["cover.organ ~ '乙'", "cover.organ | upper", "'%s' | format(cover.organ)"]
)
def test_what_the_author_does_with_a_text_keeps_it_text(tmp_path: Path, joined: str) -> None:
    (part,) = said(tmp_path, f"{{{{ {joined} }}}}", organ="## <B>甲</B> {{ 1 }}")
    assert isinstance(part, Paragraph)
    assert part.text.startswith("## <B>甲</B> {{ 1 }}")


def test_control_characters_vanish(tmp_path: Path) -> None:
    assert sentence(tmp_path, "甲{{ cover.organ }}乙", organ="\x00\x08\ud800\x1b[31m\ufffe丙") == "甲[31m丙乙"


@pytest.mark.parametrize(
    ("template", "line", "words"),
    [
        ("好\n{{ cover.orgn }}", 2, "orgn"),
        ("{% if %}", 1, ""),
        ("\n\n{{ table('tabel') }}", 3, "tabel"),
        ("{{ cover.organ + 1 }}", 1, ""),
        ("{{ cover.year / 3 }}", 1, "float"),
        ("{{ cover.organ | safe }}", 1, "safe"),
        ("{{ cover.__class__ }}", 1, "__class__"),
    ],
)
def test_a_mistake_of_the_author_names_its_line(tmp_path: Path, template: str, line: int, words: str) -> None:
    with pytest.raises(NarrativeError) as caught:
        said(tmp_path, template)
    assert caught.value.line == line
    assert words in str(caught.value)


def test_a_form_without_narrative_is_a_clear_error(tmp_path: Path) -> None:
    form = make_form(tmp_path)
    (tmp_path / "report.md.j2").unlink()
    with pytest.raises(NarrativeError, match=r"report\.md\.j2"):
        compose(form, {})


# Answers to warnings ---------------------------------------------------------------------------------

REASON = "含上年申请引起的案件52件"


def explained(explanation: str, severity: Severity = Severity.WARNING, code: str = "CASE001") -> Finding:
    return Finding(code, severity, "多", explanation=explanation)


def answers_below_table_four(findings: list[Finding]) -> list[str]:
    values = complete(OGI, from_json(OGI, read_cases(OGI).base))
    parts = compose(OGI, values, findings=findings).parts
    return [item for part in parts if isinstance(part, Notes) for item in part.items]


def test_answers_are_printed_where_the_form_says_so() -> None:
    plain = answers_below_table_four([])
    assert answers_below_table_four([explained(REASON)]) == [f"注：{REASON}", *plain]
    assert answers_below_table_four([explained(REASON), explained("另一条", code="CASE002")])[:2] == [
        f"注：1. {REASON}",
        "2. 另一条",
    ]


def test_only_answered_warnings_of_these_rules_are_printed() -> None:
    plain = answers_below_table_four([])
    others = [
        explained(""),
        explained(REASON, Severity.ERROR),
        explained(REASON, Severity.NOTE),
        explained(REASON, code="FEE002"),
    ]
    assert answers_below_table_four(others) == plain


def test_an_answer_is_text_and_stands_once() -> None:
    answer = "{{ cover }} **重点** <b>"
    assert answers_below_table_four([explained(answer), explained(answer)])[0] == f"注：{answer}"


@pytest.mark.parametrize("code", ["REQ001", "NIL001", "CASE009"])
def test_what_cannot_be_answered_cannot_be_printed(code: str, tmp_path: Path) -> None:
    narrative = f"# 题\n{{% if cover.organ == '无' %}}\n{{{{ explanations('{code}') }}}}{{% endif %}}\n"
    folder = tmp_path / "form"
    folder.mkdir()
    (folder / "report.md.j2").write_text(narrative, encoding="utf-8")
    (mistake,) = lint_narrative(replace(OGI, folder=folder))
    assert "(line 3)" in mistake
    assert code in mistake
