"""An outcome as a row of the ledger: a column for each field, what is no text as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from sys import intern
from typing import Any

from xlreport.run.outcome import Outcome
from xlreport.subject import Subject

FIELDS = tuple(field.name for field in fields(Outcome))
_BY_SUBJECT = frozenset({"figures", "texts", "marks"})
_AS_JSON = frozenset({"record", "documents", *_BY_SUBJECT})
_WORDS = ("status", "form")
_NO_FINDINGS = "CASE form WHEN '' THEN record ELSE json_set(record, '$.findings', json('[]')) END"
"""Findings take most of the room; only of a file that has to be done again it is asked what they are."""


def _columns(*left_out: str, record: str = "record") -> str:
    """What to select for an outcome without some of its fields."""
    chosen = {"record": record} | dict.fromkeys(left_out, "'{}'")
    return ", ".join(chosen.get(name, name) for name in FIELDS)


TOLD = _columns("texts", "marks")
BRIEF = _columns("texts", "marks", "figures", "documents", record=_NO_FINDINGS)
MARKED = _columns("texts", "figures", "documents", record=_NO_FINDINGS)
"""What to select for an outcome without its texts; without all that takes room; and for that with marks."""


def as_row(outcome: Outcome) -> Iterator[str]:
    """The columns of an outcome."""
    for name in FIELDS:
        value = getattr(outcome, name)
        yield json.dumps(value, ensure_ascii=False) if name in _AS_JSON else value


def from_row(row: Sequence[str]) -> Outcome:
    """The outcome of the columns."""
    return Outcome(**{name: _value(name, text) for name, text in zip(FIELDS, row, strict=True)})


def _value(name: str, text: str) -> Any:
    if name not in _AS_JSON:
        return text
    found = json.loads(text)
    if name == "record":
        return _sharing(found)
    return _by_subject(found) if name in _BY_SUBJECT else found


def _sharing(record: Mapping[str, Any]) -> dict[str, Any]:
    """The same with names and words that all records have in common once in memory: JSON makes each anew."""
    counts = {intern(severity): count for severity, count in record["counts"].items()}
    shared = {**record, "counts": counts}
    words = {name: intern(shared[name]) for name in _WORDS if shared[name] is not None}
    return {intern(name): words.get(name, value) for name, value in shared.items()}


def _by_subject(named: Mapping[str, Any]) -> dict[Subject, Any]:
    """The same with subjects for keys: JSON gives back plain texts."""
    return {_subject(name): value for name, value in named.items()}


@lru_cache(maxsize=4096)
def _subject(name: str) -> Subject:
    """One for all returns: thousands of them have the same names."""
    return Subject.parse(name)
