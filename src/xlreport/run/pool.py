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

from xlreport.formats.limits import limits
from xlreport.frozen import frozen
from xlreport.run.worker import READY

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

    def __init__(self, process: Forked | Spawned, work: Any) -> None:
        self._process, self.connection = process, process.connection
        self._seconds = limits().seconds
        self.give(work)
        self.due += _TO_START

    def give(self, work: Any) -> None:
        self.work = work
        self.due = monotonic() + self._seconds
        with suppress(OSError):  # a worker that is gone is noticed when it is heard
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


def each(
    function: Callable[[T], R], works: Iterable[T], workers: int, *, alone: bool = False
) -> Iterator[tuple[T, R | OSError | Lost]]:
    """The function's answer to each piece of work, as they come. It may raise OSError and nothing else.

    Works are taken one by one, when there is a worker for them.
    `alone` promises that this program has no threads: then workers start without delay where they can.
    """
    start, ready = _forking() if alone and sys.platform == "linux" else _spawning()
    if alone:
        gc.freeze()  # what is loaded stays: neither we nor the workers need search it for garbage
    waiting = iter(works)
    team: list[_Worker] = []
    try:
        while True:
            while len(team) < workers and (work := next(waiting, _NO_WORK)) is not _NO_WORK:
                team.append(_Worker(start(function), work))
            if not team:
                return
            for worker in _heard(team, ready):
                answer = worker.hear()
                if answer == READY:
                    continue
                yield worker.work, answer
                following = _NO_WORK if isinstance(answer, Lost) else next(waiting, _NO_WORK)
                if following is not _NO_WORK:
                    worker.give(following)
                else:
                    worker.end()
                    team.remove(worker)
    finally:
        for worker in team:
            worker.end()


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
