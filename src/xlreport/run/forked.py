"""Workers that are forked from this program: they start at once, with all that it has loaded.

`multiprocessing` can do this too, but loading it takes as long as a third of reading a return.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from select import select
from typing import Any

from xlreport.run.worker import serve

_SIZE = 8
"""Bytes that say how long a message is."""
_alive: set[int] = set()
"""What this program holds open while it is there, one for each worker; a worker holds none for another."""


class PipeLine:
    """One end of a line to another process, with the methods of a `multiprocessing` connection."""

    def __init__(self, reads: int, writes: int) -> None:
        self._reads, self._writes = reads, writes

    def fileno(self) -> int:
        """What is waited on for a message."""
        return self._reads

    def send(self, message: Any) -> None:
        """Raises OSError where nobody is there any more."""
        data = pickle.dumps(message)
        left = memoryview(len(data).to_bytes(_SIZE, "little") + data)
        while left:
            left = left[os.write(self._writes, left) :]

    def recv(self) -> Any:
        """The next message. Raises EOFError where none will come."""
        size = int.from_bytes(self._read(_SIZE), "little")
        return pickle.loads(self._read(size))

    def poll(self) -> bool:
        """True if a message is there."""
        return bool(ready([self], 0.0))

    def close(self) -> None:
        """This end."""
        os.close(self._reads)
        os.close(self._writes)

    def _read(self, size: int) -> bytes:
        parts = bytearray()
        while len(parts) < size:
            part = os.read(self._reads, min(size - len(parts), 2**20))
            if not part:
                raise EOFError
            parts += part
        return bytes(parts)


def ready(lines: Sequence[PipeLine], timeout: float) -> list[PipeLine]:
    """Those with a message, or without anybody at the other end; waits for the first of them."""
    return select(lines, [], [], timeout)[0]


class Forked:
    """A worker, and the line to it."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        there_reads, here_writes = os.pipe()
        here_reads, there_writes = os.pipe()
        ended, self._alive = os.pipe()
        _alive.add(self._alive)
        sys.stdout.flush()
        sys.stderr.flush()
        self._process = os.fork()
        self.connection = PipeLine(here_reads, here_writes)
        if self._process == 0:
            try:
                self.connection.close()
                for held in _alive:
                    os.close(held)
                serve(PipeLine(there_reads, there_writes), function, lambda: os.read(ended, 1))
            finally:
                os._exit(0)
        for end in (there_reads, there_writes, ended):
            os.close(end)

    def end(self) -> None:
        """At once."""
        with suppress(ProcessLookupError):
            os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        self.connection.close()
        _alive.remove(self._alive)
        os.close(self._alive)
