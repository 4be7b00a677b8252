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
from dataclasses import fields
from pathlib import Path

from xlreport.form.flat import flattened, restored
from xlreport.form.library import find_issued
from xlreport.form.model import Form

_PACKAGE = Path(__file__).resolve().parent.parent
_READERS = ("", "form", "formula", "prose")
"""The packages that make a form of its folder; the first is the one that says which version this is."""
_HOME = os.path.expanduser("~")  # noqa: PTH111 - stays as it is where there is none
_PLACES = ("folder", "skin")
"""What is not kept: where a form is, is known by who asks for it."""


def prepared(folder: Path) -> Form | None:
    """The form of that folder as it was kept; None where there is none that counts."""
    with suppress(OSError):
        place = _place(folder)
        if _is_private(place.parent):
            head, _, body = place.read_bytes().partition(b"\n")
            if head == _head(folder, body):
                return _restored(folder, body)
    return None


def remember(form: Form) -> None:
    """Keep the form, if that can be done."""
    from xlreport.files import write_whole

    owner = _owner_of_skin(form)
    if owner is None:
        return
    kept = {field.name: getattr(form, field.name) for field in fields(Form) if field.name not in _PLACES}
    content = [owner, flattened(kept)]
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    with suppress(OSError):
        place = _place(form.folder)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _is_private(place.parent):
            write_whole(place, _head(form.folder, body) + b"\n" + body, private=True)


def _restored(folder: Path, body: bytes) -> Form | None:
    try:
        owner, entries = json.loads(body)
        skin = (find_issued(owner) if owner else folder) / "skin"
        return Form(**restored(entries), folder=folder, skin=skin)  # type: ignore[arg-type]
    except (ValueError, TypeError, ArithmeticError, LookupError, RecursionError, FileNotFoundError):
        return None  # it was made by somebody else


def _owner_of_skin(form: Form) -> str | None:
    """The id of the form whose skin it has, "" for its own; None where the skin is not found by an id."""
    owner = form.skin.parent
    if owner == form.folder:
        return ""
    with suppress(FileNotFoundError):
        if find_issued(owner.name) == owner:
            return owner.name
    return None


def _head(folder: Path, body: bytes) -> bytes:
    """The first line of a kept form: what it was made by, and that it is whole."""
    modules = (module for package in _READERS for module in _files(_PACKAGE / package, ".py"))
    declared = (*_files(folder, ".toml"), *_files(folder / "sections", ".toml"))
    made_by = hashlib.sha256(sys.version.encode())
    for path in (*modules, *declared):
        made_by.update(os.fsencode(path.name) + hashlib.sha256(path.read_bytes()).digest())
    return f"{made_by.hexdigest()} {hashlib.sha256(body).hexdigest()}".encode()


def _files(folder: Path, ending: str) -> list[Path]:
    """Raises OSError too for a folder that has none."""
    found = sorted(Path(entry) for entry in os.scandir(folder) if entry.name.endswith(ending))
    if not found:
        raise FileNotFoundError(folder)
    return found


def _place(folder: Path) -> Path:
    """The file that keeps the form of that folder. Raises OSError where there is no folder for caches."""
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:32]
    return _cache() / "xlreport" / f"form-{name}.json"


def _cache() -> Path:
    """The user's folder for caches. Raises FileNotFoundError where there is none."""
    own = {"win32": os.environ.get("LOCALAPPDATA", ""), "darwin": _HOME + "/Library/Caches"}
    for place in (os.environ.get("XDG_CACHE_HOME", ""), own.get(sys.platform, _HOME + "/.cache")):
        if Path(place).is_absolute():
            return Path(place)
    raise FileNotFoundError("no folder for caches")


def _is_private(folder: Path) -> bool:
    """True for a folder in which nobody else may write. Windows keeps the profile of a user to itself."""
    if sys.platform == "win32":
        return True
    found = folder.stat()
    return found.st_uid == os.geteuid() and found.st_mode & 0o022 == 0
