"""A Dask cluster on this computer, of programs of their own; and work that does harm to it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing import parent_process
from pathlib import Path
from typing import Any

import xlreport
from xlreport.archive.gather import Job
from xlreport.batch.work import Plan, process
from xlreport.run.outcome import Outcome

_MARKS = "XLREPORT_TEST_MARKS"
_SOURCES = Path(xlreport.__file__).resolve().parent.parent
_SOON, _NEVER = 5, 3600
"""Seconds of silence after which a worker is given up."""


@contextmanager
def dask_cluster(folder: Path, workers: int = 2) -> Iterator[str]:
    """The address of a cluster that is taken down at the end, whatever has become of it."""
    with ExitStack() as programs:
        told = folder / "scheduler.json"
        here = ("--host", "127.0.0.1", "--no-dashboard")
        scheduler = programs.enter_context(
            _program(folder, "scheduler", *here, "--port", "0", "--scheduler-file", told)
        )
        address: str = json.loads(_written(told, scheduler))["address"]
        of_one_thread = ("--nworkers", workers, "--nthreads", "1")
        place = ("--local-directory", folder, "--death-timeout", "60")
        programs.enter_context(_program(folder, "worker", address, *here, *of_one_thread, *place))
        _await(address, workers)
        yield address


def _written(path: Path, program: subprocess.Popen[bytes]) -> bytes:
    while not path.exists() or not path.read_bytes():
        with suppress(subprocess.TimeoutExpired):
            raise AssertionError(f"the scheduler ended with {program.wait(0.1)}")
    return path.read_bytes()


def _await(address: str, workers: int) -> None:
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(workers, timeout=600)
        client.run_on_scheduler(_give_up_after, _NEVER)


@contextmanager
def hanging_given_up(address: str) -> Iterator[None]:
    """Workers that hang are given up soon. At other times none is, as on a slow machine one may be silent."""
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.run_on_scheduler(_give_up_after, _SOON)
        yield
        client.run_on_scheduler(_give_up_after, _NEVER)


def _give_up_after(seconds: int, dask_scheduler: Any) -> None:
    dask_scheduler.worker_ttl = seconds


@contextmanager
def _program(folder: Path, *command: Any) -> Iterator[subprocess.Popen[bytes]]:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(map(str, (_SOURCES, Path(__file__).resolve().parent))),
        "DASK_DISTRIBUTED__WORKER__MULTIPROCESSING_METHOD": "forkserver",  # one that died is soon replaced
        "DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": f"{_SOON}s",  # how often it is looked who hangs
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",  # so that it is we who try again
        _MARKS: str(folder),
    }
    with (folder / f"{command[0]}.log").open("ab") as log:
        words = [sys.executable, "-m", "dask", *map(str, command)]
        program = subprocess.Popen(words, stdout=log, stderr=log, env=environment, start_new_session=True)
    try:
        yield program
    finally:
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)  # those that are stopped as well
        program.wait()


def harmful(job: Job, plan: Plan) -> Outcome:
    """What a worker does, with files that kill it.

    In a cluster others kill what hands them their work, or stop it: once, or every time.
    """
    if "死" in job.name:
        os._exit(9)
    if "毒" in job.name:
        _harm(signal.SIGKILL)
        os._exit(9)
    if "杀" in job.name and _is_first("killed"):
        _harm(signal.SIGKILL)
    if "停" in job.name and _is_first("stopped"):
        _harm(signal.SIGSTOP)
    return process(job, plan)


def _is_first(mark: str) -> bool:
    """True the first time that a cluster's worker comes here."""
    if _MARKS not in os.environ:
        return False
    try:
        (Path(os.environ[_MARKS]) / mark).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _harm(number: int) -> None:
    """Send a signal to the cluster's worker whose file this is."""
    parent = parent_process()
    if _MARKS in os.environ and parent is not None and parent.pid is not None:
        os.kill(parent.pid, number)


def system() -> Mapping[str, str]:
    """A passport of little."""
    return {"操作系统": os.name}
