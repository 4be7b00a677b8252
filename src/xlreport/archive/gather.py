"""Which files to convert, and where their documents go."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et"})
"""Endings taken in a folder; what each file is, is seen from its content."""
_NOT_A_RETURN = ("~$", ".")
"""Beginnings of the lock files of Excel and of hidden files."""


@dataclass(frozen=True, slots=True)
class Job:
    """One file to convert.

    `name` is its path below the common folder, with "/"; `target` the path of its documents below
    the output folder, without an ending; no two jobs share one.
    """

    name: str
    path: Path
    target: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """The jobs in order, and how many other files stood between them."""

    jobs: tuple[Job, ...]
    skipped: int


def gather(given: Sequence[Path], out: Path) -> Gathered:
    """The returns among files and in folders, subfolders included; `out` and what is in it are left out.

    Raises ValueError where the files have no folder in common.
    """
    out = out.resolve()
    files: set[Path] = set()
    skipped = 0
    for path in given:
        for file in _walk(path.resolve(), out):
            if path.is_file() or _is_return(file):
                files.add(file)
            else:
                skipped += 1
    if not files:
        return Gathered((), skipped)
    root = Path(os.path.commonpath([p.resolve() if p.is_dir() else p.resolve().parent for p in given]))
    names = sorted((shown(file.relative_to(root)), file) for file in files)
    return Gathered(tuple(_jobs(names)), skipped)


def shown(path: Path) -> str:
    """A path as text with "/": bytes that are no UTF-8 (names out of old archives) are written out."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def _walk(path: Path, out: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for folder, subfolders, files in os.walk(path):
        subfolders[:] = [name for name in subfolders if Path(folder, name) != out]
        yield from (Path(folder, name) for name in files)


def _is_return(file: Path) -> bool:
    return file.suffix.lower() in _WORKBOOKS and not file.name.startswith(_NOT_A_RETURN)


def _jobs(names: Iterable[tuple[str, Path]]) -> Iterator[Job]:
    """Documents are called like the workbook; a second workbook of that name keeps its ending."""
    taken: set[str] = set()
    for name, path in names:
        stem = name.removesuffix(Path(name).suffix)
        choices = [stem, name, *(f"{name}-{number}" for number in range(2, len(taken) + 3))]
        target = next(choice for choice in choices if choice.casefold() not in taken)
        taken.add(target.casefold())
        yield Job(name, path, target)
