"""Equations between printed figures: what they say where they hold, fail, or cannot be computed."""

from __future__ import annotations

import pytest

from returns import FORM
from xlreport.formula.nodes import Binary, Cells, Type
from xlreport.published.equations import Equation

SHARE, PART, WHOLE = tuple(FORM.grids["requests"].subjects())[:3]
PART_OF_WHOLE = Binary("/", Cells((PART,), Type.NUMBER), Cells((WHOLE,), Type.NUMBER))
SHARE_OF = Equation(SHARE, PART_OF_WHOLE, frozenset((SHARE, PART, WHOLE)))


@pytest.mark.parametrize(
    ("share", "whole", "residual", "agrees"),
    [
        (3, 2, 0, True),
        (4, 2, 1, False),
        (0, 0, 0, False),
        (5, 0, 0, False),
    ],
)
def test_a_side_that_cannot_be_computed_speaks_neither_for_the_figures_nor_against_them(
    share: int, whole: int, residual: int, agrees: bool
) -> None:
    figures = {SHARE: share, PART: 6, WHOLE: whole}
    assert (SHARE_OF.residual(figures), SHARE_OF.agrees(figures)) == (residual, agrees)
