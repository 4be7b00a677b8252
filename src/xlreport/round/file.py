"""A file as it stands in the round: what became of it, and how it was handed up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from xlreport.frozen import frozen
from xlreport.round.manifest import UNUSABLE
from xlreport.round.place import SUM_FILE


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
