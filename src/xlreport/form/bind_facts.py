"""Facts of prose: their words spelt out, their formulas bound, their author's mistakes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from xlreport.form.binder import Binder
from xlreport.form.computed import Computed
from xlreport.form.declare import FactsToml
from xlreport.form.fact_model import (
    WRITTEN_NAMES,
    BoundFact,
    BoundGroup,
    CountedObject,
    Fact,
    Group,
    ListedItems,
    Prose,
    Quantity,
    Saying,
)
from xlreport.form.field import Kind
from xlreport.form.mistake import Mistake, near
from xlreport.form.outline import Outline
from xlreport.form.scope import FormScope
from xlreport.formula.check import subjects
from xlreport.prose.alphabet import fold_words
from xlreport.prose.phrases import PhraseError, any_of, spelt_out
from xlreport.prose.sentences import CLAUSE, ITEM
from xlreport.subject import Subject

FACTS = "facts.toml"
_CODE = re.compile(r"TXT[1-9]\d\d")
_PHRASES = ("elsewhere", "whole", "aside")
_PLAIN = ("about", "totals")
_SPELT = ("neutral", "refused", "verbs", "outcomes")
_OF_ROW = ("items", "total", "unless", "total_unless")


def bind_prose(
    outline: Outline, computed: Mapping[Subject, Computed], declared: FactsToml
) -> tuple[Prose, list[Mistake]]:
    """What facts.toml declares, bound to the form's cells, and every mistake in it."""
    mistakes = list(_inconsistencies(outline, declared))
    binder = _FactBinder(outline, computed)
    facts = tuple(
        binder.fact(f"fact[{number}]", replace(fact, when=_folded(fact.when), apart=_folded(fact.apart)))
        for number, fact in enumerate(declared.fact)
    )
    groups = {
        group.name: binder.group(f"group[{number}]", group) for number, group in enumerate(declared.group)
    }
    mistakes += binder.mistakes
    if mistakes:
        return Prose(), mistakes
    prose = Prose(
        facts,
        tuple(replace(thing, words=_spelt(thing.words)) for thing in declared.object),
        tuple(replace(word, words=_spelt(word.words)) for word in declared.word),
        groups,
        declared.elsewhere,
        declared.whole,
        declared.aside,
        _folded(declared.about),
        _spelt(declared.neutral),
        _spelt(declared.refused),
        tuple(map(Subject.field, declared.own_names)),
        _folded(declared.totals),
        tuple(_row(row) for row in declared.row),
        _spelt(declared.verbs),
        _spelt(declared.outcomes),
    )
    return prose, mistakes


def _row(row: ListedItems) -> ListedItems:
    """The words of a list spelt out."""
    return replace(row, **{key: _spelt(getattr(row, key)) for key in _OF_ROW})


def rebind_prose(prose: Prose, outline: Outline, computed: Mapping[Subject, Computed]) -> Prose:
    """The same for a form whose lists have other numbers of lines."""
    binder = _FactBinder(outline, computed)
    return replace(prose, facts=tuple(binder.fact("", bound.fact) for bound in prose.facts))


class _FactBinder:
    def __init__(self, outline: Outline, computed: Mapping[Subject, Computed]) -> None:
        self._outline = outline
        self._computed = computed
        self._binder = Binder(outline)

    @property
    def mistakes(self) -> list[Mistake]:
        return self._binder.mistakes

    def fact(self, path: str, fact: Fact) -> BoundFact:
        if fact.zero and not fact.equals:
            text = "a fact that says there is none needs `equals`: the figures that must be 0"
            self._binder.fail(FACTS, path, text)
        return BoundFact(
            fact,
            _alternatives(fact.object),
            _alternatives(fact.says),
            self.quantities(f"{path}.equals", fact.equals),
            self.quantities(f"{path}.together", fact.together),
        )

    def group(self, path: str, group: Group) -> BoundGroup:
        total = self.quantities(f"{path}.total", (group.total,) if group.total else ())
        return BoundGroup(total[0] if total else None, self.quantities(f"{path}.wholes", group.wholes))

    def quantities(self, path: str, formulas: Sequence[str]) -> tuple[Quantity, ...]:
        found = (self._quantity(f"{path}[{number}]", source) for number, source in enumerate(formulas))
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


def _alternatives(names: Sequence[str]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(alternative.split()) for alternative in names)


def _folded(words: Sequence[str]) -> tuple[str, ...]:
    """Words to look for in the alphabet of the texts."""
    return tuple(map(fold_words, words))


def _spelt(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(spelling for source in words for spelling in spelt_out(source)))


def _inconsistencies(outline: Outline, declared: FactsToml) -> Iterator[Mistake]:
    for code, count in Counter(fact.code for fact in declared.fact).items():
        if count > 1:
            yield Mistake(FACTS, "", f"fact code “{code}” stands {count} times: rename all but one")
    texts = [name for name, field in outline.fields.items() if field.kind in (Kind.TEXT, Kind.PROSE)]
    for number, fact in enumerate(declared.fact):
        if _CODE.fullmatch(fact.code) is None or fact.code == "TXT100":
            text = f"“{fact.code}” is no code of a fact: use TXT101 to TXT999"
            yield Mistake(FACTS, f"fact[{number}].code", text)
        yield from _unknown_names(f"fact[{number}]", fact, declared)
    for number, thing in enumerate(declared.object):
        yield from _unknown(f"object[{number}].fields", thing.fields, texts)
    yield from _unknown("own_names", declared.own_names, texts)
    yield from _name_mistakes(declared)
    yield from _empty(declared)
    yield from _phrase_mistakes(declared)
    yield from _word_mistakes(declared)
    yield from _never_found(declared)


def _never_found(declared: FactsToml) -> Iterator[Mistake]:
    """Words of a list that no item can name: they hold a mark between items, or are excluded as well."""
    for number, row in enumerate(declared.row):
        for key, marks in (("items", ITEM), ("unless", ITEM), ("total", CLAUSE), ("total_unless", CLAUSE)):
            for word in _words(getattr(row, key)):
                if any(mark in word for mark in marks):
                    text = f"“{word}” is never found: a mark in it divides items or clauses"
                    yield Mistake(FACTS, f"row[{number}].{key}", text)
        for key, other in (("items", "unless"), ("total", "total_unless")):
            for word in sorted(set(_words(getattr(row, key))) & set(_words(getattr(row, other)))):
                yield Mistake(FACTS, f"row[{number}].{key}", f"“{word}” is never found: `{other}` has it too")


def _words(sources: Sequence[str]) -> tuple[str, ...]:
    """The words of a list spelt out; none where one has a mistake of its own."""
    try:
        return _spelt(sources)
    except PhraseError:
        return ()


def _unknown_names(path: str, fact: Fact, declared: FactsToml) -> Iterator[Mistake]:
    """Names in a fact that nothing has."""
    objects = [thing.name for thing in declared.object]
    words = [*(word.name for word in declared.word), *WRITTEN_NAMES]
    if not fact.object:
        yield Mistake(FACTS, f"{path}.object", "there is none: name what is counted")
    for key, names, known in (
        ("object", fact.object, objects),
        ("says", fact.says, words),
        ("unless", fact.unless, words),
    ):
        for name in sorted(frozenset().union(*_alternatives(names))):
            if name not in known:
                yield Mistake(FACTS, f"{path}.{key}", f"unknown {key} “{name}”{near(name, known)}")
    groups = [group.name for group in declared.group if group.total]
    if fact.rest and fact.group not in groups:
        text = f"unknown group “{fact.group}”{near(fact.group, groups)}: `rest` needs its total"
        yield Mistake(FACTS, f"{path}.group", text)


def _name_mistakes(declared: FactsToml) -> Iterator[Mistake]:
    """A name stands for one thing."""
    every: list[CountedObject | Saying | Group] = [*declared.object, *declared.word]
    for name, count in Counter(named.name for named in every).items():
        if count > 1 or name in WRITTEN_NAMES:
            text = f"the name “{name}” stands {count + (name in WRITTEN_NAMES)} times: rename all but one"
            yield Mistake(FACTS, "", text)
        if not name or len(name.split()) != 1:
            yield Mistake(FACTS, "", f"“{name}” is no name: use one word")


def _empty(declared: FactsToml) -> Iterator[Mistake]:
    """An empty text would be found everywhere."""
    facts = tuple(enumerate(declared.fact))
    lists = {f"fact[{number}].when": fact.when for number, fact in facts}
    lists |= {f"fact[{number}].apart": fact.apart for number, fact in facts}
    for path, words in (lists | {key: getattr(declared, key) for key in _PLAIN}).items():
        for number, text in enumerate(_folded(words)):
            if not text:
                yield Mistake(FACTS, f"{path}[{number}]", "a text is empty: take it out")


def _unknown(path: str, names: Sequence[str], known: Sequence[str]) -> Iterator[Mistake]:
    for name in names:
        if name not in known:
            yield Mistake(FACTS, path, f"unknown text field “{name}”{near(name, known)}")


def _phrase_mistakes(declared: FactsToml) -> Iterator[Mistake]:
    for key in _PHRASES:
        for number, source in enumerate(getattr(declared, key)):
            try:
                any_of([source])
            except PhraseError as error:
                yield Mistake(FACTS, f"{key}[{number}]", error.with_caret())


def _word_mistakes(declared: FactsToml) -> Iterator[Mistake]:
    lists = {f"object[{number}].words": thing.words for number, thing in enumerate(declared.object)}
    lists |= {f"word[{number}].words": word.words for number, word in enumerate(declared.word)}
    for number, row in enumerate(declared.row):
        lists |= {f"row[{number}].{key}": getattr(row, key) for key in _OF_ROW}
    for path, words in lists.items():
        if not words and not path.endswith("unless"):
            yield Mistake(FACTS, path, "there are none: add at least one")
    for path, words in (lists | {key: getattr(declared, key) for key in _SPELT}).items():
        for number, source in enumerate(words):
            try:
                spelt_out(source)
            except PhraseError as error:
                yield Mistake(FACTS, f"{path}[{number}]", error.with_caret())
