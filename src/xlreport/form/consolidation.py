"""What becomes of each entry when returns are added up, as their form says (consolidate.toml)."""

from __future__ import annotations

from enum import StrEnum

from xlreport.frozen import frozen


class Way(StrEnum):
    """What the parent's workbook gets of an entry."""

    SUM = "sum"
    """The sum; lines of a list are merged by what they are called."""
    KEEP = "keep"
    """What the own organ's return says."""
    LIST = "list"
    """Nothing: the parent writes it, and what the units wrote stands listed for the writer."""
    ASK = "ask"
    """Nothing: it is asked of the parent."""


@frozen
class Consolidation:
    """The names of fields, lists and grids for each way; what is named nowhere goes by its kind."""

    sum: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    list: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()

    def way(self, name: str, usual: Way) -> Way:
        """What becomes of the field, list or grid of that name, which usually goes the other way."""
        return next((way for way in Way if name in getattr(self, way)), usual)
