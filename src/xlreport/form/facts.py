"""Facts of prose: their phrases parsed, their formulas bound, their author's mistakes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from xlreport.form.binder import Binder
from xlreport.form.computed import Computed
from xlreport.form.declare import FactsToml
from xlreport.form.field import Kind
from xlreport.form.mistake import Mistake, near
from xlreport.form.outline import Outline
from xlreport.form.prose import BoundFact, Fact, Prose, Quantity
from xlreport.form.scope import FormScope
from xlreport.formula.check import subjects
from xlreport.prose.alphabet import fold_words
from xlreport.prose.phrases import Phrase, PhraseError, parse_phrase
from xlreport.subject import Subject

FACTS = "facts.toml"
_CODE = re.compile(r"TXT[1-9]\d\d")
_PHRASES = ("elsewhere", "whole", "aside")


def bind_prose(
    outline: Outline, computed: Mapping[Subject, Computed], declared: FactsToml
) -> tuple[Prose, list[Mistake]]:
    """What facts.toml declares, bound to the form's cells, and every mistake in it."""
    binder = _FactBinder(outline, computed)
    facts = tuple(
        binder.fact(f"fact[{number}]", replace(fact, when=_folded(fact.when)))
        for number, fact in enumerate(declared.fact)
    )
    mistakes = [*_inconsistencies(outline, declared), *binder.mistakes]
    prose = Prose(
        facts,
        tuple(replace(topic, words=_folded(topic.words)) for topic in declared.topic),
        declared.elsewhere,
        declared.whole,
        declared.aside,
        tuple(map(Subject.field, declared.own_names)),
        _folded(declared.totals),
    )
    return prose, mistakes


def rebind_prose(prose: Prose, outline: Outline, computed: Mapping[Subject, Computed]) -> Prose:
    """The same for a form whose lists have other numbers of lines."""
    binder = _FactBinder(outline, computed)
    facts = (replace(bound, quantities=binder.quantities("", bound.fact)) for bound in prose.facts)
    return replace(prose, facts=tuple(facts))


class _FactBinder:
    def __init__(self, outline: Outline, computed: Mapping[Subject, Computed]) -> None:
        self._outline = outline
        self._computed = computed
        self._binder = Binder(outline)

    @property
    def mistakes(self) -> list[Mistake]:
        return self._binder.mistakes

    def fact(self, path: str, fact: Fact) -> BoundFact:
        phrases = [
            phrase
            for number, source in enumerate(fact.phrases)
            if (phrase := self._phrase(f"{path}.phrases[{number}]", fact, source)) is not None
        ]
        if fact.zero and not fact.equals:
            self._fail(path, "a fact that says there is none needs `equals`: the figures that must be 0")
        return BoundFact(fact, tuple(phrases), self.quantities(path, fact))

    def _phrase(self, path: str, fact: Fact, source: str) -> Phrase | None:
        phrase = parsed(source)
        if isinstance(phrase, PhraseError):
            self._fail(path, phrase.with_caret())
            return None
        if phrase.has_number == fact.zero:
            text = "with zero = true a phrase holds no {n}" if fact.zero else "a phrase needs {n}: the figure"
            self._fail(path, f"“{source}”: {text}")
        return phrase

    def quantities(self, path: str, fact: Fact) -> tuple[Quantity, ...]:
        found = (
            self._quantity(f"{path}.equals[{number}]", source) for number, source in enumerate(fact.equals)
        )
        return tuple(quantity for quantity in found if quantity is not None)

    def _quantity(self, path: str, source: str) -> Quantity | None:
        node = self._binder.number(FACTS, path, source, FormScope(self._outline))
        if node is None:
            return None
        inputs: dict[Subject, None] = {}
        for subject in subjects(node):
            behind = self._computed[subject].inputs if subject in self._computed else (subject,)
            inputs.update(dict.fromkeys(behind))
        listed = tuple(s for s in inputs if s.block in self._outline.listings)
        return Quantity(node, tuple(s for s in inputs if s not in listed), listed)

    def _fail(self, path: str, message: str) -> None:
        self._binder.fail(FACTS, path, message)


def _folded(words: Sequence[str]) -> tuple[str, ...]:
    """Words to look for in the alphabet of the texts."""
    return tuple(map(fold_words, words))


def parsed(source: str) -> Phrase | PhraseError:
    """The phrase, or what is wrong with it."""
    try:
        return parse_phrase(source)
    except PhraseError as error:
        return error


def _inconsistencies(outline: Outline, declared: FactsToml) -> Iterator[Mistake]:
    for code, count in Counter(fact.code for fact in declared.fact).items():
        if count > 1:
            yield Mistake(FACTS, "", f"fact code “{code}” stands {count} times: rename all but one")
    texts = [name for name, field in outline.fields.items() if field.kind in (Kind.TEXT, Kind.PROSE)]
    topics = [topic.name for topic in declared.topic]
    for number, fact in enumerate(declared.fact):
        if _CODE.fullmatch(fact.code) is None or fact.code == "TXT100":
            text = f"“{fact.code}” is no code of a fact: use TXT101 to TXT999"
            yield Mistake(FACTS, f"fact[{number}].code", text)
        if fact.topic and fact.topic not in topics:
            text = f"unknown topic “{fact.topic}”{near(fact.topic, topics)}"
            yield Mistake(FACTS, f"fact[{number}].topic", text)
        if not fact.phrases:
            yield Mistake(FACTS, f"fact[{number}].phrases", "there are none: add at least one")
    for number, topic in enumerate(declared.topic):
        yield from _unknown(f"topic[{number}].fields", topic.fields, texts)
    yield from _unknown("own_names", declared.own_names, texts)
    yield from _empty(declared)
    yield from _phrase_mistakes(declared)


def _empty(declared: FactsToml) -> Iterator[Mistake]:
    """An empty text would be found everywhere."""
    lists = {f"fact[{number}].when": fact.when for number, fact in enumerate(declared.fact)}
    lists |= {f"topic[{number}].words": topic.words for number, topic in enumerate(declared.topic)}
    for path, words in (lists | {"totals": declared.totals}).items():
        for number, text in enumerate(_folded(words)):
            if not text:
                yield Mistake(FACTS, f"{path}[{number}]", "a text is empty: take it out")


def _unknown(path: str, names: Sequence[str], known: Sequence[str]) -> Iterator[Mistake]:
    for name in names:
        if name not in known:
            yield Mistake(FACTS, path, f"unknown text field “{name}”{near(name, known)}")


def _phrase_mistakes(declared: FactsToml) -> Iterator[Mistake]:
    """Mistakes in the phrases that are no facts."""
    for key in _PHRASES:
        for number, source in enumerate(getattr(declared, key)):
            phrase = parsed(source)
            if isinstance(phrase, PhraseError):
                yield Mistake(FACTS, f"{key}[{number}]", phrase.with_caret())
            elif phrase.has_number:
                yield Mistake(FACTS, f"{key}[{number}]", f"“{source}”: only facts have {{n}}")
