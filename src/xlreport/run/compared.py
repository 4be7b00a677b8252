"""Work that compares with last year, wherever it is done.

Last year's workbooks lie on this computer, and which of them a return is compared with only its reading
tells. Where work cannot read them, it is done twice: the first time it stops as soon as it asks for last
year, and the second time it has the few workbooks with it that such a search looks at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn, TypeAlias, TypeVar

from xlreport.archive.last_year import LastYear
from xlreport.form.last_year import Wanted
from xlreport.frozen import frozen
from xlreport.run.engine import Batch, Engine
from xlreport.run.guard import Failed
from xlreport.unit import Unit

T = TypeVar("T")
R = TypeVar("R")

ComparingWork: TypeAlias = Callable[[T, Path, Path, LastYear | None], R]
"""As `do` of a Batch, with last year's workbooks."""
_AT_ONCE = 1_000
"""Pieces of work of which it is asked together whose last year they want."""


def compared(
    engine: Engine,
    last: LastYear | None,
    works: Sequence[T],
    do: ComparingWork[T, R],
    file: Callable[[T], Path],
    out: Path = Path(),
) -> Iterator[tuple[T, R | Failed]]:
    """The answers to a batch of such work, as the engine gives them."""
    if last is None or engine.here is engine:
        yield from engine.submit(Batch(works, partial(_at_once, do=do, last=last), file, out))
        return
    waiting = iter(works)
    while together := list(islice(waiting, _AT_ONCE)):
        asking = []
        for work, answer in engine.submit(Batch(together, partial(_until_asked, do=do), file, out)):
            if isinstance(answer, _Whose):
                asking.append(_Laden(work, last.around(answer.year, answer.unit, answer.predecessors)))
            else:
                yield work, answer
        batch = Batch(asking, partial(_laden, do=do), partial(_file, file=file), out, _beside, _moved)
        for laden, answer in engine.submit(batch):
            yield laden.work, answer


def _at_once(work: Any, file: Path, out: Path, do: ComparingWork[Any, R], last: LastYear | None) -> R:
    return do(work, file, out, last)


# Elsewhere -------------------------------------------------------------------------------------------


@frozen
class _Whose:
    """Whose last year a return wants."""

    year: int
    unit: Unit
    predecessors: tuple[str, ...]


class _Asked(Exception):
    """Work that has come to the point where it needs last year's workbooks."""

    def __init__(self, whose: _Whose) -> None:
        self.whose = whose


class _Asking(LastYear):
    """Stands for last year's workbooks where they are not."""

    def find(self, wanted: Wanted) -> NoReturn:
        raise _Asked(_Whose(wanted.year, wanted.unit, wanted.predecessors))


def _until_asked(work: Any, file: Path, out: Path, do: ComparingWork[Any, R]) -> R | _Whose:
    try:
        return do(work, file, out, _Asking((), 0))
    except _Asked as asked:
        return asked.whose


@frozen
class _Laden:
    """A piece of work with the workbooks of last year that it needs."""

    work: Any
    last: LastYear


def _laden(laden: _Laden, file: Path, out: Path, do: ComparingWork[Any, R]) -> R:
    return do(laden.work, file, out, laden.last)


def _file(laden: _Laden, file: Callable[[Any], Path]) -> Path:
    return file(laden.work)


def _beside(laden: _Laden) -> Sequence[Path]:
    return laden.last.files


def _moved(laden: _Laden, places: Sequence[Path]) -> _Laden:
    return replace(laden, last=laden.last.moved(places))
