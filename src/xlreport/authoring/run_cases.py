"""Running the cases of a form: the same rules as on a return, on the values of a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from xlreport.authoring.cases import OF_ENTRIES, Cases, failing_cases, laid_over
from xlreport.finding import Finding
from xlreport.form.calculate import complete, without_partial_sums
from xlreport.form.declare import Case
from xlreport.form.load import resize
from xlreport.form.model import Form
from xlreport.form.values import ValueErrors, from_json, rows_needed
from xlreport.frozen import frozen
from xlreport.layout import lay_out
from xlreport.verify.judge import judge
from xlreport.verify.reported import Reported


@frozen
class Failure:
    """A case that came out otherwise. `trouble` says why its values do not fit the form, if they do not."""

    case: Case
    found: tuple[str, ...]
    trouble: str = ""


def run_cases(form: Form, cases: Cases) -> Iterator[Failure]:
    """The cases that fail, the base values first: of those no finding may come."""
    base = Case(check="", title="cases/base.toml", expect=())
    for case in (base, *cases.cases):
        try:
            said = finding_ids(form, laid_over(form, cases.base, case), case.prior)
        except ValueErrors as error:
            yield Failure(case, (), str(error))
            continue
        found = [id_ for id_ in said if _counts(case, id_)]
        if sorted(found) != sorted(case.expect):
            yield Failure(case, tuple(sorted(found)))


def _counts(case: Case, finding: str) -> bool:
    """What a case is about. What its entries look like counts in the base, and in cases about entries."""
    return not case.check or case.check in OF_ENTRIES or not finding.startswith(OF_ENTRIES)


def finding_ids(form: Form, data: Mapping[str, Any], prior: Mapping[str, Any]) -> list[str]:
    """The ids of the findings on a values JSON, with last year's if there is one. Raises ValueErrors."""
    return [finding.id for finding in judge(_reported(form, data, prior))]


def example(form: Form, cases: Cases, code: str) -> Finding | None:
    """What a rule says in its first case that fails, with the cells as a template has them."""
    for case in failing_cases(code, cases.cases):
        try:
            reported = _reported(form, laid_over(form, cases.base, case), case.prior)
        except ValueErrors:
            continue
        found = judge(replace(reported, origins=lay_out(reported.form).origins))
        return next((finding for finding in found if finding.code == code), None)
    return None


def _reported(form: Form, data: Mapping[str, Any], prior: Mapping[str, Any]) -> Reported:
    sized = resize(form, tuple(rows_needed(form, data).items()))
    last = without_partial_sums(form, complete(form, from_json(form, prior))) if prior else {}
    return Reported(sized, from_json(sized, data), prior=last)
