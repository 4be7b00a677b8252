"""A number of a text that is wrong, and what it may have to be."""

from __future__ import annotations

from fractions import Fraction

from xlreport.finding import Finding
from xlreport.frozen import frozen
from xlreport.prose.numerals import Numeral


@frozen
class Correction:
    """A number of a text, and the figure that it may have to be."""

    numeral: Numeral
    right: Fraction


@frozen
class Wrong:
    """A finding, and the corrections of which one would settle it."""

    finding: Finding
    corrections: tuple[Correction, ...] = ()
