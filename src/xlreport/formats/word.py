"""Text documents: .docx is read; .doc, .wps, .rtf and .odt are first converted by LibreOffice.

It runs in a profile of its own, within a limit of time. Where it is missing, the answer says what to do.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from xlreport.formats.docx import read_docx
from xlreport.formats.foreign import Unopened
from xlreport.formats.pages import Page

_SECONDS = 45
_SAVE_AS = "请用 WPS、Word 打开后另存为 .docx"
PROGRAMS = ("soffice", "libreoffice")
"""What LibreOffice is called."""


def read_word(data: bytes) -> Page:
    """The document. Raises Unopened where it cannot be read, with what to do."""
    if _is_docx(data):
        return read_docx(data)
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise Unopened("文件是旧的 Word、WPS 或 RTF 格式，这台电脑没有能转换它的 LibreOffice", _SAVE_AS)
    with tempfile.TemporaryDirectory(prefix="xlreport-") as folder:
        return read_docx(_converted(program, data, Path(folder)))


def _is_docx(data: bytes) -> bool:
    return data[:2] == b"PK" and b"word/" in data


def _converted(program: str, data: bytes, folder: Path) -> bytes:
    source = folder / "document.doc"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    out = folder / "out"
    command = [program, profile, "--headless", "--norestore", "--convert-to", "docx", "--outdir", str(out)]
    _run([*command, str(source)])
    made = out / "document.docx"
    if not made.is_file():
        raise Unopened("文件转换不成，可能已损坏或设了密码", _SAVE_AS)
    return made.read_bytes()


def _run(command: list[str]) -> None:
    """Run it in a group of its own: what it started ends with it."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    ) as process:
        try:
            process.wait(_SECONDS)
        except subprocess.TimeoutExpired as error:
            os.killpg(process.pid, signal.SIGKILL)
            raise Unopened(f"文件转换超过 {_SECONDS} 秒，没有完成", _SAVE_AS) from error
