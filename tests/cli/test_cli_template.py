"""xlreport template."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import xlreport
from command_line import fingerprints, refused, run
from returns import sample_json
from xlreport.form.library import shipped


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which the person works."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def values(folder: Path, data: Any) -> Path:
    path = folder / "数据.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_blank_template_knows_its_unit_and_year(here: Path) -> None:
    result = run("template", "--year", 2023, "--unit", "岚溪县水务局")
    assert result.exit_code == 0
    assert result.stdout == "岚溪县水务局_2023_ogi_annual_2021.xlsx\n"
    submission = xlreport.read(here / "岚溪县水务局_2023_ogi_annual_2021.xlsx")
    assert (submission.unit, submission.year) == ("岚溪县水务局", 2023)


def test_the_same_words_make_the_same_file(here: Path) -> None:
    run("template", "--year", 2023, "--unit", "某局", "-o", "a.xlsx")
    run("template", "--year", 2023, "--unit", "某局", "-o", "b.xlsx")
    prints = fingerprints(here)
    assert prints["a.xlsx"] == prints["b.xlsx"]


@pytest.mark.parametrize(
    "unit",
    ["../../etc/某局", 'a/b\\c:d*e?f"g<h>i|j', "某局\t\n", "..", "CON", '=HYPERLINK("x")', "局" * 60],
)
def test_a_unit_s_name_never_becomes_a_path(here: Path, unit: str) -> None:
    result = run("template", "--year", 2023, "--unit", unit)
    assert result.exit_code == 0, result.stderr
    made = list(here.rglob("*"))
    assert len(made) == 1
    assert made[0].parent == here
    assert not set(made[0].name) & set('\\/:*?"<>|\x1b\n')


def test_values_are_filled_in_and_unit_and_year_may_be_left_out_of_them(here: Path) -> None:
    data = sample_json()
    del data["cover"]["organ"], data["cover"]["year"]
    result = run("template", "--year", 2022, "--unit", "某局", "--values", values(here, data), "-o", "t.xlsx")
    assert result.exit_code == 0, result.stderr
    submission = xlreport.read(here / "t.xlsx")
    assert submission.unit == "某局"
    assert submission.inputs["requests[new_requests,natural_person]"] == 38


def test_longer_lists_get_the_lines_they_need(here: Path) -> None:
    data = {"published": [{"category": f"类别{n}", "count": n} for n in range(45)]}
    run("template", "--year", 2023, "--unit", "某局", "--values", values(here, data), "-o", "t.xlsx")
    assert xlreport.read(here / "t.xlsx").inputs["published[45,count]"] == 44


def test_out_may_be_a_folder(here: Path) -> None:
    (here / "模板").mkdir()
    run("template", "--year", 2023, "--unit", "某局", "-o", "模板")
    assert (here / "模板" / "某局_2023_ogi_annual_2021.xlsx").is_file()


def test_a_separator_at_the_end_of_out_means_a_folder_to_be_made(here: Path) -> None:
    result = run("template", "--year", 2023, "--unit", "某局", "-o", "新/模板/")
    assert result.exit_code == 0, result.stderr
    assert (here / "新" / "模板" / "某局_2023_ogi_annual_2021.xlsx").is_file()


@pytest.mark.parametrize("out", ["某局.docx", "某局.xls", "某局.v1", "模板"])
def test_a_workbook_is_not_given_another_ending(here: Path, out: str) -> None:
    said = refused("template", "--year", 2023, "--unit", "某局", "-o", out)
    assert ".xlsx" in said
    assert out in said
    assert list(here.iterdir()) == []


def test_an_ending_in_capitals_is_no_other_ending(here: Path) -> None:
    assert run("template", "--year", 2023, "--unit", "某局", "-o", "A.XLSX").exit_code == 0


@pytest.mark.parametrize("unit", ["局" * 61, "某局\x1b[31m", "某\x00局", "某\u200b局"])
def test_a_unit_that_cannot_be_is_refused_as_given(here: Path, unit: str) -> None:
    said = refused("template", "--year", 2023, "--unit", unit)
    assert "--unit" in said
    assert "cover" not in said
    assert "\x1b" not in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"cover": {\n  organ: 1}}', "第 2 行第 3 列"),
        ("[" * 100_000, "嵌套太深"),
        ("9" * 5_000, "数字"),
        ('{"cover": {"unit_code": "1", "unit_code": "2"}}', "unit_code"),
    ],
)
def test_unusable_json_is_explained_in_chinese(here: Path, text: str, words: str) -> None:
    (here / "v.json").write_text(text, encoding="utf-8")
    said = refused("template", "--year", 2023, "--unit", "某局", "--values", "v.json", "-o", "t.xlsx")
    assert words in said
    assert not {"Expecting", "maximum", "Exceeds", "property"} & set(said.split())


@pytest.mark.parametrize("out", ["文件/t.xlsx", "文件/"])
def test_a_place_that_cannot_be_written_is_explained_in_chinese(here: Path, out: str) -> None:
    (here / "文件").write_text("", encoding="utf-8")
    said = refused("template", "--year", 2023, "--unit", "某局", "-o", out)
    assert "不能写入" in said
    assert not {"Not", "directory", "File", "exists"} & set(said.split())


def test_a_name_too_long_for_the_system_is_explained_in_chinese(here: Path) -> None:
    said = refused("template", "--year", 2023, "--unit", "某局", "-o", f"{'长' * 200}.xlsx")
    assert "文件名太长" in said


def test_a_form_may_be_given_by_its_folder(here: Path) -> None:
    form = shipped("samples") / "safety_monthly"
    result = run("template", "--form", form, "--year", 2024, "--unit", "青禾镇")
    assert result.stdout == "青禾镇_2024_safety_monthly.xlsx\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"cover": {"year": 2022}}, "2022"),
        ({"cover": {"organ": "另一个局"}}, "另一个局"),
        ({"cover": {"organ_shrot": "某局"}}, "organ_short"),
        ({"requests": {"new_requests": {"natural_person": -1}}}, "requests.new_requests.natural_person"),
        ({"cover": 5}, "应为 JSON 对象"),
        ([], "JSON 对象"),
    ],
)
def test_values_that_do_not_fit_are_refused_before_anything_is_written(
    here: Path, data: Any, message: str
) -> None:
    path = values(here, data)
    assert message in refused("template", "--year", 2023, "--unit", "某局", "--values", path, "-o", "t.xlsx")
    assert list(here.iterdir()) == [path]


def test_all_values_that_do_not_fit_are_named_at_once(here: Path) -> None:
    path = values(here, {"cover": {"unit_type": "x", "signed_on": "明天"}})
    said = refused("template", "--year", 2023, "--unit", "某局", "--values", path)
    assert "cover.unit_type" in said
    assert "cover.signed_on" in said


@pytest.mark.parametrize("text", ["{", "", "[" * 100_000, '{"a": 1e99999999999}', "\ufeff"])
def test_broken_json_is_refused(here: Path, text: str) -> None:
    path = here / "v.json"
    path.write_text(text, encoding="utf-8")
    assert "v.json" in refused(
        "template", "--year", 2023, "--unit", "某局", "--values", path
    ) or text.startswith('{"a')


def test_json_that_is_not_utf_8_is_refused(here: Path) -> None:
    (here / "v.json").write_bytes('{"cover": {"organ": "某局"}}'.encode("gbk"))
    assert "UTF-8" in refused("template", "--year", 2023, "--unit", "某局", "--values", "v.json")


def test_stated_totals_are_compared_and_the_workbook_is_written(here: Path) -> None:
    data = sample_json()
    data["requests"]["new_requests"]["total"] = 999
    unit = data["cover"]["organ"]
    result = run("template", "--year", 2023, "--unit", unit, "--values", values(here, data), "-o", "t.xlsx")
    assert result.exit_code == 1
    assert result.stdout == "t.xlsx\n"
    assert "999" in result.stderr
    assert "相差" in result.stderr
    assert xlreport.verify(xlreport.read(here / "t.xlsx")) == []


def test_right_totals_are_no_finding(here: Path) -> None:
    data = sample_json()
    form = xlreport.load_form("ogi_annual_2021")
    row = data["requests"]["new_requests"]
    row["total"] = sum(row.values())
    assert form.computed["requests[new_requests,total]"]
    path = values(here, data)
    assert run("template", "--year", 2023, "--unit", data["cover"]["organ"], "--values", path).exit_code == 0


def test_what_cannot_be_is_refused(here: Path) -> None:
    assert "2021 年及以后" in refused("template", "--year", 2018, "--unit", "某局")
    assert "四位数字" in refused("template", "--year", "23年", "--unit", "某局")
    assert "空的" in refused("template", "--year", 2023, "--unit", " \t")
    assert "ogi_annual_2021" in refused("template", "--form", "nope", "--year", 2023, "--unit", "某局")
    assert "找不到" in refused("template", "--year", 2023, "--unit", "某局", "--values", "none.json")
    assert "文件夹" in refused("template", "--year", 2023, "--unit", "某局", "--values", ".")
    assert list(here.iterdir()) == []


def test_the_edition_follows_the_year_unless_a_form_is_chosen(here: Path) -> None:
    assert run("template", "--year", 2020, "--unit", "某局").stdout == "某局_2020_ogi_annual_2019.xlsx\n"
    assert xlreport.read(here / "某局_2020_ogi_annual_2019.xlsx").year == 2020
    for form, year, right in (("ogi_annual_2021", 2020, "2019"), ("ogi_annual_2019", 2021, "2021")):
        said = refused("template", "--form", form, "--year", year, "--unit", "某局")
        assert f"请用 --form ogi_annual_{right}" in said


def test_the_values_are_never_written_over(here: Path) -> None:
    path = values(here, {})
    before = path.read_bytes()
    assert "-o" in refused("template", "--year", 2023, "--unit", "某局", "--values", path, "-o", path)
    assert path.read_bytes() == before


def test_a_place_that_cannot_be_written_is_named(here: Path) -> None:
    (here / "file").write_text("x")
    assert "不能写入" in refused("template", "--year", 2023, "--unit", "某局", "-o", "file/t.xlsx")
    assert fingerprints(here).keys() == {"file"}
