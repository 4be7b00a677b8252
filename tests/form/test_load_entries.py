"""entries.toml: optional, outside the workbook's stamp, its mistakes told like all others; its live rules."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from xlreport.form.entries import looks_like
from xlreport.form.library import shipped
from xlreport.form.load import load_form, read_form
from xlreport.form.mistake import FormErrors
from xlreport.form.values import from_json
from xlreport.layout import lay_out
from xlreport.subject import Subject
from xlreport.workbook.live_entries import contradictions, entry_rules


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(shipped("workbook_templates") / "ogi_annual_2021", tmp_path / "ogi_annual_2021")


def test_what_entries_look_like_makes_no_other_workbook(folder: Path) -> None:
    before = read_form(folder).definition
    (folder / "entries.toml").unlink()
    assert read_form(folder).definition == before


@pytest.mark.parametrize(
    ("picture", "right", "wrong"),
    [
        ("######", ["050800", "０５０８００", "050 800"], ["50800", "0508001", "05080a", ""]),
        (
            "0###-#######[#]",
            ["0590-7330826", "0590－73308261", "0590—7330826"],
            ["0590-733082", "05907330826"],
        ),
        ("?*@?*.??*", ["a@b.cn", "A＠b.com.cn"], ["@b.cn", "a@b", "ab.cn"]),
        ("*局", ["水务局", "局", "水务 局"], ["局长", "水务局2023"]),
        ("A(1)", ["a（1）"], ["A1"]),
    ],
)
def test_a_picture_says_what_a_text_looks_like(picture: str, right: list[str], wrong: list[str]) -> None:
    assert [text for text in right if not looks_like(text, (picture,))] == []
    assert [text for text in wrong if looks_like(text, (picture,))] == []


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('[[pattern]]\nfield = "postcod"\nlike = ["#"]\nsays = "x"', "pattern[0].field", "mean “postcode”"),
        ('[[pattern]]\nfield = "year"\nlike = ["#"]\nsays = "x"', "pattern[0].field", "of kind “text”"),
        ('[[pattern]]\nfield = "phone"\nlike = []\nsays = "x"', "pattern[0].like", "no picture"),
        ('[[pattern]]\nfield = "phone"\nlike = ["[#"]\nsays = "x"', "pattern[0].like", "brackets"),
        ('[[span]]\nfield = "signed_on"\nsays = "x"', "span[0]", "no bound"),
        ('[[span]]\nfield = "signed_on"\nfirst = "2024-02-30"\nsays = "x"', "span[0].first", "is no bound"),
        ('[[span]]\nfield = "organ"\nlast = "after"\nsays = "x"', "span[0].field", "“date” or “year”"),
        ('[[span]]\nfield = "year"\nlast = "2099"\nsays = "x"\nwhen = "1"', "span[0].when", "TRUE or FALSE"),
        ('[[distinct]]\nfields = ["phone"]\nsays = "x"', "distinct[0].fields", "two fields"),
        ('[[short_name]]\nfield = "organ"\nof = "organs"', "short_name[0].of", "did you mean “organ”"),
        ('[[contradiction]]\ncell = "scope"\nsays = "x"\nfix = "y"', "contradiction[0]", "nothing is said"),
        ('[[contradiction]]\ncell = "scope"\nsays = "x"\nfix = "y"\nlike = ["*"]', "contradiction[0].field",
         "go together"),
        ('[[contradiction]]\ncell = "scop"\nwhen = "TRUE"\nsays = "x"\nfix = "y"', "contradiction[0].cell",
         "did you mean “scope”"),
        ('[period]\nfield = "unit_type"', "period.field", "do not divide a year"),
        ('[[patern]]\nfield = "phone"', "", "unknown key “patern”"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(folder: Path, text: str, place: str, words: str) -> None:
    (folder / "entries.toml").write_text(text, encoding="utf-8")
    with pytest.raises(FormErrors) as caught:
        read_form(folder)
    found = {(mistake.file, mistake.path): mistake.message for mistake in caught.value.mistakes}
    assert words in found["entries.toml", place]


def test_the_sheet_checks_what_a_spreadsheet_can() -> None:
    form = load_form("ogi_annual_2021")
    rules = entry_rules(lay_out(form), from_json(form, {"cover": {"year": 2023}}))
    assert {str(subject): rule["error_type"] for subject, rule in rules.items()} == {
        "postcode": "stop", "email": "stop", "signed_on": "stop", "phone": "warning",
        "prepared_by": "warning", "reviewed_by": "warning", "approved_by": "warning",
    }  # fmt: skip
    assert str(rules[Subject.field("signed_on")]["minimum"]) == "2024-01-01"
    assert all(len(str(rule.get("value", ""))) < 256 for rule in rules.values())


def test_without_a_year_a_day_is_free() -> None:
    form = load_form("ogi_annual_2021")
    assert "signed_on" not in entry_rules(lay_out(form), {})


def test_cells_that_contradict_each_other_change_colour() -> None:
    layout = lay_out(load_form("ogi_annual_2021"))
    found = [(area.first, condition) for area, condition, _ in contradictions(layout, "封面")]
    scope = layout.areas[Subject.field("scope")].first
    (condition,) = (condition for cell, condition in found if cell == scope)
    assert condition.startswith(f'=AND({scope}<>"",AND(OR(') and f'{scope}<>"本机关"' in condition
    assert any('COUNTIF(C5,"*局")>0' in condition for _, condition in found)
    assert list(contradictions(layout, "三、依申请公开")) == []
