"""Returns that came more than once: two files of one unit, time and form in the same run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from xlreport.cleaning import one_line
from xlreport.finding import Finding
from xlreport.rule import own_rule
from xlreport.run.outcome import Outcome
from xlreport.unit import key

_NAMED = 5
"""Other files named in a message; more would only hide them."""


def repeated(outcomes: Iterable[Outcome]) -> Mapping[str, Sequence[Finding]]:
    """For each file that is not the only one of its unit, time and form: a finding naming the others."""
    alike: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for outcome in outcomes:
        form, unit, year = (outcome.record[name] for name in ("form", "unit", "year"))
        if unit and year is not None:
            alike[form, key(unit), year, outcome.period].append(outcome.record["file"])
    return {
        file: [_finding(file, [other for other in files if other != file])]
        for files in alike.values()
        for file in files
        if len(files) > 1
    }


def _finding(file: str, others: Sequence[str]) -> Finding:
    names = "、".join(one_line(other) for other in others[:_NAMED])
    named = f"{names}等 {len(others)} 份" if len(others) > _NAMED else names
    message = f"同一单位、同一年度的报表报来不止一份，另有：{named}。"
    fix = "请确定以哪一份为准，把其余的移走后再运行"
    return own_rule("WBK027").finding(message, fix, file=file)
