"""Timing contestants against each other, and printing what came out."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from resource import RUSAGE_CHILDREN, getrusage

ROUNDS = 7


@dataclass(frozen=True)
class Seconds:
    """What something took: by the clock on the wall, and of the processor, ended child processes included."""

    wall: float
    cpu: float

    def of(self, share: float) -> Seconds:
        """So many times as much."""
        return Seconds(self.wall * share, self.cpu * share)


def timed(run: Callable[[], object]) -> Seconds:
    """What one run takes."""
    gc.collect()
    wall, cpu = time.perf_counter(), _cpu()
    run()
    return Seconds(time.perf_counter() - wall, _cpu() - cpu)


def _cpu() -> float:
    children = getrusage(RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def race(contestants: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, Seconds]:
    """The medians of each, after one unmeasured run each.

    They take turns within every round, so that a slow minute of the machine slows all of them alike.
    """
    for run in contestants.values():
        run()
    times: dict[str, list[Seconds]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            times[name].append(timed(run))
    return {name: _median(found) for name, found in times.items()}


def _median(times: Iterable[Seconds]) -> Seconds:
    found = list(times)
    return Seconds(statistics.median(t.wall for t in found), statistics.median(t.cpu for t in found))


def print_race(title: str, medians: Mapping[str, Seconds]) -> None:
    """A Markdown table; all contestants are told as multiples of the first."""
    first = next(iter(medians.values()))
    rows = [(name, *compared(taken, first)) for name, taken in medians.items()]
    print_table(title, ("", "wall", "of first", "CPU", "of first"), rows)


def compared(taken: Seconds, first: Seconds) -> tuple[str, str, str, str]:
    """Wall and CPU, each with its multiple of the first contestant's."""
    times = ((taken.wall, first.wall), (taken.cpu, first.cpu))
    (wall, walls), (cpu, cpus) = ((shown(seconds), f"{seconds / of:.2f} ×") for seconds, of in times)
    return wall, walls, cpu, cpus


def print_table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A heading and a Markdown table, each row as it comes."""
    print(f"\n### {title}\n")
    print(f"| {' | '.join(head)} |")
    print(f"|---|{'---:|' * (len(head) - 1)}", flush=True)
    for row in rows:
        print(f"| {' | '.join(row)} |", flush=True)


def shown(seconds: float) -> str:
    """Milliseconds below a second."""
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"
