"""Bundles that somebody has unpacked: which folders they are, and which files in them are theirs."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from xlreport.archive.folder import is_passed_over, path_text
from xlreport.round.inside import is_bundle
from xlreport.round.manifest import BELOW, LEAVES, MANIFEST, NOTES, SUM
from xlreport.round.place import EVENTS, SETTINGS

FILES, FOLDERS = (MANIFEST, SUM, NOTES, EVENTS), (LEAVES, BELOW)
"""What a bundle has; whatever else lies beside that in the folder is something else."""


def members_in(
    folder: Path, subfolders: Collection[str], names: Collection[str]
) -> tuple[tuple[str, Path], ...]:
    """The files of the bundle in a folder, by their places in it; none where there is no bundle."""
    return tuple(_members(folder)) if _is_unpacked(folder, subfolders, names) else ()


def _is_unpacked(folder: Path, subfolders: Collection[str], names: Collection[str]) -> bool:
    """True for a list of ours with more of a bundle beside it; a round has events and a sum as well."""
    if MANIFEST not in names:
        return EVENTS in names and SUM in names and SETTINGS not in names
    if SUM not in names and not set(FOLDERS).intersection(subfolders):
        return False
    with suppress(OSError):
        return is_bundle((folder / MANIFEST).read_bytes())
    return False


def _members(folder: Path) -> Iterator[tuple[str, Path]]:
    paths = [folder / name for name in FILES if (folder / name).is_file()]
    for inner in FOLDERS:
        for place, _, names in os.walk(folder / inner):
            paths += [Path(place, name) for name in names if not is_passed_over(name)]
    yield from ((path_text(path.relative_to(folder)), path) for path in sorted(paths))
