"""The mistakes in facts.toml, each told with its place and a way out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from xlreport.form.declare import FactsToml
from xlreport.form.fact_model import WRITTEN_NAMES, CountedObject, Fact, Group, Saying
from xlreport.form.fact_words import LIST_WORDS, alternatives, folded, spelt
from xlreport.form.field import Kind
from xlreport.form.mistake import Mistake, near
from xlreport.form.outline import Outline
from xlreport.prose.phrases import PhraseError, any_of, spelt_out
from xlreport.prose.sentences import CLAUSE, ITEM

FACTS = "facts.toml"
_CODE = re.compile(r"TXT(?!100)[1-9]\d\d")
_PHRASES = ("elsewhere", "whole", "aside")
_PLAIN = ("about", "totals")
_SPELT = ("neutral", "refused", "verbs", "outcomes")


def fact_mistakes(outline: Outline, declared: FactsToml) -> Iterator[Mistake]:
    """Everything that is wrong in what facts.toml declares, its formulas aside."""
    for code, count in Counter(fact.code for fact in declared.fact).items():
        if count > 1:
            yield Mistake(FACTS, "", f"fact code “{code}” stands {count} times: rename all but one")
    texts = [name for name, field in outline.fields.items() if field.kind in (Kind.TEXT, Kind.PROSE)]
    for number, fact in enumerate(declared.fact):
        if _CODE.fullmatch(fact.code) is None:
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
        return spelt(sources)
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
        for name in sorted(frozenset().union(*alternatives(names))):
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
        for number, text in enumerate(folded(words)):
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
        lists |= {f"row[{number}].{key}": getattr(row, key) for key in LIST_WORDS}
    for path, words in lists.items():
        if not words and not path.endswith("unless"):
            yield Mistake(FACTS, path, "there are none: add at least one")
    for path, words in (lists | {key: getattr(declared, key) for key in _SPELT}).items():
        for number, source in enumerate(words):
            try:
                spelt_out(source)
            except PhraseError as error:
                yield Mistake(FACTS, f"{path}[{number}]", error.with_caret())
