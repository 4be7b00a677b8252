"""figures.csv: every figure of every return on a line of its own."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import TextIO

from xlreport.form.exact import in_full
from xlreport.tables.analysed import Analysed
from xlreport.tables.filed import indicators_of

_HEAD = ("unit", "parent", "year", "subject", "label", "value", "file", "cell")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def write_long_form(out: TextIO, returns: Iterable[Analysed]) -> None:
    """Write the lines; a text of a unit stays a text where a spreadsheet opens the file."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_HEAD)
    for each in returns:
        writer.writerows(_lines(each))


def _lines(each: Analysed) -> Iterator[tuple[object, ...]]:
    unit, parent, file, year = _text(each.unit), _text(each.parent), _text(each.file), each.year
    for (subject, label), figure, place in zip(_called(each.form), each.figures, each.places, strict=True):
        if figure is not None:
            value = in_full(figure) if isinstance(figure, Decimal) else figure
            yield unit, parent, year, subject, label, value, file, place


@cache
def _called(form: str) -> tuple[tuple[str, str], ...]:
    return tuple((indicator.subject, _text(indicator.label)) for indicator in indicators_of(form))


def _text(text: str) -> str:
    """With an apostrophe before what would begin a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
