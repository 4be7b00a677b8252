"""The folder of returns to be given back: what was written there, and what of it is still as written."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict
from itertools import chain, count
from pathlib import Path, PurePosixPath

from xlreport.archive.gather import Job
from xlreport.files import sweep, whole, write_whole
from xlreport.formats.digest import digest
from xlreport.frozen import frozen

RECORD = ".xlreport-return.jsonl"
_ENDING = "_核对意见"
_SUFFIXES = (".xlsx", ".xlsm", ".txt")


@frozen
class Note:
    """What was written for a file of a run: `made_of` is all it depends on, `files` have their digests."""

    name: str
    stem: str
    made_of: str
    files: Mapping[str, str]


class ReturnFolder:
    """The folder, with notes of what was written. Whatever is in it else, or was changed since, stays."""

    def __init__(self, place: Path) -> None:
        """Raises OSError where the folder cannot be written to."""
        self._place = place
        self._taken: set[str] = set()
        place.mkdir(parents=True, exist_ok=True)
        sweep(place)
        self._notes = {note.name: note for note in _read(place / RECORD)}
        self.finish()

    def stem(self, job: Job) -> str:
        """What the files for a job are called, below the folder: no two alike, and over no other file.

        An annotated copy that came back gets no second ending.
        """
        path = PurePosixPath(job.target)
        base = path.name.removesuffix(_ENDING)
        names = chain((base,), (f"{base}-{number}" for number in count(2)))
        choices = (path.with_name(f"{name}{_ENDING}").as_posix() for name in names)
        stem = next(choice for choice in choices if self._is_free(choice, job.name))
        self._taken.add(stem.casefold())
        return stem

    def has(self, name: str, stem: str, made_of: str) -> bool:
        """True if what is wanted for a file stands there as it was written."""
        note = self._notes.get(name)
        return (
            note is not None
            and (note.stem, note.made_of) == (stem, made_of)
            and all(digest(self._place / file) == known for file, known in note.files.items())
        )

    def write(self, note: Note, files: Mapping[str, bytes]) -> None:
        """Write the files of a note in place of those written before. Raises OSError."""
        with (self._place / RECORD).open("ab") as notes:  # first, so that no file is there without a note
            notes.write(_line(note))
        for name, data in files.items():
            write_whole(self._place / name, data)
        self._remove(note.name, keep=files)
        self._notes[note.name] = note

    def forget(self, name: str) -> None:
        """Remove what was written for a file."""
        self._remove(name)
        self._notes.pop(name, None)

    def finish(self) -> None:
        """Write the notes anew, one for each file. Raises OSError."""
        with whole(self._place / RECORD) as notes:
            notes.writelines(_line(self._notes[name]) for name in sorted(self._notes))

    def _is_free(self, stem: str, name: str) -> bool:
        known = self._notes[name].files if name in self._notes else {}
        files = [f"{stem}{suffix}" for suffix in _SUFFIXES]
        there = [file for file in files if (self._place / file).exists()]
        ours = all(known.get(file) == digest(self._place / file) for file in there)
        return ours and stem.casefold() not in self._taken

    def _remove(self, name: str, keep: Collection[str] = ()) -> None:
        for file, known in self._notes[name].files.items() if name in self._notes else ():
            if file not in keep and digest(self._place / file) == known:
                (self._place / file).unlink()


def _read(path: Path) -> Iterator[Note]:
    """The notes of earlier runs; a line that was cut off, or names a file elsewhere, counts for nothing."""
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            note = Note(**json.loads(line))
        except (ValueError, TypeError, RecursionError):
            continue
        if _is_sound(note):
            yield note


def _is_sound(note: Note) -> bool:
    """True for a note as we write them: texts, and files of ours below the folder."""
    if not all(isinstance(text, str) for text in (note.name, note.stem, note.made_of)):
        return False
    return isinstance(note.files, dict) and all(map(_is_inside, note.files))


def _is_inside(file: str) -> bool:
    path = PurePosixPath(file)
    return not path.is_absolute() and ".." not in path.parts and path.suffix in _SUFFIXES


def _line(note: Note) -> bytes:
    return f"{json.dumps(asdict(note), ensure_ascii=False)}\n".encode()
