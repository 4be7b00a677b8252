"""What is worth knowing of many returns at once, as their form says (analysis.toml)."""

from __future__ import annotations

from xlreport.formula.nodes import Node
from xlreport.frozen import frozen


@frozen
class ItemToml:
    """An item as written: a formula over figures added up over all units, and what it is a share of."""

    label: str
    value: str
    of: str = ""


@frozen
class TableToml:
    """A table as written: its items year by year; `most` shows only so many, the largest first."""

    title: str
    item: tuple[ItemToml, ...]
    most: int = 0


@frozen
class AnalysisToml:
    """analysis.toml as written."""

    table: tuple[TableToml, ...] = ()


@frozen
class Item:
    """An item, bound: a figure, or a share where `of` is given."""

    label: str
    value: Node
    of: Node | None


@frozen
class AnalysisTable:
    """A table, bound."""

    title: str
    items: tuple[Item, ...]
    most: int
