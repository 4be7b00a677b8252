"""A text full of numbers says one wrong thing a hundred times: a few of a kind are told, the rest counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from xlreport.finding import Finding, Severity

MOST_ALIKE = 20
"""Findings of one code on the texts of a return."""
_OF_TEXTS = "TXT"
"""Codes of what is found in texts. Figures have as many findings as the form has cells, texts any number."""


def capped(findings: Sequence[Finding]) -> list[Finding]:
    """The findings in their order, of each code on texts the first ones, errors before warnings."""
    if max(Counter(finding.code for finding in findings).values(), default=0) <= MOST_ALIKE:
        return list(findings)
    by_code: dict[str, list[int]] = defaultdict(list)
    for place, finding in enumerate(findings):
        if finding.code.startswith(_OF_TEXTS):
            by_code[finding.code].append(place)
    found: list[Finding | None] = list(findings)
    for places in by_code.values():
        weight = [list(Severity).index(findings[place].severity) for place in places]
        ordered = [place for _, place in sorted(zip(weight, places, strict=True))]
        for place in ordered[MOST_ALIKE:]:
            found[place] = None
        if rest := len(ordered[MOST_ALIKE:]):
            last = max(ordered[:MOST_ALIKE])
            found[last] = _with_rest(findings[last], rest)
    return [finding for finding in found if finding is not None]


def _with_rest(finding: Finding, rest: int) -> Finding:
    message = f"{finding.message.removesuffix('。')}。同类问题至少还有 {rest} 处，没有一一列出。"
    return replace(finding, message=message)
