"""The program run by itself, to be killed in the middle."""

from __future__ import annotations

import gc
import mmap
import os
import signal
import stat
import sys
from collections.abc import Callable
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from command_line import quick_workers
from written_once import written_anew
from xlreport.cli.program import cli

_QUICK: Any = get_context("fork" if sys.platform == "linux" else "spawn")
posix = pytest.mark.skipif(sys.platform == "win32", reason="kills and limits as POSIX systems do")


_CHANGES = frozenset(("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate"))
_COUNTED = 8
"""Bytes of the counter that a program shares with its workers."""


class Moments:
    """Counts what a program and its workers do to the files below a folder, and kills them all at one moment.

    A moment is just before a file is opened for writing, renamed, removed, or made safe on the disk, and just
    after the last. With `torn`, what was being made safe is cut short as a power failure would.
    """

    def __init__(self, folder: Path, kill_at: int = 0, *, torn: bool = False) -> None:
        self._below = str(folder)
        self._kill_at = kill_at
        self._torn = torn
        self._counter = mmap.mmap(-1, _COUNTED)

    @property
    def seen(self) -> int:
        """How many there were."""
        return int.from_bytes(self._counter[:_COUNTED], "little")

    def watch(self) -> None:
        """Begin, in the program's own process; workers that are forked from it are watched too."""
        sys.addaudithook(self._on_event)
        os.fsync = self._made_safe(os.fsync)

    def _on_event(self, event: str, args: tuple[Any, ...]) -> None:
        changes = event in _CHANGES or (event == "open" and args[2] & (os.O_WRONLY | os.O_RDWR))
        if changes and str(args[0]).startswith(self._below):
            self._next()

    def _made_safe(self, fsync: Callable[[int], None]) -> Callable[[int], None]:
        def watched(file: int) -> None:
            self._next(file)
            fsync(file)
            self._next()

        return watched

    def _next(self, file: int | None = None) -> None:
        seen = self.seen + 1
        self._counter[:_COUNTED] = seen.to_bytes(_COUNTED, "little")
        if seen == self._kill_at:
            if self._torn and file is not None and stat.S_ISREG(os.fstat(file).st_mode):
                os.ftruncate(file, os.fstat(file).st_size - 7)
            os.killpg(0, signal.SIGKILL)


class Program:
    """The program in a process group of its own, started from what is loaded already.

    Whoever starts many runs the command once in this process before: what that loads and reads, they have.
    """

    def __init__(
        self, command: list[str], largest_file: int | None = None, moments: Moments | None = None
    ) -> None:
        gc.freeze()  # else a program that looks for garbage copies all pages that it has of us
        output, there = _QUICK.Pipe(duplex=False)
        self._process = _QUICK.Process(target=_program, args=(command, there, largest_file, moments))
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


def _program(
    command: list[str], output: Connection, largest_file: int | None, moments: Moments | None
) -> None:
    os.setsid()
    for number in (1, 2):
        os.dup2(output.fileno(), number)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
    if largest_file is not None:
        resource = import_module("resource")
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    if moments is not None:
        moments.watch()
    with quick_workers(), written_anew():  # it is killed at its own work, and its disk is full for that
        cli(command)
