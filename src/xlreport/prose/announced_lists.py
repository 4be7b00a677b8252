"""Lists behind a word that says that parts follow: N条，其中甲a条、乙b条; also 包括, 内有, 分别是.

The total stands before that word, in the same sentence or the one before. Several such words in a sentence
open lists within the list, or break the same total down once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from operator import add

from xlreport.expression import Expression
from xlreport.frozen import frozen
from xlreport.prose.breakdown import Breakdown, any_meets
from xlreport.prose.counted_lists import FEWEST_PARTS, MOST_PARTS, ListPlace
from xlreport.prose.list_marks import AMONG_THESE, DIVIDED, PARTS_FOLLOW
from xlreport.prose.list_readings import readings
from xlreport.prose.numbered_sentence import NumberedSentence, is_of_two
from xlreport.prose.numerals import Numeral, Range, numerals
from xlreport.prose.sentences import PART, around

_CHANGED = ("增加", "增长", "增多", "减少", "下降", "上升", "降低", "增幅", "降幅", "多", "少")
"""A number behind these is a change, no total."""
_MEAN = ("均", "平均")
"""A number behind these is no total."""
_INCLUDED = Expression(r"（包?含[^0-9，。；（）]{0,14}[0-9]")
"""What a total counts in from elsewhere, such as last year: the list behind may leave it out."""
_MARGIN, _SHORT = 2, 12
"""Characters before a mark in its sentence: hardly any, such as a comma; few, such as 均按期办结，其中…"""
_NAME = 2
"""Characters before a number by which it is called like another."""
_MOST_MARKS = 8
"""Words of a sentence that say that parts follow; further ones are not read."""


@frozen
class _Mark:
    """A word that says that parts follow: its bounds, and the numbers before it that may be their total.

    `opens` is where the first of the words stands that break this total down, `outer` where the one before
    stands if the list is within that of another. `afar` if the numbers are those of the sentence before.
    """

    start: int
    end: int
    heads: Sequence[Numeral]
    opens: int
    outer: int | None
    afar: bool


def announced_lists(told: NumberedSentence) -> Iterator[Breakdown]:
    """The breakdowns behind all such words of a sentence."""
    marks = list(PARTS_FOLLOW.finditer(told.plain, told.sentence.start, told.sentence.end))
    for number in range(min(len(marks), _MOST_MARKS)):
        mark = _mark(told, marks, number)
        if mark.heads and _is_no_total(told.plain, mark.heads, mark.opens):
            continue
        place = _place(told, mark, marks, number)
        if not any(_fits_without_included(told.sentence.text, head, place) for head in mark.heads[-1:]):
            yield from _believable(told.plain, mark, place)


def _mark(told: NumberedSentence, marks: Sequence[re.Match[str]], number: int) -> _Mark:
    start, end = marks[number].span()
    again = number > 0 and marks[number][0].startswith(DIVIDED)
    opens = marks[0].start() if again else start
    heads = [
        head for head in told.found if head.end <= opens and not told.plain.endswith(_CHANGED, 0, head.start)
    ]
    afar = not heads and _may_be_of_before(told, start)
    outer = marks[number - 1].start() if number and not again else None
    return _Mark(start, end, told.before if afar else heads, opens, outer, afar)


def _may_be_of_before(told: NumberedSentence, start: int) -> bool:
    """True if the total may stand in the sentence before; in a paragraph before only where that is said."""
    return start - told.sentence.start <= _SHORT and (not told.sentence.first or _says_among_these(told))


def _says_among_these(told: NumberedSentence) -> bool:
    """True for a paragraph that begins with 在主动公开的信息中."""
    return told.sentence.first and AMONG_THESE.match(told.plain, told.sentence.start) is not None


def _place(told: NumberedSentence, mark: _Mark, marks: Sequence[re.Match[str]], number: int) -> ListPlace:
    """Where the list stands; one within another up to the end of its part of the sentence."""
    inner = mark.outer is not None
    end = around(told.plain, mark.end, mark.end, PART)[1] if inner else told.sentence.end
    again = (other.start() for other in marks[number + 1 :] if other[0].startswith(DIVIDED))
    ends_outer = number == 1 and _ends_outer(told, mark)
    return ListPlace(
        told.plain,
        mark.end,
        min(end, next(again, end)),
        told.words,
        told.until(mark.end),
        inner=inner and not ends_outer,
        sure=not ends_outer and _is_sure(told, mark),
    )


def _is_sure(told: NumberedSentence, mark: _Mark) -> bool:
    """True if the list surely is one of the number before it: not 发布18条；宣传中，其中甲2条."""
    if mark.afar and _says_among_these(told):
        return False
    if mark.start - told.sentence.start <= _MARGIN:
        return True
    part, _ = around(told.plain, mark.start, mark.start, PART)
    return bool(mark.heads) and (mark.heads[-1].start >= part or mark.start - part <= _MARGIN)


def _ends_outer(told: NumberedSentence, mark: _Mark) -> bool:
    """True where a list within ends the outer one, of one item: 51条。其中公开29条，包括甲13条、乙16条.

    What is left behind any part of it does not make the outer total with that item.
    """
    outer = mark.outer
    if outer is None:
        return False
    items = [number for number in told.found if outer < number.start < mark.start]
    heads = [number for number in told.found if number.end <= outer] or told.before
    parts = [number.range for number in told.found if number.start >= mark.end]
    if len(items) != 1 or not heads or not FEWEST_PARTS < len(parts) <= MOST_PARTS:
        return False
    sums = accumulate(reversed(parts[1:]), add, initial=items[0].range)
    return not any_meets(sums, [head for head in heads if head.unit == items[0].unit])


def _is_no_total(plain: str, heads: Sequence[Numeral], mark: int) -> bool:
    """True for a mean, and where a list may break several numbers down together: 复议35件、诉讼28件；其中…"""
    if plain.endswith(_MEAN, 0, heads[-1].start):
        return True
    if not plain.endswith("；", 0, mark):
        return False
    start, _ = around(plain, mark - 2, mark - 2, PART)
    return len({head.digits for head in heads if start <= head.start and head.unit == heads[-1].unit}) > 1


def _fits_without_included(text: str, head: Numeral, place: ListPlace) -> bool:
    """True for 63件（含上年结转3件），其中甲52件、乙8件: the list leaves out what is counted in."""
    opened = _INCLUDED.match(text, head.end + len(head.unit))
    if opened is None:
        return False
    included = next(numerals(text, opened.end() - 1, place.start), None)
    if included is None or included.value >= head.value:
        return False
    rest = head.value - included.value
    without = replace(head, value=rest, range=Range(rest, rest))
    return any(breakdown.fits for breakdown in readings([without], place))


def _believable(plain: str, mark: _Mark, place: ListPlace) -> Iterator[Breakdown]:
    """The breakdowns that fit, or that no other reading of the numbers before explains."""
    opened = 0
    if mark.outer is not None:
        opened = max(mark.outer, around(plain, mark.start, mark.start, PART)[0])
    near = [head for head in mark.heads if head.start >= opened]
    for breakdown in readings(mark.heads if mark.outer is None else mark.heads[-1:], place):
        of_each = mark.afar and _are_of_each(plain, mark.heads, breakdown.parts)
        if breakdown.fits or not (of_each or is_of_two(breakdown, near)):
            yield breakdown


def _are_of_each(plain: str, heads: Sequence[Numeral], parts: Sequence[Numeral]) -> bool:
    """True where each number has one part, called alike: 复议9件，诉讼6件。其中涉及公开的复议5件、诉讼3件."""
    return len(heads) == len(parts) > 1 and all(
        plain[head.start - _NAME : head.start] == plain[part.start - _NAME : part.start]
        for head, part in zip(heads, parts, strict=True)
    )
