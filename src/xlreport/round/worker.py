"""What a worker process is: it knows the plan of its run, and ends when the program that began it is gone."""

from __future__ import annotations

import os
from collections.abc import Callable
from multiprocessing import parent_process
from threading import Thread

from xlreport.round.gather import Job
from xlreport.round.work import Outcome, Plan

_plans: list[Plan] = []
"""The plan of the run, given once: with thousands of last year's workbooks it is large."""


def begin(plan: Plan) -> None:
    """Keep the plan, and watch the parent from now on: killed, it cannot tell its workers to stop."""
    _plans[:] = [plan]
    Thread(target=_watch, daemon=True).start()


def work(process: Callable[[Job, Plan], Outcome], job: Job) -> Outcome:
    """Do one job of the plan that the worker began with."""
    return process(job, _plans[0])


def _watch() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
