"""LibreOffice as an outside opinion: recalculates workbooks, prints documents to PDF.

A start costs more than most of its work, so one that was started stays, with a profile of its own, until the
tests end: who calls the program again with that profile only hands it the files. Another is started for one
that died.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

import pytest

# By default LibreOffice shows the results stored in an xlsx file; 0 means "always recalculate".
_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
<prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""
# It would end after the first files, did it not have a document open.
_OPEN = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:body><office:spreadsheet/></office:body>
</office:document>
"""


def recalculate(paths: Sequence[Path], out_dir: Path, timeout: float = 600) -> list[Path]:
    """Workbooks with all formulas computed anew, saved as xlsx into `out_dir`, in the same order."""
    return convert(paths, out_dir, to="xlsx", timeout=timeout)


def convert(paths: Sequence[Path], out_dir: Path, to: str = "pdf", timeout: float = 600) -> list[Path]:
    """The files converted into `out_dir` (not their own folder); their stems must differ."""
    assert len({path.stem for path in paths}) == len(paths), "files of one stem would overwrite each other"
    out_dir.mkdir(parents=True, exist_ok=True)
    results = [out_dir / f"{path.stem}.{to}" for path in paths]
    output = _staying().run(["--convert-to", to, "--outdir", str(out_dir), *map(str, paths)], timeout)
    missing = [result.name for result in results if not result.exists()]
    assert not missing, f"LibreOffice did not write {missing}:\n{output}"
    return results


# Typing ----------------------------------------------------------------------------------------------

_FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xls": "MS Excel 97", ".ods": "calc8"}
_MACRO = """Dim doc, frame, helper
Sub Type_(sheet, cell, text)
 Dim place(0) As New com.sun.star.beans.PropertyValue
 Dim typed(0) As New com.sun.star.beans.PropertyValue
 doc.CurrentController.setActiveSheet(doc.Sheets.getByName(sheet))
 place(0).Name = "ToPoint" : place(0).Value = cell
 helper.executeDispatch(frame, ".uno:GoToCell", "", 0, place())
 typed(0).Name = "StringName" : typed(0).Value = text
 helper.executeDispatch(frame, ".uno:EnterString", "", 0, typed())
End Sub
Sub Save(path, filter)
 Dim how(0) As New com.sun.star.beans.PropertyValue
 how(0).Name = "FilterName" : how(0).Value = filter
 doc.storeToURL(path, how())
End Sub
Function At(sheet, cell)
 At = doc.Sheets.getByName(sheet).getCellRangeByName(cell)
End Function
Sub Fill
 Dim how(0) As New com.sun.star.beans.PropertyValue
 how(0).Name = "Hidden" : how(0).Value = True
 doc = StarDesktop.loadComponentFromURL(%(source)s, "_blank", 0, how())
 frame = doc.CurrentController.Frame
 helper = createUnoService("com.sun.star.frame.DispatchHelper")
%(typing)s
 doc.calculateAll()
%(saving)s
 Open %(answers)s For Output As #1
%(asking)s
 Close #1
 doc.close(True)
 StarDesktop.terminate()
End Sub
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">%s</script:module>
"""


def use(
    path: Path, typed: Mapping[tuple[str, str], str], saved: Sequence[Path], asked: Mapping[str, str]
) -> dict[str, str]:
    """Open a workbook as a person does, type into cells (by sheet and A1 name), compute, save, look.

    `saved` are the files to save, in the format of their endings. `asked` are questions: expressions of
    Basic about `doc` and `At(sheet, cell)`; the answers come as text under the same names.
    """
    with _profile() as folder:
        # A profile that was never started runs no macro.
        shutil.copytree(_staying().profile / "user", folder / "user", dirs_exist_ok=True)
        answers = folder / "answers.txt"
        source = _MACRO % {
            "source": _quoted(path.as_uri()),
            "typing": "\n".join(
                f" Type_({', '.join(map(_quoted, (*at, text)))})" for at, text in typed.items()
            ),
            "saving": "\n".join(
                f" Save({_quoted(p.as_uri())}, {_quoted(_FILTERS[p.suffix])})" for p in saved
            ),
            "answers": _quoted(str(answers)),
            "asking": "\n".join(f" Print #1, {question}" for question in asked.values()),
        }
        module = folder / "user" / "basic" / "Standard" / "Module1.xba"
        module.write_text(_MODULE % escape(source), encoding="utf-8")
        output = _run([*_command(folder), "macro:///Standard.Module1.Fill"], 600)
        assert answers.exists(), f"LibreOffice did not run the macro:\n{output}"
        lines = answers.read_text(encoding="utf-8").splitlines()
    return dict(zip(asked, (line.strip() for line in lines), strict=True))


def _quoted(text: str) -> str:
    """A text in Basic; line breaks are typed as such."""
    return '"' + text.replace('"', '""').replace("\n", '" & Chr(10) & "') + '"'


# Starting --------------------------------------------------------------------------------------------

_office: _Office | None = None


def _staying() -> _Office:
    """The one of this process."""
    global _office
    if _office is None or _office.process.poll() is not None:
        _office = _Office()
    return _office


class _Office:
    """LibreOffice that waits for files."""

    def __init__(self) -> None:
        with ExitStack() as ending:
            self.profile = ending.enter_context(_profile())
            self.said, document = self.profile / "said.txt", self.profile / "open.fods"
            document.write_text(_OPEN, encoding="utf-8")
            with self.said.open("w") as said:
                self.process = _start([*_command(self.profile), str(document)], said)
            ending.callback(_kill, self.process)
            self._await(self.profile / ".~lock.open.fods#", 600)
            atexit.register(ending.pop_all().close)

    def run(self, words: Sequence[str], timeout: float) -> str:
        """Hand it a command and wait for its end; what it has said until now."""
        try:
            said = _run([*_command(self.profile), *words], timeout)
        except pytest.fail.Exception:
            _kill(self.process)
            raise
        return self.said.read_text(errors="replace") + said

    def _await(self, lock: Path, seconds: float) -> None:
        """It takes commands once its document is open."""
        latest = time.monotonic() + seconds
        while not lock.exists():
            assert self.process.poll() is None and time.monotonic() < latest, self.said.read_text()
            time.sleep(0.05)


@contextmanager
def _profile() -> Iterator[Path]:
    """A profile of its own, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="xlreport-office-", ignore_cleanup_errors=True) as profile:
        settings = Path(profile, "user", "registrymodifications.xcu")
        settings.parent.mkdir()
        settings.write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
        yield Path(profile)


def _command(profile: Path) -> list[str]:
    return [_program(), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]


def _program() -> str:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is not None:
        return program
    reason = "LibreOffice (soffice) is not installed: install libreoffice-calc and libreoffice-writer"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _run(command: Sequence[str], timeout: float) -> str:
    """Standard output and errors. The launcher has children: all end together at the time limit."""
    process = _start(command, subprocess.PIPE)
    try:
        output, _ = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        _kill(process)
        process.communicate()
        pytest.fail(f"LibreOffice took longer than {timeout:.0f} seconds")
    return output


def _start(command: Sequence[str], output: int | IO[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        stdout=output,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    )


def _kill(process: subprocess.Popen[str]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
