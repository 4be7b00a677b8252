"""Formulas as Excel writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_form import Formulas, SmallScope, name_of

from xlreport.formula.check import bind
from xlreport.formula.excel import to_excel
from xlreport.formula.nodes import Cells, FormulaError, Node, Ref
from xlreport.formula.parse import parse

ADDRESSES = {
    ("year",): ("'封面'!B2",),
    ("fee",): ("B3",),
    ("organ",): ("B4",),
    ("unit_type",): ("B5",),
    ("confirmed",): ("B12",),
    ("requests[new,person]",): ("C6",),
    tuple(f"requests[{row},person]" for row in ("new", "carried", "open", "closed")): ("C6:C7", "C9:C10"),
}


def excel(source: str) -> str:
    return to_excel(bind(parse(source), SmallScope()), ADDRESSES.__getitem__)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("year + 1", "'封面'!B2+1"),
        ("sum(new:closed, 0.5)", "SUM(C6:C7,C9:C10,0.5)"),
        ("(fee + 1) * 2", "(B3+1)*2"),
        ("fee - (1 - 2)", "B3-(1-2)"),
        ("(fee - 1) - 2", "B3-1-2"),
        ("-fee^2", "-B3^2"),
        ("-(fee^2)", "-(B3^2)"),
        ("2^-3", "2^-3"),
        ("2^(3^2)", "2^(3^2)"),
        ("(-fee)%", "(-B3)%"),
        ("+fee", "B3"),
        ("(1 = 2) = (3 = 4)", "1=2=(3=4)"),
        ('organ & "say ""hi"""', 'B4&"say ""hi"""'),
        ("organ", 'B4&""'),
        ("IF(TRUE, organ, organ)", 'IF(TRUE,B4,B4)&""'),
        ("LEN(organ)", "LEN(B4)"),
        ('unit_type = "township"', 'B5="乡镇（街道）"'),
        ('"agency" <> unit_type', '"派出“机构”"<>B5'),
        ("confirmed", '(B12="是")'),
        ("NOT(confirmed)", 'NOT((B12="是"))'),
        ("confirmed = FALSE", '(B12="是")=FALSE'),
        ("ISBLANK(confirmed)", "ISBLANK(B12)"),
        ("COUNTA(confirmed, unit_type)", "COUNTA(B12,B5)"),
    ],
)
def test_written_for_excel(source: str, expected: str) -> None:
    assert excel(source) == expected


def test_a_formula_too_long_for_excel_is_refused() -> None:
    node = bind(parse("new + carried"), SmallScope())

    with pytest.raises(FormulaError, match="split it"):
        to_excel(node, lambda subjects: ("'" + "长" * 4100 + "'!B3",))


def test_a_range_in_too_many_areas_is_refused() -> None:
    node = bind(parse("SUM(new:closed)"), SmallScope())

    with pytest.raises(FormulaError, match="areas"):
        to_excel(node, lambda subjects: ("B3",) * 256)


@given(st.randoms(use_true_random=False))
def test_parentheses_stand_where_they_are_needed(random) -> None:  # type: ignore[no-untyped-def]
    """Excel's precedences are the parser's: with names for addresses it reads the same tree back."""
    formulas = Formulas(random, plain=True)
    tree = random.choice([formulas.whole, formulas.number, formulas.logical])(4)
    names: dict[tuple[str, ...], str] = {}

    class Remembering(SmallScope):
        def resolve(self, ref: Ref) -> Cells:
            cells = super().resolve(ref)
            names[cells.subjects] = name_of(ref)
            return cells

    written = to_excel(bind(tree, Remembering()), lambda subjects: (names[subjects],))

    assert meaning(parse(written)) == meaning(tree)


def meaning(tree: Node) -> Node:
    """Bound, so that two ways to name one cell are the same."""
    return bind(tree, SmallScope())
