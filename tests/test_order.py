"""The order in which workers run the tests loses none of them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from long_first import _LONG, long_first

HERE = Path(__file__).parent


def items_of(*modules: str) -> list[Any]:
    return [
        SimpleNamespace(path=Path(f"{module}.py"), number=number) for number, module in enumerate(modules)
    ]


@pytest.mark.parametrize("workers", [1, 2, 3, 7])
def test_each_part_begins_with_its_share_of_long_tests(workers: int) -> None:
    items = items_of(*["test_short"] * 90, *_LONG, *["test_other"] * 4)
    ordered = long_first(items, workers)
    assert sorted(item.number for item in ordered) == list(range(len(items)))
    size = len(items) // workers
    for number in range(workers):
        shares = _LONG[number::workers]
        part = ordered[number * size : (number + 1) * size]
        assert [item.path.stem for item in part[: len(shares)]] == list(shares)


def test_a_run_of_few_tests_has_all_of_them() -> None:
    for items in (
        [],
        items_of("test_short"),
        items_of(*_LONG[:2]),
        items_of(_LONG[0], "test_short", _LONG[1]),
    ):
        ordered = long_first(items, 3)
        assert sorted(item.number for item in ordered) == [item.number for item in items]


def test_modules_with_long_tests_are_there() -> None:
    names = [path.stem for path in HERE.rglob("test_*.py")]
    assert all(names.count(name) == 1 for name in _LONG)
