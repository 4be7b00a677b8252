"""Where a list of counted items may end before its sentence does, and which measures count alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from xlreport.expression import Expression
from xlreport.prose.list_words import ListWords
from xlreport.prose.numerals import Numeral

_ALIKE = "条件项篇个期份起"
_MORE = Expression("等")
_NEW_START = Expression(
    "[，；](?:另|此外|同时|并|还|且|全年|本年|年内|累计|共|均|已|上年|去年|较|比|同比|占|除|其余|剩余)"
)


def measure_kind(unit: str) -> str:
    """One for all measure words of items, the word itself for others."""
    return _ALIKE[0] if unit in _ALIKE else unit


def ends_of_list(
    text: str, parts: Sequence[Numeral], words: ListWords, *, inner: bool = False
) -> Iterator[int]:
    """How many parts stand before each place where the list may end: ；, 等, a new verb, another measure.

    Behind each comma of an `inner` list the outer one may go on.
    """
    gaps = [text[left.end : right.digits] for left, right in pairwise(parts)]
    apart = ["；" in gap for gap in gaps]
    for number, gap in enumerate(gaps, start=1):
        if (
            (inner and re.search("[，；]", gap))
            or (apart[number - 1] and not all(apart))
            or _MORE.search(gap)
            or _NEW_START.search(gap)
            or words.is_another(gap, "".join(gaps[: number - 1]))
            or all(part.unit != parts[0].unit for part in parts[number:])
        ):
            yield number
