"""xlreport analyse, and the page that it writes, in Chromium."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

import pytest

from analyses import analysed, region
from command_line import run
from consolidated import CELL
from lists import save_list
from other_programs import browse
from returns import FORM, save, sound
from xlreport.archive.own_output import is_own_output
from xlreport.consolidate.analysis_page import analysis_page
from xlreport.subject import Subject
from xlreport.tables.analysed import Analysis

WATER, CIVIL, ODD = "岚溪县水务局", "岚溪县民政局", "岚溪县<img src=x onerror=alert(1)>局"
LAST_YEAR = {"year": 2022, "signed_on": "2023-01-20"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years of two units, and a return with errors."""
    root = tmp_path_factory.mktemp("analyse")
    for unit in (WATER, CIVIL):
        save(root, sound({"organ": unit, **LAST_YEAR}), f"{unit}2022.xlsx")
        save(root, sound({"organ": unit}), f"{unit}.xlsx")
    save(root, sound({"organ": "岚溪县财政局", "requests[other,natural_person]": 7}), "财政局.xlsx")
    return root


@pytest.mark.usefixtures("quick_workers")
def test_what_is_accepted_is_analysed_and_the_rest_is_named(place: Path, tmp_path: Path) -> None:
    roster = save_list(tmp_path / "名单.xlsx", [(WATER, "岚溪县人民政府"), (CIVIL, "")], ("单位", "上级"))
    result = run("analyse", place, "-o", tmp_path / "分析", "--roster", roster)
    assert result.exit_code == 1, result.output
    assert "统计了 4 份" in result.stdout and "财政局.xlsx 没有统计：有" in result.stderr
    with (tmp_path / "分析" / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["subject"] == "requests[new_requests,total]"]
    assert [(line["unit"], line["year"]) for line in lines] == [
        *((CIVIL, "2022"), (WATER, "2022"), (CIVIL, "2023"), (WATER, "2023"))
    ]
    assert {line["parent"] for line in lines} == {"", "岚溪县人民政府"}
    assert all(line["cell"].startswith("三、依申请公开") and line["file"] for line in lines)
    files = list((tmp_path / "分析").iterdir())
    assert all(is_own_output(file, files) for file in files if file.suffix != ".csv")


def test_nothing_to_analyse_is_said(tmp_path: Path) -> None:
    (tmp_path / "说明.txt").write_text("请查收", encoding="utf-8")
    result = run("analyse", tmp_path, "-o", tmp_path / "分析")
    assert result.exit_code == 2 and "没有可以分析的报表" in result.stderr
    assert not (tmp_path / "分析").exists()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    odd = analysed(ODD, 2023, {Subject(CELL): 50_000})
    returns = [*region(Random(1), 12, (2021, 2022, 2023)), odd]
    path = tmp_path_factory.mktemp("page") / "分析.html"
    path.write_text(analysis_page("分析", Analysis(FORM.id, returns)), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [1280, 400])
def test_the_page_keeps_nobody_out_and_runs_nothing(page: Path, width: int) -> None:
    found = browse(page, width, [{"read": "td"}])
    assert (found.violations, found.overflow, found.asked, found.troubles) == ([], 0, 1, [])
    assert ODD in found.seen[0]
