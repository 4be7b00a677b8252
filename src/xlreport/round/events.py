"""事件.jsonl: what happened in a round, a line for each, only ever added to.

An event is kept when its line ends: a line that was cut short by a power failure never happened. The id of an
event is the hash of its content and of the id before it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from xlreport.files import settle
from xlreport.frozen import frozen
from xlreport.round.place import Refused

_OWN = ("id", "at", "kind")


@frozen
class Event:
    """One thing that happened: when, of which kind, and what there is to say of it."""

    id: str
    at: datetime
    kind: str
    data: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.data[name]

    def get(self, name: str) -> Any:
        """A part of it, None where it has none of that name."""
        return self.data.get(name)


@frozen
class Log:
    """All events in order, and how many bytes of the file they take: the rest was cut short."""

    events: tuple[Event, ...]
    size: int

    @property
    def last_id(self) -> str:
        """What the next id builds on."""
        return self.events[-1].id if self.events else ""


def read_log(path: Path) -> Log:
    """The events in a file. Raises Refused where a line of it is damaged, OSError."""
    data = path.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    events = [_event(path, number, line) for number, line in enumerate(whole.splitlines(), start=1)]
    return Log(tuple(events), len(whole))


def append(path: Path, log: Log, happened: Iterable[tuple[str, Mapping[str, Any]]], at: datetime) -> Log:
    """Add events, and return when they are safe on the disk. Raises OSError."""
    added: list[Event] = []
    lines: list[str] = []
    before = log.last_id
    for kind, data in happened:
        assert not data.keys() & set(_OWN), data
        content = {"at": at.isoformat(timespec="seconds"), "kind": kind, **data}
        before = _id(before, content)
        added.append(Event(before, at, kind, data))
        lines.append(json.dumps({"id": before, **content}, ensure_ascii=False) + "\n")
    if not lines:
        return log
    written = "".join(lines).encode(errors="backslashreplace")
    is_new = not path.exists()
    with path.open("w+b" if is_new else "r+b") as file:
        file.truncate(log.size)
        file.seek(log.size)
        file.write(written)
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        settle(path.parent)
    return Log((*log.events, *added), log.size + len(written))


def altered(path: Path) -> Sequence[int]:
    """The lines that somebody has changed by hand: their ids do not fit any more."""
    found, before = [], ""
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        content = json.loads(line)
        own = content.pop("id")
        if own != _id(before, content):
            found.append(number)
        before = own
    return found


def _id(before: str, content: Mapping[str, Any]) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"{before}\n{text}".encode(errors="backslashreplace")).hexdigest()[:12]


def _event(path: Path, number: int, line: bytes) -> Event:
    try:
        data = json.loads(line.decode())
        id_, at, kind = (data.pop(name) for name in _OWN)
        return Event(id_, datetime.fromisoformat(at).astimezone(), kind, data)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        words = "请从备份恢复这个文件；不要用别的程序改它"
        raise Refused(f"{path.name} 第 {number} 行已损坏，读不出来。{words}") from error
