"""xlreport refill of published reports: what is certain in a workbook, and where it is from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from test_cli_published import published, with_figure

from command_line import run
from published.pages import figures
from returns import FORM
from xlreport.formats.docx import read_docx
from xlreport.published.read import read_report
from xlreport.report.narrative import compose
from xlreport.report.render import render_document
from xlreport.verify.verdict import verify_file
from xlreport.workbook.read import read


def refilled(path: Path, *options: str) -> Path:
    book = path.with_suffix(".xlsx")
    result = run("refill", path, "-o", book, *options)
    assert result.exit_code == 0, result.output
    return book


@pytest.mark.parametrize("sample", ["busy_bureau", "county_government"])
def test_the_report_of_the_workbook_has_the_figures_and_words_of_the_report(
    tmp_path: Path, sample: str
) -> None:
    path = published(tmp_path, "docx", sample)
    submission = read(refilled(path))
    document = compose(FORM, submission.values)
    again = read_report(read_docx(render_document(document, FORM, "docx")))
    before = read_report(read_docx(path.read_bytes()))
    assert again is not None and before is not None
    assert again.words == before.words
    assert {s: cell.printed.figure for s, cell in again.cells.items()} == {
        s: cell.printed.figure for s, cell in before.cells.items()
    }


def test_only_what_no_report_prints_is_missing(tmp_path: Path) -> None:
    findings = verify_file(refilled(published(tmp_path))).findings
    assert [finding.code for finding in findings] == ["VAL010"]
    assert "“机关代码”、“机关类型”、“机关层级”" in findings[0].message


def test_a_doubtful_figure_stays_empty_marked_and_is_told(tmp_path: Path) -> None:
    path, book = with_figure(tmp_path, "1.属于国家秘密", 0, "7"), tmp_path / "new.xlsx"
    result = run("refill", path, "-o", book)
    assert result.exit_code == 1
    assert "没有带入（1 处）" in result.stdout and "印的是“7”，按合计推算应为 0" in result.stdout
    subject = next(s for s in FORM.grids["requests"].subjects() if s.row == "denied_state_secret")
    submission = read(book)
    origin = submission.readings[subject].origin
    assert subject not in submission.inputs
    comment = load_workbook(book)[origin.sheet][origin.cell].comment
    assert comment is not None and "表三 第8行 自然人列，印的是“7”，按合计推算应为 0" in comment.text
    others = set(FORM.grids["requests"].subjects()) - FORM.computed.keys() - {subject}
    assert others <= submission.inputs.keys()


def test_the_workbook_says_where_each_value_is_from_and_its_proof(tmp_path: Path) -> None:
    path = published(tmp_path, "html")
    sheet = load_workbook(refilled(path))["核对意见"]
    lines = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows(min_col=2)]
    told = {line[2]: line[3] for line in lines}
    assert any(path.name in line[0] for line in lines)
    place = read(path.with_suffix(".xlsx")).origins[next(FORM.grids["requests"].subjects())].place
    assert "表三 第4行 自然人列，印的是“38”，与表内合计相符" in told[place]
    assert "第6段" in next(text for text in told.values() if text.startswith("（一）主动公开"))
    assert any("没有合计可以验算" in text for text in told.values())
    assert len(told) > len(figures()) // 2


def test_unit_and_year_can_be_given(tmp_path: Path) -> None:
    book = refilled(published(tmp_path), "--unit", "岚溪县自然资源局", "--year", "2024")
    cover = json.loads(run("extract", book).stdout)["cover"]
    assert (cover["organ"], cover["year"]) == ("岚溪县自然资源局", 2024)


def test_a_report_without_a_title_needs_them(tmp_path: Path) -> None:
    path = published(tmp_path, "html")
    text = path.read_text(encoding="utf-8").replace("政府信息公开工作年度报告", "工作情况")
    path.write_text(text, encoding="utf-8")
    result = run("refill", path, "-o", tmp_path / "new.xlsx")
    assert result.exit_code == 2
    assert "请用 --unit 给出" in result.stderr
