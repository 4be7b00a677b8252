"""xlreport verify FOLDER -o DIR: many published reports; and what becomes of one among returns."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from test_cli_prior_published import WELFARE, save_published

from command_line import json_lines, refused, run
from last_year import FORWARD
from published.pages import report
from returns import save


def reports(folder: Path) -> Path:
    folder.mkdir()
    (folder / "好的.docx").write_bytes(report("docx"))
    (folder / "不平.html").write_bytes(report("html", "unbalanced_bureau"))
    wrong = report("html").replace("申请50件".encode(), "申请51件".encode())
    (folder / "文字不符.html").write_bytes(wrong)
    (folder / "通知.txt").write_text("关于报送年报的通知", encoding="utf-8")
    return folder


@pytest.mark.usefixtures("quick_workers")
def test_each_report_has_a_line_with_its_kinds_of_trouble(tmp_path: Path) -> None:
    folder, out = reports(tmp_path / "in"), tmp_path / "out"
    result = run("verify", folder, "-o", out)
    assert result.exit_code == 1
    assert "共 4 份，没有问题 1 份" in result.stdout and "文字与表不符 1 份" in result.stdout
    lines = {each["file"]: each for each in json_lines(out / "findings.jsonl")}
    assert {name: each["status"] for name, each in lines.items()} == {
        "好的.docx": "accepted",
        "不平.html": "returned",
        "文字不符.html": "returned",
        "通知.txt": "unreadable",
    }
    sheet = load_workbook(out / "summary.xlsx")["报告审查"]
    rows = {row[2]: row[4:] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert rows["不平.html"][:2] == (0, 2)
    assert rows["文字不符.html"] == (0, 0, 1, 0, 0)
    places = [row[5] for row in load_workbook(out / "summary.xlsx")["问题清单"].iter_rows(values_only=True)]
    assert "第8段第16字" in places


def test_what_differs_from_last_year_is_a_kind_of_its_own(tmp_path: Path) -> None:
    folder, out = reports(tmp_path / "in"), tmp_path / "out"
    changes = {FORWARD.format(WELFARE): 1, f"requests[new_requests,{WELFARE}]": 1}
    last = save_published(tmp_path / "上年", **changes).parent
    result = run("verify", folder, "-o", out, "--prior", last)
    assert "与上年不符 " in result.stdout
    assert run("verify", folder / "好的.docx", "-o", out).exit_code == 0


def test_a_folder_needs_a_place_for_the_table(tmp_path: Path) -> None:
    folder = reports(tmp_path / "in")
    assert "-o" in refused("verify", folder)
    assert "不能同时用" in refused("verify", folder, "-o", tmp_path / "out", "--json")
    assert "另给一个" in refused("verify", folder, "-o", folder)


def test_a_report_among_returns_is_named_and_never_counts(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    save(folder)
    page = report("html", "small_township").replace(b"Content-Security-Policy", b"X-None")
    (folder / "年报.html").write_bytes(page)
    result = run("convert", folder, "-o", tmp_path / "out", "--to", "html")
    assert result.exit_code == 1
    lines = {each["file"]: each for each in json_lines(tmp_path / "out" / "findings.jsonl")}
    line = lines["年报.html"]
    assert (line["status"], line["form"]) == ("unreadable", None)
    (finding,) = line["findings"]
    assert finding["code"] == "WBK001" and "refill" in finding["fix"]
    assert "不算报送" in finding["message"] and "2023 年度的报告核对" in finding["message"]
