"""Quoting an entry: one line, not too long, and no number of a person, whatever stands around it."""

from __future__ import annotations

from xlreport.expression import Expression
from xlreport.form.naming import Naming
from xlreport.prose.personal import masked
from xlreport.subject import Subject
from xlreport.verify.reported import Reported

_SHOWN = 40
_LONG = Expression(r"([0-9]{3})[0-9]{4,}([0-9]{4})")


def quoted(text: str) -> str:
    """The entry for a message; digits as many as those of a mobile number or more are starred."""
    line = " ".join(_LONG.sub(r"\1****\2", masked(text)).split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def place_of(reported: Reported, subject: Subject) -> str:
    """`封面 C6（正文自称）`; the label alone where the place is not known."""
    origin, label = reported.origins.get(subject), Naming(reported.form).cell(subject)
    return f"{origin.place}（{label}）" if origin else f"“{label}”"
