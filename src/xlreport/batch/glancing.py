"""Last year's files are glanced at by workers: whatever one of them does costs that file and no other."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from xlreport.archive.candidate import Glanced, glanced
from xlreport.archive.last_year import LastYear
from xlreport.run.guard import Failed, guarded


def guarded_last_year(place: Path) -> LastYear:
    """As `LastYear.of`, for a program that has no threads of its own yet."""
    return LastYear.of(place, _by_workers)


def _by_workers(files: Sequence[Path]) -> Iterator[tuple[Path, Glanced]]:
    for file, answer in guarded(glanced, files, os.cpu_count() or 1, alone=True):
        yield file, answer.finding if isinstance(answer, Failed) else answer
