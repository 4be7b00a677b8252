"""What the summary keeps of a return, and which returns count where figures are added up or compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from xlreport.cleaning import one_line
from xlreport.finding import STATUS_WORDS, Severity, Status
from xlreport.form.indicators import Indicator, indicators
from xlreport.form.load import load_form
from xlreport.frozen import frozen
from xlreport.run.outcome import Outcome
from xlreport.subject import Subject

_KEPT = ("file", "status", "form", "unit", "year", "counts", "explained")


@frozen
class Filed:
    """One file. `figures` stand in the order of the form's indicators; none where it could not be read.

    Its findings, which would not fit into memory, are left out of `record`; `first` is what the first one of
    the worst kind still open says. In place of a `superseded` one another file of the unit counts.
    """

    record: Mapping[str, Any]
    documents: tuple[str, ...]
    figures: tuple[int | str | None, ...]
    first: str = ""
    superseded: bool = False

    @property
    def status(self) -> Status:
        """What became of it."""
        return Status(self.record["status"])

    @property
    def result(self) -> str:
        """That in words, and that the file does not count where another one does."""
        return f"{STATUS_WORDS[self.status]}{'（不作数）' if self.superseded else ''}"

    @property
    def form(self) -> str | None:
        """The form's id, None where the file could not be read."""
        form: str | None = self.record["form"]
        return form


def filed(outcome: Outcome) -> Filed:
    """What is kept of an outcome."""
    form = outcome.record["form"]
    known = () if form is None else tuple(map(outcome.figures.get, _subjects_of(form)))
    worst = min(outcome.record["findings"], key=_rank, default=None)
    record = {name: outcome.record[name] for name in _KEPT}
    first = one_line(worst["message"]) if worst is not None else ""
    return Filed(record, tuple(outcome.documents), known, first, outcome.instead != "")


def _rank(finding: Mapping[str, Any]) -> tuple[int, bool]:
    """The worst come first, those that are answered after others of their kind."""
    return list(Severity).index(finding["severity"]), bool(finding["explanation"])


@cache
def indicators_of(form: str) -> tuple[Indicator, ...]:
    """The figures that each return of a form has."""
    return tuple(indicators(load_form(form)))


@cache
def _subjects_of(form: str) -> tuple[Subject, ...]:
    return tuple(indicator.subject for indicator in indicators_of(form))


def counted(returns: Iterable[Filed]) -> list[Filed]:
    """The accepted ones, each unit once: of several versions the one that counts."""
    return [one for one in returns if one.status is Status.ACCEPTED and not one.superseded]


def by_form(returns: Iterable[Filed]) -> dict[str, list[Filed]]:
    """Those that could be read, the form with most returns first."""
    found: dict[str, list[Filed]] = {}
    for one in returns:
        if one.form is not None:
            found.setdefault(one.form, []).append(one)
    return dict(sorted(found.items(), key=lambda entry: (-len(entry[1]), entry[0])))


def by_year(returns: Iterable[Filed]) -> dict[int | None, list[Filed]]:
    """The returns of each year, the years in order."""
    found: dict[int | None, list[Filed]] = {}
    for one in returns:
        found.setdefault(one.record["year"], []).append(one)
    return dict(sorted(found.items(), key=lambda entry: entry[0] or 0))


def title_of(returns: Sequence[Filed]) -> str:
    """What the returns are, in words: year and form, as far as they have one in common."""
    forms = {one.form for one in returns if one.form is not None}
    years = {one.record["year"] for one in returns if one.record["year"] is not None}
    year = f"{min(years)} 年度" if len(years) == 1 else ""
    form = load_form(min(forms)).title if len(forms) == 1 else ""
    return f"{year}{form}收表汇总"
