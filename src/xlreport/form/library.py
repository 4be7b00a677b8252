"""Where forms are: shipped with xlreport, in the folders of XLREPORT_FORMS, or where a person says."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

SEARCHED = "XLREPORT_FORMS"
"""Environment variable: folders that hold form folders, or are one, separated as in PATH."""

_PACKAGE = Path(__file__).resolve().parent.parent
_CHECKOUT = _PACKAGE.parent.parent
_DECLARATION = "form.toml"


def shipped(folder: str) -> Path:
    """A folder shipped with xlreport: inside the installed package, or at the top of a checkout."""
    inside = _PACKAGE / folder
    return inside if inside.is_dir() else _CHECKOUT / folder


def searched() -> list[Path]:
    """The folders in which forms are looked for by id, in order."""
    return [shipped("workbook_templates"), *(folder for folder in _named() if not _is_form(folder))]


def _named() -> list[Path]:
    return [Path(folder) for folder in os.environ.get(SEARCHED, "").split(os.pathsep) if folder]


def _single() -> list[Path]:
    """Forms that the variable names themselves, instead of the folder around them."""
    return [folder.resolve() for folder in _named() if _is_form(folder)]


def _places(form: str) -> list[Path]:
    """Where the form of that id may be."""
    return [*(place / form for place in searched()), *(one for one in _single() if one.name == form)]


def _is_form(folder: Path) -> bool:
    """True if the folder declares a form; a name that no file can have is none of one."""
    try:
        return (folder / _DECLARATION).is_file()
    except OSError:
        return False


def form_folders() -> list[Path]:
    """The folders of all forms that can be found by id."""
    found = [path.parent for folder in searched() for path in sorted(folder.glob(f"*/{_DECLARATION}"))]
    return [*found, *_single()]


def find_form(name: str | Path) -> Path:
    """The folder of a form, given its id or a path. Raises FileNotFoundError naming those known.

    An id means a form of the searched folders: a folder of that name that happens to lie in the
    current one must not change what a return is measured by.
    """
    is_id = isinstance(name, str) and Path(name).name == name
    places = [*(_places(str(name)) if is_id else ()), Path(name)]
    return _first_form(places, name)


def find_issued(form: str) -> Path:
    """The folder of a form by its id alone, never as a path. Raises FileNotFoundError."""
    return _first_form(_places(form), form)


def _first_form(folders: Iterable[Path], name: str | Path) -> Path:
    for folder in folders:
        if _is_form(folder):
            return folder.resolve()
    known = "、".join(folder.name for folder in form_folders())
    raise FileNotFoundError(f"找不到报表“{name}”。现有报表：{known}；也可给出报表文件夹的路径")
