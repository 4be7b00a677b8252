"""What became of a unit since last year, as its form asks for it (unit.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from xlreport.frozen import frozen


class UnitChange(StrEnum):
    """What became of a unit since last year."""

    NONE = "none"
    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    NEW = "new"


@frozen
class Succession:
    """Where a unit says what it was last year; "" is not asked.

    `change` is a choice; for each kind of change, the option that stands for it. Any other answer means none.
    `predecessors` is a text with the names or codes of last year's units.
    """

    change: str = ""
    predecessors: str = ""
    renamed: str = ""
    merged: str = ""
    split: str = ""
    new: str = ""

    @property
    def options(self) -> Mapping[UnitChange, str]:
        """The options of `change` by what they mean."""
        declared = {
            UnitChange.RENAMED: self.renamed,
            UnitChange.MERGED: self.merged,
            UnitChange.SPLIT: self.split,
            UnitChange.NEW: self.new,
        }
        return {change: option for change, option in declared.items() if option}
