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
_AS_JSON = frozenset({"record", "documents", "figures", "texts"})
_BY_SUBJECT = frozenset({"figures", "texts"})
_WORDS = ("status", "form")
_LEFT_OUT = {"figures": "'{}'", "texts": "'{}'", "documents": "'{}'"}
_NO_FINDINGS = "CASE form WHEN '' THEN record ELSE json_set(record, '$.findings', json('[]')) END"
"""Findings take most of the room; only of a file that has to be done again it is asked what they are."""

WHOLE = ", ".join(FIELDS)
BRIEF = ", ".join(_LEFT_OUT.get(name, _NO_FINDINGS if name == "record" else name) for name in FIELDS)
"""What to select for an outcome, and for one without what takes room."""


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
