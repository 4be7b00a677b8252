"""xlreport reconcile."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from command_line import run
from consolidated import child, county, parent_of
from returns import FORM
from xlreport.consolidate.child import Child
from xlreport.workbook.write import write_workbook

CHILDREN = county(Random(1), 3)


def write(folder: Path, returns: Sequence[Child]) -> Path:
    folder.mkdir(exist_ok=True)
    for each in returns:
        (folder / each.file).write_bytes(write_workbook(FORM, {FORM.year_field: 2023, **each.inputs}))
    return folder


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three units in a folder; beside it a parent of all and a parent without the first."""
    root = tmp_path_factory.mktemp("reconcile")
    write(root / "下级", CHILDREN)
    write(root, [parent_of(CHILDREN)])
    (root / "少一个.xlsx").write_bytes(write_workbook(FORM, parent_of(CHILDREN[1:]).inputs))
    return root


def test_no_difference_is_success(place: Path) -> None:
    result = run("reconcile", place / "上级.xlsx", place / "下级")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("3 个单位之和与上级相符")
    as_json = run("reconcile", place / "上级.xlsx", place / "下级", "--json")
    assert as_json.exit_code == 0 and json.loads(as_json.stdout) == {"differences": [], "causes": []}


def test_a_unit_left_out_is_named(place: Path) -> None:
    result = run("reconcile", place / "少一个.xlsx", place / "下级")
    assert result.exit_code == 1
    assert "岚溪县第1局的数：该单位未汇入" in result.stdout
    content = json.loads(run("reconcile", place / "少一个.xlsx", place / "下级", "--json").stdout)
    assert [cause["units"] for cause in content["causes"]] == [["岚溪县第1局"]]
    assert all(
        each["difference"] == each["parent"] - each["sum"]
        for each in content["differences"]
        if isinstance(each["sum"], int)
    )


@pytest.mark.usefixtures("quick_workers")
def test_what_is_no_return_is_named_and_the_rest_is_compared(place: Path, tmp_path: Path) -> None:
    (tmp_path / "说明.txt").write_text("请查收", encoding="utf-8")
    other_year = child("岚溪县第9局", {FORM.year_field: 2022}, "去年.xlsx")
    write(tmp_path, [other_year])
    result = run("reconcile", place / "上级.xlsx", place / "下级", tmp_path)
    assert result.exit_code == 0, result.output
    assert "说明.txt 没有比较" in result.stderr and "去年.xlsx 没有比较：是 2022 年度的" in result.stderr


def test_a_parent_that_is_no_workbook_is_answered(place: Path, tmp_path: Path) -> None:
    text = tmp_path / "上级.xlsx"
    text.write_text("不是表", encoding="utf-8")
    result = run("reconcile", text, place / "下级")
    assert result.exit_code == 1
    assert result.stdout == "" and "无法读取" in result.stderr
