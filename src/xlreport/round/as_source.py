"""Bundles as sources of sums and comparisons: of each office the latest, and of it the returns alone.

Sums in a bundle are left out, so that nothing is counted twice; so is what is not as the list has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xlreport.formats.digest import digest
from xlreport.round.manifest import MANIFEST, NOTES, SUM, BadManifest, Manifest, read_manifest
from xlreport.round.place import EVENTS
from xlreport.unit import key

_NO_RETURNS = (MANIFEST, NOTES, SUM, EVENTS)


@dataclass(frozen=True)
class Kept:
    """The returns by name, and what is to be said of others."""

    files: Mapping[str, Path]
    left: tuple[str, ...]


def returns_only(files: Mapping[str, Path]) -> Kept:
    """The files without what bundles have beside their returns; names are paths, archives among them."""
    lists: dict[str, Manifest | str] = {}
    for name, path in files.items():
        if name.rpartition("/")[2] == MANIFEST:
            found = _list_in(path)
            if found is not None:
                lists[name.removesuffix(MANIFEST)] = found
    kept: dict[str, Path] = {}
    left = dict(_unusable(lists))
    for name, path in files.items():
        folder = max((each for each in lists if name.startswith(each)), key=len, default=None)
        if folder is None:
            kept[name] = path
        elif not any(folder.startswith(each) for each in left):
            words = _misfit(lists[folder], name.removeprefix(folder), path)
            if words is None:
                kept[name] = path
            elif words:
                left[name] = f"{name} {words}"
    return Kept(kept, tuple(left.values()))


def _list_in(path: Path) -> Manifest | str | None:
    """A bundle's list, or why it cannot be used; None for another file."""
    try:
        return read_manifest(path.read_bytes())
    except BadManifest as error:
        return str(error)
    except OSError:
        return None


def _unusable(lists: Mapping[str, Manifest | str]) -> Iterator[tuple[str, str]]:
    """Bundles of which nothing is taken: their lists cannot be used, or there is a later one."""
    latest: dict[str, Manifest] = {}
    now = datetime.now().astimezone()
    tops = {f: found for f, found in lists.items() if not any(f != o and f.startswith(o) for o in lists)}
    for folder, found in lists.items():
        if isinstance(found, str):
            yield folder, f"{folder} 没有采用：{found}"
    for found in tops.values():
        if isinstance(found, Manifest):
            known = latest.setdefault(key(found.office), found)
            latest[key(found.office)] = max(known, found, key=lambda each: each.rank(now))
    for folder, found in tops.items():
        if isinstance(found, Manifest) and found.rank(now) < latest[key(found.office)].rank(now):
            last = latest[key(found.office)]
            other = "" if found.began == last.began else "另一次收表的"
            yield folder, f"{folder} 没有采用：是第 {found.number} 号，以{other}第 {last.number} 号为准"


def _misfit(found: Manifest | str, name: str, path: Path) -> str | None:
    """Why a file of a bundle is not taken, "" where nothing need be said; None for a return."""
    if name in _NO_RETURNS:
        return ""
    if isinstance(found, Manifest) and found.files.get(name) == digest(path):
        return None
    return "与上报清单不符，没有采用"
