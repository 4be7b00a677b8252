"""What an author is told about a narrative before any return arrives."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from small_report import FORM_FOLDER, make_form

from xlreport.authoring.report_lint import lint_narrative
from xlreport.form.load import load_form


def test_a_right_narrative_is_left_alone(tmp_path: Path) -> None:
    assert lint_narrative(make_form(tmp_path)) == []


def test_the_shipped_narrative_is_right() -> None:
    assert lint_narrative(load_form(FORM_FOLDER)) == []


@pytest.mark.parametrize(
    "template",
    [
        "{% set year = cover.year %}{{ year }}",
        "{% for row in published %}{{ row.count }}{% endfor %}",
        "{{ published | sum('count') if published }}{{ published_total.count }}",
        "{% if cover.email %}{{ cover.email }}{% endif %}{{ requests.secret.note }}",
    ],
)
def test_common_ways_of_writing_are_left_alone(tmp_path: Path, template: str) -> None:
    assert lint_narrative(make_form(tmp_path, template)) == []


@pytest.mark.parametrize(
    ("template", "line", "words"),
    [
        ("{% if x %}", 1, ""),
        ("\n{{ covr.organ }}", 2, "covr"),
        ("{% if cover.year == 1999 %}\n{{ requests.recieved.total }}{% endif %}", 2, "requests.recieved"),
        ("{% if cover.year == 1999 %}{{ table('tables') }}{% endif %}", 1, "tables"),
        ("{{ published_total.counts }}", 1, "published_total.counts"),
        ("{% for row in published %}\n{{ row.cuont }}{% endfor %}", 2, "cuont"),
        ("{{ label('cover.organ') }}", 1, "cover.organ"),
        ("{{ cover.year / 2 }}", 1, "float"),
    ],
)
def test_a_mistake_is_found_wherever_it_stands(tmp_path: Path, template: str, line: int, words: str) -> None:
    (mistake, *_) = lint_narrative(make_form(tmp_path, template))
    assert mistake.endswith(f"(line {line})")
    assert words in mistake


@pytest.mark.parametrize(
    "line",
    [
        "- 一项",
        "* 一项",
        "| 甲 | 乙 |",
        "这是**重点**。",
        "{% if cover.email %}- 一项{% endif %}",
        "  - 一项",
    ],
)
def test_markdown_that_would_be_printed_as_it_stands_is_told(tmp_path: Path, line: str) -> None:
    (mistake,) = lint_narrative(make_form(tmp_path, f"# 题\n\n{{# 注\n#}}\n{line}\n"))
    assert mistake.startswith("report.md.j2: ") and mistake.endswith("(line 5)")
    assert "headings and paragraphs" in mistake


@pytest.mark.parametrize(
    "template",
    [
        "{# - 一项 ** | #}\n{% set a = 2 ** 3\n| int %}{{ a }}",
        "{{ cover.organ }}- 之后",
        "-5度，*号，甲|乙",
        "{{ '**' }}",
    ],
)
def test_signs_that_are_no_markdown_are_left_alone(tmp_path: Path, template: str) -> None:
    assert lint_narrative(make_form(tmp_path, template)) == []


def test_all_unknown_names_are_told_at_once(tmp_path: Path) -> None:
    mistakes = lint_narrative(make_form(tmp_path, "{{ a }}\n{{ cover.b }}\n{{ table('c') }}"))
    assert [mistake.rpartition(" (")[2] for mistake in mistakes] == ["line 1)", "line 2)", "line 3)"]
    assert not any(re.search("[\u4e00-\u9fff]", mistake) for mistake in mistakes)


def test_a_missing_narrative_is_told(tmp_path: Path) -> None:
    form = make_form(tmp_path)
    (tmp_path / "report.md.j2").unlink()
    assert lint_narrative(form) == ["report.md.j2: the file is missing"]
