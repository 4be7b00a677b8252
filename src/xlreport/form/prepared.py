"""Forms kept ready in the user's cache folder, so that a command need not read their folders again.

A kept form is plain data: `flat.py` restores it, and no program can come from it. It counts only while the
program, Python and every file of the form's folder are those it was made by, and only whole; else the form
is read from its folder, and kept anew. The cache folder may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from contextlib import suppress
from operator import attrgetter
from pathlib import Path

from xlreport.form.flat import flattened, restored
from xlreport.form.library import find_issued
from xlreport.form.model import Form
from xlreport.frozen import parts_of
from xlreport.kept import keep, kept

_PACKAGE = Path(__file__).resolve().parent.parent
_READERS = ("", "form", "formula", "prose")
"""The packages that make a form of its folder; the first is the one that says which version this is."""
_PLACES = ("folder", "skin")
"""What is not kept: where a form is, is known by who asks for it."""


def prepared(folder: Path) -> Form | None:
    """The form of that folder as it was kept; None where there is none that counts."""
    with suppress(OSError):
        body = kept(_name(folder), _made_by(folder))
        return _restored(folder, body) if body is not None else None
    return None


def remember(form: Form) -> None:
    """Keep the form, if that can be done."""
    owner = _owner_of_skin(form)
    if owner is None:
        return
    parts = {name: getattr(form, name) for name in parts_of(Form) if name not in _PLACES}
    content = [owner, flattened(parts)]
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    with suppress(OSError):
        keep(_name(form.folder), _made_by(form.folder), body)


def _restored(folder: Path, body: bytes) -> Form | None:
    try:
        owner, entries = json.loads(body)
        skin = (find_issued(owner) if owner else folder) / "skin"
        return Form(**restored(entries), folder=folder, skin=skin)  # type: ignore[arg-type]
    except (ValueError, TypeError, ArithmeticError, LookupError, RecursionError, FileNotFoundError):
        return None  # another user made it


def _owner_of_skin(form: Form) -> str | None:
    """The id of the form whose skin it has, "" for its own; None where the skin is not found by an id."""
    owner = form.skin.parent
    if owner == form.folder:
        return ""
    with suppress(FileNotFoundError):
        if find_issued(owner.name) == owner:
            return owner.name
    return None


def _made_by(folder: Path) -> str:
    """The program, Python and all that the folder declares, as one hash. Raises OSError."""
    made_by = hashlib.sha256(sys.version.encode())
    for package in _READERS:
        for module in _files(_PACKAGE / package, ".py"):
            made_by.update(os.fsencode(module.name) + _version(module))
    for declared in (*_files(folder, ".toml"), *_files(folder / "sections", ".toml")):
        made_by.update(os.fsencode(declared.name) + hashlib.sha256(Path(declared).read_bytes()).digest())
    return made_by.hexdigest()


def _version(module: os.DirEntry[str]) -> bytes:
    """What tells a module from an earlier version of it: what Python itself goes by where it is compiled."""
    found = module.stat()
    return f" {found.st_size} {found.st_mtime_ns}\n".encode()


def _files(folder: Path, ending: str) -> list[os.DirEntry[str]]:
    """Raises OSError too for a folder that has none."""
    found = [entry for entry in os.scandir(folder) if entry.name.endswith(ending)]
    if not found:
        raise FileNotFoundError(folder)
    return sorted(found, key=attrgetter("name"))


def _name(folder: Path) -> str:
    """The name under which the form of that folder is kept."""
    return f"form-{hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:32]}"
