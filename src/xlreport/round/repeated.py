"""Returns that came more than once: two files of one unit, year and form in the same run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from xlreport.feedback.record import record
from xlreport.feedback.text import one_line
from xlreport.finding import CATALOGUE, Finding, Status
from xlreport.round.work import Outcome
from xlreport.verify.gates import Verdict

_CODE = "WBK027"
_NAMED = 5
"""Other files named in a message; more would only hide them."""


def repeated(outcomes: Iterable[Outcome]) -> Mapping[str, Sequence[str]]:
    """For each file that is not the only one of its unit, year and form: the others."""
    alike: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for outcome in outcomes:
        form, unit, year = (outcome.record[key] for key in ("form", "unit", "year"))
        if unit and year is not None:
            alike[form, unit, year].append(outcome.record["file"])
    return {
        file: [other for other in files if other != file]
        for files in alike.values()
        for file in files
        if len(files) > 1
    }


def marked(outcome: Outcome, others: Sequence[str]) -> Outcome:
    """The outcome with a finding that names the other files; the same where there are none."""
    return also(outcome, _finding(outcome.record["file"], others)) if others else outcome


def also(outcome: Outcome, finding: Finding) -> Outcome:
    """The outcome with one more finding, which does not change its status."""
    known = outcome.record
    more = record(Verdict(known["file"], Status(known["status"]), (finding,)))
    counts = {severity: count + more["counts"][severity] for severity, count in known["counts"].items()}
    findings = [*known["findings"], *more["findings"]]
    return replace(outcome, record={**known, "counts": counts, "findings": findings})


def _finding(file: str, others: Sequence[str]) -> Finding:
    names = "、".join(one_line(other) for other in others[:_NAMED])
    named = f"{names}等 {len(others)} 份" if len(others) > _NAMED else names
    message = f"同一单位、同一年度的报表报来不止一份，另有：{named}。"
    fix = "请确定以哪一份为准，把其余的移走后再运行"
    return Finding(_CODE, CATALOGUE[_CODE].severity, message, fix, file=file)
