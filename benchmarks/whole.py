"""Whole runs of the program, as a person starts it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl

from returns import form, sample, write_returns
from timing import Seconds, compared, print_race, print_table, race, shown, timed
from tools import fill_template, make_template, tags
from xlreport.form.calculate import complete
from xlreport.report.narrative import compose

PROGRAM = str(Path(sys.executable).with_name("xlreport"))
MANY, FEW, COMPARED = 200, 50, 10
AS_INSTALLED = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Installed packages are compiled; without this a checkout might be compiled anew at every start."""
PEAK = """
import json, os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
seconds = usage.ru_utime + usage.ru_stime
print(json.dumps([os.waitstatus_to_exitcode(status), usage.ru_maxrss / 1024, seconds]))
"""
"""Exit code, MiB and processor seconds, those of its workers too. Measured by a small process of its own: a
child starts with the peak of the process that forks it.
"""


def measure_convert() -> None:
    """Verify and render many returns, against openpyxl and docxtpl for each of a few of them."""
    with tempfile.TemporaryDirectory() as folder:
        paths = write_returns(Path(folder, "returns"), MANY)
        _run(_convert(paths[:2], Path(folder, "warm")))
        half = COMPARED // 2
        before = _usual_way(paths[:half])
        alone = timed(lambda: _run(_convert(paths, Path(folder, "alone"), "1")))
        behind = _usual_way(paths[half:COMPARED])
        together = timed(lambda: _run(_convert(paths, Path(folder, "together"), "2")))
    theirs = Seconds((before.wall + behind.wall) / 2, (before.cpu + behind.cpu) / 2)
    ours = alone.of(1 / MANY)
    rows = [
        _row("xlreport convert --jobs 1: verify, DOCX, HTML", ours, ours),
        _row("xlreport convert --jobs 2", together.of(1 / MANY), ours),
    ]
    name = f"openpyxl twice and docxtpl: no verifying, DOCX only ({COMPARED} files, scaled)"
    rows.append(_row(name, theirs, ours))
    print_table(f"(e) {MANY} returns", ("", "all", "one file", "of first", "CPU", "of first"), rows)


def _row(name: str, each: Seconds, ours: Seconds) -> tuple[str, ...]:
    return name, shown(each.wall * MANY), *compared(each, ours)


def _usual_way(paths: Sequence[Path]) -> Seconds:
    """What a file takes."""
    values = complete(form(), sample())
    document = compose(form(), values)
    template, context = make_template(document), tags(document, values)

    def one(path: Path) -> None:
        openpyxl.load_workbook(path)
        openpyxl.load_workbook(path, data_only=True)
        path.with_suffix(".docx").write_bytes(fill_template(template, context))

    def every() -> None:
        for path in paths:
            one(path)

    one(paths[0])
    return timed(every).of(1 / len(paths))


def measure_start() -> None:
    """Times from nothing, process and imports included; forms are kept ready by the run before the first."""
    with tempfile.TemporaryDirectory() as folder:
        (path,) = write_returns(Path(folder), 1)
        medians = race(
            {
                "python -c pass": lambda: _run([sys.executable, "-c", "pass"]),
                "xlreport --help": lambda: _run([PROGRAM, "--help"]),
                "xlreport verify FILE": lambda: _run([PROGRAM, "verify", str(path)]),
                "xlreport render FILE --to docx": lambda: _run(
                    [PROGRAM, "render", str(path), "--to", "docx", "-o", folder]
                ),
            }
        )
    print_race("(f) Whole processes", medians)


def measure_memory() -> None:
    """Peak memory of one process that converts few and many files."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        paths = write_returns(Path(folder, "returns"), MANY)
        for count in (FEW, MANY):
            command = _convert(paths[:count], Path(folder, f"out{count}"))
            done = subprocess.run(
                [sys.executable, "-c", PEAK, *command], check=True, capture_output=True, text=True
            )
            code, megabytes, _ = json.loads(done.stdout)
            assert code == 0, f"convert ended with {code}"
            rows.append((f"convert {count} returns", f"{megabytes:.0f} MiB"))
    print_table("(g) Peak memory", ("", "resident"), rows)


def _convert(paths: Sequence[Path], out: Path, jobs: str = "1") -> list[str]:
    files = [str(path) for path in paths]
    return [PROGRAM, "convert", *files, "-o", str(out), "--to", "docx,html", "--jobs", jobs]


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=AS_INSTALLED)
