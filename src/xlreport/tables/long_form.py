"""figures.csv: every figure of every return on a line of its own."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal
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
    about = (_text(each.unit), _text(each.parent), each.year)
    file = _text(each.file)
    for indicator, figure, place in zip(indicators_of(each.form), each.figures, each.places, strict=True):
        if figure is not None:
            value = in_full(figure) if isinstance(figure, Decimal) else figure
            yield (*about, indicator.subject, _text(indicator.label), value, file, place)


def _text(text: str) -> str:
    """With an apostrophe before what would begin a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
