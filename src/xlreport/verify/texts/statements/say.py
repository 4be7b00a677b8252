"""Figures in words for the messages of this package."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from xlreport.form.exact import exact
from xlreport.form.naming import number
from xlreport.prose.numerals import Figure, Range

_MOST = 8
_PLACES = 2


def numeral(value: Fraction) -> str:
    """A figure as a person writes it; endless decimals are rounded."""
    if value.denominator == 1:
        return number(value.numerator)
    return rounded(value, 6)


def rounded(value: Fraction, places: int = _PLACES) -> str:
    """A figure with at most so many decimal places."""
    scaled = round(value * 10**places)
    return number(exact(Decimal(scaled).scaleb(-places)))


def meaning(figure: Figure) -> str:
    """What a number that is not exact allows: `（即180000至190000条）`; nothing for an exact one."""
    if figure.exact:
        return ""
    return f"（即{span(figure.range)}{figure.unit}）"


def span(allowed: Range) -> str:
    """`180000至190000`, `200以上`."""
    if allowed.high is None:
        return f"{numeral(allowed.low)}以上"
    if allowed.low == allowed.high:
        return numeral(allowed.low)
    return f"{numeral(allowed.low)}至{numeral(allowed.high)}"


def addition(parts: Iterable[Figure]) -> str:
    """`12＋3＋5`; a long one is cut."""
    values = [numeral(part.value) for part in parts]
    shown = "＋".join(values[:_MOST])
    return f"{shown}＋…（共{len(values)}项）" if len(values) > _MOST else shown
