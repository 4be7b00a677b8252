"""What is taken in: the files and mails in the places given, each with a name that tells it again.

A bundle that somebody has unpacked is one source like the zip that it was: what is in it is no return by
itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from xlreport.archive.folder import is_passed_over, path_text
from xlreport.frozen import frozen
from xlreport.round.place import RoundFolder
from xlreport.round.unpacked import FILES, FOLDERS, members_in

_PASSED_OVER = ("~$", ".")
"""Beginnings of the owner files of Excel and of hidden files."""
_UNFINISHED = (".part", ".crdownload", ".download", ".tmp")
"""Endings of files that a browser or a mail program has not finished yet."""
_MAILDIR = ("cur", "new")


@frozen
class Source:
    """One file to open. `id` is the same for the same file, wherever the round's folder is moved.

    `members` are the files of an unpacked bundle, each with its place below the folder that `path` then is.
    """

    path: Path
    name: str
    id: str
    is_mail: bool = False
    members: tuple[tuple[str, Path], ...] = ()


def sources_in(places: Sequence[Path], place: RoundFolder) -> list[Source]:
    """All files, in a fixed order, each once; of the round's own folder only what was dropped there."""
    found = {source.path: source for given in places for source in _in(given.resolve(), place)}
    return list(found.values())


def _in(given: Path, place: RoundFolder) -> Iterator[Source]:
    if given.is_file():
        yield _source(given, given.parent, place, is_mail=False)
        return
    if given == place.root:
        given = place.inbox
    files = []
    for folder, subfolders, names in os.walk(given):
        unpacked = members_in(Path(folder), subfolders, names)
        if unpacked:
            yield _unpacked(Path(folder), given, place, unpacked)
            subfolders[:] = [name for name in subfolders if name not in FOLDERS]
            names = [name for name in names if name not in FILES]
        shown_ones = sorted(name for name in subfolders if not name.startswith("."))
        subfolders[:] = [name for name in shown_ones if Path(folder, name) != place.root]
        is_mail = Path(folder).name in _MAILDIR and all((Path(folder).parent / n).is_dir() for n in _MAILDIR)
        files += [(Path(folder, name), is_mail) for name in names if _is_whole(name)]
    for file, is_mail in sorted(files):
        yield _source(file, given, place, is_mail=is_mail)


def _is_whole(name: str) -> bool:
    return not is_passed_over(name) and not name.lower().endswith(_UNFINISHED)


def _unpacked(folder: Path, below: Path, place: RoundFolder, members: tuple[tuple[str, Path], ...]) -> Source:
    """The bundle in a folder; one that lies in the place itself is called as that is."""
    found = _source(folder, below, place, is_mail=False)
    return replace(found, name=folder.name if folder == below else found.name, members=members)


def _source(file: Path, below: Path, place: RoundFolder, *, is_mail: bool) -> Source:
    inside = file.is_relative_to(place.root)
    id_ = path_text(file.relative_to(place.root) if inside else file)
    return Source(file, path_text(file.relative_to(below)), id_, is_mail)
