"""What is written into a workbook is what is read from it, whatever it is."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fillings import amounts, fillings, texts
from returns import FORM, place, save, sound
from xlreport.form.calculate import complete
from xlreport.form.load import load_form, resize
from xlreport.form.values import from_json, to_json
from xlreport.formula.nodes import Value
from xlreport.workbook.read import read
from xlreport.workbook.write import write_workbook


@given(fillings())
@settings(max_examples=12)
def test_any_filling_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, Value]
) -> None:
    submission = read(save(tmp_path_factory.getbasetemp(), values, "any.xlsx"))
    assert submission.inputs == values
    assert submission.values == complete(FORM, values)
    assert not submission.unusable
    assert submission.in_place


@given(amounts(6), amounts(2), st.lists(texts(1500), min_size=25, max_size=25))
@settings(max_examples=20)
def test_amounts_and_texts_are_kept_to_the_last_digit_and_character(
    tmp_path_factory: pytest.TempPathFactory, charge: Value, fee: Value, words: list[str]
) -> None:
    notes = [f"requests[{row.name},note]" for row in FORM.grids["requests"].rows]
    values: dict[str, Value] = dict(zip(notes, words, strict=True))
    values |= {"charges[administrative_charges,amount]": charge, "fee_amount": fee}
    assert read(save(tmp_path_factory.getbasetemp(), values, "some.xlsx")).inputs == values


@pytest.mark.parametrize(
    "value",
    [
        Decimal("59237.2449"),
        Decimal("0.000001"),
        Decimal("999999999.999999"),
        Decimal("9.7"),
        0,
        999999999999,
    ],
)
def test_an_amount_is_exact(value: Value, tmp_path: Path) -> None:
    subject = "charges[administrative_charges,amount]"
    assert read(save(tmp_path, sound({subject: value}))).inputs[subject] == value


def test_the_json_of_a_return_is_the_json_it_was_made_from(tmp_path: Path) -> None:
    data = to_json(FORM, sound())
    submission = read(save(tmp_path, from_json(FORM, data)))
    assert json.loads(json.dumps(to_json(submission.form, submission.inputs))) == data


def test_a_list_longer_than_usual_is_read_by_the_number_of_lines_in_the_stamp(tmp_path: Path) -> None:
    larger = resize(FORM, (("published", 45),))
    values = sound({"published[45,category]": "其他", "published[45,count]": 3})
    path = tmp_path / "long.xlsx"
    path.write_bytes(write_workbook(larger, values))
    submission = read(path)
    assert submission.form.listings["published"].rows == 45
    assert submission.inputs == values
    assert submission.values["published[total,count]"] == 412 + 3


def test_every_reading_says_where_it_stands(tmp_path: Path) -> None:
    submission = read(save(tmp_path))
    for subject, reading in submission.readings.items():
        assert (reading.origin.sheet, reading.origin.cell) == place(subject)


def test_a_submission_knows_its_unit_year_and_form(tmp_path: Path) -> None:
    submission = read(save(tmp_path))
    assert submission.form is load_form("ogi_annual_2021")
    assert (submission.unit, submission.year) == ("岚溪县自然资源和规划局", 2023)
    assert submission.stamp.definition == FORM.definition


def test_characters_that_no_file_can_hold_are_left_out(tmp_path: Path) -> None:
    values = from_json(FORM, {"cover": {"organ": "甲\x00\x07乙\x0b\ufffe\uffff\ud800丙"}})
    assert read(save(tmp_path, values)).inputs == {"organ": "甲乙\n丙"}


def test_a_workbook_for_nobody_in_particular_is_read(tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    path.write_bytes(write_workbook(FORM, {}))
    assert read(path).unit == ""
