"""Whether the board that stands there is the one that would be written now: then it is left alone.

What it was made from is remembered in the user's cache folder, with the hashes of what was written.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from xlreport.batch.program import sources
from xlreport.kept import keep, kept
from xlreport.round.opened import Round


def made_from(round_: Round, people: bool) -> str:
    """All that the board follows from, as one hash. Raises OSError."""
    settings, log, place = round_.settings, round_.log, round_.place
    names = [_names(folder) for folder in (place.outbox, place.reports, place.originals)]
    about = (settings.office, settings.year, settings.due, round_.clock().date(), people)
    parts = (sources(), about, log.last_id, log.size, round_.roster.lines, names)
    return hashlib.sha256(repr(parts).encode(errors="backslashreplace")).hexdigest()


def stands(paths: Sequence[Path], of: str) -> bool:
    """True if all files of a board made from that are as they were written."""
    known = kept(_name(paths[0]), of)
    try:
        return known is not None and known == _digests([path.read_bytes() for path in paths])
    except OSError:
        return False


def keep_board(paths: Sequence[Path], of: str, contents: Sequence[bytes]) -> None:
    """Keep in mind what a board was made from."""
    keep(_name(paths[0]), of, _digests(contents))


def _digests(contents: Sequence[bytes]) -> bytes:
    return "\n".join(hashlib.sha256(content).hexdigest() for content in contents).encode()


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def _name(path: Path) -> str:
    return f"board-{hashlib.sha256(os.fsencode(path)).hexdigest()[:32]}"
