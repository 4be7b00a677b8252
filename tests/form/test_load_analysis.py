"""analysis.toml: tables over the figures of many returns; outside the stamp, mistakes told like others."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from xlreport.form.library import shipped
from xlreport.form.load import load_form, read_form
from xlreport.form.mistake import FormErrors

ITEM = '[[table]]\ntitle = "表"\nitem = [{ label = "项", value = "%s"%s }]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(shipped("workbook_templates") / "ogi_annual_2021", tmp_path / "ogi_annual_2021")


def test_it_shapes_no_workbook_and_may_be_missing(folder: Path) -> None:
    before = read_form(folder)
    (folder / "analysis.toml").unlink()
    after = read_form(folder)
    assert (after.definition, after.analysis) == (before.definition, ())
    assert len(before.analysis) == 6


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (ITEM % ("requests[newrequests, total]", ""), "table[0].item[0].value", "newrequests"),
        (ITEM % ("fee_notices", ', of = "fee_notic"'), "table[0].item[0].of", "fee_notic"),
        (ITEM % ("fee_notices > 0", ""), "table[0].item[0].value", "must yield a number"),
        (ITEM % ("SUM(", ""), "table[0].item[0].value", "SUM("),
        ('[[table]]\ntitle = "表"\nitem = []\n', "table[0].item", "no item"),
        ('[[tables]]\ntitle = "表"\n', "", "unknown key “tables”"),
    ],
)
def test_a_mistake_is_told_with_its_place(folder: Path, text: str, place: str, words: str) -> None:
    (folder / "analysis.toml").write_text(text, encoding="utf-8")
    with pytest.raises(FormErrors) as caught:
        read_form(folder)
    (mistake,) = caught.value.mistakes
    assert (mistake.file, mistake.path) == ("analysis.toml", place)
    assert words in mistake.message


def test_the_editions_of_one_report_are_analysed_alike() -> None:
    earlier, newer = load_form("ogi_annual_2019"), load_form("ogi_annual_2021")
    assert [(table.title, [item.label for item in table.items]) for table in earlier.analysis] == [
        (table.title, [item.label for item in table.items]) for table in newer.analysis
    ]
