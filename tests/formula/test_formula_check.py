"""Binding names and checking types: what is right passes, what is wrong is explained at its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_form import Formulas, SmallScope

from xlreport.formula.check import bind, comparison, subjects, type_of
from xlreport.formula.nodes import Binary, Cells, FormulaError, Node, Type
from xlreport.formula.parse import parse


def bound(source: str) -> Node:
    return bind(parse(source), SmallScope(), source)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("year", Type.WHOLE),
        ("year + sent * 2 - 1", Type.WHOLE),
        ("-year", Type.WHOLE),
        ("year ^ 2", Type.WHOLE),
        ("SUM(requests[new:closed, total])", Type.WHOLE),
        ("MAX(year, 3)", Type.WHOLE),
        ("MOD(year, 4)", Type.WHOLE),
        ("INT(ROUND(fee, 2))", Type.WHOLE),
        ("ROUND(fee, 0)", Type.WHOLE),
        ("ROUND(fee, -1)", Type.WHOLE),
        ("COUNT(new:closed) + COUNTA(organ, unit_type, confirmed) + LEN(organ)", Type.WHOLE),
        ("IF(confirmed, 1, 2)", Type.WHOLE),
        ("fee", Type.NUMBER),
        ("fee + 1", Type.NUMBER),
        ("year / 2", Type.NUMBER),
        ("year%", Type.NUMBER),
        ("year ^ -1", Type.NUMBER),
        ("SUM(amounts[new, person:total], year)", Type.NUMBER),
        ("IF(confirmed, 1, 0.5)", Type.NUMBER),
        ("ROUND(fee, 2)", Type.NUMBER),
        ("MOD(ROUND(fee, 2), 10)", Type.NUMBER),
        ("organ & year", Type.TEXT),
        ('IF(confirmed, organ, "")', Type.TEXT),
        ("unit_type", Type.CHOICE),
        ("year = 2023", Type.LOGICAL),
        ("ROUND(fee, 2) = 0.5", Type.LOGICAL),
        ("ROUND(fee, 2) >= -0.5", Type.LOGICAL),
        ("ROUND(fee, 2) > year", Type.LOGICAL),
        ('organ <> "abc"', Type.LOGICAL),
        ('"township" = unit_type', Type.LOGICAL),
        ("confirmed = TRUE", Type.LOGICAL),
        ("AND(confirmed, OR(merged, ISBLANK(organ)), NOT(merged))", Type.LOGICAL),
    ],
)
def test_types(source: str, expected: Type) -> None:
    assert type_of(bound(source)) is expected


@pytest.mark.parametrize(
    ("source", "position", "told"),
    [
        ("1 + organ", 4, "A number is needed"),
        ("-organ", 1, "A number is needed"),
        ("confirmed * 2", 0, "this is a condition"),
        ("SUM(year, organ)", 10, "A number is needed"),
        ('year = "2023"', 5, "a whole number and a text"),
        ("organ < remark", 6, "no order"),
        ("confirmed > merged", 10, "no order"),
        ('unit_type > "township"', 10, "no order"),
        ('unit_type = "townshp"', 12, 'perhaps "township"'),
        ('unit_type = "乡镇（街道）"', 12, 'perhaps "township"'),
        ("unit_type = organ", 12, '"township", "department", "agency"'),
        ("unit_type = level", 12, "code of an option"),
        ('unit_type = ""', 12, "ISBLANK"),
        ('unit_type & "x"', 0, "this is a choice"),
        ("organ & fee", 8, "whole numbers"),
        ("IF(confirmed, unit_type, level)", 0, "choice"),
        ("new:closed", 0, "A range"),
        ("1 + new:closed", 4, "A range"),
        ("ABS(new:closed)", 4, "A range"),
        ("ISBLANK(new:closed)", 8, "A range"),
        ("SUM(new:closed + 1)", 4, "A range"),
        ("ISBLANK(1)", 8, "one cell"),
        ("COUNT(year + 1)", 11, "counts cells"),
        ("COUNT(organ)", 6, "COUNTA"),
        ("LEN(year)", 4, "measures a text"),
        ("NOT(year)", 4, "A condition is needed"),
        ("AND(TRUE, 1)", 10, "A condition is needed"),
        ("IF(year, 1, 2)", 3, "A condition is needed"),
        ('IF(TRUE, 1, "a")', 12, "alike"),
        ("IF(TRUE, 1)", 0, "takes 3 argument"),
        ("SUM()", 0, "takes 1 to 255"),
        ("ROUND(fee, year)", 11, "written out"),
        ("ROUND(fee, 16)", 11, "from -15 to 15"),
        ("2 ^ year", 4, "written out"),
        ("2 ^ 65", 4, "from -64 to 64"),
        ("2 ^ 0.5", 4, "written out"),
        ("fee = 1", 0, "ROUND(…, 2)"),
        ("year = sent / 2", 12, "ROUND(…, 2)"),
        ("ROUND(fee, 2) + 0.1 > year", 14, "ROUND(…, 2)"),
        ("INT(fee)", 4, "ROUND(…, 2)"),
        ("MOD(fee, 10)", 4, "ROUND(…, 2)"),
        ("MOD(10, 0.1)", 8, "whole number only"),
        (f'organ = "{"字" * 256}"', 8, "255"),
    ],
)
def test_a_wrong_type_is_shown_where_it_is(source: str, position: int, told: str) -> None:
    with pytest.raises(FormulaError) as caught:
        type_of(bound(source), source)

    assert told in caught.value.message
    assert (caught.value.position, caught.value.source) == (position, source)


def test_an_unknown_name_is_shown_where_it_is() -> None:
    with pytest.raises(FormulaError) as caught:
        bound("1 + SUM(yaer)")

    assert caught.value.with_caret().endswith("1 + SUM(yaer)\n          ^")


def test_a_name_that_was_never_bound_has_no_type() -> None:
    with pytest.raises(FormulaError):
        type_of(parse("1 + year"))


def test_bound_cells_know_where_they_were_written() -> None:
    node = bound("1 + year")

    assert isinstance(node, Binary)
    assert isinstance(node.right, Cells)
    assert node.right.position == 4


def test_subjects_are_listed_once_in_order() -> None:
    source = "new + SUM(new:carried, year) = prior.requests[open, total] + year"

    assert subjects(bound(source)) == (
        "requests[new,person]",
        "requests[carried,person]",
        "year",
        "prior.requests[open,total]",
    )


def test_only_a_comparison_has_two_sides() -> None:
    whole = bound("new + carried = open + closed")

    assert comparison(whole) is whole
    assert comparison(bound("AND(new = carried, open = closed)")) is None
    assert comparison(bound("new + carried")) is None


@given(st.randoms(use_true_random=False))
def test_well_typed_formulas_pass(random) -> None:  # type: ignore[no-untyped-def]
    formulas = Formulas(random)

    assert type_of(bind(formulas.whole(3), SmallScope())) is Type.WHOLE
    assert type_of(bind(formulas.number(3), SmallScope())) in (Type.WHOLE, Type.NUMBER)
    assert type_of(bind(formulas.text(3), SmallScope())) is Type.TEXT
    assert type_of(bind(formulas.logical(3), SmallScope())) is Type.LOGICAL
