"""Lists whose items stand below their total, each in a sentence or on a line of its own.

公开信息N条，其中：            a colon ends the line
甲a条
乙b条

公开信息N条。一是甲a条。二是乙b条。   numbered; also 1. and （1）
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlreport.expression import Expression
from xlreport.prose.list_ends import measure_kind
from xlreport.prose.numerals import Numeral
from xlreport.prose.sentences import PARAGRAPH, Sentence

_FIRST = Expression("(?:其中|包括|具体(?:是|为))?[，：]?(?:1[.、]|（[1一]）|一是|一、|①|第一)")
_NEXT = Expression(
    "(?:[0-9]{1,2}[.、]|（[0-9一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,2}[是、]|[②-⑳]|第[二三四五六七八九十])"
)
_LONGEST, _MOST, _FEWEST = 40, 30, 2


def lists_below(
    text: str, spans: Sequence[Sentence], every: Sequence[Sequence[Numeral]]
) -> Iterator[tuple[Sequence[Numeral], Sequence[Numeral]]]:
    """The totals and the parts of each; `every` are the numbers of each sentence."""
    for place, span in enumerate(spans[:-1]):
        colon = text.endswith("：", span.start, span.end)
        if not colon and _FIRST.match(text, spans[place + 1].start) is None:
            continue
        heads = every[place] or (every[place - 1] if colon and place else ())
        lines = zip(spans[place + 1 :][:_MOST], every[place + 1 :], strict=False)
        parts = list(_parts(text, lines, numbered=not colon))
        if heads and len(parts) >= _FEWEST and len({measure_kind(n.unit) for n in (heads[-1], *parts)}) == 1:
            yield [heads[-1]], parts


def _parts(
    text: str, lines: Iterator[tuple[Sentence, Sequence[Numeral]]], *, numbered: bool
) -> Iterator[Numeral]:
    """The only number of each item, up to a sentence that is none."""
    for place, (line, found) in enumerate(lines):
        if len(found) != 1 or line.end - line.start > _LONGEST:
            return
        point = _NEXT if place else _FIRST
        if point.match(text, line.start) is None if numbered else text[line.start - 1] != PARAGRAPH:
            return
        yield found[0]
