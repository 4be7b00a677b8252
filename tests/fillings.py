"""Random fillings of the real form for hypothesis: any value a cell may hold, or blank."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

from returns import FORM
from xlreport.cleaning import clean
from xlreport.form.cells import cells_of
from xlreport.form.exact import LARGEST
from xlreport.form.field import Field, Kind
from xlreport.formula.nodes import Value
from xlreport.stored import DIGITS

_CHARACTERS = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"), include_characters="\n")
_HARD_TEXTS = ("=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-3", "00123", "1e3", "TRUE", "#REF!x", "'", "{=A1}",
               "<b>&amp;</b>", "一、甲\n二、乙", "_x0041_", "a\tb", "😀𠮷", "http://example.com")  # fmt: skip
_ERROR_VALUE = re.compile(r"#[A-Z0-9/?]+[!?]?|Err:[0-9]{3}")
"""What a spreadsheet shows for a failed formula: refused as one (VAL006), and among the texts that hypothesis
takes from the modules that are loaded, so that it came up in whole runs only."""


def texts(most: int) -> st.SearchStrategy[str]:
    """Texts as they come out of a cell: without blanks at the ends."""
    random = st.text(_CHARACTERS, min_size=1, max_size=min(most, 40)).map(clean)
    hard = st.sampled_from([text for text in _HARD_TEXTS if len(text) <= most])
    return (random | hard).filter(lambda text: 0 < len(text) <= most and not _ERROR_VALUE.fullmatch(text))


def amounts(places: int) -> st.SearchStrategy[Value]:
    """Exact amounts within the digits a spreadsheet keeps."""
    whole = st.integers(0, min(LARGEST, 10 ** (DIGITS - places)) - 1)
    fraction = st.integers(0, 10**places - 1)

    def amount(whole: int, fraction: int) -> Value:
        number = Decimal(whole) + Decimal(fraction).scaleb(-places)
        return whole if fraction == 0 else number.normalize()

    return st.builds(amount, whole, fraction) | st.just(Decimal("59237.2449") if places > 3 else 0)


def values_of(field: Field) -> st.SearchStrategy[Value]:
    """Any value of a field."""
    if field.kind is Kind.CONFIRM:
        return st.booleans()
    if field.labels:
        return st.sampled_from(sorted(field.labels))
    if field.kind is Kind.DATE:
        return st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(date.isoformat)
    if field.kind is Kind.YEAR:
        return st.integers(2021, 2099)
    if field.kind is Kind.AMOUNT:
        return amounts(field.places)
    if field.kind is Kind.COUNT:
        return st.integers(0, 30) | st.integers(0, LARGEST)
    return texts(field.max_length or 200)


@cache
def _values() -> Mapping[str, st.SearchStrategy[Value]]:
    """The values of each input cell that hypothesis draws; cells of one field share theirs, made once."""
    fields = {subject: field for subject, field in cells_of(FORM).items() if subject not in FORM.computed}
    made = {id(field): values_of(field) for field in fields.values() if field.kind is not Kind.COUNT}
    return {subject: made[id(field)] for subject, field in fields.items() if id(field) in made}


@st.composite
def fillings(draw: st.DrawFn, blanks: float = 0.2) -> dict[str, Value]:
    """Values by subject of all inputs, some left blank."""
    random = draw(st.randoms(use_true_random=False))
    values: dict[str, Value] = {}
    for subject, field in cells_of(FORM).items():
        if subject in FORM.computed or random.random() < blanks:
            continue
        if field.kind is Kind.COUNT:
            values[subject] = random.choice((0, random.randrange(30), random.randrange(LARGEST)))
        else:
            values[subject] = draw(_values()[subject])
    return _without_gaps(values)


def _without_gaps(values: dict[str, Value]) -> dict[str, Value]:
    """List rows one behind the other, as JSON holds them."""
    result = dict(values)
    for name, listing in FORM.listings.items():
        cells = {n: {c.name: result.pop(f"{name}[{n},{c.name}]", None) for c in listing.columns}
                 for n in range(1, listing.rows + 1)}  # fmt: skip
        filled = [row for row in cells.values() if any(value is not None for value in row.values())]
        for number, row in enumerate(filled, start=1):
            result |= {f"{name}[{number},{c}]": value for c, value in row.items() if value is not None}
    return result
