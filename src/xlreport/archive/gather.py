"""Which files to convert, and where their documents go."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from xlreport.archive.folder import look_through, path_text
from xlreport.prose.personal import FILE_STAR, masked


@dataclass(frozen=True, slots=True)
class Job:
    """One file to convert.

    `name` is its path below the common folder, with "/" and numbers of persons masked; `target` the path of
    its documents below the output folder, without an ending; no two jobs share either.
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
        if path.is_file():
            files.add(path.resolve())
        else:
            found = look_through(path.resolve(), without=out)
            files.update(found.workbooks)
            skipped += found.skipped
    if not files:
        return Gathered((), skipped)
    root = Path(os.path.commonpath([p.resolve() if p.is_dir() else p.resolve().parent for p in given]))
    names = sorted((path_text(file.relative_to(root)), file) for file in files)
    return Gathered(tuple(_jobs(names)), skipped)


def _jobs(names: Sequence[tuple[str, Path]]) -> Iterator[Job]:
    """Documents are called like the workbook; a second workbook of that name keeps its ending."""
    taken: set[str] = set()
    for (_, path), name in zip(names, _shown(names), strict=True):
        stem = name.removesuffix(Path(name).suffix)
        choices = [stem, name, *(f"{name}-{number}" for number in range(2, len(taken) + 3))]
        target = next(choice for choice in choices if choice.casefold() not in taken)
        taken.add(target.casefold())
        yield Job(name, path, target)


def _shown(names: Sequence[tuple[str, Path]]) -> Iterator[str]:
    """The names with numbers of persons masked; those that are alike then are counted."""
    taken = {name for name, _ in names}
    for name, path in names:
        path_text = masked(name, FILE_STAR)
        if path_text != name:
            stem = path_text.removesuffix(path.suffix)
            choices = (f"{stem}{f'（{number}）' if number > 1 else ''}{path.suffix}" for number in count(1))
            path_text = next(choice for choice in choices if choice not in taken)
            taken.add(path_text)
        yield path_text
