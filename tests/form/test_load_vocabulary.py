"""words.toml: optional, outside the workbook's stamp, and its mistakes told like all others."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from xlreport.batch.work import fingerprint
from xlreport.form.library import shipped
from xlreport.form.load import load_form, read_form
from xlreport.form.mistake import FormErrors


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(shipped("workbook_templates") / "ogi_annual_2021", tmp_path / "ogi_annual_2021")


def test_a_form_needs_no_words() -> None:
    form = load_form(shipped("samples") / "safety_monthly")
    assert form.vocabulary.words.leftovers == ()


def test_other_words_make_no_other_workbook_but_other_findings(folder: Path) -> None:
    before = read_form(folder)
    earlier = fingerprint(before)
    (folder / "words.toml").write_text('leftovers = ["（样例）"]\n', encoding="utf-8")
    after = read_form(folder)
    assert after.definition == before.definition
    assert fingerprint(after) != earlier


def test_words_are_looked_for_in_the_alphabet_of_the_texts(folder: Path) -> None:
    declared = (
        'placeholders = ["ＸＸ"]\n[[document]]\nwrong = "国令第 ４９２ 号［旧］"\nright = "国令第７１１号"\n'
    )
    (folder / "words.toml").write_text(declared, encoding="utf-8")

    words = read_form(folder).vocabulary.words

    assert words.placeholders == ("xx",)
    assert (words.document[0].wrong, words.document[0].right) == ("国令第492号〔旧〕", "国令第７１１号")


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("leftovers = [1]", "leftovers[0]", "text in quotes"),
        ('leftovers = "（文字描述）"', "leftovers", "needs a list"),
        ('leftover = ["（文字描述）"]', "", "unknown key “leftover”; did you mean “leftovers”?"),
        ('leftovers = [" "]', "leftovers", "empty"),
        ('leftovers = ["\\u200B"]', "leftovers", "empty"),
        ('leads = [["本报告", ""]]', "leads[0]", "empty"),
        ('begins = [{ field = "measures", words = [""] }]', "begins[0]", "empty"),
        ('begins = [{ field = "measure", words = ["下一步"] }]', "begins[0].field", "unknown text"),
        ('begins = [{ field = "year", words = ["下一步"] }]', "begins[0].field", "unknown text"),
        ("leads = [[]]", "leads[0]", "empty"),
        ('[[word]]\nwrong = "a"\nright = ""', "word[0]", "empty"),
        ('[[word]]\nwrong = "a"', "word[0].right", "missing"),
        ('[[cited]]\nlike = "国令第(492号"\nright = "a"', "cited[0].like", "not closed"),
        ('[[cited]]\nlike = "[号]"\nright = "a"', "cited[0].like", "needs some text"),
        ('[[cited]]\nlike = "国令第{d}号"\nright = ""', "cited[0]", "empty"),
        (
            '[[contradicted]]\nlike = ["a", "(b"]\nwhen = "nil_confirmed"\nsays = "c"\nfix = "d"',
            "contradicted[0].like",
            "not closed",
        ),
        (
            '[[contradicted]]\nlike = ["a"]\nwhen = "1 + 1"\nsays = "c"\nfix = "d"',
            "contradicted[0].when",
            "TRUE or FALSE",
        ),
        ('[screen]\ncontacts = ["fone"]', "screen.contacts", "unknown field “fone”; did you mean “phone”?"),
        ('[[foreign]]\nwords = ["a"]\nwhen = "levl = 1"\nsays = "b"', "foreign[0].when", "level"),
        ('[[foreign]]\nwords = ["a"]\nwhen = "1 + 1"\nsays = "b"', "foreign[0].when", "TRUE or FALSE"),
        ('[[parts]]\nstated = ["a"]\nnames = ["b"]\nwords = []', "parts[0].words", "for each of the names"),
        ("leftovers = [", "", "not valid TOML"),
    ],
)
def test_a_mistake_is_told_with_its_place(folder: Path, text: str, place: str, words: str) -> None:
    (folder / "words.toml").write_text(text, encoding="utf-8")
    with pytest.raises(FormErrors) as caught:
        read_form(folder)
    (mistake,) = caught.value.mistakes
    assert (mistake.file, mistake.path) == ("words.toml", place)
    assert words in mistake.message
