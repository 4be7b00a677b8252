"""Where forms are: shipped with xlreport, in the folders of XLREPORT_FORMS, or where a person says."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

SEARCHED = "XLREPORT_FORMS"
"""Environment variable: folders that hold form folders, separated as in PATH."""

_PACKAGE = Path(__file__).resolve().parent.parent
_CHECKOUT = _PACKAGE.parent.parent
_DECLARATION = "form.toml"


def shipped(folder: str) -> Path:
    """A folder shipped with xlreport: inside the installed package, or at the top of a checkout."""
    inside = _PACKAGE / folder
    return inside if inside.is_dir() else _CHECKOUT / folder


def searched() -> list[Path]:
    """The folders in which forms are looked for by id, in order."""
    named = os.environ.get(SEARCHED, "").split(os.pathsep)
    return [shipped("workbook_templates"), *(Path(folder) for folder in named if folder)]


def _is_form(folder: Path) -> bool:
    """True if the folder declares a form; a name that no file can have is none of one."""
    try:
        return (folder / _DECLARATION).is_file()
    except OSError:
        return False


def form_folders() -> list[Path]:
    """The folders of all forms that can be found by id."""
    return [path.parent for folder in searched() for path in sorted(folder.glob(f"*/{_DECLARATION}"))]


def find_form(name: str | Path) -> Path:
    """The folder of a form, given its id or a path. Raises FileNotFoundError naming those known.

    An id means a form of the searched folders: a folder of that name that happens to lie in the
    current one must not change what a return is measured by.
    """
    is_id = isinstance(name, str) and Path(name).name == name
    places = [*(place / name for place in searched() if is_id), Path(name)]
    return _first_form(places, name)


def find_issued(form: str) -> Path:
    """The folder of a form by its id alone, never as a path. Raises FileNotFoundError."""
    return _first_form([place / form for place in searched()], form)


def _first_form(folders: Iterable[Path], name: str | Path) -> Path:
    for folder in folders:
        if _is_form(folder):
            return folder.resolve()
    known = "、".join(folder.name for folder in form_folders())
    raise FileNotFoundError(f"找不到报表“{name}”。现有报表：{known}；也可给出报表文件夹的路径")
