"""Running commands in tests, as a person does, and seeing what they leave behind."""

from __future__ import annotations

import hashlib
import json
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from xlreport.cli.program import cli
from xlreport.form.library import shipped
from xlreport.run import guard, pool

RETURNS = shipped("samples") / "returns"
SOUND = RETURNS / "岚溪县自然资源和规划局2023年度报告.xlsx"
WRONG_TOTALS = RETURNS / "部门" / "住建局信息公开年报（已核对）.xlsx"
TEXT_IN_NUMBERS = RETURNS / "部门" / "水务局-年报-改2.xlsx"
STRANGER = RETURNS / "部门" / "文旅局公开情况统计（自制）.xlsx"


def run(*args: object) -> Result:
    """One command; its exit code, stdout and stderr."""
    return CliRunner().invoke(cli, [str(arg) for arg in args])


@contextmanager
def in_this_process() -> Iterator[None]:
    """What workers would do is done here, which costs a test nothing beside the work itself.

    Not for tests of what a file may do to its worker; those take `workers`.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard, "each", _each_here)
        yield


def _each_here(
    function: Callable[[Any], Any],
    works: Iterable[Any],
    workers: int,
    *,
    alone: bool = False,
    team: pool.Team | None = None,
) -> Iterator[tuple[Any, Any]]:
    """As `pool.each` answers; whatever goes to a worker or comes from it goes the same way there and back."""
    for work in list(works):
        there, given = pickle.loads(pickle.dumps((function, work)))
        try:
            answer = there(given)
        except OSError as error:
            answer = error
        yield work, pickle.loads(pickle.dumps(answer))


@contextmanager
def workers() -> Iterator[None]:
    """Workers as the program has them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard, "each", pool.each)
        yield


@contextmanager
def quick_workers() -> Iterator[None]:
    """Workers of `convert` start as those of `verify` do, from what is loaded already.

    A worker that starts from nothing takes longer than its work. Not for PDF: its library has threads once it
    was used, and what is forked from them waits for them.
    """
    with workers(), pytest.MonkeyPatch.context() as patch:
        if sys.platform == "linux":
            patch.setattr(pool, "_spawning", pool._forking)
        yield


def refused(*args: object) -> str:
    """What is said to a command that cannot be carried out: never a traceback, always exit code 2."""
    result = run(*args)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert result.stderr.startswith("错误：")
    return result.stderr


def fingerprints(folder: Path) -> dict[str, str]:
    """SHA-256 of every file in a folder, by its path in it."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def json_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a .jsonl file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
