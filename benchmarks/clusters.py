"""The same returns on this computer and on a cluster of as many workers, and what a task costs by itself."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from returns import copies_of_returns
from timing import print_table, shown
from whole import PEAK, PROGRAM
from xlreport.run.engine import Batch
from xlreport.run.remote import Remote

_TASKS = 500
_HERE = ("--host", "127.0.0.1", "--no-dashboard")


def measure_cluster(count: int = 300) -> None:
    """Seconds by the clock and of the processor: of the command, the scheduler and the workers."""
    head = ("", "all", "each", "command, CPU", "scheduler, CPU", "workers, CPU", "command, peak")
    print_table(f"(k) {count:,} returns here and on a cluster", head, _rows(count))


def _rows(count: int) -> Iterator[tuple[str, ...]]:
    """Each when it is measured: with many returns they are an hour apart."""
    workers = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder, _cluster(Path(folder), workers) as (address, programs):
        returns, there, here = (Path(folder, name) for name in ("returns", "there", "here"))
        copies_of_returns(returns, count)
        convert = [PROGRAM, "convert", str(returns), "--to", "docx", "-o"]
        runs = {
            f"convert --cluster, {workers} workers": [*convert, str(there), "--cluster", address],
            f"convert --jobs {workers}": [*convert, str(here), "--jobs", str(workers)],
        }
        for name, command in runs.items():
            yield _row(name, partial(_run, command), count, programs)
        alike = _made(there) == _made(here)
        yield "made the same bytes", "yes" if alike else "NO", *[""] * 5
        yield _row(f"{_TASKS} tasks of nothing", partial(_nothing, address), _TASKS, programs)
        yield _row("20 parcels of one empty file", partial(_parcels, address, folder), 20, programs)


def _run(command: list[str]) -> str:
    """The peak of its memory."""
    done = subprocess.run([sys.executable, "-c", PEAK, *command], check=True, capture_output=True)
    code, megabytes, _ = json.loads(done.stdout)
    assert code == 0, f"convert ended with {code}"
    return f"{megabytes:.0f} MiB"


def _made(out: Path) -> dict[str, str]:
    """A hash of each file that a run made, its ledger aside, which has times."""
    files = (path for path in out.rglob("*") if path.is_file() and ".sqlite3" not in path.name)
    return {str(f.relative_to(out)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def _nothing(address: str) -> str:
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.gather([client.submit(_one, number, pure=False) for number in range(_TASKS)])
    return ""


def _one(number: int) -> int:
    return number


def _parcels(address: str, folder: str) -> str:
    """One after the other, each with the start of a guarded process."""
    from distributed import Client

    file = Path(folder, "empty")
    file.touch()
    with Client(address, set_as_default=False) as client:
        engine = Remote(client.get_executor(pure=False), 1, dict)
        for _ in range(20):
            list(engine.submit(Batch([file], _read, Path, Path(folder))))
    return ""


def _read(work: Path, file: Path, out: Path) -> int:  # noqa: ARG001
    return file.stat().st_size


def _row(name: str, run: Callable[[], str], count: int, programs: list[int]) -> tuple[str, ...]:
    before, start, own = [_cpu(pid) for pid in programs], time.perf_counter(), sum(os.times()[:4])
    peak = run()
    wall, own = time.perf_counter() - start, sum(os.times()[:4]) - own
    scheduler, workers = (now - then for now, then in zip(map(_cpu, programs), before, strict=True))
    return name, shown(wall), shown(wall / count), shown(own), shown(scheduler), shown(workers), peak


def _cpu(pid: int) -> float:
    """Seconds of a program with all that it has started."""
    import psutil

    program = psutil.Process(pid)
    return sum(sum(each.cpu_times()[:4]) for each in (program, *program.children(recursive=True)))


@contextmanager
def _cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[int]]]:
    """A cluster on this computer; its address, and the processes of its scheduler and its workers."""
    from distributed import Client

    told = folder / "scheduler.json"
    with ExitStack() as programs:
        scheduler = programs.enter_context(
            _program("scheduler", *_HERE, "--port", "0", "--scheduler-file", told)
        )
        while not told.exists() or not told.read_bytes():
            time.sleep(0.1)
        address = json.loads(told.read_bytes())["address"]
        options = ("--nworkers", workers, "--nthreads", "1", "--local-directory", folder)
        started = programs.enter_context(_program("worker", address, *_HERE, *options))
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(workers)
        yield address, [scheduler.pid, started.pid]


@contextmanager
def _program(*command: object) -> Iterator[subprocess.Popen[bytes]]:
    words = [sys.executable, "-m", "dask", *map(str, command)]
    path = os.pathsep.join([str(Path(__file__).resolve().parent), os.environ.get("PYTHONPATH", "")])
    quiet = subprocess.DEVNULL
    environment = {**os.environ, "PYTHONPATH": path}
    with subprocess.Popen(words, stdout=quiet, stderr=quiet, env=environment) as program:
        try:
            yield program
        finally:
            program.terminate()
