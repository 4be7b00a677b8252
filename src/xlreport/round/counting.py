"""Which of a unit's files counts.

The newest return counts. If it has errors and an earlier one was accepted, that one counts until the unit has
mended the newest; both is said. What the office has chosen counts until something newer comes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from xlreport.frozen import frozen
from xlreport.round.arrival import Arrival
from xlreport.round.file import Fate, File


@frozen
class Counted:
    """The files with their fates. `accepted`: nothing is left to do; `faulty` names the return with errors;
    `older_counts`: an earlier one stands in for it.
    """

    files: tuple[File, ...] = ()
    accepted: bool = False
    faulty: str = ""
    older_counts: bool = False
    first_accepted: datetime | None = None


def judge_files(
    arrivals: Sequence[Arrival],
    chosen: tuple[int, str] | None,
    accepted: str,
    times: Mapping[int, datetime],
) -> Counted:
    """What becomes of a unit's files."""
    firsts: dict[str, Arrival] = {}
    for arrival in arrivals:
        firsts.setdefault(arrival.sha256, arrival)
    versions = sorted((a for a in firsts.values() if a.readable), key=lambda a: a.order(times))
    good = [a for a in versions if a.good or a.sha256 == accepted]
    counting, by_choice = _counting(versions, good, chosen)
    newest = versions[-1] if versions else None
    fine = counting in good and (counting is newest or by_choice)
    faulty = newest.name if newest is not None and not fine else ""
    files = tuple(_files(arrivals, firsts, counting, newest, accepted, times))
    first = min((times[a.number] for a in good), default=None)
    return Counted(files, fine, faulty, bool(faulty) and counting in good, first)


def _counting(
    versions: Sequence[Arrival], good: Sequence[Arrival], chosen: tuple[int, str] | None
) -> tuple[Arrival | None, bool]:
    """The version that counts, and whether the office has chosen it."""
    if not versions:
        return None, False
    if chosen is not None and all(a.number < chosen[0] for a in versions):
        picked = next((a for a in versions if a.sha256 == chosen[1]), None)
        if picked is not None:
            return picked, True
    newest = versions[-1]
    return (newest if newest in good or not good else good[-1]), False


def _files(
    arrivals: Sequence[Arrival],
    firsts: Mapping[str, Arrival],
    counting: Arrival | None,
    newest: Arrival | None,
    accepted: str,
    times: Mapping[int, datetime],
) -> Iterator[File]:
    for arrival in arrivals:
        first = firsts[arrival.sha256]
        if arrival is not first:
            same = f"与 {first.name}（{first.source}）内容相同"
            yield arrival.as_file(times, Fate.DUPLICATE, same)
        elif arrival is counting:
            by_office = "办公室决定接受" if arrival.sha256 == accepted else ""
            why = _joined(arrival.why, by_office, _doubt(arrival))
            good = arrival.good or bool(by_office)
            yield arrival.as_file(times, Fate.COUNTS, why, counts=True, accepted=good)
        elif arrival.readable and counting is not None:
            why = _joined(arrival.why, _instead(arrival, counting, newest))
            yield arrival.as_file(times, Fate.SUPERSEDED, why)
        else:
            yield arrival.as_file(times, _unread(arrival), arrival.why)


def _instead(arrival: Arrival, counting: Arrival, newest: Arrival | None) -> str:
    if arrival is newest and not arrival.good:
        return f"有 {arrival.errors} 处错误，已退回；以早先通过的 {counting.name} 为准"
    if arrival.handed is not None and counting.handed is not None:
        other = arrival.handed.other(counting.handed)
        words = f"是第 {arrival.handed.number} 号上报包，以{other} {counting.name} 为准"
        doubt = _doubt(arrival)
        return f"{words}：{doubt}；确实要用这一包的，请用 round decide 的 choose 选定" if doubt else words
    return f"以 {counting.name} 为准"


def _doubt(arrival: Arrival) -> str:
    return arrival.handed.doubt if arrival.handed is not None else ""


def _unread(arrival: Arrival) -> Fate:
    return Fate.PUBLISHED if arrival.fate is Fate.PUBLISHED else Fate.UNREADABLE


def _joined(*parts: str) -> str:
    return "；".join(part for part in parts if part)
