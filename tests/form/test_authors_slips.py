"""What authors get wrong, and what they see of it: answered with what to do, in the file and in the sheet."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from xlreport.authoring.cases import read_cases
from xlreport.authoring.hints import hints
from xlreport.authoring.where import placed
from xlreport.form.library import find_form, find_issued, form_folders, shipped
from xlreport.form.load import load_form, read_form
from xlreport.form.mistake import FormErrors, Mistake
from xlreport.layout import lay_out
from xlreport.report.value_text import Choice, printed_value
from xlreport.subject import Subject


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(shipped("samples") / "safety_monthly", tmp_path / "forms" / "safety_monthly")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# Where forms are -------------------------------------------------------------------------------------


@pytest.mark.parametrize("named", ["", ".."], ids=["the form itself", "the folder around it"])
def test_a_form_is_found_where_the_variable_points(
    named: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XLREPORT_FORMS", str(folder / named))
    assert find_form("safety_monthly") == find_issued("safety_monthly") == folder.resolve()
    assert folder.resolve() in [path.resolve() for path in form_folders()]


def test_another_form_s_folder_is_not_taken_for_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XLREPORT_FORMS", str(folder))
    with pytest.raises(FileNotFoundError):
        find_issued("town_monthly")


# What they type --------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["title = “月报”", "title = ”月报“", "sections = [“cover”]"])
def test_curly_quotes_are_answered_with_what_to_do(typed: str, folder: Path) -> None:
    (folder / "form.toml").write_text(f"{typed}\n", encoding="utf-8")
    with pytest.raises(FormErrors) as caught:
        read_form(folder)
    (message,) = (m.message for m in caught.value.mistakes if m.file == "form.toml")
    assert "line 1" in message and "straight ones" in message


def test_other_slips_say_nothing_of_quotes(folder: Path) -> None:
    (folder / "form.toml").write_text('title = "所谓“月报”\n', encoding="utf-8")
    with pytest.raises(FormErrors) as caught:
        read_form(folder)
    assert "straight ones" not in str(caught.value)


def test_a_mistake_is_told_with_its_line_and_name(folder: Path) -> None:
    cover, checks = folder / "sections" / "cover.toml", folder / "checks.toml"
    change(
        cover,
        'name = "month"\nlabel = "月份"\nkind = "choice"',
        'name = "month"\nlabel = "月份"\nkind = "chioce"',
    )
    change(checks, "sites <= visits", "sitez <= visits")
    with pytest.raises(FormErrors) as caught:
        read_form(folder)
    for mistake in caught.value.mistakes:
        told = placed(mistake, folder)
        line = int(told.rpartition("(line ")[2].partition(",")[0].rstrip(")"))
        wrong = "chioce" if mistake.file.endswith("cover.toml") else "sitez"
        assert wrong in (folder / mistake.file).read_text(encoding="utf-8").splitlines()[line - 1]
        assert told.endswith(("“month”)", "“VIS001”)"))


def test_a_mistake_without_a_place_is_told_as_it_is(folder: Path) -> None:
    for mistake in (
        Mistake("form.toml", "id", "x"),
        Mistake("gone.toml", "", "x"),
        Mistake("cases/", "A", "x"),
    ):
        assert placed(mistake, folder) == str(mistake)


def test_a_base_that_is_not_complete_is_a_mistake(folder: Path) -> None:
    assert read_cases(read_form(folder)).mistakes == ()
    change(folder / "cases" / "base.toml", 'filled_by = "潘秋月"\n', "")
    change(folder / "cases" / "base.toml", "visits = 46\n", "")
    found = [(mistake.file, mistake.path) for mistake in read_cases(read_form(folder)).mistakes]
    assert found == [("cases/base.toml", "values: filled_by"), ("cases/base.toml", "values: visits")]


def test_a_list_that_must_be_filled_is_in_the_base(folder: Path) -> None:
    change(folder / "sections" / "accidents.toml", "required = false", "required = true")
    assert read_cases(read_form(folder)).mistakes == ()
    base = folder / "cases" / "base.toml"
    lines = base.read_text(encoding="utf-8").splitlines()
    base.write_text("\n".join(line for line in lines if not line.startswith("accidents")), encoding="utf-8")
    assert [mistake.path for mistake in read_cases(read_form(folder)).mistakes] == ["values: accidents"]


def test_last_year_among_other_periods_silences_growth_and_is_hinted_at(folder: Path) -> None:
    (folder / "facts.toml").write_text('elsewhere = ["上半年"]\n', encoding="utf-8")
    assert not any(hint.file == "facts.toml" for hint in hints(read_form(folder), ()))
    (folder / "facts.toml").write_text('elsewhere = ["上半年", "上年"]\n', encoding="utf-8")
    (hint,) = (hint for hint in hints(read_form(folder), ()) if hint.file == "facts.toml")
    assert "比上年增长" in hint.message


# What the sheet and the report show ------------------------------------------------------------------


def test_amounts_keep_their_decimals_on_the_checks_sheet_and_counts_have_none() -> None:
    form = load_form(shipped("samples") / "safety_monthly")
    shown = {formula.subject: formula.places for formula in lay_out(form).formulas}
    assert shown[Subject.live("left", "SPD001")] != 0
    assert shown[Subject.live("difference", "SPD001")] != 0
    assert shown[Subject.live("left", "VIS001")] == 0
    annual = {formula.subject: formula.places for formula in lay_out(load_form("ogi_annual_2021")).formulas}
    assert annual[Subject.live("left", "YOY009", "administrative_charges")] != 0
    assert annual[Subject.live("left", "REQ001", "natural_person")] == 0


def test_the_explanations_name_lines_apart() -> None:
    form = load_form(shipped("samples") / "safety_monthly")
    labels = [label for label, _ in form.grids["hazards"].helps()]
    assert len(labels) == len(set(labels))
    assert "重大隐患·已整改" in labels and "建筑施工" in labels


def test_a_choice_prints_its_label_and_is_compared_by_its_code() -> None:
    chosen = Choice("june", "6月")
    assert (printed_value(chosen), f"{chosen}", chosen == "june") == ("6月", "6月", True)
