"""xlreport form: list, show, lint, check."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

import xlreport
from command_line import RETURNS, fingerprints, refused, run
from returns import save, sound
from shared import once
from xlreport.authoring.vacuous import CaseSearch, try_check
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


def shown_whole(name: str | Path) -> str:
    """All that is shown of a form: a catalogue of examples, for which each of its rules is broken."""
    return once(f"form show {name}", lambda: run("form", "show", name).stdout)


def test_show_names_every_field_and_check() -> None:
    form = xlreport.load_form("ogi_annual_2021")
    shown = shown_whole("ogi_annual_2021")
    for name in [*form.fields, *form.grids, *form.listings]:
        assert f"`{name}`" in shown
    for check in form.checks:
        assert f"### {check.code}（" in shown
        assert check.title in shown
        assert check.why in shown
        assert check.source in shown


def test_show_json_has_the_whole_form() -> None:
    shown = json.loads(run("form", "show", SAFETY, "--json").stdout)
    assert (shown["id"], shown["first_year"], shown["last_year"]) == ("safety_monthly", 2024, None)
    assert [section["name"] for section in shown["sections"]] == ["cover", "inspection", "accidents"]
    states = {check["code"]: check["state"] for check in shown["checks"]}
    assert (states["HAZ001"], states["SPD001"]) == ("error", "warning")
    assert (states["HAZ003"], states["VIS003"]) == ("note", "trial")
    subjects = {indicator["subject"]: indicator for indicator in shown["indicators"]}
    assert subjects["hazards[total,outstanding]"]["computed"] is True
    assert subjects["visits"]["unit"] == "次"


@pytest.mark.parametrize("name", ["ogi_annual_2021", "ogi_annual_2019", SAFETY])
def test_the_shipped_forms_have_no_mistakes_and_all_cases_hold(name: str | Path) -> None:
    linted = run("form", "lint", name)
    assert linted.exit_code == 0
    assert all(line.startswith(("hint: ", "没有发现")) for line in linted.stdout.splitlines())
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
    assert "34 个例子，1 个不符" in result.stdout


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
    assert run("form", "show", "ogi_annual_2021", "--json").stderr == ""


# The life of a rule ----------------------------------------------------------------------------------

ODD_CHECK = """
[[check]]
code = "ODD001"
severity = "note"
title = "无从违反的规则"
when = 'WHEN'
expect = "EXPECT"
message = "{place}"
fix = "无"
cell = "visits"
"""


def with_check(own: Path, when: str, expect: str) -> str:
    """What lint says of a rule without cases."""
    with (own / "checks.toml").open("a", encoding="utf-8") as file:
        file.write(ODD_CHECK.replace("WHEN", when).replace("EXPECT", expect))
    result = run("form", "lint", own)
    assert result.exit_code == 1
    assert "ODD001: no case fails" in result.stdout
    return result.stdout


@pytest.mark.parametrize(
    ("when", "expect"),
    [
        ("visits >= 0", "visits + sites >= sites"),
        ("visits > 0", "hazards[total, general_found] >= hazards[chemicals, general_found]"),
        ("visits = sites", "visits - sites = 0"),
    ],
)
def test_a_rule_that_cannot_fail_is_hinted_at(own: Path, when: str, expect: str) -> None:
    assert "hint: checks.toml: ODD001: held for all" in with_check(own, when, expect)


def test_a_rule_that_never_applies_is_hinted_at(own: Path) -> None:
    shown = with_check(own, "AND(visits > 5, visits < 3)", "sites > 0")
    assert "hint: checks.toml: ODD001: `when` was true for none" in shown


@pytest.mark.parametrize(
    ("when", "expect"),
    [
        ("visits > 123456", "sites < 777"),
        ('month = "may"', "accident_count <= 3"),
        ("SUM(hazards[total, general_found:major_fixed]) = 0", "visits = 0"),
        ("ISBLANK(next_steps)", "sites <= visits"),
        ("LEN(findings) > 300", "visits > 0"),
        ("hazards[total, general_found] = hazards[total, major_found]", "sites <> 41"),
    ],
)
def test_a_rule_that_can_fail_is_left_alone(own: Path, when: str, expect: str) -> None:
    assert "hint: checks.toml" not in with_check(own, when, expect)


def test_figures_that_nothing_reads_are_named_in_groups(own: Path) -> None:
    spoil(own, "checks.toml", "ROUND(person_days, 1) > 0", "visits > 0")
    spoil(own, "checks.toml", 'cell = "person_days"', 'cell = "visits"')
    spoil(
        own,
        "sections/inspection.toml",
        'formula = "SUM(chemicals:crowded_places)"',
        'formula = "SUM(industry)"',
    )
    outstanding = "general_found - general_fixed + major_found - major_fixed"
    spoil(own, "sections/inspection.toml", outstanding, "general_found - general_fixed")
    spoil(own, "checks.toml", "general_fixed <= general_found", "general_fixed = general_fixed")
    spoil(own, "checks.toml", "major_fixed <= major_found", "general_found = general_found")
    shown = run("form", "lint", own).stdout
    assert "sections/inspection.toml: effort: person_days: asked for" in shown
    hinted = [line for line in shown.splitlines() if line.startswith("hint: sections")]
    assert len(hinted) <= 10  # not a line for every cell
    assert any("major_fixed" in line for line in hinted)


def test_a_column_that_nothing_reads_is_one_hint(own: Path) -> None:
    more = """
[[block.col]]
name = "reported"
label = ["上报"]
short = "上报"
"""
    text = (own / "sections/inspection.toml").read_text(encoding="utf-8")
    before, mark, after = text.partition('[[block]]\ntype = "fields"\nname = "review"')
    (own / "sections/inspection.toml").write_text(before + more + mark + after, encoding="utf-8")
    spoil(own, "sections/inspection.toml", 'formula = "SUM(chemicals:crowded_places)"\n', "")
    spoil(
        own, "sections/inspection.toml", 'name = "total"\nlabel = ["合计"]', 'name = "all"\nlabel = ["合计"]'
    )
    spoil(own, "checks.toml", "hazards[total, ", "hazards[all, ")
    text = (own / "checks.toml").read_text(encoding="utf-8").replace("hazards[total, ", "hazards[all, ")
    (own / "checks.toml").write_text(text, encoding="utf-8")
    text = (own / "facts.toml").read_text(encoding="utf-8").replace("hazards[total, ", "hazards[all, ")
    (own / "facts.toml").write_text(text, encoding="utf-8")
    text = (own / "report.md.j2").read_text(encoding="utf-8").replace("hazards.total", "hazards.all")
    (own / "report.md.j2").write_text(text, encoding="utf-8")
    hinted = [
        line for line in run("form", "lint", own).stdout.splitlines() if line.startswith("hint: sections")
    ]
    assert hinted == [
        "hint: sections/inspection.toml: hazards: column “reported”: "
        "asked for, but no check, computed cell or fact reads it"
    ]


# The catalogue ---------------------------------------------------------------------------------------


def test_the_catalogue_says_what_why_source_example_and_fix() -> None:
    shown = run("form", "show", SAFETY, "--checks").stdout
    entry = shown.partition("### VIS001")[2].partition("###")[0]
    assert entry.startswith("（错误）检查单位家数不多于检查次数")
    assert "- 为什么：检查一家单位至少到场一次" in entry
    assert "- 依据：本表填报说明" in entry
    assert "检查单位数39家，多于检查次数38次，相差1" in entry
    assert "- 改法：请核对 C7:C8" in entry
    assert "### VIS003（试行）" in shown
    assert "| PUB001 |" in shown
    assert "`effort`" not in shown


def test_every_shipped_rule_has_a_reason_and_an_example() -> None:
    for name in ("ogi_annual_2021", SAFETY):
        form = xlreport.load_form(name)
        shown = shown_whole(name)
        for rule in form.checks:
            entry = shown.partition(f"### {rule.code}（")[2].partition("###")[0]
            assert "- 为什么：" in entry, rule.code
            assert "- 例子：" in entry, rule.code


def test_the_whole_page_is_the_readme_of_the_form() -> None:
    readme = (SAFETY / "README.md").read_text(encoding="utf-8")
    assert shown_whole(SAFETY) == readme


def test_json_and_checks_do_not_go_together() -> None:
    assert "--json" in refused("form", "show", SAFETY, "--json", "--checks")


# Against past returns --------------------------------------------------------------------------------


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """A copy of the annual report with other rules: one on trial, one stricter, one as it was."""
    folder = shutil.copytree(
        shipped("workbook_templates") / "ogi_annual_2021", tmp_path / "修改稿" / "ogi_annual_2021"
    )
    with (folder / "checks.toml").open("a", encoding="utf-8") as file:
        file.write("""
[[check]]
code = "NEW001"
severity = "error"
trial = true
title = "规范性文件现行有效件数不多于 8 件"
expect = "documents[normative_documents, in_force] <= 8"
message = "{place}：现行有效{left_value}件，多于{right_value}件"
fix = "请核对 {cells}"
""")
    return folder


def table(stdout: str) -> dict[str, tuple[str, int, int]]:
    """Rule, level, returns that fail, returns that newly fail, from the table at the end."""
    lines = [line.split() for line in stdout.partition("份工作簿：\n")[2].splitlines()]
    return {words[0]: (words[1], int(words[3]), int(words[5])) for words in lines}


def test_new_rules_are_tried_on_past_returns(changed: Path) -> None:
    before = fingerprints(RETURNS)
    result = run("form", "check", changed, "--against", RETURNS)
    assert result.exit_code == 0
    assert fingerprints(RETURNS) == before
    assert "共核对 6 份工作簿" in result.stdout
    counted = table(result.stdout)
    assert counted["NEW001"][0] == "错误"
    _, failing, new = counted["NEW001"]
    assert failing == new > 0
    assert counted["REQ001"] == ("错误", 1, 0)  # it is found already
    head, *lines = result.stdout.splitlines()
    assert head.startswith(f"NEW001（错误）规范性文件现行有效件数不多于 8 件：{failing} 份不符")
    assert any(line.startswith("  岚溪县自然资源和规划局2023年度报告.xlsx") for line in lines)
    assert any("现行有效9件，多于8件" in line for line in lines)


def test_files_that_cannot_be_read_are_named(changed: Path) -> None:
    shown = run("form", "check", changed, "--against", RETURNS).stdout
    assert "1 个文件没有核对" in shown
    assert "部门/文旅局公开情况统计（自制）.xlsx：文件里没有本工具的标识" in shown


def test_a_rule_that_weighs_more_than_before_is_new(changed: Path, tmp_path: Path) -> None:
    (tmp_path / "往年").mkdir()
    save(tmp_path / "往年", sound({"cases[review,upheld]": 99}))
    assert table(run("form", "check", changed, "--against", tmp_path / "往年").stdout)["CASE001"][1:] == (
        1,
        0,
    )
    spoil(
        changed,
        "checks.toml",
        'code = "CASE001"\nseverity = "warning"',
        'code = "CASE001"\nseverity = "error"',
    )
    spoil(changed, "report.md.j2", '"CASE001", ', "")
    stricter = shutil.copytree(changed, tmp_path / "更严" / "ogi_annual_2021")  # a folder is read once a run
    counted = table(run("form", "check", stricter, "--against", tmp_path / "往年").stdout)
    assert counted["CASE001"] == ("错误", 1, 1)


def test_the_installed_form_s_own_rules_are_not_new(tmp_path: Path) -> None:
    counted = table(run("form", "check", "ogi_annual_2021", "--against", RETURNS).stdout)
    assert all(new == 0 for _, _, new in counted.values())


def test_returns_of_another_form_are_left_out(changed: Path) -> None:
    shown = run("form", "check", SAFETY, "--against", RETURNS).stdout
    assert "共核对 0 份工作簿" in shown
    assert "是报表“ogi_annual_2021”的工作簿，不是“safety_monthly”的" in shown


def test_where_there_is_nothing_to_try_on_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    (tmp_path / "空" / "记录.txt").write_text("无", encoding="utf-8")
    assert "没有找到工作簿（跳过了 1 个其他文件）" in refused(
        "form", "check", "ogi_annual_2021", "--against", tmp_path / "空"
    )
    assert "找不到" in refused("form", "check", "ogi_annual_2021", "--against", tmp_path / "没有")
    assert "不是文件夹" in refused(
        "form", "check", "ogi_annual_2021", "--against", RETURNS / "县政府2023年报.xlsx"
    )


def test_the_search_finds_values_that_break_every_shipped_rule() -> None:
    for name in ("ogi_annual_2021", SAFETY):
        form = xlreport.load_form(name)
        for rule in form.checks:
            assert try_check(form, rule.code) == CaseSearch(applied=True, failed=True), rule.code
