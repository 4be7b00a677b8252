"""The events gone through once: what was decided, issued, drafted and sent, by unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from xlreport.roster.line import ListedUnit, Roster
from xlreport.round.arrival import Arrival
from xlreport.round.events import Event
from xlreport.round.file import Handed
from xlreport.unit import key

DECISIONS = ("exempt", "choose", "assign", "accept")
DECISION_WORDS: Mapping[str, str] = {
    "exempt": "免报",
    "choose": "选定版本",
    "assign": "指定单位",
    "accept": "接受",
    "undo": "撤销决定",
    "reopened": "重开",
}


class Fold:
    """What follows from the events for each unit, and for each content.

    `issued` counts workbooks by the unit's key; `sent` and `drafted` are as in the state.
    """

    def __init__(self, roster: Roster, events: Sequence[Event], arrivals: Iterable[Arrival]) -> None:
        self._roster = roster
        self._decided: dict[str, dict[str, tuple[int, Event]]] = {what: {} for what in DECISIONS}
        self.closed = False
        self.issued: Counter[str] = Counter()
        self.sent: dict[tuple[str, str, str], str] = {}
        self.drafted: dict[tuple[str, str], str] = {}
        self._first: dict[str, str] = {}
        self._go_through(events)
        for arrival in arrivals:
            if arrival.unit:
                self._first.setdefault(arrival.sha256, arrival.unit)

    def _go_through(self, events: Sequence[Event]) -> None:
        undone = {event["event"] for event in events if event.kind == "undo"}
        for number, event in enumerate(events):
            if event.kind in DECISIONS and event.id not in undone:
                subject = event["sha256"] if event.kind == "assign" else self._name(event["unit"])
                self._decided[event.kind][subject] = (number, event)
            elif event.kind in ("closed", "reopened"):
                self.closed = event.kind == "closed"
            elif event.kind == "issued":
                self.issued[self._name(event["unit"])] += 1
            elif event.kind in ("sending", "sent", "unsent"):
                self.sent[event["what"], self._name(event["unit"]), event["about"]] = event.kind
            elif event.kind == "drafted":
                self.drafted[event["what"], self._name(event["unit"])] = event["about"]

    def line_of(self, arrival: Arrival) -> ListedUnit | None:
        """The unit to which a file belongs: as decided, else as found for this or for the same content."""
        decided = self._decided["assign"].get(arrival.sha256)
        if decided is not None:
            return self._roster.line(decided[1]["unit"])
        return self._roster.line(self._first.get(arrival.sha256, ""))

    def leaf_line(self, handed: Handed) -> ListedUnit | None:
        """The line of a unit whose return came in a bundle, where the list has the unit too."""
        return self._roster.in_branch(handed.leaf, self._roster.line(handed.office))

    def leans_to(self, arrival: Arrival) -> ListedUnit | None:
        """The unit of which a file is most likely, though it belongs to nobody yet."""
        return self._roster.line(arrival.lean) if arrival.lean else None

    def exempt(self, line: ListedUnit) -> str:
        """Why a unit was exempted, "" if it was not."""
        found = self._decided["exempt"].get(key(line.name))
        return str(found[1]["why"]) if found is not None else ""

    def chosen(self, line: ListedUnit) -> tuple[int, str] | None:
        """When a version was chosen, and which."""
        return self._version("choose", line)

    def accepted(self, line: ListedUnit) -> str:
        """The version that the office has accepted though it has errors, "" for none."""
        found = self._version("accept", line)
        return found[1] if found is not None else ""

    def _version(self, what: str, line: ListedUnit) -> tuple[int, str] | None:
        found = self._decided[what].get(key(line.name))
        return (found[0], found[1]["sha256"]) if found is not None else None

    def _name(self, text: Any) -> str:
        line = self._roster.line(str(text))
        return key(line.name) if line is not None else key(str(text))


def decided_why(events: Sequence[Event], what: str, sha256: str) -> str:
    """The reason of the last decision of a kind on a file that was not undone; "" for none."""
    undone = {event["event"] for event in events if event.kind == "undo"}
    found = [e for e in events if e.kind == what and e.get("sha256") == sha256 and e.id not in undone]
    return str(found[-1]["why"]) if found else ""
