"""What workers do to whom files do harm: they die, hang, or take all memory.

A worker that is started anew loads this, and nothing that only tests need.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

from xlreport.archive.gather import Job
from xlreport.batch import work
from xlreport.batch.work import Plan, process
from xlreport.run.outcome import Outcome


def mortal(job: Job, plan: Plan) -> Outcome:
    """Dies of some files as if the system had killed it."""
    if "死" in job.name:
        os._exit(9)
    return process(job, plan)


def hang(seconds: Path) -> None:
    """Never comes back; says so again and again, with another byte in a file."""
    while True:
        with seconds.open("ab") as file:
            file.write(b"1")
        threading.Event().wait(0.01)


def hanging(job: Job, plan: Plan) -> Outcome:
    """Never comes back from some files."""
    if "挂" in job.name:
        hang(plan.out.parent / "waited" / job.name)
    return process(job, plan)


def greedy(job: Job, plan: Plan) -> Outcome:
    """Comes upon files that take more memory than there is."""
    return process(job, plan) if "大" not in job.name else _verifying(lambda *_: bytearray(2**40), job, plan)


def hoarding(job: Job, plan: Plan) -> Outcome:
    """Comes upon a file that takes a gigabyte."""
    return _verifying(lambda *_: bytearray(2**30), job, plan)


def _verifying(verify: Callable[..., object], job: Job, plan: Plan) -> Outcome:
    """What comes of a file, when that is what verifies it."""
    as_ever = work.verify_file
    work.verify_file = verify  # type: ignore[assignment]
    try:
        return process(job, plan)
    finally:
        work.verify_file = as_ever


def process_id(name: str) -> int:
    """Of the worker, which dies of some names."""
    if name == "死":
        os._exit(9)
    return os.getpid()


def process_id_again(name: str) -> int:
    """Another kind of work."""
    return process_id(name)
