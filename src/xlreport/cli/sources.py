"""SOURCE on the command line: workbooks, folders, archives, bundles and rounds, as a list of files."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Generic, TypeVar

import click

from xlreport.cli.params import PLACE
from xlreport.cli.talk import CannotRun, Talk
from xlreport.cli.trouble import reason

if TYPE_CHECKING:
    from xlreport.consolidate.child import NamedFile
    from xlreport.finding import Finding
    from xlreport.run.engine import Engine

sources_argument = click.argument("places", metavar="SOURCE…", type=PLACE, nargs=-1, required=True)


R = TypeVar("R")


@dataclass(frozen=True)
class Returns(Generic[R]):
    """The returns that were read, and by name what is to be said of each file that could not be."""

    children: Sequence[R]
    unread: Sequence[tuple[str, Finding]]

    @property
    def ours(self) -> bool:
        """True if xlreport itself failed on a file."""
        return any(finding.code.startswith("SYS") for _, finding in self.unread)


def returns_in(
    talk: Talk,
    places: Sequence[Path],
    read: Callable[[NamedFile], R],
    without: Collection[Path] = (),
    engine: Engine | None = None,
    *,
    single: bool = False,
) -> Returns[R]:
    """All returns in these places, but for some files that are known otherwise. Raises CannotRun.

    Of what was handed up to a round in a bundle it is the sum; the returns that make it, where `single` ones
    are asked for.
    """
    known = {path.resolve() for path in without}
    with TemporaryDirectory(prefix="xlreport-") as unpacked:
        found = _sources(talk, places, Path(unpacked), single=single)
        return returns_of([source for source in found if source.path.resolve() not in known], read, engine)


def returns_of(
    sources: Sequence[NamedFile], read: Callable[[NamedFile], R], engine: Engine | None = None
) -> Returns[R]:
    """What the engine, this computer where none is given, makes of these files, in the order of names."""
    from xlreport.run.engine import Batch, Local
    from xlreport.run.guard import Failed

    engine = engine or Local(os.cpu_count() or 1, alone=True)
    answers = engine.submit(Batch(sources, partial(_read, read=read), attrgetter("path")))
    heard = sorted(answers, key=lambda answer: (answer[0].name, str(answer[0].path)))
    return Returns(
        [answer for _, answer in heard if not isinstance(answer, Failed)],
        [(source.name, answer.finding) for source, answer in heard if isinstance(answer, Failed)],
    )


def _read(source: NamedFile, file: Path, out: Path, read: Callable[[NamedFile], R]) -> R:  # noqa: ARG001
    """What is read of a source where its file lies; nothing is written."""
    return read(replace(source, path=file))


def _sources(talk: Talk, places: Sequence[Path], unpacked: Path, *, single: bool) -> list[NamedFile]:
    from xlreport.round.opened import files_to_add_up, files_to_compare
    from xlreport.round.place import Refused, RoundFolder

    rounds = [place for place in places if RoundFolder(place).settings.is_file()]
    files = files_to_compare if single else files_to_add_up
    try:
        found = [file for place in rounds for file in files(RoundFolder(place))]
    except Refused as error:
        raise CannotRun(str(error)) from error
    others = [place for place in places if place not in rounds]
    return found + (_files(talk, others, unpacked) if others else [])


def _files(talk: Talk, places: Sequence[Path], unpacked: Path) -> list[NamedFile]:
    from xlreport.archive.everything import everything
    from xlreport.consolidate.child import NamedFile
    from xlreport.round.as_source import returns_only

    try:
        found = everything(places, unpacked, unpacked)
    except ValueError as error:
        raise CannotRun("这些文件不在同一个磁盘上，请分开处理") from error
    except OSError as error:
        raise CannotRun(f"压缩包解不开：{reason(error)}") from error
    for name, closed in found.closed:
        talk.tell(f"{name}：{closed.message}。{closed.fix}", "warning")
    for name in found.own:
        talk.tell(f"跳过 {name}：是本工具生成的", "note")
    kept = returns_only({job.name: job.path for job in found.jobs})
    for words in kept.left:
        talk.tell(words, "warning")
    return [NamedFile(path, name) for name, path in kept.files.items()]
