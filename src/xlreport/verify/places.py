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
    return _few([*([cells] if cells else []), *others])


def ranges_of(cells: Sequence[str]) -> str:
    """Cells as few ranges; a long list is cut with 等."""
    return _few([area.range for area in rectangles(Area.cell("", *position(cell)) for cell in cells)])


def _few(words: Sequence[str]) -> str:
    return "、".join(words[:_MOST]) + ("等" if len(words) > _MOST else "")
