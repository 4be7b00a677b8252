"""Whether figures that do not add up look like one written wrongly rather than like other things."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

_NEAR = 1
"""Off by so little whatever the figure."""


def one_slip(total: Fraction, parts: Sequence[Fraction], *, plain: bool = False) -> bool:
    """True if one figure put right, the total or a part, makes the parts add up.

    A `plain` slip is one more or less, or two neighbouring digits exchanged.
    """
    difference = sum(parts, Fraction(0)) - total
    meant = [(total, total + difference), *((part, part - difference) for part in parts)]
    return any(_slipped(written, right, plain=plain) for written, right in meant)


def _slipped(written: Fraction, right: Fraction, *, plain: bool) -> bool:
    """True for one digit more, less or other, or two exchanged."""
    if right < 0 or written.denominator != 1 or right.denominator != 1:
        return False
    if abs(written - right) <= _NEAR:
        return True
    one, two = str(written), str(right)
    if len(one) == len(two):
        other = [place for place in range(len(one)) if one[place] != two[place]]
        exchanged = len(other) == 2 and one[other[0]] == two[other[1]] and one[other[1]] == two[other[0]]
        return (exchanged and (not plain or other[1] - other[0] == 1)) or (len(other) == 1 and not plain)
    shorter, longer = sorted((one, two), key=len)
    return not plain and len(shorter) > 1 and _one_left_out(longer, shorter)


def _one_left_out(longer: str, shorter: str) -> bool:
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))
