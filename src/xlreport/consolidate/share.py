"""How much of last year's totals the units had that are missing this year."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from xlreport.consolidate.child import Child, resized_form
from xlreport.consolidate.figures import plus
from xlreport.form.calculate import complete
from xlreport.form.indicators import headline
from xlreport.form.model import Form
from xlreport.formula.nodes import Figure, is_figure
from xlreport.frozen import frozen
from xlreport.unit import key


@frozen
class MissingShare:
    """A figure by which returns are compared: last year's total, and what of it the missing units had."""

    label: str
    total: Figure
    part: Figure

    @property
    def fraction(self) -> Fraction:
        """The share of the whole."""
        return Fraction(self.part) / Fraction(self.total)


def percent(fraction: Fraction) -> str:
    """A share as people write it: whole per cent, one decimal below ten."""
    places = 1 if fraction < Fraction(1, 10) else 0
    rounded = Decimal(round(fraction * 100 * 10**places)).scaleb(-places)
    return f"{rounded.normalize():f}%"


def missing_shares(
    form: Form, last_year: Sequence[Child], missing: Collection[str]
) -> Iterator[MissingShare]:
    """Of each of the form's main figures that was more than 0; `missing` are keys of units."""
    values = [(child.key in missing, complete(resized_form(child), child.inputs)) for child in last_year]
    for indicator in headline(form):
        total: Figure = 0
        part: Figure = 0
        for is_missing, of_child in values:
            figure = of_child.get(indicator.subject)
            if is_figure(figure):
                total = plus(total, figure)
                part = plus(part, figure) if is_missing else part
        if total > 0:
            yield MissingShare(indicator.label, total, part)


def of_last_year(unit: str, year: int, returns: Sequence[Child]) -> list[Child]:
    """The newest return of each unit for the year before, the parent's own left out."""
    newest: dict[str, Child] = {}
    for child in sorted(returns, key=lambda child: child.rank):
        if child.key and child.key != key(unit) and child.year == year - 1:
            newest[child.key] = child
    return list(newest.values())
