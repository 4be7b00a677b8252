"""Numbers as the messages of this package show them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from xlreport.form.exact import exact
from xlreport.form.naming import number
from xlreport.prose.numerals import Numeral, Range

_MOST = 8
_PLACES = 2


def in_digits(value: Fraction) -> str:
    """A figure as a person writes it; endless decimals are rounded."""
    if value.denominator == 1:
        return number(value.numerator)
    return rounded(value, 6)


def rounded(value: Fraction, places: int = _PLACES) -> str:
    """A figure with at most so many decimal places."""
    scaled = round(value * 10**places)
    return number(exact(Decimal(scaled).scaleb(-places)))


def meaning(numeral: Numeral) -> str:
    """What a number that is not exact allows: `（即180000至190000条）`; nothing for an exact one."""
    if numeral.exact:
        return ""
    return f"（即{span(numeral.range)}{numeral.unit}）"


def span(allowed: Range) -> str:
    """`180000至190000`, `200以上`."""
    if allowed.high is None:
        return f"{in_digits(allowed.low)}以上"
    if allowed.low == allowed.high:
        return in_digits(allowed.low)
    return f"{in_digits(allowed.low)}至{in_digits(allowed.high)}"


def addition(parts: Iterable[Numeral]) -> str:
    """`12＋3＋5`; a long one is cut."""
    values = [in_digits(part.value) for part in parts]
    shown = "＋".join(values[:_MOST])
    return f"{shown}＋…（共{len(values)}项）" if len(values) > _MOST else shown
