"""Mistakes in facts.toml: each with its place and what to do, and what is asked of a fact's cases."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from xlreport.authoring.cases import read_cases, untested
from xlreport.batch.work import fingerprint
from xlreport.form.library import shipped
from xlreport.form.load import load_form, read_form, resize
from xlreport.form.mistake import FormErrors

FACTS = "facts.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(shipped("workbook_templates") / "ogi_annual_2021", tmp_path / "ogi_annual_2021")


def change(folder: Path, old: str, new: str, file: str = FACTS) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


# Old text, new text, place, part of the message.
MISTAKES = {
    "bracket": ('"行政强制[决定', '"行政强制[[决定', None, "not closed"),
    "gap in a word": ('"收费通知[书|单]"', '"收费…通知[书|单]"', None, "no gaps"),
    "no words": ('words = ["公报[》|”]"]', 'words = []', None, "there are none"),
    "unknown figure": ('equals = ["fee_notices"]', 'equals = ["fee_notice"]', None, "“fee_notices”?"),
    "text as figure": ('equals = ["fee_notices"]', 'equals = ["organ"]', None, "must yield a number"),
    "unknown object": ('object = ["rules"]', 'object = ["rule"]', None, "“rules”?"),
    "unknown word": ('says = ["send"]', 'says = ["sent"]', None, "“send”?"),
    "no object": ('object = ["fee_notices"]', 'object = []', None, "name what is counted"),
    "unknown group": ('group = "outcomes"\nrest', 'group = "outcome"\nrest', None, "“outcomes”?"),
    "a name twice": ('name = "anyone"', 'name = "channel"', "", "stands 2 times"),
    "a name with a blank": ('name = "anyone"', 'name = "any one"', "", "no name"),
    "unknown field": ('s = ["on_request"]', 's = ["on_requests"]', "object[0].fields", "“on_request”?"),
    "unknown name": ('own_names = ["organ"', 'own_names = ["organs"', "own_names", "“organ”?"),
    "empty text": ('about = ["信息公开"', 'about = ["　"', "about[0]", "empty"),
    "code of xlreport": ('"TXT192"', '"TXT012"', None, "use TXT101 to TXT999"),
    "code of another kind": ('"TXT192"', '"FEE009"', None, "use TXT101 to TXT999"),
    "code twice": ('"TXT192"', '"TXT191"', "", "stands 2 times"),
    "figure in a rule of reading": ('"上半年", ', '"上半年{x}", ', "elsewhere[0]", "only {d}"),
    "open neutral word": ('"申诉", ', '"申诉(", ', None, "not closed"),
    "neutral word with a gap": ('"申诉", ', '"申…诉", ', "neutral[1]", "write them out"),
    "neutral word that may be empty": ('"申诉", ', '"[申诉]", ', "neutral[1]", "must be there"),
    "word that denies nothing with digits": ('"未回复", ', '"未回复{d}", ', "refused[3]", "write them out"),
    "open rule of reading": ('"转载", ', '"转载(", ', None, "not closed"),
    "an open verb": ('"收办", ', '"收办(", ', None, "not closed"),
    "a mark in an item": ('"网上", ', '"网上、线上", ', "row[0].items", "never found"),
    "excluded": ('"发布", "公', '"网上", "公', "row[0].items", "`unless`"),
    "no total": ('total = ["申请", "公开申请"]', 'total = []', "row[0].total", "there are none"),
    "unknown key": ('repeat = true', 'repeats = true', None, "“repeat”?"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_its_place(name: str, folder: Path) -> None:
    old, new, place, message = MISTAKES[name]
    change(folder, old, new)

    with pytest.raises(FormErrors) as caught:
        read_form(folder)

    assert [mistake.file for mistake in caught.value.mistakes] == [FACTS]
    [mistake] = caught.value.mistakes
    assert message in mistake.message
    assert place is None or mistake.path == place


def test_a_fact_needs_a_case_that_fails_and_one_that_passes(folder: Path) -> None:
    (folder / "cases" / "facts.toml").unlink()
    form = read_form(folder)

    missing = [mistake.path for mistake in untested(form, read_cases(form).cases)]

    assert set(missing) == {fact.code for fact in form.facts}
    assert missing.count("TXT123") == 2
    assert missing.count("TXT101") == 1  # it only takes its numbers: nothing of it can fail


def test_words_change_the_fingerprint_but_not_the_definition(folder: Path) -> None:
    before = read_form(folder)
    first = fingerprint(before)
    change(folder, '"宣布失效"', '"宣布失效", "作废"')
    after = read_form(folder)

    assert after.definition == before.definition
    assert fingerprint(after) != first


def test_a_form_without_facts_reads_no_prose(folder: Path) -> None:
    (folder / FACTS).unlink()
    (folder / "cases" / "facts.toml").unlink()

    assert read_form(folder).facts == ()


def test_facts_follow_a_list_with_more_lines() -> None:
    form = load_form("ogi_annual_2021")
    longer = resize(form, (("published", 60),))
    published = next(bound for bound in longer.prose.facts if bound.fact.code == "TXT185")

    assert len(published.quantities[0].some) == 60


def test_groups_of_facts_follow_a_list_with_more_lines(folder: Path) -> None:
    issued = '[[group]]\nname = "issued"\ntotal = "SUM(published[count])"\n\n'
    outcomes = '[[group]]\nname = "outcomes"'
    change(folder, outcomes, issued + outcomes)
    form = read_form(folder)
    totals = [each.prose.groups["issued"].total for each in (form, resize(form, (("published", 60),)))]

    assert [len(total.some) for total in totals if total is not None] == [30, 60]
