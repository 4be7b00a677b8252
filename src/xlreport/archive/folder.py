"""What is a workbook among the files of a folder, for all who are given one."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et"})
"""What each file really is, is seen from its content."""
_PASSED_OVER = ("~$", ".")
"""Beginnings of the owner files of Excel and of hidden files."""


@dataclass(frozen=True, slots=True)
class Found:
    """The workbooks of a folder, always in the same order, and how many other files stand between them."""

    workbooks: tuple[Path, ...]
    skipped: int


def look_through(folder: Path, without: Path | None = None) -> Found:
    """The workbooks in a folder and its subfolders, one of which may be left out."""
    files = []
    for place, subfolders, names in os.walk(folder):
        subfolders[:] = [name for name in subfolders if Path(place, name) != without]
        files += [Path(place, name) for name in names]
    workbooks = tuple(sorted(filter(_is_workbook, files)))
    return Found(workbooks, len(files) - len(workbooks))


def _is_workbook(file: Path) -> bool:
    return file.suffix.lower() in _ENDINGS and not file.name.startswith(_PASSED_OVER)


def path_text(path: Path) -> str:
    """A path as text with "/": bytes that are no UTF-8 (names out of old archives) are written out."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
