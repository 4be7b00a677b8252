"""Faults in the numbers of points: skipped, given twice, or of mixed kinds.

Points within points start anew; an outer list goes on after them.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.prose.alphabet import Folded
from xlreport.prose.markers import Marker, markers
from xlreport.prose.passage import Passage

_FIRSTS = ("首先", "第一", "其一", "一方面", "一来", "一是", "一要", "一、")
_OF_LINES = ("han_line", "dot", "round", "han_round")


def numbering_faults(folded: Folded) -> Iterator[Passage]:
    """Every point whose number does not follow, with what stands before it."""
    last: dict[str, Marker] = {}
    interrupted: dict[str, set[int]] = {}
    before: Marker | None = None
    for marker in markers(folded.text):
        previous = last.get(marker.kind)
        if previous is None:
            note = _first(folded, marker, last)
        else:
            resumed = marker.number - 1 in interrupted.setdefault(marker.kind, set())
            note = "" if resumed else _next(folded, previous, marker, before)
            if marker.number == 1:
                interrupted[marker.kind].add(previous.number)
        if note:
            yield Passage(marker.start, marker.end, note)
        last[marker.kind] = before = marker


def _first(folded: Folded, marker: Marker, others: dict[str, Marker]) -> str:
    """A list has to start with one; going on from another kind of number is mixing them."""
    if marker.number == 1:
        return ""
    for other in sorted(others.values(), key=lambda other: -other.start):
        if other.number == marker.number - 1:
            return f"前一项的序号是“{_words(folded, other)}”，两种序号混用"
    if marker.kind in ("is", "nth") and any(words in folded.text[: marker.start] for words in _FIRSTS):
        return ""
    return "前面没有第一项"


def _next(folded: Folded, previous: Marker, marker: Marker, before: Marker | None) -> str:
    if marker.number == previous.number + 1:
        return ""
    if marker.number == 1:
        alone = previous.number == 1 and before is previous
        parted = marker.kind not in _OF_LINES and "\n" in folded.text[previous.start : marker.start]
        return f"与前一项“{_words(folded, previous)}”重复" if alone and not parted else ""
    if marker.number == previous.number:
        return f"与前一项“{_words(folded, previous)}”重复"
    return f"前一项的序号是“{_words(folded, previous)}”，中间不连续"


def _words(folded: Folded, marker: Marker) -> str:
    return folded.quote(marker.start, marker.end)
