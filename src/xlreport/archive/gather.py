"""Which files to convert, and where their documents go."""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count
from pathlib import Path

from xlreport.archive.folder import look_through, path_text
from xlreport.files import safe_name
from xlreport.frozen import frozen
from xlreport.prose.personal import FILE_STAR, masked


@frozen
class Job:
    """One file to convert.

    `name` is its path below the common folder, with "/" and numbers of persons masked; `target` the path of
    its documents below the output folder, without an ending; no two jobs share either. `source` is the file
    that was sent: the workbook itself, or the archive it came in.
    """

    name: str
    path: Path
    target: str
    source: Path


@frozen
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
    return Gathered(tuple(jobs_of([(path_text(file.relative_to(root)), file) for file in files])), skipped)


def jobs_of(files: Iterable[tuple[str, Path]]) -> Iterator[Job]:
    """Jobs in the order of their names. Documents are called like the workbook, as any system can store it.

    A second workbook of that name keeps its ending; names that differ only in capitals, or in how an
    accent is written, are one name to some systems.
    """
    names = sorted(files)
    taken: set[str] = set()
    numbers: dict[str, Iterator[int]] = defaultdict(lambda: count(2))  # goes on where the last one stopped
    for (_, path), name in zip(names, _shown(names), strict=True):
        whole = "/".join(map(safe_name, name.split("/")))
        ending = Path(name).suffix
        stem = "/".join([*whole.split("/")[:-1], safe_name(name.rpartition("/")[2].removesuffix(ending))])
        numbered = (f"{whole}-{number}" for number in numbers[_alike(whole)])
        target = next(choice for choice in chain([stem, whole], numbered) if _alike(choice) not in taken)
        taken.add(_alike(target))
        yield Job(name, path, target, path)


def _alike(target: str) -> str:
    return unicodedata.normalize("NFC", target).casefold()


def _shown(names: Sequence[tuple[str, Path]]) -> Iterator[str]:
    """The names with numbers of persons masked; those that are alike then are counted."""
    taken = {name for name, _ in names}
    numbers: dict[str, Iterator[int]] = defaultdict(lambda: count(1))
    for name, path in names:
        shown = masked(name, FILE_STAR)
        if shown != name:
            stem = shown.removesuffix(path.suffix)
            choices = (f"{stem}{f'（{n}）' if n > 1 else ''}{path.suffix}" for n in numbers[shown])
            shown = next(choice for choice in choices if choice not in taken)
            taken.add(shown)
        yield shown
