"""Shared set-up: hypothesis repeats the same examples in every run; families keep to their codes."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers
from openpyxl.worksheet.merge import MergedCellRange

from command_line import in_this_process, quick_workers, workers
from compiled_ahead import compile_ahead
from kept_books import untouched_sheets_saved_as_they_are
from loaded_once import load_once
from long_first import long_first
from merged_cells import quick_borders, quick_format
from quick_sheets import quick_sheets
from read_once import read_once
from shared import keep_results
from written_once import written_anew, written_once
from xlreport.finding import Finding
from xlreport.verify import judge, verdict
from xlreport.verify.registry import FAMILIES, Elsewhere, Family, codes_of

settings.register_profile(
    "xlreport", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("xlreport")
providers.is_local_module_file = lambda path: False  # else examples depend on what was loaded before them
MergedCellRange.format = quick_format
MergedCellRange._get_borders = quick_borders
openpyxl.load_workbook = load_once
gc.set_threshold(100_000, 20, 20)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Workers are started after this."""
    has_workers = session.config.getoption("numprocesses", None) and "PYTEST_XDIST_WORKER" not in os.environ
    if has_workers and not sys.dont_write_bytecode:
        compile_ahead()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if workers := os.environ.get("PYTEST_XDIST_WORKER_COUNT"):
        items[:] = long_first(items, int(workers))


def pytest_collection_finish() -> None:
    """What is there by now stays until the end: looking for garbage in it took a tenth of the time."""
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def _for_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What holds for all tests, at once: every fixture more is asked for by each of them."""
    _share_results(tmp_path_factory)
    with (
        in_this_process(),
        quick_sheets(),
        read_once(),
        untouched_sheets_saved_as_they_are(),
        written_once(),
        families_keep_to_their_codes(),
    ):
        yield


def _share_results(tmp_path_factory: pytest.TempPathFactory) -> None:
    """All workers of a run keep what they share in one folder, which no other run uses; so do the programs
    that tests start, in place of the user's cache.
    """
    own = tmp_path_factory.getbasetemp()
    results = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "results"
    keep_results(results)
    os.environ["XDG_CACHE_HOME"] = str(results / "cache")
    if sys.dont_write_bytecode:  # else each program that a test starts would compile all of this anew
        os.environ["PYTHONPYCACHEPREFIX"] = str(results / "compiled")
        del os.environ["PYTHONDONTWRITEBYTECODE"]


@contextmanager
def families_keep_to_their_codes() -> Iterator[None]:
    """Whatever a test verifies: no family makes a finding of a code that the registry does not name."""
    watched = tuple(family if isinstance(family, Elsewhere) else _watched(family) for family in FAMILIES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verdict, "FAMILIES", watched)
        patch.setattr(judge, "FAMILIES", watched)
        yield


def _watched(family: Any) -> Family:
    run: Callable[..., Iterator[Finding]] = family.run

    def watched(*judged: Any) -> Iterator[Finding]:
        for finding in run(*judged):
            assert finding.code in codes_of(family, judged[-1].form), (finding.code, run)
            yield finding

    return replace(family, run=watched)


@pytest.fixture(name="written_anew")
def _written_anew() -> Iterator[None]:
    with written_anew():
        yield


@pytest.fixture(name="workers")
def _workers() -> Iterator[None]:
    with workers():
        yield


@pytest.fixture(name="quick_workers")
def _quick_workers() -> Iterator[None]:
    with quick_workers():
        yield
