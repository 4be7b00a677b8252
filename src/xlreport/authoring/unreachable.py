"""Facts that can never take a number, whatever a unit writes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlreport.form.fact_mistakes import FACTS
from xlreport.form.fact_model import BoundFact, Prose
from xlreport.form.mistake import Mistake
from xlreport.form.model import Form
from xlreport.prose.numerals import MEASURE

_KNOWN = re.compile(f"{MEASURE}|万元")


def unreachable(form: Form) -> Iterator[Mistake]:
    """Facts behind one that takes all they could, and words that nothing can fulfil."""
    facts = form.prose.facts
    for number, bound in enumerate(facts):
        yield from _unfulfilled(form.prose, bound)
        before = next((other for other in facts[:number] if _takes_all(other, bound)), None)
        if before is not None:
            text = f"can never take a number: {before.fact.code}, which stands before it, takes all of them"
            yield Mistake(FACTS, bound.fact.code, text)


def _unfulfilled(prose: Prose, bound: BoundFact) -> Iterator[Mistake]:
    fact = bound.fact
    for unit in (*fact.measures, *filter(None, [fact.unit])):
        if _KNOWN.fullmatch(unit) is None:
            yield Mistake(FACTS, fact.code, f"“{unit}” is no measure word that numbers are read with")
    if bound.says and not fact.group and all(names & prose.weak for names in bound.says):
        text = "its words are weak and it is in no group: nothing stands beside that could make them count"
        yield Mistake(FACTS, fact.code, text)


def _takes_all(first: BoundFact, later: BoundFact) -> bool:
    """True if whatever fits the later fact fits the first one."""
    one, two = first.fact, later.fact
    if one.zero != two.zero or one.when or one.unless or (one.named and not two.named):
        return False
    if (two.part and not one.part) or not set(later.objects) <= set(first.objects):
        return False
    if one.measures and not (two.measures and set(two.measures) <= set(one.measures)):
        return False
    if one.zero:
        return set(later.says) <= set(first.says)
    said = later.says or (frozenset[str](),)
    return not first.says or all(any(names and names <= more for names in first.says) for more in said)
