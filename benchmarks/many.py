"""Thousands of returns in one folder: a run, and others where nothing, one file or more has changed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from returns import copies_of_returns
from timing import print_table, shown
from whole import AS_INSTALLED, PEAK, PROGRAM

THOUSANDS = (1_000, 5_000, 20_000)


def measure_many(*counts: int) -> None:
    """Time and peak memory of whole runs of so many returns, with a worker for each core."""
    head = ("", "wall", "CPU", "of one file", "peak memory")
    print_table("(h) Thousands of returns", head, chain.from_iterable(map(_rows, counts or THOUSANDS)))


def _rows(count: int) -> Iterator[tuple[str, ...]]:
    """Each when it is measured."""
    with tempfile.TemporaryDirectory() as folder:
        returns, out = Path(folder, "returns"), Path(folder, "out")
        copies_of_returns(returns, count)
        yield _row(f"{count:,}: first run, DOCX", count, _run(returns, out))
        yield _row(f"{count:,}: nothing changed", count, _run(returns, out))
        first, *_, last = sorted(returns.iterdir())
        _change(last)
        yield _row(f"{count:,}: one changed file", count, _run(returns, out))
        shutil.copy(first, first.with_name("new.xlsx"))
        yield _row(f"{count:,}: one new file", count, _run(returns, out))


def _change(workbook: Path) -> None:
    """Other bytes with the same content, which only reading it tells."""
    with zipfile.ZipFile(workbook, "a") as package:
        package.comment = b"saved again"


def _row(name: str, count: int, measured: tuple[float, float, float]) -> tuple[str, ...]:
    seconds, cpu, megabytes = measured
    return name, shown(seconds), shown(cpu), shown(cpu / count), f"{megabytes:.0f} MiB"


def _run(returns: Path, out: Path) -> tuple[float, float, float]:
    """Seconds by the clock and of the processor, and the MiB of the largest process."""
    command: Sequence[str] = [PROGRAM, "convert", str(returns), "-o", str(out), "--to", "docx"]
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", PEAK, *command], check=True, capture_output=True, text=True, env=AS_INSTALLED
    )
    seconds = time.perf_counter() - start
    code, megabytes, cpu = json.loads(done.stdout)
    assert code == 0, f"convert ended with {code}"
    return seconds, cpu, megabytes
