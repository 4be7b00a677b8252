"""All rules on values and texts in order, and the slips of the hand that would explain what they find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from xlreport.finding import Finding
from xlreport.form.model import Form
from xlreport.rule import OWN_RULES
from xlreport.verify.capped import capped
from xlreport.verify.figures.slips import with_slips
from xlreport.verify.registry import FAMILIES, Family, OfText, OfValues
from xlreport.verify.reported import Reported
from xlreport.verify.texts.text import texts_of


def judge(reported: Reported) -> list[Finding]:
    """Everything that the rules find in what was reported, whatever it was read from."""
    found = (finding for _, alike in groupby(FAMILIES, key=type) for finding in _found(alike, reported))
    return capped([_compared(finding, reported) for finding in with_slips(reported, list(found))])


def _compared(finding: Finding, reported: Reported) -> Finding:
    """A finding that compares with last year names the workbook that it compares with."""
    if not reported.prior_from or finding.code not in _year_on_year(reported.form):
        return finding
    says = f"（上年数取自 {reported.prior_from}）"
    end = "。" if finding.message.endswith("。") else ""
    return replace(finding, message=f"{finding.message.removesuffix('。')}{says}{end}")


@lru_cache(maxsize=64)
def _year_on_year(form: Form) -> frozenset[str]:
    own = {rule.code for rule in OWN_RULES if rule.year_on_year}
    return frozenset(own | {instance.check.code for instance in form.instances if instance.prior})


def _found(alike: Iterable[Family], reported: Reported) -> Iterator[Finding]:
    """What families of one kind find: on values one after the other, on texts text by text."""
    of_texts: list[OfText] = []
    for family in alike:
        if isinstance(family, OfValues):
            yield from family.run(reported)
        elif isinstance(family, OfText):
            of_texts.append(family)
    of_every = [family for family in of_texts if family.every]
    for text in texts_of(reported) if of_texts else ():
        for family in of_texts if text.prose else of_every:
            yield from family.run(text, reported)
