"""What a round has taken already, so that nothing is taken twice: gathered once, added to as more comes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlreport.round.arrival import ARRIVED
from xlreport.round.drafts import DRAFTED, REPLY
from xlreport.round.file import Fate
from xlreport.round.looked import Identified
from xlreport.round.opened import Round

_BLANK = Identified(Fate.NOT_OURS, "是下发的工作簿原样，没有填写（也可能是退信里带回来的）")
_COPY = Identified(Fate.NOT_OURS, "是退回时附的标注副本原样，没有改动（也可能是退信里带回来的）")


class AlreadyTaken:
    """By key what came, by id which bundles, by content the first event of what has a unit, and what the
    office itself has sent.

    `issued` counts each unit's workbooks by its name.
    """

    def __init__(self, round_: Round) -> None:
        self._keys: set[str] = set()
        self._bundles: set[str] = set()
        self.owned: dict[str, Mapping[str, Any]] = {}
        self.issued = {unit.line.name: unit.issued for unit in round_.state.units}
        copies, blanks = {}, {}
        for event in round_.log.events:
            if event.kind == ARRIVED:
                self.add(event.data)
            elif event.kind == DRAFTED and event["what"] == REPLY:
                copies[event.get("attached")] = _COPY
            elif event.kind == "issued":
                blanks[event["sha256"]] = _BLANK
        self.own: Mapping[str, Identified] = {**copies, **blanks}

    def is_new(self, key: str) -> bool:
        """True the first time that a key is asked for."""
        return _added(self._keys, key)

    def is_new_bundle(self, id_: str) -> bool:
        """True the first time that a bundle is asked for."""
        return _added(self._bundles, id_)

    def add(self, data: Mapping[str, Any]) -> None:
        """What an event says of something that came."""
        self._keys.add(data["key"])
        if "bundle" in data:
            self._bundles.add(data["bundle"]["id"])
        if data["unit"]:
            self.owned.setdefault(data["sha256"], data)


def _added(known: set[str], name: str) -> bool:
    is_new = name not in known
    known.add(name)
    return is_new
