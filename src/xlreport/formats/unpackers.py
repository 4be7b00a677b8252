"""Programs that unpack 7z and RAR, where one is there."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from xlreport.formats.foreign import Unopened
from xlreport.formats.limits import limits

_PIPED = "-"
_PROGRAMS = (
    ("7z", ("x", "-y", "-bd", "-p-", "-o{into}", "{file}")),
    ("7zz", ("x", "-y", "-bd", "-p-", "-o{into}", "{file}")),
    ("unrar", ("x", "-y", "-p-", "-idq", "{file}", "{into}/")),
    ("bsdtar", ("-x", "-f", "{seekable}", "-C", "{into}")),
)
"""bsdtar is last: it takes a RAR whose last member is a workbook that is stored as it is for that workbook's
zip, unless it gets the file through a pipe, in which it cannot look at the end. A 7z it reads from its end.
"""
_SEVEN_ZIP = b"7z\xbc\xaf\x27\x1c"
_ON_WINDOWS = ("7-Zip", "WinRAR")
"""Folders below Program Files: who installs these programs does not get them into PATH."""
_LANGUAGE = {"LC_ALL": "C.UTF-8"}
"""In the language C programs refuse names in Chinese."""


def unpack(data: bytes, place: Path) -> Path:
    """The folder below `place` with what is in an archive. Raises Unopened where no program unpacks it."""
    is_7z = data.startswith(_SEVEN_ZIP)
    packed, into = place / ("archive.7z" if is_7z else "archive.rar"), place / "members"
    packed.write_bytes(data)
    found = [(path, words) for name, words in _PROGRAMS if (path := _found(name)) is not None]
    if not found:
        raise Unopened(
            "7z、RAR 压缩包在这台电脑上没有程序能解开",
            "请装 7-Zip 后再运行；或者解压后再放入，或请单位把工作簿直接发来",
        )
    seekable = str(packed) if is_7z else _PIPED
    for program, words in found:
        shutil.rmtree(into, ignore_errors=True)
        into.mkdir()
        filled = [word.format(file=packed, into=into, seekable=seekable) for word in words]
        if _runs([program, *filled], data if _PIPED in filled else b""):
            return into
    raise Unopened("压缩包解不开，可能设了密码或已损坏", "请解压后再放入，或请单位不加密、不压缩重发")


def member_name(path: Path) -> str:
    """What a file was called that a program unpacked; names in GBK of old archives come as they are."""
    raw = os.fsencode(path.as_posix())
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _found(program: str) -> str | None:
    folders = [os.environ.get("PATH", os.defpath)]
    for variable in ("ProgramFiles", "ProgramFiles(x86)"):
        if variable in os.environ:
            folders += [str(Path(os.environ[variable], name)) for name in _ON_WINDOWS]
    return shutil.which(program, path=os.pathsep.join(folders))


def _runs(command: list[str], given: bytes) -> bool:
    """True if it ended well, and in time."""
    seconds = limits().seconds
    try:
        done = subprocess.run(
            command,
            input=given,
            capture_output=True,
            timeout=seconds,
            check=False,
            env=os.environ | _LANGUAGE,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
