"""Two units under one code in the same run: one of them copied it, or it was assigned twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

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
        for outcome in several:
            others = _others(outcome, several)
            if others:
                found[outcome.record["file"]] = _finding(outcome, others)
    return found


def _others(outcome: Outcome, several: Iterable[Outcome]) -> dict[str, str]:
    """Units of another name, each with one of its files."""
    own = key(outcome.record["unit"])
    return {
        other.record["unit"]: other.record["file"] for other in several if key(other.record["unit"]) != own
    }


def _finding(outcome: Outcome, others: Mapping[str, str]) -> Finding:
    named = "、".join(
        f"“{one_line(unit)}”（{one_line(file)}）" for unit, file in list(others.items())[:_NAMED]
    )
    more = f"等 {len(others)} 个单位" if len(others) > _NAMED else ""
    file, code = outcome.record["file"], one_line(outcome.code)
    message = f"代码“{code}”同时被别的单位使用：{named}{more}。"
    fix = "请核对是哪一家填错了代码；代码分配重复的，由收表单位重新分配"
    return own_rule("WBK028").finding(message, fix, file=file, found=code)
