"""Rules: words alone. Each rule looks at one text; the first table says which rules there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from xlreport.finding import Finding
from xlreport.verify.reported import Reported
from xlreport.verify.texts.copied import copied
from xlreport.verify.texts.language import doubled, hollow, numbering, punctuation, years
from xlreport.verify.texts.text import Text, texts_of
from xlreport.verify.texts.vocabulary import foreign, leads, leftovers, misused, parts, pasted_headings

TextRule: TypeAlias = Callable[[Text, Reported], Iterator[Finding]]
"""What one rule finds in one text, in the light of all that was reported."""

TEXT_RULES: tuple[TextRule, ...] = (
    years,
    leftovers,
    pasted_headings,
    leads,
    hollow,
    numbering,
    misused,
    foreign,
    punctuation,
    doubled,
    copied,
    parts,
)


def wording(reported: Reported) -> Iterator[Finding]:
    """Everything that the rules find in the texts, text by text."""
    for text in texts_of(reported):
        for rule in TEXT_RULES:
            yield from rule(text, reported)
