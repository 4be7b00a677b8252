"""unit.toml: what became of a unit, in the form's own words; outside the stamp, mistakes told like others."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from xlreport.form.last_year import change_of, wanted_by
from xlreport.form.library import shipped
from xlreport.form.load import load_form, read_form
from xlreport.form.mistake import FormErrors
from xlreport.form.succession import UnitChange
from xlreport.subject import Subject

ISSUED = {
    "workbook_templates/ogi_annual_2019": "f519ad1aafcbf805",
    "workbook_templates/ogi_annual_2021": "ba538053ad90e065",
    "samples/safety_monthly": "6f295d9bf1956c76",
}
"""The definitions that workbooks already issued carry in their stamps."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(shipped("workbook_templates") / "ogi_annual_2021", tmp_path / "ogi_annual_2021")


@pytest.mark.parametrize("folder_name", ISSUED)
def test_workbooks_already_issued_are_still_those_of_their_form(folder_name: str) -> None:
    place, name = folder_name.split("/")
    assert load_form(shipped(place) / name).definition == ISSUED[folder_name]


def test_what_is_asked_of_last_year_s_unit_makes_no_other_workbook(folder: Path) -> None:
    before = read_form(folder)
    (folder / "unit.toml").unlink()
    after = read_form(folder)
    assert after.definition == before.definition


def test_a_form_that_does_not_ask_takes_every_unit_for_itself(folder: Path) -> None:
    (folder / "unit.toml").unlink()
    form = read_form(folder)
    values = {Subject.field("organ_change"): "merged", Subject.field("predecessors"): "甲局、乙局"}
    wanted = wanted_by(form, values, "丙局", 2023)
    assert (wanted.change, wanted.predecessors) == (UnitChange.NONE, ())


def test_an_option_that_is_not_declared_means_no_change(folder: Path) -> None:
    (folder / "unit.toml").write_text('change = "organ_change"\nsplit = "split"\n', encoding="utf-8")
    form = read_form(folder)
    said = {
        option: change_of(form, {Subject.field("organ_change"): option})
        for option in ("none", "new", "split")
    }
    assert said == {"none": UnitChange.NONE, "new": UnitChange.NONE, "split": UnitChange.SPLIT}
    assert change_of(form, {}) is UnitChange.NONE


WHOLE = 'change = "organ_change"\npredecessors = "predecessors"\n'


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("", "", "no field is named"),
        ('change = "organ_chang"', "change", "unknown field “organ_chang”; did you mean “organ_change”?"),
        ('change = "organ"', "change", "of kind “text”: name a field of kind “choice”"),
        ('predecessors = "year"', "predecessors", "name a field of kind “text”"),
        (
            f'{WHOLE}merged = "merger"',
            "merged",
            "“organ_change” has no option “merger”; did you mean “merged”?",
        ),
        (f'{WHOLE}merged = "new"\nnew = "new"', "", "stands for 2 changes"),
        ('predecessors = "predecessors"\nnew = "new"', "new", "Name the choice in `change`"),
        ('change = "organ_change"\nmerged = "merged"', "merged", "name the field for them in `predecessors`"),
        (f'{WHOLE}gone = "new"', "", "unknown key “gone”"),
        ("change = 1", "change", "text in quotes"),
        ("change = ", "", "not valid TOML"),
    ],
)
def test_a_mistake_is_told_with_its_place(folder: Path, text: str, place: str, words: str) -> None:
    (folder / "unit.toml").write_text(text, encoding="utf-8")
    with pytest.raises(FormErrors) as caught:
        read_form(folder)
    (mistake,) = caught.value.mistakes
    assert (mistake.file, mistake.path) == ("unit.toml", place)
    assert words in mistake.message


def test_it_is_looked_at_although_the_sections_are_not_known(folder: Path) -> None:
    (folder / "form.toml").write_text("", encoding="utf-8")
    (folder / "unit.toml").write_text("", encoding="utf-8")
    with pytest.raises(FormErrors) as caught:
        read_form(folder)
    assert "unit.toml" in {mistake.file for mistake in caught.value.mistakes}
