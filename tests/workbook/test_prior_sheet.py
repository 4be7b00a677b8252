"""Last year's figures in the workbook: filled in, shown beside this year's, live as Python has them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from fillings import fillings
from last_year import FORWARD, IN_FORCE, LAST, OVER, last_year, save_issued
from libreoffice import recalculate
from returns import FORM, LAYOUT, place, save, sound, tab
from xlreport.finding import Severity
from xlreport.form.calculate import Calculator, complete
from xlreport.form.checks import Instance
from xlreport.form.last_year import beforehand, prior_cells
from xlreport.form.load import resize
from xlreport.formula.nodes import Value
from xlreport.layout import live_formulas as live
from xlreport.layout.prior_sheet import PRIOR_TAB
from xlreport.verify.figures.checks import checks
from xlreport.verify.reported import Reported
from xlreport.workbook.read import read
from xlreport.workbook.write import write_workbook

PEOPLE = [column.name for column in FORM.grids["requests"].columns if not column.formula]
READING = [instance for instance in FORM.instances if instance.prior]


def pages(path: Path) -> Mapping[str, Worksheet]:
    return {page.title: page for page in load_workbook(path).worksheets}


def hidden(path: Path) -> set[tuple[str, str]]:
    """Rows and columns out of sight, by sheet."""
    return {
        (title, str(name))
        for title, page in pages(path).items()
        for names in (page.row_dimensions, page.column_dimensions)
        for name, dimension in names.items()
        if dimension.hidden
    }


# Filling in ------------------------------------------------------------------------------------------


def test_what_was_carried_forward_is_filled_in_and_can_be_changed(tmp_path: Path) -> None:
    prior = complete(FORM, last_year())
    values = beforehand(FORM, prior, {})
    assert {values[OVER.format(p)] for p in PEOPLE} == {0, 1, 3}
    path = tmp_path / "t.xlsx"
    path.write_bytes(write_workbook(FORM, {**values, "year": 2023}, prior=prior))
    sheet, name = place(OVER.format("natural_person"))
    cell = pages(path)[sheet][name]
    assert (cell.value, cell.protection.locked) == (3, False)


def test_what_does_not_change_is_taken_over_and_texts_are_not(tmp_path: Path) -> None:
    values = beforehand(FORM, complete(FORM, last_year()), {})
    assert values["phone"] == last_year()["phone"]
    assert values["unit_type"] == "department"
    kept = {name for name in values if "[" not in name}
    assert kept == {name for name, field in FORM.fields.items() if field.carry}
    assert not kept & {"proactive", "found", "text", "prepared_by", "signed_on", "year", "organ"}


def test_what_this_edition_cannot_hold_is_not_taken_over() -> None:
    prior = complete(FORM, last_year()) | {"unit_type": "bureau", "postcode": "3593001"}
    values = beforehand(FORM, prior, {})
    assert not {"unit_type", "postcode"} & set(values)
    assert "level" in values


def test_a_split_unit_is_given_nothing_beforehand() -> None:
    assert beforehand(FORM, complete(FORM, last_year()), {"organ_change": "split"}) == {}


def test_last_year_s_figures_are_locked_and_read_back_as_issued(tmp_path: Path) -> None:
    path = save_issued(tmp_path)
    page = pages(path)[PRIOR_TAB]
    assert page.sheet_state == "visible"
    for cell in LAYOUT.given:
        assert page[cell.area.first].protection.locked
    expected = prior_cells(FORM, complete(FORM, last_year()))
    assert read(path).prior == {s.this_year: value for s, value in expected.items()}


def test_a_template_without_last_year_shows_no_place_for_it(tmp_path: Path) -> None:
    path = save(tmp_path)
    assert pages(path)[PRIOR_TAB].sheet_state == "hidden"
    assert read(path).prior == {}
    with_prior, without = hidden(save_issued(tmp_path)), hidden(path)
    assert with_prior < without
    assert {title for title, _ in without - with_prior} == {
        *(tab("disclosure"), tab("requests"), tab("cases")),
        "校验",
    }


def test_a_longer_list_keeps_last_year_s_figures(tmp_path: Path) -> None:
    larger = resize(FORM, (("published", 45),))
    path = tmp_path / "long.xlsx"
    path.write_bytes(write_workbook(larger, sound(), prior=complete(FORM, last_year())))
    assert read(path).prior["published[total,count]"] == 412


@pytest.mark.usefixtures("written_anew")
def test_the_same_last_year_gives_the_same_bytes_and_another_issue() -> None:
    prior = complete(FORM, last_year())
    assert write_workbook(FORM, {}, prior=prior) == write_workbook(FORM, {}, prior=prior)
    assert write_workbook(FORM, {}, prior=prior) != write_workbook(FORM, {})


# Live ------------------------------------------------------------------------------------------------


def state(values: Mapping[str, Value], instance: Instance) -> Value:
    """What 校验 says of a check."""
    return Calculator(FORM, values, LAYOUT.live).value(live.live("state", instance))


def test_without_last_year_the_checks_say_so_and_nothing_else(tmp_path: Path) -> None:
    values = sound()
    calculator = Calculator(FORM, values, LAYOUT.live)
    for instance in READING:
        assert state(values, instance) == live.NO_LAST_YEAR
        for what in ("left", "right", "difference"):
            subject = live.live(what, instance)
            assert subject not in LAYOUT.live or calculator.value(subject) == ""


def test_the_front_sheet_counts_checks_against_last_year(tmp_path: Path) -> None:
    path = save_issued(tmp_path, {OVER.format("natural_person"): 5})
    area = LAYOUT.areas["live.progress[requests,5]"]
    book = load_workbook(path, data_only=True)
    assert book[area.sheet][area.first].value == 4  # REQ001 and YOY001, each with its total


@given(fillings(blanks=0.02), st.integers(0, 2**32))
@settings(max_examples=25)
def test_the_sheet_fails_exactly_the_checks_that_python_fails(values: dict[str, Value], seed: int) -> None:
    prior = some_prior(values, Random(seed))
    calculator = Calculator(FORM, {**values, **prior_cells(FORM, prior)}, LAYOUT.live)
    found = {finding.id for finding in checks(Reported(FORM, values, prior=prior))}
    for instance in READING:
        if instance.cell not in FORM.computed:  # totals are held back where a part fails
            failing = calculator.value(live.live("failing", instance)) == 1
            assert (f"{instance.check.code}:{instance.subject}" in found) == failing


def some_prior(values: Mapping[str, Value], random: Random) -> dict[str, Value]:
    """Last year's figures: as this year's, or others, or not known."""
    prior: dict[str, Value] = {}
    for subject in sorted(s.this_year for s in FORM.prior):
        others = random.choice((0, 1, 3, 19, 20, 60, 10**12 - 1))
        if random.random() < 0.95:
            prior[subject] = values.get(subject, others) if random.random() < 0.5 else others
    return prior


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, Path]]:
    """Issued workbooks as we wrote them, and as LibreOffice computed them."""
    folder = tmp_path_factory.mktemp("issued")
    merged = {"organ_change": "merged", OVER.format("natural_person"): 9}
    paths = [
        save_issued(folder, name="sound.xlsx"),
        save_issued(folder, {OVER.format("natural_person"): 5, IN_FORCE: 40}, name="wrong.xlsx"),
        save_issued(folder, merged, name="merged.xlsx"),
        save_issued(folder, {OVER.format("natural_person"): None}, name="gap.xlsx"),
        save_issued(folder, None, {"licensing[administrative_licences,decisions]": 3,
                                   "fee_notices": 1}, name="swing.xlsx"),
    ]  # fmt: skip
    some = {s: v for s, v in complete(FORM, last_year()).items() if not s.startswith("requests[carried_forw")}
    partial = folder / "partial.xlsx"
    partial.write_bytes(write_workbook(FORM, sound(), prior=some))
    paths.append(partial)
    return list(zip(paths, recalculate(paths, folder / "saved"), strict=True))


def test_every_stored_result_is_what_libreoffice_computes(recalculated: list[tuple[Path, Path]]) -> None:
    different = []
    for ours, theirs in recalculated:
        written, saved = read(ours).snapshot.sheets, read(theirs).snapshot.sheets
        for cell in LAYOUT.formulas:
            at = (cell.area.top, cell.area.left)
            one, other = written[cell.area.sheet].raw(*at), saved[cell.area.sheet].raw(*at)
            if isinstance(one, float) and isinstance(other, float) and abs(one - other) < 1e-6:
                continue
            if one != other:
                different.append((ours.stem, cell.subject, one, other))
    assert different == []


def test_what_libreoffice_saves_is_still_as_issued(recalculated: list[tuple[Path, Path]]) -> None:
    for ours, theirs in recalculated:
        assert read(theirs).prior == read(ours).prior


def test_a_rule_reads_the_severity_of_its_year(tmp_path: Path) -> None:
    codes = {instance.check.code: instance.check.severity for instance in READING}
    assert codes["YOY001"] is Severity.ERROR
    assert codes["YOY002"] is Severity.WARNING
    assert LAST[FORWARD.format("natural_person")] == 3
