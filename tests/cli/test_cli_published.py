"""xlreport verify and extract of published reports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from command_line import run
from published.pages import report
from returns import sample_json


def published(folder: Path, to: str = "docx", sample: str = "busy_bureau", **changes: str) -> Path:
    """A sample's report in a file; in the page the first of each text is exchanged for another."""
    data = report(to, sample)
    for old, new in changes.items():
        assert old.encode() in data
        data = data.replace(old.encode(), new.encode(), 1)
    path = folder / f"{sample}.{to}"
    path.write_bytes(data)
    return path


def with_figure(folder: Path, row: str, column: int, text: str) -> Path:
    """The sample's page with another text in a figure of the row with that label."""
    data = report("html").decode()
    start = data.index(row)
    for _ in range(column + 1):
        start = data.index("<td", start) + 3
    first = data.index(">", start) + 1
    path = folder / "damaged.html"
    path.write_text(data[:first] + text + data[data.index("</td>", first) :], encoding="utf-8")
    return path


def verdict(path: Path) -> dict[str, Any]:
    (found,) = json.loads(run("verify", "--json", path).stdout)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("to", ["docx", "html"])
def test_a_sound_report_is_accepted(tmp_path: Path, to: str) -> None:
    found = verdict(published(tmp_path, to))
    assert (found["status"], found["source"], found["year"]) == ("accepted", "published", 2023)
    assert found["unit"] == sample_json()["cover"]["organ"]
    assert [each["code"] for each in found["findings"]] == ["RPT004"]
    assert run("verify", published(tmp_path, to)).exit_code == 0


def test_a_report_that_does_not_add_up_has_the_errors_of_a_return(tmp_path: Path) -> None:
    found = verdict(published(tmp_path, sample="unbalanced_bureau"))
    places = {each["id"]: each["place"] for each in found["findings"] if each["severity"] == "error"}
    assert found["status"] == "returned"
    assert places == {
        "REQ001:requests[,natural_person]": "表三 自然人列",
        "REQ001:requests[,commercial_enterprise]": "表三 商业企业列",
    }


def test_words_that_contradict_the_tables_are_told_with_paragraph_and_character(tmp_path: Path) -> None:
    found = verdict(published(tmp_path, "html", 新收政府信息公开申请50件="新收政府信息公开申请51件"))
    errors = [each for each in found["findings"] if each["severity"] == "error"]
    assert found["status"] == "returned"
    assert {each["place"] for each in errors} == {"第8段第16字"}
    assert all("正文 第8段第16字起" in each["message"] for each in errors)


def test_nothing_is_said_of_what_a_report_does_not_state(tmp_path: Path) -> None:
    assert verdict(published(tmp_path, sample="nil_federation"))["status"] == "accepted"


def test_a_slip_is_told_with_its_row_and_what_it_should_be(tmp_path: Path) -> None:
    path = with_figure(tmp_path, "1.属于国家秘密", 0, "7")
    found = verdict(path)
    (error,) = [each for each in found["findings"] if each["severity"] == "error"]
    assert error["subject"] == "requests[denied_state_secret,]"
    assert error["place"] == "表三 第8行 自然人列"
    should = sample_json()["requests"]["denied_state_secret"]["natural_person"]
    assert f"自然人列印的是“7”，按合计推算应为 {should}" in error["message"]
    result = run("verify", path)
    assert result.exit_code == 1
    assert "表三 第8行 自然人列" in result.stdout


@pytest.mark.parametrize("to", ["docx", "html"])
def test_figures_come_out_as_they_are_printed(tmp_path: Path, to: str) -> None:
    result = run("extract", published(tmp_path, to))
    content, given = json.loads(result.stdout), sample_json()
    assert result.exit_code == 0
    for grid in ("documents", "licensing", "enforcement", "charges", "requests", "cases"):
        assert content[grid] == given[grid]
    not_printed = {"unit_code", "unit_type", "level", "prepared_by", "reviewed_by", "approved_by"}
    assert content["cover"].keys() ^ given["cover"].keys() == {*not_printed, "nil_confirmed"}
    for block in ("overview", "published", "problems", "other", "notes"):
        assert content[block] == given[block]
    assert content["cover"].items() <= given["cover"].items()


def test_a_doubtful_figure_comes_out_with_an_error_that_names_its_row(tmp_path: Path) -> None:
    result = run("extract", with_figure(tmp_path, "行政许可", 0, "/"))
    content = json.loads(result.stdout)
    assert content["licensing"]["administrative_licences"]["decisions"] is None
    assert [each["subject"] for each in content["findings"]] == ["licensing[administrative_licences,]"]
    assert result.exit_code == 1
    assert "1 处不能确认" in result.stderr


def test_what_comes_out_makes_a_workbook(tmp_path: Path) -> None:
    values, book = tmp_path / "values.json", tmp_path / "book.xlsx"
    assert run("extract", published(tmp_path), "-o", values).exit_code == 0
    organ = sample_json()["cover"]["organ"]
    made = run("template", "--year", 2023, "--unit", organ, "--values", values, "-o", book)
    assert made.exit_code == 0, made.output
    assert json.loads(run("extract", book).stdout)["requests"] == sample_json()["requests"]


def test_other_documents_and_pages_are_answered_as_before(tmp_path: Path) -> None:
    path = tmp_path / "通知.html"
    path.write_text("<html><body><p>关于报送年报的通知</p><table><tr><td>1</table>", encoding="utf-8")
    found = verdict(path)
    assert (found["status"], found["findings"][0]["code"]) == ("unreadable", "WBK001")
    assert "source" not in found


def test_no_copy_of_a_published_report_is_annotated(tmp_path: Path) -> None:
    result = run("verify", published(tmp_path), "--annotate", tmp_path / "copies")
    assert "这是发布的报告" in result.stderr
