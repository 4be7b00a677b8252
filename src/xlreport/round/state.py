"""Where a round stands, computed from its events: which file of each unit counts, and what comes next."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property, partial
from itertools import pairwise

from xlreport.frozen import frozen
from xlreport.roster.line import ListedUnit, Roster
from xlreport.round.arrival import Arrival, arrivals_in, times_of
from xlreport.round.counting import Counted, judge_files
from xlreport.round.events import Event
from xlreport.round.file import Fate, File
from xlreport.round.fold import Fold
from xlreport.round.leaves import Leaves
from xlreport.round.settings import Settings
from xlreport.round.twice import Held, doubles
from xlreport.unit import key

_CLOCK_SLIP = timedelta(minutes=5)


class Standing(StrEnum):
    """Where a unit stands."""

    NOT_SENT = "not_sent"
    WAITING = "waiting"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    EXEMPT = "exempt"


STANDING_WORDS: Mapping[Standing, str] = {
    Standing.NOT_SENT: "未报",
    Standing.WAITING: "待处理",
    Standing.RETURNED: "退回",
    Standing.ACCEPTED: "通过",
    Standing.EXEMPT: "免报",
}


@frozen
class UnitState:
    """A unit's standing, what it has sent, and what comes next. `issued` counts its workbooks.

    `leaves` are returns in the bundles that it handed up, of units that are no lines of the list.
    """

    line: ListedUnit
    standing: Standing
    due: date | None
    late: bool
    next: str
    files: tuple[File, ...] = ()
    issued: int = 0
    leaves: tuple[File, ...] = ()

    @property
    def counting(self) -> File | None:
        """The file that counts."""
        return next((file for file in self.files if file.counts), None)

    @property
    def newest(self) -> File | None:
        """The return that came last, whether it counts or not."""
        versions = [file for file in self.files if file.is_return]
        return max(versions, key=lambda file: file.order, default=None)


@dataclass(frozen=True)
class State:
    """All of it. `arrivals` is everything that came, in order; `sent` what became of mails, by what they are,
    the unit's key and what they are about; `drafted` what the last draft of each kind to each unit was about.
    """

    units: tuple[UnitState, ...]
    unassigned: tuple[File, ...]
    events: tuple[Event, ...]
    arrivals: tuple[Arrival, ...]
    closed: bool
    sent: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    drafted: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def totals(self) -> dict[str, int]:
        """Units by standing; `expected` are all but the exempt ones."""
        counts = Counter(unit.standing for unit in self.units)
        expected = [unit for unit in self.units if unit.standing is not Standing.EXEMPT]
        return {
            "expected": len(expected),
            "issued": sum(unit.issued > 0 for unit in expected),
            **{s.value: counts[s] for s in Standing},
            "late": sum(unit.late for unit in expected),
        }

    @property
    def clock_went_back(self) -> bool:
        """True if an event carries an earlier time than one before it: the machine's clock was wrong once."""
        times = [event.at for event in self.events]
        return any(later < earlier - _CLOCK_SLIP for earlier, later in pairwise(times))


def state_of(settings: Settings, roster: Roster, events: Sequence[Event], now: datetime) -> State:
    """Compute it."""
    arrivals = arrivals_in(events)
    fold = Fold(roster, events, arrivals)
    times = times_of(events, arrivals)
    leaves = [arrival for arrival in arrivals if arrival.handed is not None and arrival.handed.leaf]
    whole = [arrival for arrival in arrivals if arrival.handed is None or not arrival.handed.leaf]
    by_unit: dict[str, list[Arrival]] = defaultdict(list)
    nowhere: list[Arrival] = []
    for arrival in whole:
        line = fold.line_of(arrival)
        (by_unit[line.name] if line is not None else nowhere).append(arrival)
    judge = partial(_judged, fold, times)
    first = {line.name: judge(line, by_unit[line.name]) for line in roster}
    counting = {name: file for name, found in first.items() for file in found.files if file.counts}
    below = Leaves(leaves, fold, counting, [a for a in whole if a.handed is not None], times)
    leaning = {lean.name: a for a in nowhere if (lean := fold.leans_to(a)) is not None}
    units = []
    for line in roster:
        more = below.of_units[line.name]
        judged = judge(line, [*by_unit[line.name], *more]) if more else first[line.name]
        unit = _unit(settings, line, judged, fold, now, leaning.get(line.name))
        files = (*unit.files, *below.stale[line.name])
        units.append(replace(unit, files=files, leaves=tuple(below.of_offices[line.name])))
    unassigned = (*_unassigned(nowhere, times), *below.waiting)
    return State(
        tuple(_undoubled(units, fold)),
        unassigned,
        tuple(events),
        arrivals,
        fold.closed,
        fold.sent,
        fold.drafted,
    )


def _undoubled(units: Sequence[UnitState], fold: Fold) -> Iterator[UnitState]:
    """The units; what two of them have handed up waits for a person, else it would be added up twice."""
    twice = doubles(held for unit in units if _counts(unit) for held in _held(unit))
    by_name = {unit.line.name: unit for unit in units}
    for unit in units:
        pairs = [(one, o) for one, o in twice.get(unit.line.name, ()) if not _settled(by_name, fold, one, o)]
        if pairs:
            files = (replace(file, accepted=file.accepted and not file.counts) for file in unit.files)
            unit = replace(unit, standing=Standing.WAITING, next=_to_sort_out(pairs), files=tuple(files))
        yield unit


def _counts(unit: UnitState) -> bool:
    return unit.counting is not None and unit.counting.accepted and unit.standing is not Standing.EXEMPT


def _held(unit: UnitState) -> Iterator[Held]:
    """The returns that count because of a unit: its own, or those in its bundle."""
    line, counting = unit.line, unit.counting
    if counting is not None and counting.handed is None:
        yield Held(line.name, "", line.name, line.unit.code, counting.sha256)
    for file in unit.leaves:
        handed = file.handed
        if handed is not None and file.counts and not file.is_sum:
            yield Held(line.name, handed.offices[-1], handed.leaf, handed.code, file.sha256)


def _settled(units: Mapping[str, UnitState], fold: Fold, *held: Held) -> bool:
    """True where the office has accepted the return of one of the two as it is."""
    own = [units[each.line] for each in held]
    return any(unit.counting is not None and unit.counting.sha256 == fold.accepted(unit.line) for unit in own)


def _to_sort_out(pairs: Sequence[tuple[Held, Held]]) -> str:
    (one, other), more = pairs[0], len(pairs) - 1
    also = f"（另有 {more} 个单位也是这样）" if more else ""
    above = one.line if one.office else other.line
    whose = "" if one.office and other.office else f"归{above}的，在名单里写上级；不归的，"
    fix = f"请查对它归谁：{whose}由多报的一方去掉，重新上报"
    two = "确是两个单位的，用 round decide 的 accept 写明"
    return f"办公室：{one.name}{other.where}{also}，会重复计算。{fix}；{two}"


def _judged(
    fold: Fold, times: Mapping[int, datetime], line: ListedUnit, arrivals: Sequence[Arrival]
) -> Counted:
    return judge_files(arrivals, fold.chosen(line), fold.accepted(line), times)


def _unit(
    settings: Settings,
    line: ListedUnit,
    judged: Counted,
    fold: Fold,
    now: datetime,
    leaning: Arrival | None,
) -> UnitState:
    due = line.due or settings.due
    excused = line.excused(settings.year) or fold.exempt(line)
    standing, words = _standing(judged, leaning, settings)
    if excused:
        standing, words = Standing.EXEMPT, _excused(excused, judged)
    late = _late(standing, judged, due, now)
    if standing is Standing.NOT_SENT and not fold.issued[key(line.name)]:
        words = "办公室：下发工作簿"
    return UnitState(line, standing, due, late, words, judged.files, fold.issued[key(line.name)])


def _excused(why: str, judged: Counted) -> str:
    """Why a unit has nothing to report, and what becomes of what it has sent all the same."""
    sent = next((file.name for file in judged.files if file.counts), "")
    return f"{why}；报来的 {sent} 不计入" if sent else why


def _standing(judged: Counted, leaning: Arrival | None, settings: Settings) -> tuple[Standing, str]:
    """Where a unit stands by its files, and who does the next step."""
    if judged.accepted:
        return Standing.ACCEPTED, ""
    if judged.faulty:
        return Standing.RETURNED, _to_mend(judged)
    if leaning is not None and leaning.fate is Fate.LINK_ONLY:
        return Standing.WAITING, "单位：邮件里只有下载链接，请改用普通附件重发"
    if leaning is not None and leaning.collected not in (None, settings.collected):
        return Standing.WAITING, f"单位：报来的是另一年度或另一种报表，请报送 {settings.year} 年度的"
    if leaning is not None:
        return Standing.WAITING, "办公室：报来的文件要人决定，见“未归属”"
    if judged.files and judged.files[-1].is_from_office:
        return Standing.WAITING, "单位：报来的上报包不能用，请重新打包上报"
    if judged.files:
        return Standing.WAITING, "单位：报来的不是可读的工作簿，请报送填好的工作簿"
    return Standing.NOT_SENT, "单位：报送"


def _to_mend(judged: Counted) -> str:
    """Who mends a return with errors: of one that came in a bundle, the office that handed it up."""
    newest = max((file for file in judged.files if file.is_return), key=lambda file: file.order)
    meanwhile = f"（最新的 {judged.faulty} 有错误，暂以早先通过的为准）" if judged.older_counts else ""
    if newest.handed is None:
        return f"单位：改正后重报{meanwhile}"
    who = newest.handed.offices[-1] if newest.leaf else "单位"
    return f"{who}：改正后重新打包上报{meanwhile}"


def _late(standing: Standing, judged: Counted, due: date | None, now: datetime) -> bool:
    """True past the day without an accepted return, or if the first accepted one came later."""
    if due is None or standing is Standing.EXEMPT:
        return False
    if judged.first_accepted is not None:
        return judged.first_accepted.date() > due
    return now.date() > due


def _unassigned(arrivals: Sequence[Arrival], times: Mapping[int, datetime]) -> tuple[File, ...]:
    """Files of no unit, each once; the same content again is a duplicate."""
    seen: dict[str, Arrival] = {}
    files = []
    for arrival in arrivals:
        first = seen.setdefault(arrival.sha256, arrival)
        if first is not arrival:
            files.append(arrival.as_file(times, Fate.DUPLICATE, f"与 {first.name} 内容相同"))
        elif arrival.fate is Fate.RETURN:
            why = f"“{arrival.unit}”不在名单里了"
            files.append(arrival.as_file(times, Fate.UNKNOWN_UNIT, why))
        else:
            files.append(arrival.as_file(times, arrival.fate, arrival.why))
    return tuple(files)
