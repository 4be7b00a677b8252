"""Which of a form's wrong words stand in any text of a return: most of them in none.

All texts are searched as one, so that no rule looks in each of them for what none of them has.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from xlreport.expression import Expression
from xlreport.form.vocabulary import Cited, Contradicted, Foreign, Misused, Parts, Vocabulary
from xlreport.formula.nodes import Node
from xlreport.frozen import frozen
from xlreport.prose.alphabet import Folded
from xlreport.verify.reported import Reported
from xlreport.verify.texts.text import all_in_one

T = TypeVar("T")


@frozen(eq=False)
class Met:
    """What is left to look for in each text; see `WordsToml`. Formulas and phrases stand with their words."""

    leftovers: tuple[str, ...]
    placeholders: tuple[str, ...]
    leads: tuple[tuple[str, ...], ...]
    documents: tuple[Misused, ...]
    words: tuple[Misused, ...]
    cited: tuple[tuple[Cited, Expression], ...]
    foreign: tuple[tuple[Foreign, Node], ...]
    contradicted: tuple[tuple[Contradicted, Node, tuple[Expression, ...]], ...]
    parts: tuple[Parts, ...]


@lru_cache(maxsize=4)
def met_in(reported: Reported) -> Met:
    """What of the form's vocabulary stands in any text."""
    return _met(reported.form.vocabulary, all_in_one(reported))


def _met(vocabulary: Vocabulary, whole: Folded) -> Met:
    words = vocabulary.words
    cited = zip(words.cited, vocabulary.citations, strict=True)
    foreign = zip(words.foreign, vocabulary.conditions, strict=True)
    contradicted = zip(words.contradicted, vocabulary.denials, strict=True)
    return Met(
        leftovers=_standing(whole, words.leftovers, lambda word: word),
        placeholders=_standing(whole, words.placeholders, lambda sign: sign),
        leads=_standing(whole, words.leads, lambda lead: lead[0]),
        documents=_standing(whole, words.document, lambda wrong: wrong.wrong),
        words=_standing(whole, words.word, lambda wrong: wrong.wrong),
        cited=tuple(pair for pair in cited if pair[1].search(whole.text) is not None),
        foreign=tuple(
            (replace(declared, words=standing), condition)
            for declared, condition in foreign
            if (standing := _standing(whole, declared.words, lambda word: word))
        ),
        contradicted=tuple(
            (declared, condition, like)
            for declared, (condition, like) in contradicted
            if any(phrase.search(whole.text) is not None for phrase in like)
        ),
        parts=tuple(declared for declared in words.parts if whole.holds(*declared.stated)),
    )


def _standing(whole: Folded, declared: tuple[T, ...], words: Callable[[T], str]) -> tuple[T, ...]:
    """Those whose words stand somewhere."""
    if not whole.holds(*map(words, declared)):
        return ()
    return tuple(one for one in declared if whole.holds(words(one)))
