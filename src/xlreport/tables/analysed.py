"""What is known of many returns at once: sums by year, ranks, and which returns move the sums most.

Sums and shares are exact: whole numbers, decimals, fractions. pandas groups and ranks, and adds up nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from statistics import median

import pandas as pd

from xlreport.form.exact import exact
from xlreport.form.indicators import Indicator, headline
from xlreport.form.load import load_form
from xlreport.form.model import Form
from xlreport.formula.evaluate import EvaluationError, exact_result
from xlreport.formula.nodes import Figure, Node, Value, is_figure
from xlreport.frozen import frozen
from xlreport.subject import Subject
from xlreport.tables.filed import indicators_of

_LEAST = 5
"""A difference of fewer than this many is nothing to look at."""
_NEGLIGIBLE = Fraction(1, 100)
"""The list of what to look at ends where all that is left could not move a total by more."""
_RANKS = 10


@frozen
class Analysed:
    """A return: whose it is, its figures in the order of the form's indicators, and where each stands."""

    file: str
    form: str
    unit: str
    key: str
    year: int
    figures: tuple[Figure | None, ...]
    places: tuple[str, ...]
    parent: str = ""


@frozen
class Shown:
    """A table: its head and rows, the first entry of each a label. `share` if its figures are shares."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Figure | Fraction | None, ...]], ...]
    share: bool = False


@frozen
class Rank:
    """A unit's place by one figure; `tied` if others share it."""

    label: str
    place: int
    tied: bool
    unit: str
    value: Figure
    before: Figure | None


@frozen
class Influence:
    """A return that moves a total: what was to be expected from last year, and the share of the total."""

    unit: str
    file: str
    label: str
    value: Figure
    before: Figure
    expected: int
    share: Fraction


class Analysis:
    """The returns of one form."""

    def __init__(self, form: str, returns: Sequence[Analysed]) -> None:
        self.form: Form = load_form(form)
        self.returns = returns
        self.indicators = indicators_of(form)
        self._places = {indicator.subject: place for place, indicator in enumerate(self.indicators)}
        self.years = sorted({each.year for each in returns})
        self._frame = pd.DataFrame(
            [(each.year, each.key, number) for number, each in enumerate(returns)],
            columns=["year", "key", "number"],
        )
        self._sums = {year: self._added(year) for year in self.years}

    def of_year(self, year: int) -> list[Analysed]:
        """The returns of a year."""
        return [self.returns[number] for number in self._frame.loc[self._frame["year"] == year, "number"]]

    def total(self, year: int, subject: Subject) -> Figure:
        """A figure added up over all units of a year."""
        value = self._sums[year].get(subject)
        return value if is_figure(value) else 0

    def tables(self) -> Iterator[Shown]:
        """The form's main figures by year with the change, then the tables that it declares."""
        head = ("指标", *(f"{year}年" for year in self.years))
        rows = [
            (each.label, tuple(self.total(y, each.subject) for y in self.years)) for each in self.headline
        ]
        yield Shown("主要指标", head, tuple(rows))
        for table in self.form.analysis:
            items = [
                (item.label, tuple(self._item(year, item.value, item.of) for year in self.years))
                for item in table.items
            ]
            if table.most:
                items = sorted(items, key=lambda row: -Fraction(row[1][-1] or 0))[: table.most]
            share = any(item.of is not None for item in table.items)
            yield Shown(table.title, head, tuple(items), share)

    @property
    def headline(self) -> list[Indicator]:
        """The figures by which returns are compared."""
        return list(headline(self.form))

    def ranks(self) -> Iterator[Rank]:
        """The units with most of each main figure in the last year; equal figures share a place."""
        if not self.years:
            return
        newest = self.of_year(self.years[-1])
        before = self._of_year_before()
        for indicator in self.headline:
            place = self._places[indicator.subject]
            table = pd.DataFrame(
                [(each.figures[place], each.unit, each.key) for each in newest if each.figures[place]],
                columns=["value", "unit", "key"],
                dtype=object,
            )
            table["place"] = table["value"].rank(method="min", ascending=False)
            table["tied"] = table["value"].duplicated(keep=False)
            first = table[table["place"] <= _RANKS].sort_values(["place", "unit"])
            for value, unit, key, rank, tied in first.head(2 * _RANKS).itertuples(index=False):
                last = before.get(key)
                yield Rank(
                    indicator.label,
                    int(rank),
                    bool(tied),
                    unit,
                    value,
                    last.figures[place] if last is not None else None,
                )

    def influences(self) -> list[Influence]:
        """The returns of the last year that move the main totals most against what was to be expected."""
        found = [each for indicator in self.headline for each in self._influences(indicator)]
        largest: dict[str, Influence] = {}
        for each in sorted(found, key=lambda one: (-one.share, one.unit)):
            largest.setdefault(each.file, each)
        return list(largest.values())

    def _influences(self, indicator: Indicator) -> Iterator[Influence]:
        """Of one figure, until what is left is negligible together."""
        place, total = self._places[indicator.subject], self.total(self.years[-1], indicator.subject)
        pairs = list(self._pairs(place))
        growth = [Fraction(v) / Fraction(last) for _, v, last in pairs if last >= _LEAST and v >= _LEAST]
        usual: Fraction = median(growth) if growth else Fraction(1)
        moved = []
        for each, value, last in pairs:
            expected = round(Fraction(last) * usual)
            apart = abs(Fraction(value) - expected)
            if apart >= _LEAST and total > 0:
                share = apart / Fraction(total)
                moved.append(Influence(each.unit, each.file, indicator.label, value, last, expected, share))
        rest: Fraction = sum((each.share for each in moved), Fraction(0))
        for one in sorted(moved, key=lambda one: (-one.share, one.unit)):
            if rest <= _NEGLIGIBLE:
                return
            rest -= one.share
            yield one

    def _pairs(self, place: int) -> Iterator[tuple[Analysed, Figure, Figure]]:
        """Returns of the last year with a figure and what it was the year before."""
        before = self._of_year_before()
        for each in self.of_year(self.years[-1]):
            value, last = each.figures[place], before[each.key].figures[place] if each.key in before else None
            if value is not None and last is not None:
                yield each, value, last

    def _of_year_before(self) -> Mapping[str, Analysed]:
        return {each.key: each for each in self.of_year(self.years[-1] - 1)}

    def _added(self, year: int) -> dict[Subject, Value]:
        """The figures of a year over all units, totals included."""
        columns = zip(*(each.figures for each in self.of_year(year)), strict=True)
        sums: dict[Subject, Value] = {}
        for indicator, column in zip(self.indicators, columns, strict=True):
            known = [figure for figure in column if figure is not None]
            sums[indicator.subject] = _sum(known) if known else None
        return sums

    def _item(self, year: int, value: Node, of: Node | None) -> Figure | Fraction | None:
        number = self._computed(year, value)
        if of is None:
            return number if number is None or isinstance(number, int) else exact(_decimal(number))
        whole = self._computed(year, of)
        return None if number is None or not whole else Fraction(number) / Fraction(whole)

    def _computed(self, year: int, node: Node) -> int | Fraction | None:
        try:
            result = exact_result(node, self._sums[year].get)
        except EvaluationError:
            return None
        return result if isinstance(result, int | Fraction) and not isinstance(result, bool) else None


def _sum(figures: Sequence[Figure]) -> Figure:
    if all(isinstance(figure, int) for figure in figures):
        return sum(figures)
    return exact(_decimal(sum((Fraction(figure) for figure in figures), Fraction(0))))


def _decimal(number: Fraction) -> Decimal:
    """A decimal number as such; sums of decimals are."""
    places = 0
    while (number * 10**places).denominator != 1 and places < 12:
        places += 1
    return Decimal(int(number * 10**places)).scaleb(-places)
