"""Long tests begin first: one that begins last keeps a worker busy while the others have nothing to do."""

from __future__ import annotations

from itertools import chain

import pytest

_LONG = (
    "test_open_xml",
    "test_messages",
    "test_fuzz",
    "test_refill",
    "test_words_random",
    "test_cluster",
    "test_compatibility",
    "test_published_damage",
    "test_roundtrip",
    "test_compared",
    "test_cli_demo_round",
    "test_published_roundtrip",
    "test_cli_form",
    "test_one_changed",
    "test_prior_sheet",
    "test_other_programs",
    "test_spellings",
    "test_form_values",
    "test_hostile_texts",
    "test_killed_rounds",
    "test_workers",
)
"""Modules with a test that takes five seconds or more, the longest first."""


def long_first(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """The same tests in an order of which each worker's part begins with its share of the long ones.

    A worker is given as many tests as the others, in this order.
    """
    modules: dict[str, list[pytest.Item]] = {name: [] for name in _LONG}
    short: list[pytest.Item] = []
    for item in items:
        modules.get(item.path.stem, short).append(item)
    size, parts = len(items) // workers, []
    for number in range(workers):
        part = list(chain.from_iterable(modules[name] for name in _LONG[number::workers]))
        room = max(0, size - len(part))
        parts.append(part + short[:room])
        short = short[room:]
    return [*chain.from_iterable(parts), *short]
