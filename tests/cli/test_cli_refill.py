"""xlreport refill."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from command_line import SOUND, STRANGER, TEXT_IN_NUMBERS, fingerprints, refused, run
from returns import save, sound
from xlreport.layout.stamp import STAMP_TAB
from xlreport.verify.verdict import verify_file
from xlreport.workbook.read import read


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which the person works."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_everything_carried_over_is_success(here: Path) -> None:
    result = run("refill", SOUND, "-o", "新.xlsx")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines()[0] == "新.xlsx"
    assert "没有带入" not in result.stdout
    assert read(here / "新.xlsx").inputs == read(SOUND).inputs
    assert verify_file(here / "新.xlsx").findings == ()


def test_what_is_not_carried_over_is_told_and_fails(here: Path) -> None:
    result = run("refill", TEXT_IN_NUMBERS, "-o", "新.xlsx")
    assert result.exit_code == 1
    assert "原有 200 格填了内容，带入 198 格" in result.stdout
    assert "没有带入（2 处）" in result.stdout and "已处理，请核对（2 处）" in result.stdout
    assert "“22（其中修订16件）”" in result.stdout
    codes = {finding.code for finding in verify_file(here / "新.xlsx").findings}
    assert codes == {"VAL010"}


def test_the_new_workbook_is_named_like_a_template(here: Path) -> None:
    assert run("refill", SOUND).stdout.startswith("岚溪县自然资源和规划局_2023_ogi_annual_2021.xlsx\n")
    run("refill", SOUND, "-o", "新/")
    assert (here / "新" / "岚溪县自然资源和规划局_2023_ogi_annual_2021.xlsx").is_file()


def test_the_old_workbook_is_never_written_over(here: Path) -> None:
    path = save(here)
    before = fingerprints(here)
    assert "-o" in refused("refill", path, "-o", path)
    assert fingerprints(here) == before


def test_a_stranger_s_workbook_is_answered(here: Path) -> None:
    result = run("refill", STRANGER, "-o", "新.xlsx")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "无法读取" in result.stderr
    assert list(here.iterdir()) == []


def test_unit_and_year_can_be_given_where_they_are_gone(here: Path) -> None:
    path = save(here, sound({"organ": None, "year": None}))
    book = load_workbook(path)
    book.remove(book[STAMP_TAB])
    book.save(path)
    assert "--unit" in refused("refill", path, "-o", "新.xlsx")
    assert "--year" in refused("refill", path, "--unit", "某局", "-o", "新.xlsx")
    result = run("refill", path, "--unit", "某局", "--year", 2023, "-o", "新.xlsx")
    assert result.exit_code == 0, result.output
    assert (read(here / "新.xlsx").unit, read(here / "新.xlsx").year) == ("某局", 2023)


def test_a_unit_that_cannot_be_is_refused(here: Path) -> None:
    assert "--unit" in refused("refill", SOUND, "--unit", "局" * 61, "-o", "新.xlsx")
    assert list(here.iterdir()) == []


def test_text_of_units_does_nothing_to_a_terminal(here: Path) -> None:
    path = save(here, sound({"organ": "[b]某局[/b] {x}\u202e", "signed_on": None}))
    result = run("refill", path, "-o", "新.xlsx")
    assert "[b]某局[/b] {x}" in result.stdout
    assert not set(result.stdout) & {"\x1b", "\u202e"}


def test_no_other_file_is_written_over(tmp_path: Path) -> None:
    there = tmp_path / "有了.xlsx"
    there.write_bytes(b"x")
    assert "已经有了" in refused("refill", SOUND, "-o", there)
    assert there.read_bytes() == b"x"
