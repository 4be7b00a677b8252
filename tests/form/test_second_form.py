"""A form of another kind says all of its content itself: nothing of the shipped ones is in the program."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from command_line import json_lines, refused, run
from returns import edit_cells, said, the_one
from xlreport.archive.last_year import LastYear
from xlreport.authoring.cases import read_cases
from xlreport.form.library import shipped
from xlreport.form.load import load_form
from xlreport.form.model import Form
from xlreport.form.values import from_json
from xlreport.formula.nodes import Value
from xlreport.layout import lay_out
from xlreport.subject import Subject
from xlreport.verify.verdict import verify_file
from xlreport.workbook.write import write_workbook

FIELDS = """
[[block.field]]
name = "fate"
label = "单位变化"
kind = "choice"
required = false
help = "与上年相比。"
options = [
    { name = "same", label = "照旧" },
    { name = "joined", label = "并入" },
    { name = "parted", label = "分出" },
    { name = "fresh", label = "新成立" },
]

[[block.field]]
name = "formerly"
label = "原单位"
kind = "text"
required = false
help = "有几个的用顿号隔开。"
"""
UNIT = 'change = "fate"\npredecessors = "formerly"\nmerged = "joined"\nsplit = "parted"\nnew = "fresh"\n'
WORDS = """
[[parts]]
stated = ["三块内容"]
names = ["检查", "整改", "事故"]
words = [["检查"], ["整改"], ["事故"]]
"""
FACTS = 'totals = ["隐患总数"]\n'
FOUND = "hazards[chemicals,general_found]"


@pytest.fixture
def form(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Form:
    """The monthly report of the samples, with words of its own and a cover called otherwise."""
    folder = shutil.copytree(shipped("samples") / "safety_monthly", tmp_path / "forms" / "town_monthly")
    unit = getattr(request, "param", UNIT)
    if unit:
        (folder / "unit.toml").write_text(unit, encoding="utf-8")
    (folder / "words.toml").write_text(WORDS, encoding="utf-8")
    (folder / "facts.toml").write_text(FACTS, encoding="utf-8")
    for name, old, new in (
        ("form.toml", 'id = "safety_monthly"', 'id = "town_monthly"'),
        ("sections/cover.toml", 'tab = "封面"', 'tab = "单位信息"'),
    ):
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    with (folder / "sections" / "cover.toml").open("a", encoding="utf-8") as cover:
        cover.write(FIELDS)
    monkeypatch.setenv("XLREPORT_FORMS", str(folder.parent))
    return load_form("town_monthly")


def save(form: Form, path: Path, changes: Mapping[str, Value]) -> Path:
    """A sound return with some values changed."""
    base = {**from_json(form, read_cases(form).base), form.year_field: 2025}
    values = {**base, **{Subject.parse(s): v for s, v in changes.items()}}
    values[Subject.field("signed_on")] = f"{values[form.year_field]}-07-03"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(write_workbook(form, values))
    return path


@pytest.fixture
def before(form: Form, tmp_path: Path) -> Path:
    """Last year's returns of two units."""
    for number, unit in enumerate(("甲镇", "乙镇"), start=1):
        changes = {"year": 2024, "reporter": unit, "reporter_code": str(number), FOUND: 11 + number}
        save(form, tmp_path / "2024" / f"{unit}.xlsx", changes)
    return tmp_path / "2024"


def test_merged_units_are_added_up(form: Form, before: Path, tmp_path: Path) -> None:
    path = save(form, tmp_path / "a.xlsx", {"fate": "joined", "formerly": "甲镇、2"})
    verdict = verify_file(path, LastYear.of(before))
    assert said(verdict) == {} and verdict.submission is not None
    assert verdict.submission.prior[Subject.parse(FOUND)] == 25


def test_a_month_is_compared_with_the_same_month(form: Form, before: Path, tmp_path: Path) -> None:
    """Last year's folder has all twelve of them."""
    own = {"reporter": "甲镇", "reporter_code": "1"}
    save(form, before / "七月.xlsx", {"year": 2024, "month": "july", **own, FOUND: 40})
    june = verify_file(save(form, tmp_path / "a.xlsx", own), LastYear.of(before))
    july = verify_file(save(form, tmp_path / "b.xlsx", {**own, "month": "july"}), LastYear.of(before))
    assert june.submission is not None and june.submission.prior[Subject.parse(FOUND)] == 12
    assert july.submission is not None and july.submission.prior[Subject.parse(FOUND)] == 40
    august = save(form, tmp_path / "c.xlsx", {**own, "month": "august"})
    assert "YOY901:reporter" in said(verify_file(august, LastYear.of(before)))


def test_june_and_july_of_one_unit_are_no_duplicates(form: Form, tmp_path: Path) -> None:
    for month in ("june", "july"):
        save(form, tmp_path / "in" / f"{month}.xlsx", {"month": month})
    run("convert", tmp_path / "in", "-o", tmp_path / "out", "--to", "md", "--jobs", 1)
    lines = json_lines(tmp_path / "out" / "findings.jsonl")
    assert [{f["code"] for f in line["findings"]} & {"WBK027", "WBK028"} for line in lines] == [set(), set()]


def test_a_new_unit_is_not_asked_and_an_unchanged_one_is(form: Form, before: Path, tmp_path: Path) -> None:
    new = save(form, tmp_path / "a.xlsx", {"fate": "fresh"})
    assert said(verify_file(new, LastYear.of(before))) == {}
    same = save(form, tmp_path / "b.xlsx", {"fate": "same"})
    verdict = verify_file(same, LastYear.of(before))
    assert said(verdict) == {"YOY901:reporter": "note"}
    assert "；并入、分出的，在单位信息填写“单位变化”和“原单位”" in verdict.findings[0].fix


@pytest.mark.parametrize("form", [""], indirect=True)
def test_a_form_that_does_not_ask_sends_nobody_to_cells(form: Form, before: Path, tmp_path: Path) -> None:
    path = save(form, tmp_path / "a.xlsx", {"fate": "fresh", "formerly": "甲镇"})
    verdict = verify_file(path, LastYear.of(before))
    assert said(verdict) == {"YOY901:reporter": "note"}
    assert verdict.findings[0].fix == "请放入上年通过核对的工作簿"
    args = ("--form", form.id, "--year", 2025, "--unit", "丙镇", "--prior", before / "甲镇.xlsx")
    assert "--values" not in refused("template", *args)


def test_a_template_is_refused_in_the_form_s_words(form: Form, before: Path) -> None:
    args = ("--form", form.id, "--year", 2025, "--unit", "丙镇", "--prior", before / "甲镇.xlsx")
    assert "机关有并入、分出的，在 --values 的数据里写明 cover.formerly" in refused("template", *args)


def test_the_cover_is_called_what_it_is(form: Form, tmp_path: Path) -> None:
    area = lay_out(form).areas[form.unit_field]
    path = edit_cells(save(form, tmp_path / "a.xlsx", {}), area.sheet, {area.first: "丙镇"})
    assert the_one(path, "WBK026:reporter").message.startswith("单位信息填的是“丙镇”")


def test_its_parts_are_its_own(form: Form, tmp_path: Path) -> None:
    text = "本月写了三块内容，检查四十六家，整改三家。"
    finding = the_one(save(form, tmp_path / "a.xlsx", {"findings": text}), "TXT018:findings@5")
    assert "却没有列出“事故”" in finding.message and "六" not in finding.message + finding.fix
    one = "本月写了三块内容，请看检查部分。"
    assert said(save(form, tmp_path / "b.xlsx", {"findings": one})) == {}


def test_shares_are_of_its_own_totals(form: Form, tmp_path: Path) -> None:
    text = "本月排查隐患80处，一般隐患40处，占隐患总数的{}%。"
    assert said(save(form, tmp_path / "a.xlsx", {"findings": text.format(50)})) == {}
    assert set(said(save(form, tmp_path / "b.xlsx", {"findings": text.format(60)}))) == {"TXT015:findings@19"}
    other = text.replace("隐患总数", "申请总数")
    assert said(save(form, tmp_path / "c.xlsx", {"findings": other.format(60)})) == {}
