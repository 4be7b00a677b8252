"""Plausibility against last year's pattern: digits exchanged, figures one column or row aside.

Nothing here knows the form: what is a line and what it is called is read off its grids. A pattern is
no proof, so all that comes of it asks to look again, and only where there is enough to go by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from xlreport.finding import CATALOGUE, Finding
from xlreport.form.indicators import indicators
from xlreport.form.model import Grid, Line, Section, cell
from xlreport.form.values import Values
from xlreport.verify.checks import calculator_of, failing
from xlreport.verify.figures import Figures
from xlreport.verify.places import cells_of
from xlreport.verify.slips import swaps

_LEAST_SWAPPED = 100
"""Of two digits, last year's figure and the exchanged one are too often just two years' figures."""
_LEAST_MOVED = 10
_MOST_TIMES = 2
"""A table moved aside has about as much in it as last year's."""

Numbers: TypeAlias = Mapping[str, "int | Decimal"]


def pattern(figures: Figures) -> Iterator[Finding]:
    """What looks like last year's figures written wrongly; nothing where last year is not known."""
    if figures.prior:
        yield from _exchanged(figures)
        for section in figures.form.sections:
            for block in section.blocks:
                if isinstance(block, Grid):
                    yield from _moved(figures, section, block)


# Digits exchanged ------------------------------------------------------------------------------------


def _exchanged(figures: Figures) -> Iterator[Finding]:
    """A figure that is last year's with two neighbouring digits exchanged, and no check says so already."""
    for indicator in indicators(figures.form):
        now, then = figures.inputs.get(indicator.subject), figures.prior.get(indicator.subject)
        if (
            type(now) is int
            and type(then) is int
            and then >= _LEAST_SWAPPED
            and now in swaps(then)
            and not _has_finding(figures, indicator.subject)
        ):
            words = f"本年填报{now}，上年报告{then}，只是相邻两位数字的位置不同"
            fix = "请对照原始记录核对，是否把数字写颠倒了；数字无误的，不用改动"
            subject, message = indicator.subject, f"{indicator.section} {indicator.label}：{words}"
            yield _finding(figures, "YOY905", message, fix, subject, subject, str(then), str(now))


def _has_finding(figures: Figures, subject: str) -> bool:
    concerned = [instance for instance in figures.form.instances if subject in instance.inputs]
    calculator = calculator_of(figures)
    return any(failing(figures, instance, calculator) for instance in concerned)


# Figures one column or row aside ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Filled:
    """The lines of one direction in which anything stands: last year's and this year's, by name."""

    kind: str
    then: tuple[Line, ...]
    now: tuple[Line, ...]

    @property
    def names(self) -> tuple[str, str]:
        then, now = ("、".join(f"“{line.short}”" for line in lines) for lines in (self.then, self.now))
        return then, now


def _moved(figures: Figures, section: Section, grid: Grid) -> Iterator[Finding]:
    """All figures of a grid stand one column, or one row, beside those that were filled last year."""
    cells = [subject for _, _, subject in grid.cells() if subject not in figures.form.computed]
    now, then = _numbers(figures.inputs, cells), _numbers(figures.prior, cells)
    if now is None or then is None or not _comparable(now, then):
        return
    for kind, lines in (("列", grid.columns), ("行", grid.rows)):
        own = {line.name: {s for s in _line(grid, kind, line) if s in now} for line in lines}
        inputs = [line for line in lines if own[line.name]]  # figures are filled in there
        before, after = (_places([own[line.name] for line in inputs], numbers) for numbers in (then, now))
        if [place + 1 for place in before] == after or [place - 1 for place in before] == after:
            filled = _Filled(kind, tuple(inputs[n] for n in before), tuple(inputs[n] for n in after))
            yield _moved_finding(figures, section, grid, filled, [s for s in now if now[s] != 0])
            return


def _numbers(values: Values, subjects: Sequence[str]) -> Numbers | None:
    """All these figures; None if one of them is not known."""
    found = {s: value for s in subjects if isinstance(value := values.get(s), int | Decimal)}
    return found if len(found) == len(subjects) else None


def _comparable(now: Numbers, then: Numbers) -> bool:
    less, more = sorted((_size(now), _size(then)))
    return less >= _LEAST_MOVED and more <= _MOST_TIMES * less


def _size(numbers: Numbers) -> Fraction:
    return sum((abs(Fraction(number)) for number in numbers.values()), Fraction(0))


def _places(lines: Sequence[Set[str]], numbers: Numbers) -> list[int]:
    """The lines in which anything but 0 stands."""
    return [place for place, line in enumerate(lines) if any(numbers[subject] != 0 for subject in line)]


def _line(grid: Grid, kind: str, line: Line) -> list[str]:
    if kind == "行":
        return [cell(grid.name, line.name, column.name) for column in grid.columns]
    return [cell(grid.name, row.name, line.name) for row in grid.rows]


def _moved_finding(
    figures: Figures, section: Section, grid: Grid, filled: _Filled, subjects: Sequence[str]
) -> Finding:
    kind = filled.kind
    then, now = filled.names
    message = (
        f"{section.tab}：上年报告的数字填在{then}{kind}，本年的数字填在{now}{kind}，"
        f"全部错开一{kind}，可能填错了{kind}"
    )
    where = cells_of(figures.readings, subjects) or "这些数字"
    fix = f"请对照台账核对 {where}：填错{kind}的，移到正确的{kind}，原处改填0；数字无误的，不用改动"
    line = filled.now[0].name
    subject = cell(grid.name, line, "") if kind == "行" else cell(grid.name, "", line)
    return _finding(figures, "YOY906", message, fix, subject, subjects[0], then, now)


def _finding(
    figures: Figures, code: str, message: str, fix: str, subject: str, edit: str, expected: str, found: str
) -> Finding:
    reading = figures.readings.get(edit)
    sheet, place = (reading.sheet, reading.cell) if reading else ("", "")
    severity = CATALOGUE[code].severity
    return Finding(code, severity, message, fix, subject, sheet, place, expected=expected, found=found)
