"""What came: one attachment or file each, as it was put down when it was taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import MINYEAR, datetime, timedelta
from itertools import accumulate
from typing import Any

from xlreport.finding import Status
from xlreport.frozen import frozen
from xlreport.round.events import Event
from xlreport.round.file import Fate, File, Handed
from xlreport.round.manifest import can_have_begun

ARRIVED = "arrived"
_AHEAD = timedelta(days=1)
"""A mail from further in the future than this was dated by a wrong clock."""


@frozen
class Arrival:
    """An event of kind "arrived". `number` is its place among the events, `key` tells it when it comes again.

    `fate` is RETURN where it may count; `why` is what there is to say of it in any case. `lean` is the unit
    to which a file of nobody most likely belongs, `collected` the year and the form of a return.
    """

    number: int
    at: datetime
    key: str
    sha256: str
    name: str
    file: str
    source: str
    fate: Fate
    status: str
    unit: str
    lean: str
    why: str
    sender: str
    dated: datetime | None
    errors: int
    readable: bool
    handed: Handed | None = None
    collected: tuple[int, str] | None = None

    @property
    def good(self) -> bool:
        """True for a return without errors, or one that the office that handed it up has accepted."""
        return self.status == Status.ACCEPTED or (self.handed is not None and self.handed.agreed)

    def order(self, times: Mapping[int, datetime]) -> tuple[Any, ...]:
        """By which versions follow each other: of bundles of one number the good one comes last."""
        if self.handed is None:
            return (0, times[self.number], self.number)
        return (1, *self.handed.rank, self.good, self.handed.made, self.handed.id)

    def as_file(
        self,
        times: Mapping[int, datetime],
        fate: Fate,
        why: str,
        *,
        counts: bool = False,
        accepted: bool = False,
    ) -> File:
        """It with what became of it."""
        received = times[self.number]
        return File(
            self.sha256,
            self.name,
            self.file,
            received,
            self.source,
            self.status,
            counts,
            fate,
            why,
            self.sender,
            self.errors,
            accepted,
            self.order(times),
            self.handed,
        )


def arrivals_in(events: Sequence[Event]) -> tuple[Arrival, ...]:
    """What came, in order."""
    doubtful = _doubtful(events)
    return tuple(_arrival(n, event, doubtful) for n, event in enumerate(events) if event.kind == ARRIVED)


def _doubtful(events: Sequence[Event]) -> Set[str]:
    """The beginnings of rounds below that cannot be true, as their offices' clocks were wrong.

    Each bundle of such a round is in doubt, also one that comes when its time has been reached.
    """
    year = next((event["year"] for event in events if event.kind == "started"), MINYEAR)
    found = set()
    for event in events:
        told = event.get("bundle") if event.kind == ARRIVED else None
        if told is not None:
            began = datetime.fromisoformat(told["began"]).astimezone()
            if not can_have_begun(began, year, event.at):
                found.add(told["began"])
    return found


def _arrival(number: int, event: Event, doubtful: Set[str]) -> Arrival:
    dated, year = event.get("dated"), event.get("year")
    readable = event["status"] in (Status.ACCEPTED, Status.RETURNED)
    return Arrival(
        number,
        event.at,
        event["key"],
        event["sha256"],
        event["name"],
        event["file"],
        event["source"],
        Fate(event["fate"]),
        event["status"],
        event["unit"],
        event["lean"],
        event["why"],
        event["sender"],
        datetime.fromisoformat(dated).astimezone() if dated else None,
        event["errors"],
        readable,
        _handed(event.get("bundle"), doubtful),
        (year, event["form"]) if readable and year is not None else None,
    )


def _handed(told: Mapping[str, Any] | None, doubtful: Set[str]) -> Handed | None:
    if told is None:
        return None
    return Handed(
        told["id"],
        told["office"],
        datetime.fromisoformat(told["began"]).astimezone(),
        told["number"],
        datetime.fromisoformat(told["made"]).astimezone(),
        told.get("leaf", ""),
        tuple(told.get("offices", ())),
        told.get("agreed", False),
        told["computed"],
        told["began"] in doubtful,
        told.get("code", ""),
    )


def times_of(events: Sequence[Event], arrivals: Sequence[Arrival]) -> dict[int, datetime]:
    """When each file was received, by the number of its event: as its mail says, else when it was taken.

    Nothing is taken before what was taken earlier, whatever the clock said, nor mailed after it was taken.
    """
    clock = list(accumulate((event.at for event in events), max))
    return {
        a.number: a.dated if a.dated is not None and a.dated <= clock[a.number] + _AHEAD else clock[a.number]
        for a in arrivals
    }
