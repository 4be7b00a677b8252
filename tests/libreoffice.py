"""LibreOffice as an outside opinion: recalculates workbooks, prints documents to PDF.

Each call starts it once, in a profile of its own, for as many files as wanted.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
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


def recalculate(paths: Sequence[Path], out_dir: Path, timeout: float = 180) -> list[Path]:
    """Workbooks with all formulas computed anew, saved as xlsx into `out_dir`, in the same order."""
    return convert(paths, out_dir, to="xlsx", timeout=timeout)


def convert(paths: Sequence[Path], out_dir: Path, to: str = "pdf", timeout: float = 180) -> list[Path]:
    """The files converted into `out_dir` (not their own folder); their stems must differ."""
    assert len({path.stem for path in paths}) == len(paths), "files of one stem would overwrite each other"
    program = _program()
    out_dir.mkdir(parents=True, exist_ok=True)
    results = [out_dir / f"{path.stem}.{to}" for path in paths]
    with _profile() as start:
        output = _run(
            [program, *start, "--convert-to", to, "--outdir", str(out_dir), *map(str, paths)], timeout
        )
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
    program = _program()
    with _profile() as start:
        _run([program, *start, "--terminate_after_init"], 60)
        folder = Path(start[0].removeprefix("-env:UserInstallation=file://"))
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
        output = _run([program, *start, "macro:///Standard.Module1.Fill"], 120)
        assert answers.exists(), f"LibreOffice did not run the macro:\n{output}"
        lines = answers.read_text(encoding="utf-8").splitlines()
    return dict(zip(asked, (line.strip() for line in lines), strict=True))


def _quoted(text: str) -> str:
    """A text in Basic; line breaks are typed as such."""
    return '"' + text.replace('"', '""').replace("\n", '" & Chr(10) & "') + '"'


# Starting --------------------------------------------------------------------------------------------


@contextmanager
def _profile() -> Iterator[list[str]]:
    """How to start it in a profile of its own, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="xlreport-office-") as profile:
        settings = Path(profile, "user", "registrymodifications.xcu")
        settings.parent.mkdir()
        settings.write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
        yield [f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore"]


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
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    )
    try:
        output, _ = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        pytest.fail(f"LibreOffice took longer than {timeout:.0f} seconds")
    return output
