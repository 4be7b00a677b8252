"""One cause, one finding: what a corrected number settles is told with that number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from xlreport.finding import Finding
from xlreport.rule import own_rule
from xlreport.subject import Subject
from xlreport.verify.texts.statements.shown_numbers import in_digits
from xlreport.verify.texts.statements.wrong import Correction, Wrong
from xlreport.verify.texts.text import Text

_MOST = 8
"""Corrections that are tried in one text."""


def with_echoes(
    text: Text,
    wrong: Sequence[Wrong],
    lists: Sequence[Wrong],
    further: Sequence[Finding],
    again: Callable[[Text], list[Finding]],
) -> Iterator[Finding]:
    """The findings on wrong numbers, on lists, and those further ones that none of them explains alone.

    `again` gives the findings on lists and the further ones for the text as corrected.
    """
    left = [*(each.finding for each in lists), *further]
    for number in wrong:
        settled = _most_settled(text, number, left, again) if left else []
        left = [finding for finding in left if finding not in settled]
        yield _with(number.finding, settled)
    for each in lists:
        if each.finding in left:
            more = any(finding in further for finding in left)
            settled = _most_settled(text, each, left, again) if more else []
            settled += [other.finding for other in lists if _is_same(each, other) and other.finding in left]
            left = [finding for finding in left if finding not in (*settled, each.finding)]
            yield _with(each.finding, [finding for finding in settled if finding != each.finding])
    yield from left


def _is_same(one: Wrong, other: Wrong) -> bool:
    """True for two lists that one number put right makes right: a total within another list."""
    return one is not other and any(
        first.numeral.digits == second.numeral.digits and first.right == second.right
        for first in one.corrections[:_MOST]
        for second in other.corrections[-1:]
    )


def _most_settled(
    text: Text, wrong: Wrong, left: Sequence[Finding], again: Callable[[Text], list[Finding]]
) -> list[Finding]:
    """What the correction settles that settles most."""
    tries = (_settled(left, again(_corrected(text, one))) for one in wrong.corrections[:_MOST])
    return max(tries, key=len, default=[])


def tried(wrong: Sequence[Wrong]) -> Sequence[Wrong]:
    """The first of many: the others are told without a trial."""
    first = list(islice(wrong, _MOST))
    return [*first, *(replace(number, corrections=()) for number in wrong[_MOST:])]


def _corrected(text: Text, correction: Correction) -> Text:
    """The text with the right figure in place of the number."""
    number, folded = correction.numeral, text.folded
    start, end = folded.origin(number.digits), folded.origin(number.end - 1) + 1
    return replace(text, written=f"{text.written[:start]}{in_digits(correction.right)}{text.written[end:]}")


def _settled(before: Sequence[Finding], after: Sequence[Finding]) -> list[Finding]:
    """What is no longer found; nothing where the correction makes something else wrong."""
    left = Counter(map(_key, before))
    left.subtract(map(_key, after))
    if any(times < 0 for times in left.values()):
        return []
    return [finding for finding in before if left[_key(finding)] > 0]


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.expected, finding.found


def _with(finding: Finding, settled: Sequence[Finding]) -> Finding:
    if not settled:
        return finding
    named = "、".join(f"“{own_rule(echo.code).title}”{_place(echo)}" for echo in settled)
    return replace(finding, fix=f"{finding.fix}。由此引起的{named}，改正后一并解决")


def _place(finding: Finding) -> str:
    character = finding.subject.character if isinstance(finding.subject, Subject) else None
    return "" if character is None else f"（第{character}字起）"
