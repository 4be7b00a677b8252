"""Annotated copies of returns: what they are called, and writing them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from xlreport.cli.talk import CannotRun, Talk, results
from xlreport.feedback.text_line import TextLine

if TYPE_CHECKING:
    from xlreport.batch.opinion import Opinion

_ENDING = "_核对意见"


def names_of_copies(files: Sequence[Path], folder: Path) -> dict[Path, Path]:
    """Where the copy of each file goes, without its ending: mirrored below the folder, each its own name.

    An annotated copy that came back gets no second ending. Raises CannotRun.
    """
    from xlreport.archive.gather import gather

    try:
        targets = {job.path: Path(job.target) for job in gather(files, folder).jobs}
    except ValueError as error:
        raise CannotRun("这些文件不在同一个磁盘上，请分开核对") from error
    taken = {file.resolve().with_suffix("") for file in files}
    names: dict[Path, Path] = {}
    for file, target in targets.items():
        choices = (folder / target.with_name(name) for name in _choices(target.name))
        names[file] = next(
            choice for choice in choices if choice.resolve() not in taken and not _is_there(choice)
        )
        taken.add(names[file].resolve())
    return {file: names[file.resolve()] for file in files}


def _is_there(name: Path) -> bool:
    """True for the name of a file in the folder: perhaps a corrected copy that came back."""
    return any(name.with_name(f"{name.name}{suffix}").exists() for suffix in (".xlsx", ".xlsm"))


def _choices(name: str) -> Iterator[str]:
    base = name.removesuffix(_ENDING)
    yield base + _ENDING
    yield from (f"{base}-{number}{_ENDING}" for number in count(2))


def write_copy(file: Path, found: Opinion, target: Path, talk: Talk) -> None:
    """Write the annotated copy of a return, or say why there is none. Raises CannotRun."""
    from xlreport.cli.given import save

    if found.copy is None:
        results([TextLine(f"{file}：{found.no_copy}")], err=True)  # also to those who want quiet
        return
    suffix, data = found.copy
    path = target.with_name(f"{target.name}{suffix}")
    save(path, data)
    talk.tell(f"标注的副本：{path}")
