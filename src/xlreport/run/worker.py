"""What a worker process does beside its work: it keeps to its memory and ends with its program."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from threading import Thread
from typing import Any, Protocol

from xlreport.formats.limits import limits
from xlreport.frozen import frozen

READY = "ready"


@frozen
class NewFunction:
    """What a worker is to do from now on."""

    function: Callable[[Any], Any]


class Connection(Protocol):
    """The line to the program."""

    def send(self, message: Any, /) -> None:
        """Send a message."""

    def recv(self) -> Any:
        """The next message. Raises EOFError where none will come."""


def serve(connection: Connection, function: Callable[[Any], Any], parent_ends: Callable[[], object]) -> None:
    """Answer each piece of work that comes with what the function makes of it, or its OSError.

    `parent_ends` returns when the program is there no more.
    """
    _say_nothing()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is answered by the program, which ends us
    Thread(target=_end_with_parent, args=(parent_ends,), daemon=True).start()
    _limit_memory()
    connection.send(READY)
    with suppress(EOFError):  # nobody is there to ask any more
        while True:
            work = connection.recv()
            if isinstance(work, NewFunction):
                function = work.function
                continue
            try:
                answer = function(work)
            except OSError as error:
                answer = error
            connection.send(answer)


def _say_nothing() -> None:
    """What a native library writes to a terminal when it dies is nothing for a clerk; the finding says it.

    Only a terminal: where the program has no stderr, 2 may be the number of the pipe to it.
    """
    if os.isatty(2):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)


def _end_with_parent(parent_ends: Callable[[], object]) -> None:
    """A program that is killed cannot tell its workers to stop."""
    parent_ends()
    os._exit(1)


def _limit_memory() -> None:
    """Where the system can: Windows has no such limit, others may refuse it."""
    with suppress(ImportError, ValueError, OSError):
        resource = import_module("resource")
        most = limits().memory_mb * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))
