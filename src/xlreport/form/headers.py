"""Merged header cells from label paths; workbook and report draw the same table from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from xlreport.frozen import frozen

Path: TypeAlias = tuple[str, ...]


@frozen
class Label:
    """A merged label: it covers `lines` neighbours and `levels` of the label path."""

    text: str
    lines: int
    levels: int


def merge(paths: Sequence[Path], depth: int) -> dict[tuple[int, int], Label]:
    """Labels by (line, level) of their first cell.

    Equal neighbours under one parent are one label; the last element of a path shorter than
    `depth` is stretched over the levels it lacks.
    """
    labels: dict[tuple[int, int], Label] = {}
    for level in range(depth):
        start = 0
        for line in range(1, len(paths) + 1):
            if line < len(paths) and _same(paths[start], paths[line], level):
                continue
            path = paths[start]
            if level < len(path):
                levels = depth - level if level == len(path) - 1 else 1
                labels[start, level] = Label(path[level], line - start, levels)
            start = line
    return labels


def depth_of(paths: Sequence[Path]) -> int:
    """The length of the longest path."""
    return max(len(path) for path in paths)


def spread(total: int, count: int) -> list[int]:
    """`total` in `count` whole parts as equal as can be, the larger ones first."""
    part, rest = divmod(total, count)
    return [part + (index < rest) for index in range(count)]


def _same(first: Path, second: Path, level: int) -> bool:
    ends = (len(first) == level + 1) == (len(second) == level + 1)
    return ends and first[: level + 1] == second[: level + 1]
