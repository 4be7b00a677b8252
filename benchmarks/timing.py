"""Timing contestants against each other, and printing what came out."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence

ROUNDS = 7


def race(contestants: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Median seconds of each, after one unmeasured run each.

    They take turns within every round, so that a slow minute of the machine slows all of them alike.
    """
    for run in contestants.values():
        run()
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            times[name].append(_seconds(run))
    return {name: statistics.median(found) for name, found in times.items()}


def _seconds(run: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def print_race(title: str, medians: Mapping[str, float]) -> None:
    """A Markdown table; the first contestant is ours, the others are told as multiples of it."""
    ours = next(iter(medians.values()))
    rows = [(name, shown(seconds), f"{seconds / ours:.2f} ×") for name, seconds in medians.items()]
    print_table(title, ("", "median", "of ours"), rows)


def print_table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A heading and a Markdown table."""
    print(f"\n### {title}\n")
    print(f"| {' | '.join(head)} |")
    print(f"|---|{'---:|' * (len(head) - 1)}")
    for row in rows:
        print(f"| {' | '.join(row)} |", flush=True)


def shown(seconds: float) -> str:
    """Milliseconds below a second."""
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"
