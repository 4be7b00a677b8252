"""What came: one attachment or file each, as it was put down when it was taken, and as it is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import MINYEAR, datetime, timedelta
from enum import StrEnum
from itertools import accumulate
from typing import Any

from xlreport.finding import Status
from xlreport.frozen import frozen
from xlreport.round.events import Event
from xlreport.round.manifest import UNUSABLE, can_have_begun
from xlreport.round.place import SUM_FILE

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
class Handed:
    """How a file was handed up: in the bundle of that id and number, by an office in a round that `began`.

    `made` is the time of the bundle. `leaf` is the unit whose return it is, with its `code` and the offices
    down to it, "" for the bundle itself. `agreed`: the office below has accepted it with its errors;
    `computed`: it is a sum that a program has added up, without words. `doubtful`: the round cannot have
    begun when it says.
    """

    id: str
    office: str
    began: datetime
    number: int
    made: datetime
    leaf: str = ""
    offices: tuple[str, ...] = ()
    agreed: bool = False
    computed: bool = False
    doubtful: bool = False
    code: str = ""

    @property
    def rank(self) -> tuple[bool, datetime, int]:
        """Of two bundles of an office the later one has the larger.

        A clock that is wrong must not hold for ever: a beginning that cannot be true comes before all others.
        """
        return not self.doubtful, self.began, self.number

    @property
    def doubt(self) -> str:
        """What is to be said of a beginning that cannot be true; "" for any other."""
        if not self.doubtful:
            return ""
        return f"写的收表开始时间是 {self.began:%Y-%m-%d}，打包的电脑时钟不对，请转告对方校准"

    def other(self, counting: Handed) -> str:
        """Which bundle of the office it is that counts in place of this one."""
        if counting.began != self.began:
            return f"另一次收表的第 {counting.number} 号"
        return "同一号的" if counting.number == self.number else f"第 {counting.number} 号"


@frozen
class File:
    """A file as it stands in the round. `order` puts versions in a row: the day of its mail, then as taken;
    bundles come after single returns, by their numbers.

    `file` is its name among the originals, `errors` how many errors were found in it; `accepted` is also what
    the office has accepted with errors. `handed` tells how it came in a bundle, or of which bundle it is.
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
    order: tuple[Any, ...] = ()
    handed: Handed | None = None

    @property
    def leaf(self) -> str:
        """Whose return it is, for one in a bundle; else ""."""
        return self.handed.leaf if self.handed is not None else ""

    @property
    def is_bundle(self) -> bool:
        """True for a bundle as a whole."""
        return self.handed is not None and not self.handed.leaf

    @property
    def is_from_office(self) -> bool:
        """True for a bundle, and for one of which the list cannot be used, as its reason says."""
        return self.is_bundle or (self.fate is Fate.UNREADABLE and self.why.startswith(UNUSABLE))

    @property
    def is_sum(self) -> bool:
        """True for the sum of an office, in its own bundle or in that of one above it."""
        return self.is_bundle or (self.handed is not None and self.name.rpartition("/")[2] == SUM_FILE)

    @property
    def is_return(self) -> bool:
        """True for a version that could count."""
        return self.fate in (Fate.COUNTS, Fate.SUPERSEDED)


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
