"""Workers that may die or hang: whatever a file does to its worker costs that file and no other.

Each file is handed to one process, so that it is known which file a lost worker had in hand; that is
why this is no ProcessPoolExecutor, which loses all its files with one worker and cannot stop one that
hangs.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from xlreport.compiled import load_compiled
from xlreport.formats.limits import limits
from xlreport.frozen import frozen
from xlreport.run.worker import READY, NewFunction

if TYPE_CHECKING:
    from xlreport.run.forked import Forked
    from xlreport.run.spawned import Spawned

T = TypeVar("T")
R = TypeVar("R")

_NO_WORK = object()
_TO_START = 120.0
"""Seconds a worker may take to start: programs on a network drive are slow to load."""


@frozen
class Lost:
    """There is no answer: the worker was ended because it took too long, or it ended by itself."""

    late: bool


class _Worker:
    """A process with one piece of work in hand, and the time by which its answer is due."""

    def __init__(self, process: Forked | Spawned, function: Any) -> None:
        self._process, self.connection = process, process.connection
        self._seconds = limits().seconds
        self._function = function
        self._late = _TO_START

    def give(self, function: Any, work: Any) -> None:
        self.work = work
        self.due = monotonic() + self._seconds + self._late
        self._late = 0.0
        with suppress(OSError):  # a worker that is gone is noticed when it is heard
            if function is not self._function:
                self.connection.send(NewFunction(function))
                self._function = function
            self.connection.send(work)

    def hear(self) -> Any:
        """What the worker sent; READY, from which its time counts; Lost where it is gone or late."""
        if monotonic() >= self.due and not self.connection.poll():
            return Lost(late=True)
        try:
            answer = self.connection.recv()
        except (EOFError, OSError):
            return Lost(late=False)
        if answer == READY:
            self.due = monotonic() + self._seconds
        return answer

    def end(self) -> None:
        self._process.end()


class Team:
    """Workers that stay for another kind of work: to start one takes longer than most of its work.

    `alone` promises that this program has no threads: then workers start without delay where they can.
    """

    def __init__(self, workers: int, *, alone: bool = False) -> None:
        self._most, self._alone = workers, alone
        self._idle: list[_Worker] = []

    def each(self, function: Callable[[T], R], works: Iterable[T]) -> Iterator[tuple[T, R | OSError | Lost]]:
        """The function's answer to each piece of work, as they come. It may raise OSError and nothing else.

        Works are taken one by one, when there is a worker for them.
        """
        start, ready = _forking() if self._alone and sys.platform == "linux" else _spawning()
        if self._alone:
            load_compiled()
            gc.freeze()  # what is loaded stays: neither we nor the workers need search it for garbage
        waiting = iter(works)
        busy: list[_Worker] = []
        try:
            while True:
                while len(busy) < self._most and (work := next(waiting, _NO_WORK)) is not _NO_WORK:
                    busy.append(self._rested() or _Worker(start(function), function))
                    busy[-1].give(function, work)
                if not busy:
                    return
                for worker in _heard(busy, ready):
                    answer = worker.hear()
                    if answer == READY:
                        continue
                    yield worker.work, answer
                    following = _NO_WORK if isinstance(answer, Lost) else next(waiting, _NO_WORK)
                    if following is not _NO_WORK:
                        worker.give(function, following)
                        continue
                    busy.remove(worker)
                    if isinstance(answer, Lost):
                        worker.end()
                    else:
                        self._idle.append(worker)
        finally:
            for worker in busy:
                worker.end()

    def _rested(self) -> _Worker | None:
        """A worker without work that is still there."""
        while self._idle:
            worker = self._idle.pop()
            if not worker.connection.poll():  # it says nothing unasked: what can be heard is its end
                return worker
            worker.end()
        return None

    def end(self) -> None:
        """Let all workers go."""
        while self._idle:
            self._idle.pop().end()


def each(
    function: Callable[[T], R],
    works: Iterable[T],
    workers: int,
    *,
    alone: bool = False,
    team: Team | None = None,
) -> Iterator[tuple[T, R | OSError | Lost]]:
    """As `Team.each`: by that team, else by one of so many workers that goes when all is done."""
    if team is not None:
        yield from team.each(function, works)
        return
    own = Team(workers, alone=alone)
    try:
        yield from own.each(function, works)
    finally:
        own.end()


def _forking() -> tuple[type[Forked], Any]:
    from xlreport.run.forked import Forked, ready

    return Forked, ready


def _spawning() -> tuple[type[Spawned], Any]:
    from xlreport.run.spawned import Spawned, ready

    return Spawned, ready


def _heard(team: Sequence[_Worker], ready: Any) -> list[_Worker]:
    """Those that have sent something, have ended, or are late; waits for the first of them."""
    due = min(worker.due for worker in team)
    lines = ready([worker.connection for worker in team], timeout=max(0.0, due - monotonic()))
    return [worker for worker in team if worker.connection in lines or worker.due <= monotonic()]
