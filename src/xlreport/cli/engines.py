"""--cluster: where the work is done. Without it, in processes of this computer."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from xlreport.cli.talk import CannotRun

if TYPE_CHECKING:
    from xlreport.run.engine import Engine

cluster_option = click.option(
    "--cluster", metavar="ADDRESS", help="交给这个地址的 Dask 集群处理，几万份以上才值得。"
)


@contextmanager
def engine_given(
    cluster: str | None,
    jobs: int | None = None,
    *,
    alone: bool = False,
    stays: bool = False,
    pdf: bool = False,
) -> Iterator[Engine]:
    """The engine that was asked for; `alone` as for `guarded`, `pdf` where fonts matter. Raises CannotRun.

    One that `stays` keeps its processes from one batch to the next.
    """
    from xlreport.run.engine import Local, Stopped, staying

    if cluster is None and stays:
        with staying(jobs or os.cpu_count() or 1) as local:
            yield local
        return
    if cluster is None:
        yield Local(jobs or os.cpu_count() or 1, alone)
        return
    from xlreport.batch.program import program, program_with_fonts
    from xlreport.run.cluster import cluster as connected

    try:
        with connected(cluster, program_with_fonts if pdf else program) as engine:
            yield engine
    except Stopped as error:
        raise CannotRun(str(error)) from error
