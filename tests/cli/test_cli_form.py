"""xlreport form: list, show, lint, check."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

import xlreport
from command_line import refused, run
from xlreport.form.library import shipped

SAFETY = shipped("samples") / "safety_monthly"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A form of one's own to spoil."""
    return shutil.copytree(SAFETY, tmp_path / "forms" / "safety_monthly")


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_form_is_listed() -> None:
    listed = run("form", "list").stdout
    assert "ogi_annual_2021  政府信息公开工作年度报告  2021 版  2021 年及以后" in listed
    assert "ogi_annual_2019  政府信息公开工作年度报告  2019 版  2019—2020 年" in listed


def test_forms_of_one_s_own_are_found_by_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XLREPORT_FORMS", f"{tmp_path / 'none'}{os.pathsep}{shipped('samples')}")
    assert "safety_monthly" in run("form", "list").stdout
    assert (
        run(
            "template", "--form", "safety_monthly", "--year", 2024, "--unit", "青禾镇", "-o", tmp_path
        ).exit_code
        == 0
    )
    (made,) = tmp_path.glob("*.xlsx")
    assert xlreport.read(made).form.id == "safety_monthly"


def test_show_names_every_field_and_check() -> None:
    form = xlreport.load_form("ogi_annual_2021")
    shown = run("form", "show", "ogi_annual_2021").stdout
    for name in [*form.fields, *form.grids, *form.listings]:
        assert f"`{name}`" in shown
    for check in form.checks:
        assert f"### {check.code}（" in shown
        assert check.message in shown


def test_show_json_has_the_whole_form() -> None:
    shown = json.loads(run("form", "show", SAFETY, "--json").stdout)
    assert (shown["id"], shown["first_year"], shown["last_year"]) == ("safety_monthly", 2024, None)
    assert [section["name"] for section in shown["sections"]] == ["cover", "inspection", "accidents"]
    assert {"HAZ001", "SPD001"} <= {check["code"] for check in shown["checks"]}
    subjects = {indicator["subject"]: indicator for indicator in shown["indicators"]}
    assert subjects["hazards[total,outstanding]"]["computed"] is True
    assert subjects["visits"]["unit"] == "次"


@pytest.mark.parametrize("name", ["ogi_annual_2021", "ogi_annual_2019", SAFETY])
def test_the_shipped_forms_have_no_mistakes_and_all_cases_hold(name: str | Path) -> None:
    assert run("form", "lint", name).stdout == "没有发现问题\n"
    result = run("form", "check", name)
    assert (result.exit_code, result.stdout.strip().endswith("0 个不符")) == (0, True)


def test_lint_names_every_mistake_with_its_place(own: Path) -> None:
    spoil(own, "checks.toml", "sites <= visits", "sitez <= visits")
    spoil(own, "sections/cover.toml", 'kind = "choice"', 'kind = "chioce"')
    result = run("form", "lint", own)
    assert result.exit_code == 1
    assert "sections/cover.toml: " in result.stdout
    assert "chioce" in result.stdout


def test_lint_sees_narrative_cases_and_skin(own: Path) -> None:
    (own / "report.md.j2").write_text("# {{ nothing_here }}\n", encoding="utf-8")
    spoil(own, "cases/checks.toml", 'check = "SPD001"', 'check = "SPD009"')
    spoil(own, "form.toml", 'skin = "', 'skin = "" #')
    shown = run("form", "lint", own).stdout
    assert "nothing_here" in shown
    assert "SPD009" in shown
    assert "SPD001: no case passes" in shown
    assert "skin/reference.docx" in shown


def test_a_case_that_comes_out_otherwise_is_shown_with_both_sides(own: Path) -> None:
    spoil(own, "cases/checks.toml", 'expect = ["VIS001:visits"]', "expect = []")
    result = run("form", "check", own)
    assert result.exit_code == 1
    assert "不符：VIS001 检查单位多于检查次数" in result.stdout
    assert "应报：无" in result.stdout
    assert "实报：VIS001:visits" in result.stdout
    assert "14 个例子，1 个不符" in result.stdout


def test_base_values_with_findings_fail(own: Path) -> None:
    spoil(own, "cases/base.toml", "sites = 39", "sites = 390")
    result = run("form", "check", own)
    assert result.exit_code == 1
    assert "cases/base.toml" in result.stdout


def test_a_case_that_does_not_fit_the_form_says_where(own: Path) -> None:
    spoil(own, "cases/checks.toml", "visits = 38", "visitz = 38")
    result = run("form", "check", own)
    assert result.exit_code == 1
    assert "effort.visitz" in result.stdout


def test_blank_empties_a_number(own: Path) -> None:
    spoil(own, "cases/checks.toml", "visits = 38", 'visits = "blank"')
    result = run("form", "check", own)
    assert "应报：VIS001:visits" in result.stdout  # a rule waits for its figures
    assert "实报：无" in result.stdout


def test_no_form_there_is_wrong_usage(tmp_path: Path) -> None:
    for command in ("lint", "check", "show"):
        assert "ogi_annual_2021" in refused("form", command, tmp_path / "没有")


def test_a_form_with_mistakes_cannot_be_used(own: Path, tmp_path: Path) -> None:
    spoil(own, "checks.toml", "sites <= visits", "sitez <= visits")
    assert "sitez" in refused(
        "template", "--form", own, "--year", 2024, "--unit", "某镇", "-o", tmp_path / "t.xlsx"
    )
    assert "sitez" in refused("form", "check", own)


def test_a_broken_form_does_not_hide_the_others(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (own.parent / "a_broken").mkdir()
    (own.parent / "a_broken" / "form.toml").write_text("nonsense", encoding="utf-8")
    monkeypatch.setenv("XLREPORT_FORMS", str(own.parent))
    result = run("form", "list")
    assert result.exit_code == 2
    assert "ogi_annual_2021" in result.stdout
    assert "safety_monthly" in result.stdout
    assert str(own.parent / "a_broken") in result.stderr


def test_a_folder_of_forms_that_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XLREPORT_FORMS", str(tmp_path / "没有"))
    result = run("form", "list")
    assert result.exit_code == 0
    assert "ogi_annual_2021" in result.stdout
    assert f"{tmp_path / '没有'} 不存在" in result.stderr
    assert run("form", "show", "ogi_annual_2021").stderr == ""
