"""The words that facts.toml declares, as they are looked for in texts."""

from __future__ import annotations

from collections.abc import Sequence

from xlreport.prose.alphabet import fold_words
from xlreport.prose.phrases import spelt_out

LIST_WORDS = ("items", "total", "unless", "total_unless")
"""The keys of `[[row]]` that hold words."""


def alternatives(names: Sequence[str]) -> tuple[frozenset[str], ...]:
    """Names that must stand together, for each of the alternatives."""
    return tuple(frozenset(alternative.split()) for alternative in names)


def folded(words: Sequence[str]) -> tuple[str, ...]:
    """Words to look for in the alphabet of the texts."""
    return tuple(map(fold_words, words))


def spelt(words: Sequence[str]) -> tuple[str, ...]:
    """Every spelling of these phrases once. Raises PhraseError for one with a mistake."""
    return tuple(dict.fromkeys(spelling for source in words for spelling in spelt_out(source)))
