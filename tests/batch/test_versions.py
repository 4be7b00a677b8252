"""Several files of one unit: the same once more, newer, other. One counts, and every one says which."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from openpyxl import load_workbook

from command_line import json_lines, run
from returns import edit, save, sound
from xlreport.batch.versions import Version, versions
from xlreport.roster.line import ListedUnit, Roster
from xlreport.run.outcome import Outcome
from xlreport.unit import Unit

EARLY, LATE = "2024-01-10T08:00:00+00:00", "2024-01-12T08:00:00+00:00"


def outcome(
    name: str, content: str, saved: str = EARLY, status: str = "accepted", unit: str = "甲局"
) -> Outcome:
    record = {"file": name, "form": "f", "unit": unit, "year": 2023, "status": status, "findings": []}
    return Outcome(record, {}, {}, content=content, saved=saved)


def found(*outcomes: Outcome) -> dict[str, Version]:
    return dict(versions(outcomes))


def test_a_single_file_of_a_unit_is_nobodys_concern() -> None:
    assert found(outcome("a.xlsx", "1"), outcome("b.xlsx", "1", unit="乙局")) == {}


def test_the_newest_counts() -> None:
    two = found(outcome("旧.xlsx", "1", EARLY), outcome("新.xlsx", "2", LATE))
    assert (two["旧.xlsx"].instead, two["新.xlsx"].instead) == ("新.xlsx", "")
    assert "以 新.xlsx 为准" in two["旧.xlsx"].finding.message
    assert "保存得最晚" in two["新.xlsx"].finding.message


def test_an_older_one_that_was_accepted_counts_before_a_newer_one_that_was_not() -> None:
    two = found(outcome("旧.xlsx", "1", EARLY), outcome("新.xlsx", "2", LATE, "returned"))
    assert two["新.xlsx"].instead == "旧.xlsx"
    assert "只有它通过核对" in two["旧.xlsx"].finding.message


def test_the_same_once_more_is_a_note_whatever_it_is_called() -> None:
    two = found(outcome("年报.xlsx", "1"), outcome("年报_核对意见.xlsx", "1", LATE))
    assert {version.finding.severity.value for version in two.values()} == {"note"}
    assert sum(bool(version.instead) for version in two.values()) == 1


def test_the_same_once_more_under_another_unit_s_name_leaves_the_report_to_its_own() -> None:
    for other in ("住建局.xlsx", "aa.xlsx", "水.xlsx", "部门/局.xlsx"):
        two = found(
            outcome(other, "1", LATE, unit="岚溪县水务局"), outcome("水务局.xlsx", "1", unit="岚溪县水务局")
        )
        assert (two["水务局.xlsx"].instead, two[other].instead) == ("", "水务局.xlsx"), other


def test_a_unit_of_two_names_is_one_unit_where_the_list_says_so() -> None:
    files = [outcome("旧.xlsx", "1", EARLY, unit="原甲局"), outcome("新.xlsx", "2", LATE, unit="甲局")]
    line = ListedUnit(2, Unit("甲局", "", ("原甲局", "甲")))
    other = ListedUnit(3, Unit("乙局", "", ("原甲局",)))
    assert versions(files) == {} == versions(files, Roster((line, other)))
    two = versions(files, Roster((line,)))
    assert (two["旧.xlsx"].instead, two["新.xlsx"].instead) == ("新.xlsx", "")


def test_the_order_of_the_files_does_not_matter() -> None:
    files = [outcome("a.xlsx", "1"), outcome("b.xlsx", "2"), outcome("c.xlsx", "2", LATE, "returned")]
    assert found(*files) == found(*reversed(files))


def test_only_the_one_that_counts_has_a_report(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    save(folder, sound(), "a.xlsx")
    shutil.copy(folder / "a.xlsx", folder / "b.xlsx")
    os.utime(folder / "a.xlsx", (1_700_000_000, 1_700_000_000))  # saved before the other
    edit(folder / "b.xlsx", {"prepared_by": "周明远"}, keep_results=True)
    book = load_workbook(folder / "b.xlsx")
    book.save(folder / "b.xlsx")  # a program that says when it saved
    run("convert", folder, "-o", out, "--jobs", 1, "--to", "md")
    assert [path.name for path in out.glob("*.md")] == ["b.md"]
    assert (out / "不作数的报告" / "a.md").is_file()
    again = run("convert", folder, "-o", out, "--jobs", 1, "--to", "md")
    assert "其中 2 个没有变化" in again.stdout  # what was put aside was made all the same
    (folder / "b.xlsx").unlink()
    alone = run("convert", folder, "-o", out, "--jobs", 1, "--to", "md")
    assert "其中 1 个没有变化" in alone.stdout
    assert not (out / "不作数的报告" / "a.md").exists()
    assert [path.name for path in out.glob("*.md")] == ["a.md"]
    assert json_lines(out / "findings.jsonl")[0]["findings"] == []
