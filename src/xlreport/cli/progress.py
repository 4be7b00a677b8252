"""Progress of long work: a bar on a terminal, a line per file in a pipe, nothing when quiet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

from xlreport.cli.talk import Talk


@contextmanager
def progress(talk: Talk, total: int) -> Iterator[Callable[[str, str], None]]:
    """A function to call after each piece of work with its name and what came of it."""
    if talk.quiet:
        yield lambda name, outcome: None  # noqa: ARG005 - said nowhere
    elif sys.stderr.isatty() and not talk.verbose:
        with _bar(total) as step:
            yield step
    else:
        numbers = count(1)
        yield lambda name, outcome: talk.tell(f"[{next(numbers)}/{total}] {outcome}  {name}")


@contextmanager
def _bar(total: int) -> Iterator[Callable[[str, str], None]]:
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda name, outcome: bar.update(task, advance=1, description=escape(f"{outcome} {name}"))
