"""Shared set-up: hypothesis repeats the same examples in every run, so that a red test stays red."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from openpyxl.worksheet.merge import MergedCellRange

from command_line import quick_workers
from merged_cells import quick_format
from shared import keep_results

settings.register_profile(
    "xlreport", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("xlreport")
MergedCellRange.format = quick_format


@pytest.fixture(scope="session", autouse=True)
def _results(tmp_path_factory: pytest.TempPathFactory) -> None:
    """All workers of a run keep what they share in one folder, which no other run uses."""
    own = tmp_path_factory.getbasetemp()
    keep_results((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "results")


@pytest.fixture(name="quick_workers")
def _quick_workers() -> Iterator[None]:
    with quick_workers():
        yield
