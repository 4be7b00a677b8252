"""Two units under one code in the same run: one of them copied it, or it was assigned twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import islice

from xlreport.cleaning import one_line
from xlreport.finding import Finding
from xlreport.rule import own_rule
from xlreport.run.outcome import Outcome
from xlreport.unit import is_code, key

_NAMED = 5
"""Other units named in a message; more would only hide them."""


def shared_code(outcomes: Iterable[Outcome]) -> Mapping[str, Finding]:
    """By file: a finding that names the other units of the same code, form and time."""
    alike: dict[tuple[object, ...], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if is_code(outcome.code):
            time = (outcome.record["year"], outcome.period)
            alike[outcome.record["form"], time, key(outcome.code)].append(outcome)
    found: dict[str, Finding] = {}
    for several in alike.values():
        units = {key(other.record["unit"]): other for other in several}
        for outcome in several if len(units) > 1 else ():
            found[outcome.record["file"]] = _finding(outcome, units)
    return found


def _finding(outcome: Outcome, units: Mapping[str, Outcome]) -> Finding:
    """`units` has one return of each unit of that code, the outcome's own among them."""
    own = key(outcome.record["unit"])
    others = islice((other.record for unit, other in units.items() if unit != own), _NAMED)
    named = "、".join(f"“{one_line(other['unit'])}”（{one_line(other['file'])}）" for other in others)
    more = f"等 {len(units) - 1} 个单位" if len(units) - 1 > _NAMED else ""
    file, code = outcome.record["file"], one_line(outcome.code)
    message = f"代码“{code}”同时被别的单位使用：{named}{more}。"
    fix = "请核对是哪一家填错了代码；代码分配重复的，由收表单位重新分配"
    return own_rule("WBK028").finding(message, fix, file=file, found=code)
