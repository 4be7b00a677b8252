"""Numbers of points in a text: 一、（一）1.（1）① 一是 第一. Skipped, given twice, or of mixed kinds.

Only numbers at the start of a line or a sentence count, so that references (第（一）项), quotations and
decimals are none. Points within points start anew; an outer list goes on after them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xlreport.prose.spot import Spot

_CHINESE = "一二三四五六七八九十"
_HAN = rf"[{_CHINESE}]{{1,3}}"
_START = r"(?:(?<=[。；：:;，！!？?\n])|^)[ \t\u3000]{0,8}"
_COMMA = r"(?:(?<=[。；：:;！!？?，,、\n ”）)])|^)[ \t\u3000]{0,8}"
_MARKERS = re.compile(
    rf"{_START}(?:(?P<han_line>{_HAN})、(?![{_CHINESE}])"
    rf"|[（(](?P<han_round>{_HAN})[）)](?![项款目条至、和])"
    r"|[（(](?P<round>[0-9０-９]{1,2})[）)](?![项款目条至、和])"
    r"|(?P<dot>[0-9０-９]{1,2})[.．、](?![0-9０-９])"
    rf"|(?P<circle>[①-⑳]))|{_COMMA}(?:(?P<is>{_HAN})[是要]|第(?P<nth>{_HAN})[，,、](?!第?[{_CHINESE}]))"
)
_FIRSTS = ("首先", "第一", "其一", "一方面", "一来", "一是", "一要", "一、")
_OF_LINES = ("han_line", "dot", "round", "han_round")


@dataclass(frozen=True, slots=True)
class _Marker:
    kind: str
    number: int
    start: int
    words: str


def numbering_faults(text: str) -> Iterator[Spot]:
    """Every point whose number does not follow, with what stands before it."""
    last: dict[str, _Marker] = {}
    interrupted: dict[str, set[int]] = {}
    before: _Marker | None = None
    for marker in _markers(text):
        previous = last.get(marker.kind)
        if previous is None:
            note = _first(text, marker, last)
        else:
            resumed = marker.number - 1 in interrupted.setdefault(marker.kind, set())
            note = "" if resumed else _next(text, previous, marker, before)
            if marker.number == 1:
                interrupted[marker.kind].add(previous.number)
        if note:
            yield Spot(marker.start, marker.words, note)
        last[marker.kind] = before = marker


def _first(text: str, marker: _Marker, others: dict[str, _Marker]) -> str:
    """A list has to start with one; going on from another kind of number is mixing them."""
    if marker.number == 1:
        return ""
    for other in sorted(others.values(), key=lambda other: -other.start):
        if other.number == marker.number - 1:
            return f"前一项的序号是“{other.words}”，两种序号混用"
    if marker.kind in ("is", "nth") and any(words in text[: marker.start] for words in _FIRSTS):
        return ""
    return "前面没有第一项"


def _next(text: str, previous: _Marker, marker: _Marker, before: _Marker | None) -> str:
    if marker.number == previous.number + 1:
        return ""
    if marker.number == 1:
        alone = previous.number == 1 and before is previous
        parted = marker.kind not in _OF_LINES and "\n" in text[previous.start : marker.start]
        return f"与前一项“{previous.words}”重复" if alone and not parted else ""
    if marker.number == previous.number:
        return f"与前一项“{previous.words}”重复"
    return f"前一项的序号是“{previous.words}”，中间不连续"


def _markers(text: str) -> Iterator[_Marker]:
    for found in _MARKERS.finditer(text):
        kind = found.lastgroup
        assert kind is not None
        number = _number(found[kind])
        if number is not None:
            start = found.end() - len(found[0].lstrip(" \t\u3000"))
            yield _Marker(kind, number, start, text[start : found.end()])


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
