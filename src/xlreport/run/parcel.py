"""A share of a batch that travels: the work with the content of its files, and the way back.

Only content travels. The other side puts it into folders of its own, which are gone when it has answered.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from multiprocessing import current_process
from pathlib import Path, PurePosixPath
from platform import node
from tempfile import TemporaryDirectory
from threading import local
from typing import Any, TypeAlias

from xlreport.formats.limits import limits
from xlreport.frozen import frozen
from xlreport.run.guard import Failed, guarded, lost

Passport = Callable[[], Mapping[str, str]]
"""All that an answer depends on beside the work: what it is, in Chinese, and a text that tells it apart."""


@frozen
class SentFile:
    """A file that travels: what it is called, what is in it, when it was changed (ns)."""

    name: str
    data: bytes
    changed: int


@frozen
class SentPiece:
    """One piece of work, its file, and those that lie beside it."""

    work: Any
    file: SentFile
    beside: tuple[SentFile, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(len(each.data) for each in (self.file, *self.beside))


@frozen
class Parcel:
    """Pieces to be done together, where the passport is the one expected. `last` forbids another try."""

    do: Callable[[Any, Path, Path], Any]
    moved: Callable[[Any, Sequence[Path]], Any]
    pieces: Sequence[SentPiece]
    passport: Passport
    expected: Mapping[str, str]
    last: bool = False

    def packed(self) -> bytes:
        """As it is sent. Functions go by their names: no program travels."""
        return pickle.dumps(self)


@frozen
class Done:
    """The answer to one piece, and what was written for it, by its path below the folder for it."""

    answer: Any
    files: Mapping[str, bytes]


@frozen
class Refusal:
    """Why a computer cannot do a parcel at all."""

    words: str


def piece_of(work: Any, file: Path, beside: Sequence[Path]) -> SentPiece | None:
    """A piece of work with its content; None where there is none that could be sent."""
    sent = [_sent(each) for each in (file, *beside)]
    whole = [each for each in sent if each is not None]
    return SentPiece(work, whole[0], tuple(whole[1:])) if len(whole) == len(sent) else None


def _sent(file: Path) -> SentFile | None:
    try:
        found = file.stat()
        if not file.is_file() or found.st_size > limits().file_mb * 2**20:
            return None
        return SentFile(file.name, file.read_bytes(), found.st_mtime_ns)
    except OSError:
        return None


def passport_difference(found: Mapping[str, str], expected: Mapping[str, str]) -> str:
    """What is not the same in two passports; "" where they are one."""
    names = [name for name in {**expected, **found} if found.get(name) != expected.get(name)]
    return "、".join(f"{'' if name in found else '没有'}{name}" for name in names)


def work_off(packed: bytes) -> Sequence[Done] | Refusal:
    """What the other side does: each piece in a guarded process, answers in the order of the pieces."""
    parcel: Parcel = pickle.loads(packed)  # from our own program, by a network that is trusted
    differing = passport_difference(parcel.passport(), parcel.expected)
    if differing:
        return Refusal(f"{_here()}与本机不同的有：{differing}")
    try:
        with TemporaryDirectory(prefix="xlreport-") as folder:
            return [*_done(parcel, Path(folder))]
    except OSError as error:
        dismiss()
        return Refusal(f"{_here()}写不了临时文件：{error.strerror or error}")


def _here() -> str:
    """By which others find this process."""
    return f"{node()} 的进程 {os.getpid()} "


def _done(parcel: Parcel, folder: Path) -> Iterator[Done]:
    desk = _desk(parcel.expected)
    for number, piece in enumerate(parcel.pieces):
        place = folder / str(number)
        (place / "out").mkdir(parents=True)
        file = _put(piece.file, place / "in")
        beside = [_put(each, place / "beside" / str(at)) for at, each in enumerate(piece.beside)]
        work = (parcel.do, parcel.moved(piece.work, beside), file, place / "out")
        answer = desk.ask(work)
        if number == 0 and answer == lost():  # the process may have ended by itself since the parcel before
            answer = desk.ask(work)
        yield Done(answer, {} if isinstance(answer, Failed) else _written(place / "out"))


class _Desk:
    """A guarded process that stays from one parcel to the next: to start one costs as much as many files."""

    def __init__(self) -> None:
        current_process().daemon = False  # else it may have no processes of its own; ours end with it anyhow
        self._answers = guarded(_do, self._asked())

    def ask(self, work: _Work) -> Any:
        """The answer to one piece of work, or Failed. Raises OSError where no other would fare better."""
        self._work = work
        return next(self._answers)[1]

    def _asked(self) -> Iterator[_Work]:
        while True:
            yield self._work


_Work: TypeAlias = "tuple[Callable[[Any, Path, Path], Any], Any, Path, Path]"
_kept = local()
"""The desk of each thread, and the passport of the program that it was started with."""


def _desk(passport: Mapping[str, str]) -> _Desk:
    """The one of before, unless a form or the program has changed since."""
    if getattr(_kept, "passport", None) != passport:
        dismiss()
        _kept.desk, _kept.passport = _Desk(), passport
    desk: _Desk = _kept.desk
    return desk


def dismiss() -> None:
    """Let the guarded process of this thread end."""
    _kept.__dict__.clear()


def _do(work: _Work) -> Any:
    do, given, file, out = work
    return do(given, file, out)


def _put(sent: SentFile, folder: Path) -> Path:
    """Where the file is put. Its name is text of others, so it is kept only as one name."""
    if PurePosixPath(sent.name).name != sent.name:
        raise ValueError(f"文件名不能用：{sent.name[:80]}")
    folder.mkdir(parents=True)
    file = folder / sent.name
    file.write_bytes(sent.data)
    os.utime(file, ns=(sent.changed, sent.changed))
    return file


def _written(out: Path) -> Mapping[str, bytes]:
    files = sorted(path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}
