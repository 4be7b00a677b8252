"""Reading a formula: its grammar, its precedences, and what an author is told about mistakes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_form import Formulas, source_of

from xlreport.formula.nodes import Binary, Call, FormulaError, Literal, Neighbours, Node, Ref, Unary
from xlreport.formula.parse import parse

A, B, C = (Ref(Neighbours(name)) for name in "abc")
ONE, TWO, THREE = (Literal(number) for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("source", "tree"),
    [
        ("12", Literal(12)),
        ("0012", Literal(12)),
        ("0.5", Literal(Decimal("0.5"))),
        ("2.0", TWO),
        ('"政府 ""信息"""', Literal('政府 "信息"')),
        ("true", Literal(True)),
        ("FALSE", Literal(False)),
        ("year", Ref(Neighbours("year"))),
        ("a:c", Ref(Neighbours("a", "c"))),
        ("prior.a:c", Ref(Neighbours("a", "c"), prior=True)),
        ("prior", Ref(Neighbours("prior"))),
        ("published[count]", Ref(Neighbours("published"), (Neighbours("count"),))),
        ("g[a, b:c]", Ref(Neighbours("g"), (Neighbours("a"), Neighbours("b", "c")))),
        ("prior.g[a:b,c]", Ref(Neighbours("g"), (Neighbours("a", "b"), Neighbours("c")), prior=True)),
        ("sum(a, b:c)", Call("SUM", (A, Ref(Neighbours("b", "c"))))),
        ("  ( a )\n", A),
        ("+a", A),
    ],
)
def test_what_can_be_written(source: str, tree: Node) -> None:
    assert parse(source) == tree


@pytest.mark.parametrize(
    ("source", "tree"),
    [
        ("a = b & c", Binary("=", A, Binary("&", B, C))),
        ("a & b + c", Binary("&", A, Binary("+", B, C))),
        ("a + b * c", Binary("+", A, Binary("*", B, C))),
        ("a * b ^ c", Binary("*", A, Binary("^", B, C))),
        ("a - b - c", Binary("-", Binary("-", A, B), C)),
        ("2^3^2", Binary("^", Binary("^", TWO, THREE), TWO)),
        ("-a^2", Binary("^", Unary("-", A), TWO)),
        ("a^-2%", Binary("^", A, Unary("-", Unary("%", TWO)))),
        ("- -a", Unary("-", Unary("-", A))),
        ("a = b = c", Binary("=", Binary("=", A, B), C)),
        ("a<=b", Binary("<=", A, B)),
        ("a<>-b", Binary("<>", A, Unary("-", B))),
    ],
)
def test_operators_bind_as_in_excel(source: str, tree: Node) -> None:
    assert parse(source) == tree


@pytest.mark.parametrize(
    ("source", "position", "told"),
    [
        ("", 0, "Expected a value"),
        ("1 + ", 4, "the end of the formula"),
        ("a b", 2, "Expected an operator"),
        ("(a", 2, "Expected )"),
        ("SUM(a,)", 6, "Expected a value"),
        ("g[a, b, c]", 6, "Expected ]"),
        ("g[1]", 2, "Expected a name"),
        ("a:b[c]", 3, "name[a:b]"),
        ("=a", 0, "leading '='"),
        ("1 + B12", 4, "B12 is a cell address"),
        ("1 + $B$2", 4, "Cell addresses"),
        ("R1C1", 0, "R1C1 is a cell address"),
        ("Sheet!a", 5, "Sheets are not named"),
        ("'一、总体'!a", 0, "sheets are not named"),
        ("a + Year", 4, "write year"),
        ("年度 + 1", 0, "declared name"),
        ("now()", 0, "NOW"),
        ("1 + VLOOKUP(a, b)", 4, "VLOOKUP is not available"),
        ("average(a)", 0, "SUM(…) / COUNT(…)"),
        ("1e5", 1, "digits only"),
        ("1.2.3", 3, "digits only"),
        ("1234567890123456", 0, "15 digits"),
        ('a = "abc', 4, "not closed"),
        ('a = "b\tc"', 6, "control characters"),
        ("SUM（a）", 3, "type ("),
        ("a ≥ b", 2, "type >="),
        ("a; b", 1, "comma"),
        ("{1,2}", 0, "arrays"),
        ("a ~ b", 2, "'~'"),
    ],
)
def test_a_mistake_is_shown_where_it_is(source: str, position: int, told: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(source)

    assert told in caught.value.message
    assert (caught.value.position, caught.value.source) == (position, source)


def test_the_caret_stands_under_the_mistake() -> None:
    with pytest.raises(FormulaError) as caught:
        parse("year + B12")

    _message, source, caret = caught.value.with_caret().splitlines()
    assert source[caret.index("^") :] == "B12"


@pytest.mark.parametrize(
    "source",
    [
        "(" * 4000,
        "-" * 8000 + "1",
        "+".join("1" * 4000),
        "NOT(" * 2000,
        "1%" + "%" * 8000,
        "1" * 8000,
        "a" * 8193,
    ],
)
def test_hostile_formulas_are_refused_without_harm(source: str) -> None:
    with pytest.raises(FormulaError):
        parse(source)


def test_long_sums_are_welcome() -> None:
    parse(" + ".join(["a"] * 100))
    parse("(" * 30 + "a" + ")" * 30)


@given(st.randoms(use_true_random=False))
def test_what_is_written_down_is_read_back(random) -> None:  # type: ignore[no-untyped-def]
    tree = Formulas(random).any()

    assert parse(source_of(tree)) == tree


@given(st.text() | st.text(alphabet='ab1.0+-*/^&=<>%(),:[]" SUMIFTRUE', max_size=40))
def test_any_text_is_a_formula_or_a_formula_error(text: str) -> None:
    try:
        parse(text)
    except FormulaError as error:
        assert 0 <= error.position <= len(text)
