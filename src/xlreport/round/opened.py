"""A round as it is worked on: its folder, settings, list and events, and adding to the events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlreport.files import sweep
from xlreport.roster.line import Roster
from xlreport.roster.mistake import ListErrors
from xlreport.roster.read import usable_roster
from xlreport.round.events import Log, append, read_log
from xlreport.round.file import File
from xlreport.round.key import Key, read_key
from xlreport.round.lock import writing
from xlreport.round.place import Refused, RoundFolder
from xlreport.round.settings import Settings, SettingsErrors, read_settings
from xlreport.round.state import Standing, State, UnitState, state_of

if TYPE_CHECKING:
    from xlreport.archive.last_year import LastYear
    from xlreport.consolidate.child import NamedFile

Clock = Callable[[], datetime]
"""Tells the time, with its zone."""


def now() -> datetime:
    """The time here."""
    return datetime.now().astimezone()


@dataclass
class Round:
    """A round whose settings and list have no mistakes."""

    place: RoundFolder
    settings: Settings
    roster: Roster
    log: Log
    clock: Clock = now
    _computed: tuple[Log, State] | None = None

    @property
    def state(self) -> State:
        """Where it stands: computed from the events, anew when there are more of them."""
        if self._computed is None or self._computed[0] is not self.log:
            state = state_of(self.settings, self.roster, self.log.events, self.clock())
            self._computed = (self.log, state)
        return self._computed[1]

    @cached_property
    def key(self) -> Key | None:
        """The key of its seals."""
        return read_key(self.place.key)

    def add(self, *happened: tuple[str, Mapping[str, Any]]) -> None:
        """Put down what happened. Raises OSError."""
        self.log = append(self.place.events, self.log, happened, self.clock())

    def add_all(self, happened: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """The same for many: safe on the disk together."""
        self.add(*happened)


def open_round(place: RoundFolder, clock: Clock = now) -> Round:
    """A round to look at. Raises Refused where its settings, list or events cannot be used, OSError."""
    try:
        settings = read_settings(place.settings)
        roster = usable_roster(place.list, settings.form, settings.office).roster
    except SettingsErrors as error:
        raise Refused("\n".join(error.mistakes)) from error
    except ListErrors as error:
        raise Refused(str(error)) from error
    return Round(place, settings, roster.for_year(settings.year), read_log(place.events), clock)


@contextmanager
def changing(place: RoundFolder, clock: Clock = now, *, closed: bool = False) -> Iterator[Round]:
    """A round to work on, for one clerk at a time; its ledger is made anew at the end, if it can be.

    What an earlier command that was killed left half written is removed.

    Raises Refused also where it is closed, unless `closed` says that this is no hindrance.
    """
    from xlreport.round.ledger import keep_ledger  # who only looks needs no database

    with writing(place):
        found = open_round(place, clock)
        sweep(place.root)
        if found.state.closed and not closed:
            raise Refused("这次收表已经结束。还要改的，先运行 xlreport round reopen 并说明原因")
        try:
            yield found
        finally:
            keep_ledger(place.ledger, found.log.events, found.state)


def last_year_of(round_: Round) -> LastYear | None:
    """Last year's returns as the settings name them: of a round those that count. Raises Refused."""
    from xlreport.batch.glancing import guarded_last_year

    if not round_.settings.prior:
        return None
    path = (round_.place.root / round_.settings.prior).resolve()
    if not path.exists():
        raise Refused(f"round.toml 里 prior 指的 {path} 不存在")
    return (
        last_year_in(RoundFolder(path), round_.clock)
        if RoundFolder(path).settings.is_file()
        else guarded_last_year(path)
    )


def last_year_in(place: RoundFolder, clock: Clock = now) -> LastYear:
    """The returns that count in an earlier round, sums and what they are made of alike. Raises Refused."""
    from xlreport.archive.last_year import LastYear

    return LastYear.of_files({**counting_files(place, clock), **single_files(place, clock)})


def counting_files(place: RoundFolder, clock: Clock = now) -> dict[Path, str]:
    """The originals that count in a round and were accepted, of a bundle its sum, each with its name.

    Raises Refused.
    """
    state = open_round(place, clock).state
    counting = (unit.counting for unit in state.units)
    return _by_name(place, [file for file in counting if file is not None and file.accepted])


def single_files(place: RoundFolder, clock: Clock = now) -> dict[Path, str]:
    """The same, of a bundle the returns that its sum is made of. Raises Refused."""
    return _by_name(place, _single(open_round(place, clock).state.units))


def files_to_add_up(place: RoundFolder) -> list[NamedFile]:
    """What is added up of a round: of a bundle its sum, and each unit once. Raises Refused."""
    from xlreport.consolidate.child import NamedFile
    from xlreport.round.summed import summands

    each_once = summands(open_round(place).state)
    names = _by_name(place, [summand.file for summand in each_once])
    paths = (place.originals / summand.file.file for summand in each_once)
    return [
        NamedFile(path, names[path], accepted=True, includes=summand.includes)
        for path, summand in zip(paths, each_once, strict=True)
    ]


def files_to_compare(place: RoundFolder) -> list[NamedFile]:
    """The same, of a bundle the returns that its sum is made of. Raises Refused."""
    from xlreport.consolidate.child import NamedFile

    due = [unit for unit in open_round(place).state.units if unit.standing is not Standing.EXEMPT]
    named = _by_name(place, _single(due)).items()
    return [NamedFile(path, name, accepted=True) for path, name in named]


def _single(units: Sequence[UnitState]) -> list[File]:
    """The returns that count and are no sums."""
    found = (file for unit in units for file in (unit.counting, *unit.leaves) if file is not None)
    return [file for file in found if file.counts and file.accepted and not file.is_sum]


def _by_name(place: RoundFolder, files: Sequence[File]) -> dict[Path, str]:
    """As they were called when they came; what several are called, with the beginning of their numbers."""
    times = Counter(file.name for file in files)

    def called(file: File) -> str:
        return f"{file.name}（{file.sha256[:8]}）" if times[file.name] > 1 else file.name

    return {place.originals / file.file: called(file) for file in files}
