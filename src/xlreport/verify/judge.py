"""All rules on values and texts in order, and the slips of the hand that would explain what they find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from xlreport.finding import Finding
from xlreport.verify.figures.slips import with_slips
from xlreport.verify.registry import FAMILIES, Family, OfText, OfValues
from xlreport.verify.reported import Reported
from xlreport.verify.texts.text import texts_of


def judge(reported: Reported) -> list[Finding]:
    """Everything that the rules find in what was reported, whatever it was read from."""
    found = (finding for _, alike in groupby(FAMILIES, key=type) for finding in _found(alike, reported))
    return with_slips(reported, list(found))


def _found(alike: Iterable[Family], reported: Reported) -> Iterator[Finding]:
    """What families of one kind find: on values one after the other, on texts text by text."""
    of_texts: list[OfText] = []
    for family in alike:
        if isinstance(family, OfValues):
            yield from family.run(reported)
        elif isinstance(family, OfText):
            of_texts.append(family)
    for text in texts_of(reported) if of_texts else ():
        for family in of_texts:
            yield from family.run(text, reported)
