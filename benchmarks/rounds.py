"""Rounds of many units: taking in what they sent, looking where they stand, answering who has errors."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from returns import FORM, copies_of_returns, name_and_code
from timing import print_table, shown
from whole import PEAK, PROGRAM
from xlreport.roster.line import ListedUnit
from xlreport.round.opened import changing
from xlreport.round.place import RoundFolder

TAKEN = (100, 300)
TOLD = (300, 1_000, 3_000)
_WRONG = 10
"""One return in so many has errors."""
_SILENT = 10
"""One unit in so many sends nothing."""
_BRANCHES = 30
_OTHER_FILES = 10_000
"""What a clerk may have dropped there by mistake."""
_FOUND_ERRORS = 1


def measure_rounds(*counts: int) -> None:
    """Processor time and peak memory of each step.

    `take` and `reply` verify each return, and need returns; what the other steps take depends on the number
    of events alone, so that larger rounds are told instead of lived through. Of sizes that are given a tenth
    is taken, and there are as many other files as the largest says.
    """
    told, others = counts or TOLD, max(counts, default=_OTHER_FILES)
    rows = []
    for count in [max(1, each // 10) for each in counts] or TAKEN:
        with tempfile.TemporaryDirectory() as folder:
            place = _begun(Path(folder), count)
            copies_of_returns(place / "收件", count, wrong=_WRONG)
            rows += [_row(step, place, count, "units") for step in ("take", "take", "reply")]
    for count in told:
        with tempfile.TemporaryDirectory() as folder:
            place = _begun(Path(folder), count)
            _tell(place)
            rows += [
                _row(step, place, count, "units told") for step in ("status", "status", "take", "remind")
            ]
    with tempfile.TemporaryDirectory() as folder:
        place = _begun(Path(folder), 1)
        for number in range(others):
            (place / "收件" / f"{number}.txt").write_text(str(number))
        rows += [_row(step, place, others, "other files") for step in ("take", "take", "status")]
    print_table("(i) Rounds of many units", ("", "CPU", "of one", "peak memory"), rows)


def _begun(folder: Path, count: int) -> Path:
    """A round of so many units on two levels, and one unit more that sends nothing."""
    units = [name_and_code(number) for number in range(count + 1)]
    above = ["" if number < _BRANCHES else units[number % _BRANCHES][0] for number in range(len(units))]
    lines = [
        f"{name},{code},{parent},{code.lower()}@example.cn"
        for (name, code), parent in zip(units, above, strict=True)
    ]
    listed = folder / "名单.csv"
    listed.write_text("\n".join(["单位,机关代码,上级,邮箱", *lines]), encoding="utf-8")
    place = folder / "收表"
    year = ("--year", "2023", "--office", "云泽市人民政府", "--form", FORM)
    _run("round", "new", str(place), *year, "--from", str(listed))
    return place


def _row(step: str, place: Path, count: int, what: str) -> tuple[str, str, str, str]:
    seconds, megabytes = _run("round", step, str(place))
    return f"{count:,} {what}: {step}", shown(seconds), shown(seconds / count), f"{megabytes:.0f} MiB"


def _run(*command: str) -> tuple[float, float]:
    """Processor seconds of the program and its workers, and the MiB of the largest process."""
    run = [sys.executable, "-c", PEAK, PROGRAM, *command]
    done = subprocess.run(run, check=True, capture_output=True, text=True)
    code, megabytes, seconds = json.loads(done.stdout)
    assert code in (0, _FOUND_ERRORS), f"{command} ended with {code}"
    return seconds, megabytes


# A round that is told ----------------------------------------------------------------------------


def _tell(place: Path) -> None:
    """Put down what happens in a January: workbooks and drafts, returns, corrections, answers, reports."""
    folder = RoundFolder(place)
    with changing(folder) as round_:
        lines = list(round_.roster)
        round_.add_all(event for line in lines for event in _issued(line))
        round_.add_all(event for number, line in enumerate(lines) for event in _came(number, line))
    for number, line in enumerate(lines):
        (folder.outbox / f"下发_{line.name}.eml").touch()
        for name in _reports(line) if number % _SILENT else ():
            (folder.reports / name).touch()


def _issued(line: ListedUnit) -> Iterator[tuple[str, Mapping[str, Any]]]:
    sha256 = _hash(line, "下发")
    yield "issued", {"unit": line.name, "number": 1, "name": f"{line.name}_2023.xlsx", "sha256": sha256}
    yield "drafted", {"what": "issue", "unit": line.name, "about": "1", "attached": sha256}


def _came(number: int, line: ListedUnit) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """A return of the unit, and of some the faulty one before it; of others nothing."""
    if number % _SILENT == 0:
        return
    if number % _WRONG == 1:
        faulty = _hash(line, "1")
        yield "arrived", _arrival(number, line, faulty, "returned")
        yield "drafted", {"what": "reply", "unit": line.name, "about": faulty, "attached": _hash(line, "退")}
        yield "sent", {"what": "reply", "unit": line.name, "about": faulty}
        change = {"place": "三、依申请公开 E8", "label": "本年新收", "before": "38", "after": "40"}
        told = {"older": faulty, "newer": _hash(line, "2"), "count": 3, "changes": [change] * 3}
        yield "compared", {"unit": line.name, **told}
    good = _hash(line, "2")
    yield "arrived", _arrival(number, line, good, "accepted")
    files = {name: _hash(line, name) for name in _reports(line)}
    yield "rendered", {"unit": line.name, "sha256": good, "files": files}


def _arrival(number: int, line: ListedUnit, sha256: str, status: str) -> Mapping[str, Any]:
    good = status == "accepted"
    return {
        "key": sha256[:24],
        "sha256": sha256,
        "name": f"{line.name}年报{'（改）' if good else ''}.xlsx",
        "file": f"{sha256}.xlsx",
        "source": f"{number:05}.eml",
        "sender": line.emails[0],
        "subject": "报送年报",
        "dated": f"2024-01-{number % 14 + (15 if good else 1):02}T10:00:00+08:00",
        "fate": "return",
        "status": status,
        "errors": 0 if good else 3,
        "year": 2023,
        "form": FORM,
        "unit": line.name,
        "lean": "",
        "why": "",
    }


def _reports(line: ListedUnit) -> tuple[str, str]:
    return f"{line.name}_2023.docx", f"{line.name}_2023.html"


def _hash(line: ListedUnit, what: str) -> str:
    return hashlib.sha256(f"{line.name} {what}".encode()).hexdigest()
