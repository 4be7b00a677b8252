"""The very hidden stamp: which form, edition, unit and year a workbook was made for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from decimal import Decimal

from xlreport.expression import Expression
from xlreport.form.exact import in_full
from xlreport.form.listing import MOST_LINES
from xlreport.form.model import Form
from xlreport.form.values import Values
from xlreport.frozen import frozen
from xlreport.layout.stamped_sum import StampedSum, read_sum
from xlreport.subject import Subject

STAMP_TAB = "_xlreport"
_MAGIC = "xlreport"
_VERSION = "1"
_SEAL = "seal"
_LAYOUT = "layout"
NEWEST_LAYOUT = 2
"""How the sheets of a form are arranged: 1 as in 0.1.0, 2 with what needs doing at the head of 校验."""
_FORM_ID = Expression("[a-z0-9_]{1,64}")
"""A stamp comes from outside: it names a form by id, never by a path."""


class StampError(ValueError):
    """A stamp sheet that cannot be understood."""


@frozen
class Stamp:
    """What the hidden sheet says. `rows` are the lines of each list; `year` None was left open.

    `prior` are last year's figures as issued, as text by `prior.…`: they tell whether the locked
    cells that show them were changed. `seal` is what a round puts beside it; no rule asks for it.
    `layout` is how the sheets are arranged: what was sent out is read as it was laid out then. `sum` is there
    where the figures were added up from other returns.
    """

    form: str
    edition: str
    definition: str
    unit: str
    year: int | None
    issue: str
    rows: Mapping[str, int]
    prior: Mapping[Subject, str] = field(default_factory=dict)
    seal: str = ""
    layout: int = NEWEST_LAYOUT
    sum: StampedSum | None = None

    def lines(self) -> list[tuple[str, str]]:
        """The sheet's two columns."""
        return [
            (_MAGIC, _VERSION),
            ("form", self.form),
            ("edition", self.edition),
            ("definition", self.definition),
            ("unit", self.unit),
            ("year", "" if self.year is None else str(self.year)),
            ("issue", self.issue),
            (_LAYOUT, str(self.layout)),
            *((f"rows.{name}", str(count)) for name, count in self.rows.items()),
            *self.prior.items(),
            *(self.sum.lines() if self.sum is not None else ()),
            *([(_SEAL, self.seal)] if self.seal else []),
        ]


def make_stamp(form: Form, unit: str, year: int | None, prior: Values) -> Stamp:
    """The stamp of a template; the issue id depends on nothing but its other lines."""
    last = {s: in_full(value) for s, value in prior.items() if isinstance(value, int | Decimal)}
    rows = {name: listing.rows for name, listing in form.listings.items()}
    parts = (form.id, form.edition, form.definition, unit, str(year), repr(sorted(rows.items())), repr(last))
    issue = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
    return Stamp(form.id, form.edition, form.definition, unit, year, issue, rows, last)


def read_stamp(lines: Sequence[Sequence[object]]) -> Stamp:
    """The stamp from the sheet's rows. Raises StampError."""
    found = {str(line[0]): _text(line[1]) if len(line) > 1 else "" for line in lines if line}
    try:
        if found[_MAGIC] != _VERSION:
            raise StampError(f"标识版本 {found[_MAGIC]} 不认识")
        rows = {k.removeprefix("rows."): _lines(v) for k, v in found.items() if k.startswith("rows.")}
        prior = dict(_last_year(found))
        names = ("form", "edition", "definition", "unit")
        form, edition, definition, unit = (found[name] for name in names)
        if not _FORM_ID.fullmatch(form):
            raise StampError(f"报表名称“{form[:40]}”不合规定")
        year = _year(found["year"]) if found["year"] else None
        issue, seal, layout = found["issue"], found.get(_SEAL, ""), _layout(found.get(_LAYOUT, "1"))
        sum_ = read_sum(found)
        return Stamp(form, edition, definition, unit, year, issue, rows, prior, seal, layout, sum_)
    except StampError:
        raise
    except KeyError as error:
        raise StampError(f"标识缺少 {error.args[0]}") from None
    except ValueError:
        raise StampError("标识中的数字有误") from None


def _last_year(found: Mapping[str, str]) -> Iterator[tuple[Subject, str]]:
    """The lines on last year's figures. What else somebody wrote on the sheet is left alone."""
    for name, text in found.items():
        with suppress(ValueError):
            subject = Subject.parse(name)
            if subject.is_prior:
                yield subject, text


def _layout(text: str) -> int:
    layout = int(text)
    if not 1 <= layout <= NEWEST_LAYOUT:
        raise StampError(f"表样版本 {layout} 不认识，可能由更新的程序生成")
    return layout


def _lines(text: str) -> int:
    count = int(text)
    if not 1 <= count <= MOST_LINES:
        raise StampError(f"清单行数 {count} 不合理")
    return count


def _text(value: object) -> str:
    """Programs that re-save may have turned digits into numbers."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _year(text: str) -> int:
    if not (len(text) == 4 and text.isascii() and text.isdecimal()):
        raise ValueError(f"no year: {text[:20]}")
    return int(text)
