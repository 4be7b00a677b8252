"""An engine of other computers: a batch is cut into parcels, of which only a few are on their way at once.

A parcel that is lost is cut in two and sent again, until it is known which file no worker survives. A single
file has its last try when nothing else is on its way: so none pays for what another did to its worker.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import closing
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from xlreport.files import write_whole
from xlreport.run.engine import Batch, Local, Stopped
from xlreport.run.guard import Failed, lost
from xlreport.run.parcel import Done, Parcel, Passport, Refusal, SentPiece, piece_of, work_off

T = TypeVar("T")
R = TypeVar("R")

_MOST_FILES = 100
_MOST_BYTES = 8 * 2**20
"""What one parcel holds: enough to be worth its way, and little enough to keep many of them in memory."""
_AT_ONCE = 2
"""Parcels on their way for each worker: one that it does, and one that waits for it."""
_PATIENCE = 10.0
"""Seconds without an answer after which it is looked whether anybody is there."""
_UNUSABLE = "集群里有一个工作进程不能用：{}。处理完的都已保留；改好或停掉它，再运行一次"
GONE = "和集群的连接断了，处理完的都已保留。请检查集群，再运行一次就接着处理"


class Remote:
    """Other computers behind an executor, with so many workers.

    `passport` is what they must have in common with this one; `look` raises Stopped where nobody is there,
    `check` where one of them is not like this one.
    """

    def __init__(
        self,
        executor: Executor,
        workers: int,
        passport: Passport,
        look: Callable[[], object] = lambda: None,
        check: Callable[[], object] = lambda: None,
    ) -> None:
        self._executor = executor
        self._at_once = _AT_ONCE * workers
        self._passport = passport
        self._expected = passport()
        self._look = look
        self._check = check

    def submit(self, batch: Batch[T, R]) -> Iterator[tuple[T, R | Failed]]:
        """See Engine. What has no content to send (a link to nothing, a file too large) is answered here."""
        unsent: list[T] = []
        with closing(self._done(self._parcels(batch, unsent))) as answers:
            for work, done in answers:
                for name, data in done.files.items():
                    write_whole(_inside(batch.out, name), data)
                yield work, done.answer
        yield from Local(1).submit(replace(batch, works=unsent))

    @property
    def here(self) -> Local:
        """See Engine."""
        return Local(os.cpu_count() or 1)

    def _parcels(self, batch: Batch[T, R], unsent: list[T]) -> Iterator[Parcel]:
        """The batch in shares, read when they are asked for; what cannot be sent is put into `unsent`."""
        most = max(1, min(_MOST_FILES, len(batch.works) // self._at_once))
        pieces: list[SentPiece] = []
        size = 0
        for work in batch.works:
            piece = piece_of(work, batch.file(work), batch.beside(work))
            if piece is None:
                unsent.append(work)
                continue
            if pieces and (len(pieces) == most or size + piece.size > _MOST_BYTES):
                yield self._parcel(batch, pieces)
                pieces, size = [], 0
            pieces.append(piece)
            size += piece.size
        if pieces:
            yield self._parcel(batch, pieces)

    def _parcel(self, batch: Batch[T, R], pieces: Sequence[SentPiece]) -> Parcel:
        return Parcel(batch.do, batch.moved, pieces, self._passport, self._expected)

    def _done(self, parcels: Iterator[Parcel]) -> Generator[tuple[Any, Done]]:
        """Every piece of work with its answer, as they come."""
        again: deque[Parcel] = deque()
        last: deque[Parcel] = deque()
        flying: dict[Future[Any], Parcel] = {}
        try:
            while self._send(again, parcels, last, flying):
                arrived = wait(flying, _PATIENCE, FIRST_COMPLETED).done
                if not arrived:
                    self._look()
                for future in arrived:
                    parcel = flying.pop(future)
                    found = self._heard(future)
                    if found is None:
                        found = [Done(lost(), {})] if parcel.last else []
                        for part in _halves(parcel):
                            (last if part.last else again).append(part)
                    yield from zip((piece.work for piece in parcel.pieces), found, strict=False)
        finally:
            for future in flying:
                future.cancel()

    def _send(
        self,
        again: deque[Parcel],
        parcels: Iterator[Parcel],
        last: deque[Parcel],
        flying: dict[Future[Any], Parcel],
    ) -> bool:
        """As many as may be on their way at once, of the `last` one; False where there is none."""
        while len(flying) < self._at_once:
            parcel = again.popleft() if again else next(parcels, None)
            if parcel is None:
                break
            self._put(parcel, flying)
        if last and not flying:
            self._put(last.popleft(), flying)
        return bool(flying)

    def _heard(self, future: Future[Any]) -> Sequence[Done] | None:
        """A parcel's answers; None where it was lost. Raises Stopped where no other would fare better."""
        if future.cancelled():
            raise Stopped(GONE)
        error = future.exception()
        if isinstance(error, (ImportError, AttributeError)):  # it does not know what it was asked to do
            self._check()
            raise Stopped(_UNUSABLE.format("没有装 xlreport，或装的版本不同"))
        if error is not None:
            return None
        found = future.result()
        if isinstance(found, Refusal):
            raise Stopped(_UNUSABLE.format(found.words))
        return found  # type: ignore[no-any-return]

    def _put(self, parcel: Parcel, flying: dict[Future[Any], Parcel]) -> None:
        flying[self._executor.submit(work_off, parcel.packed())] = parcel


def _halves(parcel: Parcel) -> Iterator[Parcel]:
    """What is sent again of a parcel that was lost: two halves, or a single file once more."""
    middle = len(parcel.pieces) // 2
    if middle:
        yield replace(parcel, pieces=parcel.pieces[:middle])
        yield replace(parcel, pieces=parcel.pieces[middle:])
    elif not parcel.last:
        yield replace(parcel, last=True)


def _inside(folder: Path, name: str) -> Path:
    """A path below the folder. Raises Stopped for a name that leads out of it, which ours never does."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or Path(name).is_absolute() or "\\" in name:
        raise Stopped(f"集群送回的文件名不能用：{name[:80]}")
    return folder / path
