"""Where work is done: in processes of this computer, or on others. Nothing here knows what the work is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from xlreport.frozen import frozen
from xlreport.run.guard import Failed, guarded
from xlreport.run.pool import Team

T = TypeVar("T")
R = TypeVar("R")


def _nothing(work: T) -> Sequence[Path]:  # noqa: ARG001
    return ()


def _as_it_is(work: T, places: Sequence[Path]) -> T:  # noqa: ARG001
    return work


@dataclass(frozen=True)
class Batch(Generic[T, R]):
    """Pieces of work of one kind, such that each can be done on another computer.

    `do(work, file, out)` reads this file and those that are `beside`, and writes below `out` and nowhere
    else. `file` and `beside` tell which files these are here, `out` is the folder here; `moved` is the work
    with other places of those beside it. All of it can be pickled.
    """

    works: Sequence[T]
    do: Callable[[T, Path, Path], R]
    file: Callable[[T], Path]
    out: Path = Path()
    beside: Callable[[T], Sequence[Path]] = _nothing
    moved: Callable[[T, Sequence[Path]], T] = _as_it_is


class Engine(Protocol):
    """Does batches. Nothing but the time depends on which engine it is."""

    def submit(self, batch: Batch[T, R]) -> Iterator[tuple[T, R | Failed]]:
        """The answer to each piece of work as they come; what was written stands below `batch.out` by then.

        Raises OSError where nothing can be written here any more, Stopped where the engine cannot go on.
        """
        ...

    @property
    def here(self) -> Local:
        """The processes of this computer, which read all its files: for what is not to travel."""
        ...


class Stopped(Exception):
    """An engine that cannot be used, or not any longer; the words say why and what to do."""


@frozen
class Local:
    """Processes of this computer, one file at a time to each. `alone` and `team` as for `guarded`."""

    workers: int
    alone: bool = False
    team: Team | None = None

    @property
    def here(self) -> Local:
        """See Engine."""
        return self

    def submit(self, batch: Batch[T, R]) -> Iterator[tuple[T, R | Failed]]:
        """See Engine."""
        here = partial(_here, do=batch.do, file=batch.file, out=batch.out)
        return guarded(here, batch.works, self.workers, alone=self.alone, team=self.team)


@contextmanager
def staying(workers: int) -> Iterator[Local]:
    """Processes of this computer that stay from one batch to the next, until all is done."""
    team = Team(workers)
    try:
        yield Local(workers, team=team)
    finally:
        team.end()


def _here(work: T, do: Callable[[T, Path, Path], R], file: Callable[[T], Path], out: Path) -> R:
    return do(work, file(work), out)
