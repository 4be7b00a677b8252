"""Slips of the hand that last year's figures show: digits exchanged, figures one column or row aside.

Nothing here knows the form: what is a line and what it is called is read off its grids. A pattern is
no proof, so all that comes of it asks to look again, and only where there is enough to go by.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence, Set
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from xlreport.finding import Finding
from xlreport.form.grid import Grid, Line
from xlreport.form.indicators import Indicator, indicators
from xlreport.form.model import Form
from xlreport.form.values import Values
from xlreport.frozen import frozen
from xlreport.rule import own_rule
from xlreport.subject import Subject
from xlreport.verify.figures.checks import calculator_of, failing
from xlreport.verify.figures.slips import swaps
from xlreport.verify.places import places_of
from xlreport.verify.reported import Reported

_LEAST_SWAPPED = 100
"""Of two digits, last year's figure and the exchanged one are too often just two years' figures."""
_LEAST_MOVED = 10
_MOST_TIMES = 2
"""A table moved aside has about as much in it as last year's."""

Numbers: TypeAlias = Mapping[Subject, "int | Decimal"]


def prior_slips(reported: Reported) -> Iterator[Finding]:
    """What looks like last year's figures written wrongly; nothing where last year is not known."""
    if reported.prior:
        yield from _exchanged(reported)
        for table in _tables(reported.form):
            yield from _moved(reported, table)


# Digits exchanged ------------------------------------------------------------------------------------


def _exchanged(reported: Reported) -> Iterator[Finding]:
    """A figure that is last year's with two neighbouring digits exchanged, and no check says so already."""
    for indicator in _indicators(reported.form):
        now, then = reported.inputs.get(indicator.subject), reported.prior.get(indicator.subject)
        if (
            type(now) is int
            and type(then) is int
            and then >= _LEAST_SWAPPED
            and now in swaps(then)
            and not _has_finding(reported, indicator.subject)
        ):
            words = f"本年填报{now}，上年报告{then}，只是相邻两位数字的位置不同"
            fix = "请对照原始记录核对，是否把数字写颠倒了；数字无误的，不用改动"
            subject, message = indicator.subject, f"{indicator.section} {indicator.label}：{words}"
            origin = reported.origins.get(subject)
            yield own_rule("YOY905").finding(
                message, fix, subject, origin, expected=str(then), found=str(now)
            )


@lru_cache(maxsize=64)
def _indicators(form: Form) -> tuple[Indicator, ...]:
    return tuple(indicator for indicator in indicators(form) if not indicator.computed)


def _has_finding(reported: Reported, subject: Subject) -> bool:
    concerned = [instance for instance in reported.form.instances if subject in instance.inputs]
    calculator = calculator_of(reported)
    return any(failing(reported, instance, calculator) for instance in concerned)


# Figures one column or row aside ----------------------------------------------------------------------


@frozen
class _Table:
    """A grid's inputs, and by 列 and 行 the lines that have any, each with its own."""

    tab: str
    grid: Grid
    inputs: tuple[Subject, ...]
    lines: Mapping[str, Sequence[tuple[Line, Set[Subject]]]]


@lru_cache(maxsize=64)
def _tables(form: Form) -> tuple[_Table, ...]:
    grids = ((section.tab, grid) for section in form.sections for grid in section.grids)
    return tuple(_table(tab, grid, form.computed) for tab, grid in grids)


def _table(tab: str, grid: Grid, computed: Container[Subject]) -> _Table:
    inputs = tuple(subject for subject in grid.subjects() if subject not in computed)
    columns = [(line, {s for s in inputs if s.column == line.name}) for line in grid.columns]
    rows = [(line, {s for s in inputs if s.row == line.name}) for line in grid.rows]
    lines = {"列": [pair for pair in columns if pair[1]], "行": [pair for pair in rows if pair[1]]}
    return _Table(tab, grid, inputs, lines)


def _moved(reported: Reported, table: _Table) -> Iterator[Finding]:
    """All figures of a grid stand one column, or one row, beside those that were filled last year."""
    now, then = _numbers(reported.inputs, table.inputs), _numbers(reported.prior, table.inputs)
    if now is None or then is None or not _comparable(now, then):
        return
    for kind, lines in table.lines.items():
        before, after = (_places(lines, numbers) for numbers in (then, now))
        if [place + 1 for place in before] == after or [place - 1 for place in before] == after:
            filled = [[lines[place][0] for place in places] for places in (before, after)]
            yield _moved_finding(reported, table, kind, filled, [s for s in now if now[s] != 0])
            return


def _numbers(values: Values, subjects: Sequence[Subject]) -> Numbers | None:
    """All these figures; None if one of them is not known."""
    found = {s: value for s in subjects if isinstance(value := values.get(s), int | Decimal)}
    return found if len(found) == len(subjects) else None


def _comparable(now: Numbers, then: Numbers) -> bool:
    less, more = sorted((_size(now), _size(then)))
    return less >= _LEAST_MOVED and more <= _MOST_TIMES * less


def _size(numbers: Numbers) -> Fraction:
    return sum((abs(Fraction(number)) for number in numbers.values()), Fraction(0))


def _places(lines: Sequence[tuple[Line, Set[Subject]]], numbers: Numbers) -> list[int]:
    """The lines in which anything but 0 stands."""
    return [place for place, (_, own) in enumerate(lines) if any(numbers[subject] != 0 for subject in own)]


def _moved_finding(
    reported: Reported,
    table: _Table,
    kind: str,
    filled: Sequence[Sequence[Line]],
    subjects: Sequence[Subject],
) -> Finding:
    """`filled` are the lines with figures, last year's and this year's."""
    then, now = ("、".join(f"“{line.short}”" for line in lines) for lines in filled)
    message = (
        f"{table.tab}：上年报告的数字填在{then}{kind}，本年的数字填在{now}{kind}，"
        f"全部错开一{kind}，可能填错了{kind}"
    )
    where = places_of(reported.origins, subjects) or "这些数字"
    fix = f"请对照台账核对 {where}：填错{kind}的，移到正确的{kind}，原处改填0；数字无误的，不用改动"
    line = filled[1][0].name
    row, column = (line, "") if kind == "行" else ("", line)
    subject = Subject.cell(table.grid.name, row, column)
    origin = reported.origins.get(subjects[0])
    return own_rule("YOY906").finding(message, fix, subject, origin, expected=then, found=now)
