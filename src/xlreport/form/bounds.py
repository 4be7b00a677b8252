"""Bounds of days and years in entries.toml: fixed, counted from the year reported on, or from its end.

`2008-01-01` and `2008` are fixed; `+1-03-31` is 31 March of the year after the one reported on; `after` is
the day after the period has ended, `after+20` twenty days later.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from xlreport.expression import Expression
from xlreport.form.model import Form
from xlreport.form.values import Values
from xlreport.subject import Subject

_BOUND = Expression(
    r"(?P<fixed>[0-9]{4})(-[0-9]{2}-[0-9]{2})?|\+[0-9](-[0-9]{2}-[0-9]{2})|after(?:\+[0-9]{1,3})?"
)
_MONTHS = 12


def is_bound(text: str) -> bool:
    """True for a bound that can be understood."""
    if _BOUND.fullmatch(text) is None:
        return False
    try:
        _resolved(text, 2023, date(2023, 12, 31))
    except ValueError:
        return False
    return True


def bound(text: str, form: Form, values: Values) -> str:
    """The bound as `YYYY-MM-DD`, or as `YYYY`; "" where there is none or its year is not known."""
    year = values.get(form.year_field)
    if not text or not isinstance(year, int) or not 1 <= year <= 9000:
        return text if text[:1].isdigit() else ""
    end = period_end(form, values, year)
    return "" if end is None else _resolved(text, year, end)


def _resolved(text: str, year: int, end: date) -> str:
    if text.startswith("after"):
        return (end + timedelta(days=1 + int(text[5:] or "0"))).isoformat()
    if text.startswith("+"):
        return date.fromisoformat(f"{year + int(text[1]):04}{text[2:]}").isoformat()
    return date.fromisoformat(text).isoformat() if "-" in text else text


def period_of(form: Form, values: Values) -> str:
    """The part of the year that is reported on, as its option is called; "" for a whole year or unknown."""
    period = form.entries.declared.period
    if period is None:
        return ""
    subject = Subject.field(period.field)
    return form.fields[subject].labels.get(str(values.get(subject)), "")


def part_of_year(form: Form, values: Values) -> tuple[int, int] | None:
    """Which part of the year is reported on, from 1, and of how many; None for a whole year or unknown."""
    period = form.entries.declared.period
    if period is None:
        return None
    parts = list(form.fields[Subject.field(period.field)].labels)
    chosen = values.get(Subject.field(period.field))
    return (parts.index(str(chosen)) + 1, len(parts)) if chosen in parts else None


def period_end(form: Form, values: Values, year: int) -> date | None:
    """The last day of what is reported on; None where the part of the year is not known."""
    if form.entries.declared.period is None:
        return date(year, 12, 31)
    found = part_of_year(form, values)
    if found is None:
        return None
    part, parts = found
    month = part * _MONTHS // parts
    return date(year, month, monthrange(year, month)[1])
