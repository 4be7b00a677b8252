"""What stands in a folder: files that may be returns, what is passed over, and what cannot be looked into."""

from __future__ import annotations

import os
from dataclasses import field
from pathlib import Path

from xlreport.formats.sniff import WORKBOOK_ENDINGS
from xlreport.frozen import frozen

_PASSED_OVER = ("~$", "._", ".~")
"""Beginnings of the owner files of Excel and WPS, and of what macOS puts beside a file."""
_JUNK = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
"""What systems put into folders by themselves."""
_OUTPUT = (".xlreport.sqlite3", ".xlreport-return.jsonl", "事件.jsonl")
"""Files by which a folder is known as one that xlreport wrote: reports, returns given back, a round."""
_HANDED_UP = "清单.json"
"""What a bundle has, which tells of what happened too: an unpacked one holds returns like any folder."""


@frozen
class Closed:
    """Something in a folder that cannot be looked into: why, and what to do."""

    path: Path
    message: str
    fix: str


@frozen
class Walked:
    """What was met: files, what is closed, folders that xlreport wrote itself; each in order."""

    files: list[Path] = field(default_factory=list)
    closed: list[Closed] = field(default_factory=list)
    own: list[Path] = field(default_factory=list)


@frozen
class Found:
    """The workbooks of a folder, always in the same order, and how many other files stand between them."""

    workbooks: tuple[Path, ...]
    skipped: int


def look_through(folder: Path, without: Path | None = None) -> Found:
    """The files called workbooks in a folder and its subfolders, one of which may be left out."""
    files = walk(folder, without).files
    workbooks = tuple(sorted(filter(is_workbook, files)))
    return Found(workbooks, len(files) - len(workbooks))


def walk(folder: Path, without: Path | None = None) -> Walked:
    """Everything in a folder and its subfolders, one of which may be left out. Links are not followed."""
    walked = Walked()
    pending, seen = [folder], set()
    while pending:
        place = pending.pop()
        if (real := os.path.realpath(place)) in seen or place == without:
            continue
        seen.add(real)
        try:
            with os.scandir(place) as scanned:
                entries = sorted(scanned, key=lambda entry: entry.name)
        except OSError:
            walked.closed.append(
                Closed(place, "文件夹打不开，里面的文件没有处理", "请检查文件夹的权限后再运行")
            )
            continue
        names = {entry.name for entry in entries}
        if place != folder and names.intersection(_OUTPUT) and _HANDED_UP not in names:
            walked.own.append(place)
            continue
        shown = [entry for entry in entries if not is_passed_over(entry.name)]
        pending += [Path(entry.path) for entry in reversed(shown) if entry.is_dir(follow_symlinks=False)]
        for entry in shown:
            _sort(entry, walked)
    return walked


def is_passed_over(name: str) -> bool:
    """True for a file that no person put there; one that is called a workbook is never just hidden."""
    hidden = name.startswith(".") and not name.lower().endswith(WORKBOOK_ENDINGS)
    return hidden or name.startswith(_PASSED_OVER) or name.casefold() in _JUNK


def _sort(entry: os.DirEntry[str], walked: Walked) -> None:
    path = Path(entry.path)
    try:
        is_file, is_folder = entry.is_file(), entry.is_dir()
    except OSError:  # a link that leads to itself
        is_file = is_folder = False
    if is_file:
        walked.files.append(path)
    elif is_folder and entry.is_symlink():
        fix = "请把那个文件夹里的工作簿放到这里，或者把那个文件夹也写在命令里"
        walked.closed.append(Closed(path, "是指向另一个文件夹的链接，没有进去", fix))
    elif entry.is_symlink():
        walked.closed.append(Closed(path, "是失效的链接，打不开", "请放入工作簿本身，不要放快捷方式或链接"))
    elif not is_folder:
        walked.closed.append(Closed(path, "不是普通文件（是设备或管道）", "请核对文件的位置和名称"))


def is_workbook(file: Path) -> bool:
    """True for a file that is called one."""
    return file.name.lower().endswith(WORKBOOK_ENDINGS)


def path_text(path: Path) -> str:
    """A path as text with "/": bytes that are no UTF-8 (names out of old archives) are written out."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
