"""xlreport render."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from command_line import SOUND, STRANGER, WRONG_TOTALS, fingerprints, refused, run
from xlreport.report.errors import MissingFontError


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A sound return in a folder of its own."""
    return Path(shutil.copy(SOUND, tmp_path / "年报.xlsx"))


def test_the_reports_stand_beside_the_workbook(mine: Path) -> None:
    before = fingerprints(mine.parent)
    result = run("render", mine)
    assert result.exit_code == 0, result.stderr
    made = fingerprints(mine.parent)
    assert made.keys() == {"年报.xlsx", "年报.docx", "年报.html"}
    assert made["年报.xlsx"] == before["年报.xlsx"]
    assert result.stdout.splitlines() == [str(mine.with_suffix(".docx")), str(mine.with_suffix(".html"))]


def test_formats_and_folder_can_be_chosen(mine: Path, tmp_path: Path) -> None:
    result = run("render", mine, "--to", "md, HTML,md", "-o", tmp_path / "新" / "报告")
    assert result.exit_code == 0, result.stderr
    assert fingerprints(tmp_path / "新").keys() == {"报告/年报.html", "报告/年报.md"}


def test_a_return_with_errors_is_refused(tmp_path: Path) -> None:
    result = run("render", WRONG_TOTALS, "-o", tmp_path)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "【错误】" in result.stderr
    assert "--draft" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_with_draft_it_is_rendered_and_marked(tmp_path: Path) -> None:
    result = run("render", WRONG_TOTALS, "-o", tmp_path, "--draft", "--to", "md")
    assert result.exit_code == 1
    (page,) = tmp_path.iterdir()
    assert "草稿" in page.read_text(encoding="utf-8")


def test_draft_marks_a_sound_return_too(mine: Path) -> None:
    run("render", mine, "--to", "md")
    assert "草稿" not in mine.with_suffix(".md").read_text(encoding="utf-8")
    assert run("render", mine, "--to", "md", "--draft").exit_code == 0
    assert "草稿" in mine.with_suffix(".md").read_text(encoding="utf-8")


def test_one_bad_file_does_not_keep_the_others_from_being_rendered(mine: Path, tmp_path: Path) -> None:
    result = run("render", STRANGER, mine, "-o", tmp_path / "o", "--to", "md")
    assert result.exit_code == 1
    assert "无法读取" in result.stderr
    assert fingerprints(tmp_path / "o").keys() == {"年报.md"}


def test_the_workbook_is_never_written_over(tmp_path: Path) -> None:
    disguised = Path(shutil.copy(SOUND, tmp_path / "年报.docx"))
    before = disguised.read_bytes()
    assert "不能写到它上面" in refused("render", disguised)
    assert disguised.read_bytes() == before


def test_two_returns_of_one_name_do_not_overwrite_each_other(mine: Path, tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    other = shutil.copy(SOUND, tmp_path / "x" / "年报.xlsx")
    assert "同名" in refused("render", mine, other, "-o", tmp_path / "o")


def test_what_cannot_be_is_refused(mine: Path, tmp_path: Path) -> None:
    assert "docx、html、pdf、md" in refused("render", mine, "--to", "doc")
    assert "可用" in refused("render", mine, "--to", ",")
    assert "不是文件夹" in refused("render", mine, "-o", mine)
    assert "不能写入" in refused("render", mine, "-o", mine / "x")


def test_without_a_chinese_font_pdf_is_refused_with_what_to_install(
    mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without() -> None:
        raise MissingFontError("没有找到中文字体，请先安装")

    monkeypatch.setattr("xlreport.report.pdf.require_font", without)
    assert "请先安装" in refused("render", mine, "--to", "docx,pdf")
    assert fingerprints(mine.parent).keys() == {"年报.xlsx"}
