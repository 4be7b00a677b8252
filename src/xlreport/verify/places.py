"""Naming places for a clerk: few words for many cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from xlreport.area import Area, position, rectangles
from xlreport.origin import Origin
from xlreport.subject import Subject

_MOST = 12


def places_of(origins: Mapping[Subject, Origin], subjects: Iterable[Subject]) -> str:
    """Where these values stand: cells as few ranges, `C6:H7、C9`; "" where no origin is known."""
    known = [origins[subject] for subject in subjects if subject in origins]
    cells = ranges_of([origin.cell for origin in known if origin.cell])
    others = dict.fromkeys(origin.place for origin in known if not origin.cell)
    return in_few_words([*([cells] if cells else []), *others])


def ranges_of(cells: Sequence[str]) -> str:
    """Cells as few ranges; a long list is cut with 等."""
    return in_few_words([area.range for area in rectangles(Area.cell("", *position(cell)) for cell in cells)])


def in_few_words(words: Sequence[str], most: int = _MOST) -> str:
    """Words in a row; a long list is cut with 等."""
    return "、".join(words[:most]) + ("等" if len(words) > most else "")
