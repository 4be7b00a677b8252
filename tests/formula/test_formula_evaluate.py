"""What formulas yield: Excel's meaning, exact to the last digit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_form import Formulas, SmallScope, all_cells, random_value

from xlreport.formula.check import bind, type_of
from xlreport.formula.evaluate import EvaluationError, evaluate, exact_result
from xlreport.formula.nodes import Type, Value
from xlreport.formula.parse import parse


def value_of(source: str, **cells: Value) -> Value:
    """The formula over fields given by name (rows of the person column too); all others are blank."""
    node = bind(parse(source), SmallScope())
    type_of(node, source)
    return evaluate(
        node, lambda subject: cells.get(subject.removeprefix("requests[").removesuffix(",person]"))
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("-2^2", 4),
        ("2^3^2", 64),
        ("1 - 2 - 3", -4),
        ("8 / 4 / 2", 1),
        ("2^-2", Decimal("0.25")),
        ("50%", Decimal("0.5")),
        ("200% + 1", 3),
        ("0.1 + 0.2", Decimal("0.3")),
        ("59237.2449 * 10000", 592372449),
        ("1 / 3 * 3", 1),
        ("1 / 3", Decimal("0.3333333333333333333333333333")),
        ("1 / 1024", Decimal("0.0009765625")),
        ("ABS(-3)", 3),
        ("ROUND(2.5, 0)", 3),
        ("ROUND(-2.5, 0)", -3),
        ("ROUND(2.675, 2)", Decimal("2.68")),
        ("ROUND(1250, -2)", 1300),
        ("ROUND(-1249, -2)", -1200),
        ("INT(ROUND(-2.5, 1))", -3),
        ("MOD(7, 3)", 1),
        ("MOD(-7, 3)", 2),
        ("MOD(7, -3)", -2),
        ("MOD(ROUND(25.5, 1), 10)", Decimal("5.5")),
        ('"a" & 1 & "b"', "a1b"),
        ('"ABC" = "abc"', True),
        ('"政府" <> "部门"', True),
        ('LEN("政府信息")', 4),
        ("TRUE = FALSE", False),
        ("IF(1 > 2, 3, 4)", 4),
        ("IF(TRUE, 1, 1 / 0)", 1),
        ("AND(TRUE, FALSE)", False),
        ("OR(TRUE, FALSE)", True),
        ("NOT(TRUE)", False),
    ],
)
def test_results(source: str, expected: Value) -> None:
    result = value_of(source)

    assert result == expected
    assert type(result) is type(expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("year", 0),
        ("year + 1", 1),
        ("-year", 0),
        ("year = 0", True),
        ("year < sent", False),
        ("organ", ""),
        ('organ = ""', True),
        ("organ = remark", True),
        ('organ & "x" & year', "x"),
        ("LEN(organ)", 0),
        ("ISBLANK(year)", True),
        ("SUM(new:closed)", 0),
        ("MIN(new:closed)", 0),
        ("MIN(year, 5)", 5),
        ("MIN(IF(TRUE, year, 1), 5)", 5),
        ("MIN(year + 0, 5)", 0),
        ("MAX(year, -5)", -5),
        ("COUNT(new:closed, year)", 0),
        ("COUNTA(organ, unit_type, confirmed)", 0),
        ("confirmed", False),
        ("confirmed = FALSE", True),
        ("ISBLANK(confirmed)", True),
        ('unit_type = "township"', False),
        ('unit_type <> "township"', True),
        ("unit_type", None),
    ],
)
def test_blank_cells(source: str, expected: Value) -> None:
    assert value_of(source) == expected


def test_zero_is_not_blank() -> None:
    assert value_of("ISBLANK(year)", year=0) is False
    assert value_of("COUNT(year, sent)", year=0) == 1
    assert value_of("MIN(year, 5)", year=0) == 0


def test_cells_of_every_type() -> None:
    assert value_of("new + carried = SUM(open:closed)", new=60, carried=0, open=60, closed=0) is True
    assert value_of("fee * 3", fee=Decimal("0.1")) == Decimal("0.3")
    assert value_of('unit_type = "township"', unit_type="township") is True
    assert value_of("IF(confirmed, organ, remark)", confirmed=True, organ="甲") == "甲"
    assert value_of("ISBLANK(confirmed)", confirmed=False) is False
    assert value_of("COUNTA(confirmed, organ)", confirmed=False, organ="") == 2


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("1 / year", "#DIV/0!"),
        ("MOD(1, year)", "#DIV/0!"),
        ("0^-1", "#DIV/0!"),
        ("0^0", "#NUM!"),
        ("10^64 * 10^64 * 10^64 * 10^64 * 10^64", "#NUM!"),
        ("ROUND((1 / 3)^64^64 * 3, 2)", "#NUM!"),
        ("AND(FALSE, MOD(1, 0) = 0)", "#DIV/0!"),
        ("OR(TRUE, MOD(1, 0) = 0)", "#DIV/0!"),
        ("IF(MOD(1, 0) = 0, 1, 2)", "#DIV/0!"),
        ("SUM(1, 1 / 0)", "#DIV/0!"),
    ],
)
def test_a_formula_without_a_value(source: str, code: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        value_of(source)

    assert caught.value.code == code


@pytest.mark.parametrize("source", ["year + 1", "SUM(year)", "MAX(year, 1)", "year = 1"])
def test_text_in_a_number_cell_is_an_error_not_a_crash(source: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        value_of(source, year="22（其中修订16件）")

    assert caught.value.code == "#VALUE!"


def test_the_difference_of_two_sides_is_exact() -> None:
    assert exact_result(parse("1 / 3"), {}.get) == Fraction(1, 3)


@given(st.randoms(use_true_random=False))
def test_every_formula_has_a_value_of_its_type_or_an_error(random) -> None:  # type: ignore[no-untyped-def]
    values = {subject: random_value(random, kind) for subject, kind in all_cells().items()}
    node = bind(Formulas(random).any(), SmallScope())
    allowed = {Type.WHOLE: (int,), Type.NUMBER: (int, Decimal), Type.TEXT: (str,), Type.LOGICAL: (bool,)}

    try:
        result = evaluate(node, values.__getitem__)
    except EvaluationError:
        return
    assert type(result) in allowed[type_of(node)]
