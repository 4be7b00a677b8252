"""What the stamp says where a workbook's figures are a sum: its own sheets, who is missing, adjustments."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import count, takewhile

from xlreport.expression import Expression
from xlreport.frozen import frozen

_TABS, _MISSING, _ADJUSTED = "sum.tabs", "sum.missing", "sum.adjusted."
SUM_TAB, TEXTS_TAB = "汇总说明", "各单位文字"
"""The sheets that tell of a sum; under another name a sheet is not one of them, whatever a stamp says."""
_BETWEEN = "/"
"""No name of a sheet has it."""
_CHANGE = Expression(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?")


@frozen
class StampedAdjustment:
    """A change of a sum that is no unit's: of which figure, called how, by how much, why, on what ground."""

    cell: str
    label: str
    change: str
    reason: str
    source: str


@frozen
class StampedSum:
    """`tabs` are the sheets that tell of the sum, `missing` says who is not in it, "" where nobody is."""

    tabs: tuple[str, ...] = ()
    missing: str = ""
    adjustments: tuple[StampedAdjustment, ...] = ()

    def lines(self) -> Iterator[tuple[str, str]]:
        """As lines of the stamp."""
        yield _TABS, _BETWEEN.join(self.tabs)
        yield _MISSING, self.missing
        for number, each in enumerate(self.adjustments, start=1):
            parts = [each.cell, each.label, each.change, each.reason, each.source]
            yield f"{_ADJUSTED}{number}", json.dumps(parts, ensure_ascii=False)


def read_sum(found: Mapping[str, str]) -> StampedSum | None:
    """The sum from the lines of a stamp, None where the figures are a unit's own. Raises ValueError."""
    if _TABS not in found:
        return None
    tabs = tuple(tab for tab in found[_TABS].split(_BETWEEN) if tab in (SUM_TAB, TEXTS_TAB))
    names = takewhile(found.__contains__, (f"{_ADJUSTED}{number}" for number in count(1)))
    adjustments = tuple(_adjustment(found[name]) for name in names)
    return StampedSum(tabs, found.get(_MISSING, ""), adjustments)


def _adjustment(text: str) -> StampedAdjustment:
    try:
        parts = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(parts, list) or len(parts) != 5 or not all(isinstance(part, str) for part in parts):
        raise ValueError("no adjustment")
    adjustment = StampedAdjustment(*parts)
    if _CHANGE.fullmatch(adjustment.change) is None:
        raise ValueError("no figure")
    return adjustment
