"""What is printed in one cell of a published table, as a figure."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from xlreport.cleaning import clean, squeezed
from xlreport.expression import Expression
from xlreport.form.coerce import coerce
from xlreport.form.exact import exact
from xlreport.form.field import Field
from xlreport.formula.nodes import Figure
from xlreport.frozen import frozen
from xlreport.origin import InTable
from xlreport.subject import Subject

_NUMBER = Expression(r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,18})(?:\.[0-9]{1,18})?", re.ASCII)
_NOTHING = frozenset({*"-—–―‐‑‒─━ー", "--", "——", "──", "/", "\\", "无", "零", *"OoＯ〇○"})
_COUNTED = "件"


@frozen
class Printed:
    """A cell: its text, the figure that it states, and where it stands.

    `figure` is None where there is none or it is not understood. A `dash` (“—”, “/”, “无”) states 0 only
    where totals prove it.
    """

    subject: Subject
    text: str
    figure: Figure | None
    origin: InTable
    dash: bool = False


def printed(field: Field, subject: Subject, text: str, origin: InTable) -> Printed:
    """A cell's text understood: digits of any width, thousands commas, blanks inside, a unit behind."""
    text, plain = _cleaned(text)
    plain = plain.replace("\u2212", "-")
    if plain in _NOTHING:
        return Printed(subject, text, 0, origin, dash=True)
    lines = [line for line in text.splitlines() if line.strip()]
    figure = _figure(field, plain) if len(lines) == 1 else None
    return Printed(subject, text, figure, origin)


def reads_as_figure(text: str) -> bool:
    """True for a text that is a number, whatever it counts."""
    return _NUMBER.fullmatch(_cleaned(text)[1].removesuffix(_COUNTED)) is not None


def states_number(text: str) -> bool:
    """True for a number, and for a sign that may stand for 0."""
    return reads_as_figure(text) or _cleaned(text)[1] in _NOTHING


@lru_cache(maxsize=4096)
def _cleaned(text: str) -> tuple[str, str]:
    """A cell's text, and the same without blanks."""
    cleaned = clean(text)
    return cleaned, squeezed(cleaned)


def _figure(field: Field, plain: str) -> Figure | None:
    for unit in (field.unit, _COUNTED):
        plain = plain.removesuffix(unit)
    if not _NUMBER.fullmatch(plain):
        return None
    try:
        figure = coerce(field, exact(Decimal(plain.replace(",", ""))))
    except ValueError:
        return None
    return figure if isinstance(figure, int | Decimal) else None
