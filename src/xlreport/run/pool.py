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
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext
from time import monotonic
from typing import Any, TypeVar

from xlreport.formats.limits import limits
from xlreport.frozen import frozen
from xlreport.run.worker import READY, serve

T = TypeVar("T")
R = TypeVar("R")

_NO_WORK = object()
_TO_START = 120.0
"""Seconds a worker may take to start: programs on a network drive are slow to load."""
_SPAWN = get_context("spawn")
_QUICK = get_context("fork") if sys.platform == "linux" else _SPAWN
"""Starts at once, from what is loaded already; only for a program without threads of its own."""


@frozen
class Lost:
    """There is no answer: the worker was ended because it took too long, or it ended by itself."""

    late: bool


class _Worker:
    """A process with one piece of work in hand, and the time by which its answer is due."""

    def __init__(self, context: BaseContext, function: Callable[[Any], Any], work: Any) -> None:
        self.connection, there = context.Pipe()
        self._process = context.Process(target=serve, args=(there, function), daemon=True)  # type: ignore[attr-defined]
        self._process.start()
        there.close()  # else its end would not be noticed
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
        self._process.kill()
        self._process.join()
        self.connection.close()


def each(
    function: Callable[[T], R], works: Iterable[T], workers: int, *, alone: bool = False
) -> Iterator[tuple[T, R | OSError | Lost]]:
    """The function's answer to each piece of work, as they come. It may raise OSError and nothing else.

    Works are taken one by one, when there is a worker for them.
    `alone` promises that this program has no threads: then workers start without delay where they can.
    """
    context = _QUICK if alone else _SPAWN
    if alone:
        gc.freeze()  # what is loaded stays: neither we nor the workers need search it for garbage
    waiting = iter(works)
    team: list[_Worker] = []
    try:
        while True:
            while len(team) < workers and (work := next(waiting, _NO_WORK)) is not _NO_WORK:
                team.append(_Worker(context, function, work))
            if not team:
                return
            for worker in _heard(team):
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


def _heard(team: Sequence[_Worker]) -> list[_Worker]:
    """Those that have sent something, have ended, or are late; waits for the first of them."""
    due = min(worker.due for worker in team)
    ready = wait([worker.connection for worker in team], timeout=max(0.0, due - monotonic()))
    return [worker for worker in team if worker.connection in ready or worker.due <= monotonic()]
