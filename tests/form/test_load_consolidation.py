"""consolidate.toml: what becomes of each entry in a sum; outside the stamp, mistakes told like others."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from xlreport.form.consolidation import Way
from xlreport.form.library import shipped
from xlreport.form.load import read_form
from xlreport.form.mistake import FormErrors


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(shipped("workbook_templates") / "ogi_annual_2021", tmp_path / "ogi_annual_2021")


def test_a_form_without_the_file_adds_up_figures_and_asks_for_all_else(folder: Path) -> None:
    before = read_form(folder)
    (folder / "consolidate.toml").unlink()
    after = read_form(folder)
    assert after.definition == before.definition
    assert after.consolidation.way("address", Way.ASK) is Way.ASK
    assert before.consolidation.way("address", Way.ASK) is Way.KEEP


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('keep = ["adress"]', "keep", "unknown field, list or grid “adress”; did you mean “address”?"),
        ('keep = ["address"]\nask = ["address"]', "ask", "“address” stands in `keep` already"),
        ('keep = ["phone", "phone"]', "keep", "stands twice"),
        ('sum = ["found"]', "sum", "is of kind “prose”: only figures are added up"),
        ('list = ["fee_notices"]', "list", "is of kind “count”: only texts are listed"),
        ('list = ["published"]', "list", "“published” is no field"),
        ('keep = ["requests"]', "keep", "“requests” is no field"),
        ('keep = ["year"]', "keep", "is fixed"),
        ('drop = ["found"]', "", "unknown key “drop”"),
        ('keep = "address"', "keep", "needs a list"),
        ("keep = ", "", "not valid TOML"),
    ],
)
def test_a_mistake_is_told_with_its_place(folder: Path, text: str, place: str, words: str) -> None:
    (folder / "consolidate.toml").write_text(text, encoding="utf-8")
    with pytest.raises(FormErrors) as caught:
        read_form(folder)
    (mistake,) = caught.value.mistakes
    assert (mistake.file, mistake.path) == ("consolidate.toml", place)
    assert words in mistake.message


def test_it_is_looked_at_although_the_sections_are_not_known(folder: Path) -> None:
    (folder / "form.toml").write_text("", encoding="utf-8")
    (folder / "consolidate.toml").write_text("keep = 1", encoding="utf-8")
    with pytest.raises(FormErrors) as caught:
        read_form(folder)
    assert "consolidate.toml" in {mistake.file for mistake in caught.value.mistakes}
