"""The program run by itself, to be killed in the middle."""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from multiprocessing.connection import Connection

import pytest

from command_line import quick_workers
from xlreport.cli.main import cli
from xlreport.run import pool

posix = pytest.mark.skipif(sys.platform == "win32", reason="kills and limits as POSIX systems do")


class Program:
    """The program in a process group of its own, started from what is loaded already."""

    def __init__(self, command: list[str], largest_file: int | None = None) -> None:
        output, there = pool._QUICK.Pipe(duplex=False)
        self._process = pool._QUICK.Process(target=_program, args=(command, there, largest_file))
        self._process.start()
        there.close()
        self.output = os.fdopen(os.dup(output.fileno()), "rb")
        output.close()

    def end(self) -> tuple[int, str]:
        """Wait for it; its exit code and all that it said."""
        with self.output:
            said = self.output.read().decode()
        self._process.join()
        assert self._process.exitcode is not None
        return self._process.exitcode, said

    def kill_after(self, lines: int) -> int:
        """Kill it and its workers when it has told of so many files (or has ended); how many."""
        with self.output:
            told = [line for _ in range(lines) if (line := self.output.readline())]
            assert self._process.pid is not None
            os.killpg(self._process.pid, signal.SIGKILL)
            self.output.read()  # its end: no worker is left that could still write something
        self._process.join()
        return len(told)


def _program(command: list[str], output: Connection, largest_file: int | None) -> None:
    os.setsid()
    for number in (1, 2):
        os.dup2(output.fileno(), number)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
    if largest_file is not None:
        resource = import_module("resource")
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    with quick_workers():
        cli(command)
