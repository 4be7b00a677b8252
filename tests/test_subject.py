"""The names of values: built, taken apart, refused."""

from __future__ import annotations

import copy
import json
import pickle
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.form.cells import cells_of
from xlreport.form.editions import all_forms
from xlreport.form.model import Form
from xlreport.layout import lay_out
from xlreport.subject import Subject

FORMS = tuple(all_forms())
NAMES = st.from_regex("[a-z][a-z0-9_]{0,20}", fullmatch=True)
LINES = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters="[],:@"), min_size=1)
CELLS = st.builds(Subject.cell, NAMES, LINES, LINES)
SUBJECTS = st.one_of(
    CELLS,
    st.builds(Subject.field, NAMES),
    st.builds(Subject.note, NAMES, NAMES),
    CELLS.map(lambda s: s.last_year),
)


def test_a_subject_is_its_text() -> None:
    cell = Subject.cell("requests", "carried_over", "total")
    assert cell == "requests[carried_over,total]"
    assert {cell: 1} == {"requests[carried_over,total]": 1}
    assert json.dumps({cell: cell}) == '{"requests[carried_over,total]": "requests[carried_over,total]"}'
    assert repr(cell) == "'requests[carried_over,total]'"
    for other in (copy.deepcopy(cell), pickle.loads(pickle.dumps(cell))):
        assert other == cell
        assert other.row == "carried_over"


def test_it_has_nothing_that_could_be_changed() -> None:
    with pytest.raises(AttributeError):
        Subject.field("year").row = "other"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        Subject.field("year").more = "other"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("built", "text"),
    [
        (Subject.field("year"), "year"),
        (Subject.cell("published", 3, "count"), "published[3,count]"),
        (Subject.total("published", "count"), "published[total,count]"),
        (Subject.note("requests", "carried_over"), "requests[carried_over,note]"),
        (Subject.answer("CASE001"), "explanation[CASE001,]"),
        (Subject.answer("DOC002", "issued"), "explanation[DOC002,issued]"),
        (Subject.cell("requests", "carried_over", ""), "requests[carried_over,]"),
        (Subject.cell("requests", "", "total"), "requests[,total]"),
        (Subject.field("proactive").at(37), "proactive@37"),
        (Subject.cell("published", 3, "category").at(5), "published[3,category]@5"),
        (Subject.field("year").last_year, "prior.year"),
        (Subject.live("state", "REQ001", "total"), "live.state[REQ001,total]"),
    ],
)
def test_every_kind_is_written_as_documented(built: Subject, text: str) -> None:
    assert built == text
    assert Subject.parse(text) == built


def test_the_parts_of_a_cell() -> None:
    cell = Subject.parse("published[3,category]@5")
    assert (cell.block, cell.row, cell.column, cell.character) == ("published", "3", "category", 5)
    assert not (cell.is_prior or cell.is_answer)


def test_the_parts_of_a_field() -> None:
    field = Subject.parse("year")
    assert (field.block, field.row, field.column, field.character) == ("", "", "", None)


def test_answers_are_told_from_cells() -> None:
    assert Subject.answer("CASE001").is_answer
    assert not Subject.parse("explanation").is_answer  # a field may be called so
    assert not Subject.parse("requests[explanation,total]").is_answer


@given(NAMES, LINES, LINES)
def test_a_cell_has_the_parts_it_was_built_of(block: str, row: str, column: str) -> None:
    cell = Subject.parse(Subject.cell(block, row, column))
    assert (cell.block, cell.row, cell.column) == (block, row, column)


@given(SUBJECTS, st.integers(1, 10**9 - 1))
def test_a_place_is_in_its_text(text: Subject, character: int) -> None:
    place = Subject.parse(text.at(character))
    assert place.character == character
    assert (place.block, place.row, place.column) == (text.block, text.row, text.column)


@given(CELLS)
def test_last_year_and_back(cell: Subject) -> None:
    before = Subject.parse(cell.last_year)
    assert before.is_prior
    assert before.this_year == cell == cell.this_year
    assert (before.block, before.row, before.column) == (cell.block, cell.row, cell.column)


@given(st.one_of(st.text(), st.text(string.ascii_lowercase + "[],:@. 0123456789")))
def test_any_text_is_refused_or_is_its_own_subject(text: str) -> None:
    try:
        subject = Subject.parse(text)
    except ValueError:
        return
    cell = subject.this_year if subject.is_prior else subject
    bare = (
        Subject.cell(cell.block, cell.row, cell.column) if cell.block else Subject.field(cell.split("@")[0])
    )
    if not cell.startswith("live."):
        assert cell == (bare if cell.character is None else bare.at(cell.character))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Year",
        "year ",
        "year\n",
        "1st",
        "_xlreport",
        "三、依申请公开!B3",
        "requests[",
        "requests[a]",
        "requests[a,b",
        "requests[a,b,c]",
        "requests[a,b]]",
        "requests[a b,c]",
        "requests[a,b]x",
        "proactive@",
        "proactive@0",
        "proactive@037",
        "proactive@３７",
        "proactive@1@2",
        "prior.",
        "prior.prior.year",
        "requests:a",
    ],
)
def test_what_is_no_subject_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no subject"):
        Subject.parse(text)


def test_a_refusal_quotes_no_more_than_a_line() -> None:
    with pytest.raises(ValueError, match="is no subject") as refusal:
        Subject.parse("長" * 10_000)
    assert len(str(refusal.value)) < 120


@pytest.mark.parametrize("form", FORMS, ids=[form.id for form in FORMS])
def test_every_subject_of_a_shipped_form_is_one(form: Form) -> None:
    names = {*cells_of(form), *form.computed, *form.prior, *(i.subject for i in form.instances)}
    names |= lay_out(form).areas.keys()
    names |= {code for sheet in lay_out(form).sheets for code in sheet.codes.values()}
    for name in names:
        subject = Subject.parse(name)
        assert subject == name
        assert Subject.parse(subject.at(7)).row == subject.row
        if subject.block and not subject.startswith("live."):
            cell = Subject.cell(subject.block, subject.row, subject.column)
            assert name == (cell.last_year if subject.is_prior else cell)
