"""What changed between two returns of one unit, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from xlreport.cleaning import one_line
from xlreport.form.naming import Naming, number
from xlreport.formula.nodes import Value
from xlreport.frozen import frozen
from xlreport.subject import Subject
from xlreport.workbook.submission import Submission

_LONGEST = 60
"""Characters of a text that are shown, from a little before the first that differs."""
_BEFORE = 8


@frozen
class Change:
    """An input that is another one now: its place in the newer return, its name, and both values in words."""

    place: str
    label: str
    before: str
    after: str


def changes(older: Submission, newer: Submission) -> Iterator[Change]:
    """The inputs that differ, in the order of the newer return's form; computed cells follow from them.

    What only the older form has comes last.
    """
    naming = Naming(newer.form)
    subjects = dict.fromkeys([*newer.inputs, *older.inputs])
    for subject in subjects:
        before, after = older.inputs.get(subject), newer.inputs.get(subject)
        if before != after:
            yield Change(_place(older, newer, subject), naming.cell(subject), *_shown(before, after))


def _place(older: Submission, newer: Submission, subject: Subject) -> str:
    origin = newer.origins.get(subject) or older.origins.get(subject)
    return origin.place if origin is not None else ""


def _shown(before: Value, after: Value) -> tuple[str, str]:
    one, other = (one_line(number(value)) for value in (before, after))
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    start = alike - _BEFORE if max(len(one), len(other)) > _LONGEST else 0
    return _part(one, start), _part(other, start)


def _part(text: str, start: int) -> str:
    start = max(0, start)
    shown = text[start : start + _LONGEST]
    return f"{'…' if start else ''}{shown}{'…' if start + _LONGEST < len(text) else ''}"
