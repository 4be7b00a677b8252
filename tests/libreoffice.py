"""LibreOffice as an outside opinion: recalculates workbooks, prints documents to PDF.

Each call starts it once, in a profile of its own, for as many files as wanted.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

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
    with tempfile.TemporaryDirectory(prefix="xlreport-office-") as profile:
        settings = Path(profile, "user", "registrymodifications.xcu")
        settings.parent.mkdir()
        settings.write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
        command = [program, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", to, "--outdir", str(out_dir), *map(str, paths)]
        output = _run(command, timeout)
    missing = [result.name for result in results if not result.exists()]
    assert not missing, f"LibreOffice did not write {missing}:\n{output}"
    return results


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
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    try:
        output, _ = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        pytest.fail(f"LibreOffice took longer than {timeout:.0f} seconds")
    return output
