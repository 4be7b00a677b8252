"""Returns of two years for tests: last year's sound one, and this year's that continues it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from returns import FORM, fill_in, sound, written
from xlreport.form.calculate import complete
from xlreport.form.field import Kind
from xlreport.form.last_year import beforehand
from xlreport.formula.nodes import Value

Changes = Mapping[str, Value]

FORWARD = "requests[carried_forward,{}]"
OVER = "requests[carried_over,{}]"
IN_FORCE = "documents[normative_documents,in_force]"
LAST: Changes = {
    "year": 2022,
    "requests[carried_forward,natural_person]": 3,
    "requests[new_requests,natural_person]": 39,
    IN_FORCE: 8,
}
"""What was otherwise in 2022: with it, the figures of `sound` are what 2023 has to say."""
ONE_OFF: Changes = {OVER.format("natural_person"): 4, "requests[other,natural_person]": 2}
"""This year: one more carried over than last year's return carried forward; the table balances."""
PROSE: Changes = {
    name: "写的是另一番话，说明本机关做了哪些工作。"
    for name, field in FORM.fields.items()
    if field.kind is Kind.PROSE
}
"""Nobody's text of this year, and too short to be called copied."""


def last_year(changes: Changes | None = None) -> dict[str, Value]:
    """A sound return on 2022."""
    return sound({**LAST, **PROSE, **(changes or {})})


def save_last(folder: Path, changes: Changes | None = None, name: str = "上年.xlsx") -> Path:
    """The return on 2022 as a file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    fill_in(path, FORM, last_year(changes))
    return path


def save_issued(
    folder: Path, changes: Changes | None = None, last: Changes | None = None, name: str = "本年.xlsx"
) -> Path:
    """A return on 2023 in a template issued with last year's figures."""
    prior = complete(FORM, last_year(last))
    values = {**beforehand(FORM, prior, {}), **sound(), **(changes or {})}
    path = folder / name
    path.write_bytes(written({s: v for s, v in values.items() if v is not None}, prior))
    return path
