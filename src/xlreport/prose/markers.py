"""Numbers of points in a folded text: 一、（一）1.（1）① 一是 第一.

Only numbers at the start of a line, a sentence or (一是, 第一) a clause are markers, so that references
(第（一）项), quotations and decimals are none.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.expression import Expression
from xlreport.frozen import frozen
from xlreport.prose.sentences import CLAUSE, ITEM

_CHINESE = "一二三四五六七八九十"
HAN = f"[{_CHINESE}]{{1,3}}"
"""A regular expression for 一 to 九十九."""
_NO_REFERENCE = "(?![项款目条至、和])"
_MARKER = Expression(
    f"(?=[{_CHINESE}（0-9①-⑳第])(?:(?:(?<=[{CLAUSE}])|^)(?:(?P<han_line>{HAN})、(?![{_CHINESE}])"
    f"|（(?P<han_round>{HAN})）{_NO_REFERENCE}|（(?P<round>[0-9]{{1,2}})）{_NO_REFERENCE}"
    "|(?P<dot>[0-9]{1,2})[.、](?![0-9])|(?P<circle>[①-⑳]))"
    f"|(?:(?<=[{ITEM}”）])|^)(?:(?P<is>{HAN})[是要]|第(?P<nth>{HAN})[，、](?!第?[{_CHINESE}])))"
)


@frozen
class Marker:
    """The number of a point, from `start` up to `end`. `kind` is one of han_line, han_round, round, dot,
    circle, is and nth.
    """

    kind: str
    number: int
    start: int
    end: int


def markers(text: str) -> Iterator[Marker]:
    """Every marker, in order."""
    for found in _MARKER.finditer(text):
        kind = found.lastgroup
        assert kind is not None
        number = _number(found[kind])
        if number is not None:
            yield Marker(kind, number, *found.span())


def _number(words: str) -> int | None:
    """1 to 99; None for what is no number, such as 十十."""
    if words.isdecimal():
        return int(words)
    if "①" <= words <= "⑳":
        return ord(words) - ord("①") + 1
    tens, ten, units = words.rpartition("十")
    if any(len(part) > 1 or part == "十" for part in (tens, units)):
        return None
    value = _CHINESE.find(units) + 1 if units else 0
    if not ten:
        return value
    return 10 * (_CHINESE.find(tens) + 1 if tens else 1) + value
