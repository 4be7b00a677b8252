"""The sheets of an Office workbook as it lists them: each with a name, a part and a kind of its own."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.formats.foreign import RESAVE, Unopened
from xlreport.formats.opc import Relation, same_part
from xlreport.frozen import frozen

_MACRO_SHEETS = ("xlMacrosheet", "xlIntlMacrosheet")
_LONGEST = 31
"""Characters of a sheet's name, the most that Excel takes."""


@frozen
class Tab:
    """A sheet: `kind` is what its relationship says, such as worksheet, chartsheet or dialogsheet."""

    name: str
    part: str
    kind: str
    hidden: bool

    @property
    def has_cells(self) -> bool:
        """False for charts, dialogues and macros, which hold no figures."""
        return self.kind == "worksheet"


class SheetList:
    """The sheets in order, while they are read."""

    def __init__(self) -> None:
        self._tabs: dict[str, Tab] = {}
        self._parts: set[str] = set()

    def __iter__(self) -> Iterator[Tab]:
        return iter(self._tabs.values())

    def __len__(self) -> int:
        return len(self._tabs)

    def add(self, name: str, relation: Relation | None, *, hidden: bool) -> None:
        """One more sheet. Raises Unopened where it is nowhere, or could be another one."""
        shown = name[:_LONGEST]
        if relation is None or not relation.part:
            raise Unopened(f"文件已损坏，找不到工作表“{shown}”的内容", RESAVE)
        if name.casefold() in self._tabs:
            raise Unopened(f"文件已损坏，有两个工作表都叫“{shown}”", RESAVE)
        if same_part(relation.part) in self._parts:
            raise Unopened("文件已损坏，两个工作表指向同一处内容", RESAVE)
        self._tabs[name.casefold()] = Tab(name, relation.part, relation.kind, hidden)
        self._parts.add(same_part(relation.part))

    @property
    def macros(self) -> bool:
        """True if a sheet is one of macros."""
        return any(tab.kind in _MACRO_SHEETS for tab in self)
