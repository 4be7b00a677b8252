"""All that lies in the folders given: workbooks, what else was sent, and what could not be looked into.

Nothing is left out silently: what is no workbook is a job all the same, whose reader says what it is;
archives are opened; only what xlreport wrote itself, and what systems leave behind, is no return.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, count
from pathlib import Path

from xlreport.archive.folder import Closed, path_text, walk
from xlreport.archive.gather import Job, jobs_of
from xlreport.archive.own_output import is_own_output
from xlreport.formats.archives import DEEPEST, Unpacking
from xlreport.formats.foreign import Unopened
from xlreport.formats.limits import limits
from xlreport.formats.sniff import DOCUMENT_ENDINGS, WORKBOOK_ENDINGS, FileKind, kind_of
from xlreport.frozen import frozen

_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_ARCHIVES = (FileKind.ZIP, FileKind.PACKED)


@frozen
class Everything:
    """Jobs in order, what is closed by its name, and the names of what xlreport wrote itself."""

    jobs: tuple[Job, ...]
    closed: tuple[tuple[str, Closed], ...]
    own: tuple[str, ...]


@frozen
class _Named:
    """A file with its name below the common folder, the archives it came in included."""

    name: str
    path: Path


def everything(
    given: Sequence[Path],
    out: Path,
    unpacked: Path,
    *,
    reports: bool = False,
    without: Path | None = None,
) -> Everything:
    """All files of these places but `out`; members of archives are written below `unpacked`.

    Where `reports` are sought, those that xlreport wrote count too; `without` is a file for another use.
    Raises ValueError where the places have no folder in common, OSError where nothing can be unpacked.
    """
    root = Path(os.path.commonpath([p if p.is_dir() else p.parent for p in map(Path.resolve, given)]))
    files: dict[Path, Path] = {}  # each once, by the place where it was met: a link is called as it stands
    closed: list[Closed] = []
    own: list[Path] = []
    for place in given:
        if not place.is_dir():
            files[place.resolve()] = place.resolve()
            continue
        walked = walk(place.resolve(), out.resolve())
        files = {_real(path): path for path in walked.files} | files
        closed += walked.closed
        own += walked.own
    if without is not None:
        files.pop(without.resolve(), None)
    kept = DOCUMENT_ENDINGS if reports else ()
    written = {p for p in files if not p.name.casefold().endswith(kept) and is_own_output(p, files)}
    named = [_Named(_name(files[path], root), path) for path in sorted(files) if path not in written]
    opener = _Opener(unpacked, closed)
    sources = {found: file.path for file in named for found in opener.opened(file)}
    by_path = {found.path: source for found, source in sources.items()}
    jobs = (replace(job, source=by_path[job.path]) for job in jobs_of((f.name, f.path) for f in sources))
    closed_names = ((_name(trouble.path, root), trouble) for trouble in closed)
    return Everything(
        tuple(jobs), tuple(closed_names), tuple(_name(p, root) for p in (*own, *sorted(written)))
    )


def _real(path: Path) -> Path:
    """The file that stands in a folder that is resolved already."""
    return path.resolve() if path.is_symlink() else path


def _name(path: Path, root: Path) -> str:
    return path_text(path.relative_to(root) if path.is_relative_to(root) else path)


class _Opener:
    """Opens archives, archives in archives too, and keeps what could not be opened."""

    def __init__(self, unpacked: Path, closed: list[Closed]) -> None:
        self._unpacked = unpacked
        self._closed = closed
        self._count = 0
        self._names: set[str] = set()

    def opened(self, file: _Named) -> Iterator[_Named]:
        """The file itself, or its members."""
        yield from self._opened(file, Unpacking(), 0)

    def _opened(self, file: _Named, unpacking: Unpacking, depth: int) -> Iterator[_Named]:
        if file.path.name.lower().endswith(WORKBOOK_ENDINGS) or _size(file.path) > limits().file_mb * 2**20:
            yield file
            return
        data = _content(file.path)
        kind = kind_of(data, file.path.name) if data is not None else FileKind.OTHER
        if data is None or kind not in _ARCHIVES:
            yield file
            return
        try:
            if depth == DEEPEST:
                raise Unopened("压缩包里套着的压缩包太多层", "请解压后再放入")
            for name, content in unpacking.members(data, kind):
                member = self._put(self._once(f"{file.name}/{name}"), content)
                yield from self._opened(member, unpacking, depth + 1)
        except Unopened as error:
            self._closed.append(Closed(Path(file.name), error.message, error.fix))

    def _once(self, name: str) -> str:
        """The name; with a number where an archive has it twice, as no folder can."""
        match = _ENDING.search(name)
        ending = match[0] if match else ""
        numbered = (f"{name.removesuffix(ending)}（{number}）{ending}" for number in count(2))
        found = next(each for each in chain([name], numbered) if each not in self._names)
        self._names.add(found)
        return found

    def _put(self, name: str, content: bytes) -> _Named:
        self._count += 1
        ending = _ENDING.search(name)
        path = self._unpacked / f"{self._count}{ending[0] if ending else ''}"
        path.write_bytes(content)
        return _Named(name, path)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _content(path: Path) -> bytes | None:
    """None where it cannot be read: its reader says why."""
    try:
        return path.read_bytes()
    except OSError:
        return None
