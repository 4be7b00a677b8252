"""What came: one attachment or file each, as it was put down when it was taken, and as it is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import accumulate

from xlreport.finding import Status
from xlreport.frozen import frozen
from xlreport.round.events import Event

ARRIVED = "arrived"
_AHEAD = timedelta(days=1)
"""A mail from further in the future than this was dated by a wrong clock."""


class Fate(StrEnum):
    """What became of an attachment."""

    RETURN = "return"
    """A return of a unit: whether it counts is computed."""
    COUNTS = "counts"
    SUPERSEDED = "superseded"
    DUPLICATE = "duplicate"
    UNREADABLE = "unreadable"
    PUBLISHED = "published"
    NOT_OURS = "not_ours"
    UNKNOWN_UNIT = "unknown_unit"
    LINK_ONLY = "link_only"
    WAITING = "waiting"


FATE_WORDS: Mapping[Fate, str] = {
    Fate.RETURN: "报表",
    Fate.COUNTS: "以此为准",
    Fate.SUPERSEDED: "不以此为准",
    Fate.DUPLICATE: "重复",
    Fate.UNREADABLE: "无法读取",
    Fate.PUBLISHED: "Word、PDF 等文档",
    Fate.NOT_OURS: "不是报表",
    Fate.UNKNOWN_UNIT: "单位不在名单里",
    Fate.LINK_ONLY: "只有下载链接",
    Fate.WAITING: "待决定",
}


@frozen
class File:
    """A file as it stands in the round. `order` puts versions in a row: the day of its mail, then as taken.

    `file` is its name among the originals, `errors` how many errors were found in it; `accepted` is also what
    the office has accepted with errors.
    """

    sha256: str
    name: str
    file: str
    received: datetime
    source: str
    status: str
    counts: bool
    fate: Fate
    why: str
    sender: str = ""
    errors: int = 0
    accepted: bool = False
    order: tuple[datetime, int] = (datetime.min, 0)

    @property
    def is_return(self) -> bool:
        """True for a version that could count."""
        return self.fate in (Fate.COUNTS, Fate.SUPERSEDED)


@frozen
class Arrival:
    """An event of kind "arrived". `number` is its place among the events, `key` tells it when it comes again.

    `fate` is RETURN where it may count; `why` is what there is to say of it in any case. `lean` is the unit
    to which a file of nobody most likely belongs.
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
            (received, self.number),
        )


def arrivals_in(events: Sequence[Event]) -> tuple[Arrival, ...]:
    """What came, in order."""
    return tuple(_arrival(n, event) for n, event in enumerate(events) if event.kind == ARRIVED)


def _arrival(number: int, event: Event) -> Arrival:
    dated = event.get("dated")
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
        event["status"] in (Status.ACCEPTED, Status.RETURNED),
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
