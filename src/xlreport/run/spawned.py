"""Workers that are started anew: everywhere, and from programs that have threads of their own."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from typing import Any

from xlreport.run.worker import serve

__all__ = ["Spawned", "ready"]

_SPAWN = get_context("spawn")
ready = wait
"""Those with a message, or without anybody at the other end; waits for the first of them."""


class Spawned:
    """A worker, and the line to it."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        self.connection, there = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_serve, args=(there, function), daemon=True)
        self._process.start()
        there.close()  # else its end would not be noticed

    def end(self) -> None:
        """At once."""
        self._process.kill()
        self._process.join()
        self.connection.close()


def _serve(connection: Connection, function: Callable[[Any], Any]) -> None:
    parent = parent_process()
    assert parent is not None, "a worker has a program"
    serve(connection, function, parent.join)
