"""A round of many units: taking in what they sent, looking where it stands, answering who has errors."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from returns import FORM, copies_of_returns, name_and_code
from timing import print_table, shown
from whole import PEAK, PROGRAM

UNITS = (300, 1_000, 3_000)
_WRONG = 10
"""One return in so many has errors."""
_OTHER_FILES = 10_000
"""What a clerk may have dropped there by mistake."""
_FOUND_ERRORS = 1


def measure_rounds(units: tuple[int, ...] = UNITS) -> None:
    """Time and peak memory of each step, in rounds of several sizes, with a worker for each core."""
    rows = []
    for count in units:
        with tempfile.TemporaryDirectory() as folder:
            place = _begun(Path(folder), count)
            for step in ("take", "take", "status", "reply", "remind"):
                seconds, megabytes = _run("round", step, str(place))
                told = (shown(seconds), shown(seconds / count), f"{megabytes:.0f} MiB")
                rows.append((f"{count:,} units: {step}", *told))
    with tempfile.TemporaryDirectory() as folder:
        place = _begun(Path(folder), 1)
        for number in range(_OTHER_FILES):
            (place / "收件" / f"{number}.txt").write_text(str(number))
        for name in ("take", "take"):
            seconds, megabytes = _run("round", name, str(place))
            told = (shown(seconds), shown(seconds / _OTHER_FILES), f"{megabytes:.0f} MiB")
            rows.append((f"{_OTHER_FILES:,} other files: {name}", *told))
    print_table("(i) A round of many units", ("", "all", "one unit", "peak memory"), rows)


def _begun(folder: Path, count: int) -> Path:
    """A round with a return of every unit among what came, and one unit more that sent nothing."""
    units = [name_and_code(number) for number in range(count + 1)]
    listed = folder / "名单.csv"
    lines = [f"{name},{code},{code.lower()}@example.cn" for name, code in units]
    listed.write_text("\n".join(["单位,机关代码,邮箱", *lines]), encoding="utf-8")
    place = folder / "收表"
    year = ("--year", "2023", "--office", "云泽市人民政府", "--form", FORM)
    _run("round", "new", str(place), *year, "--from", str(listed))
    copies_of_returns(place / "收件", count, wrong=_WRONG)
    return place


def _run(*command: str) -> tuple[float, float]:
    """Seconds, and the MiB of the largest process."""
    start = time.perf_counter()
    run = [sys.executable, "-c", PEAK, PROGRAM, *command]
    done = subprocess.run(run, check=True, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    code, megabytes = json.loads(done.stdout)
    assert code in (0, _FOUND_ERRORS), f"{command} ended with {code}"
    return seconds, megabytes
