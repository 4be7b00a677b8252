"""A form as a flat list that JSON can hold, and back.

An entry is a text, a number, true, false or null, or the name of a kind with the places of its parts, which
stand before it; the last entry is the whole. Words, which are most of a form, stand in one entry together.
What can be restored is listed here: values of these kinds and nothing else, each made by its own constructor
of such values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, TypeAlias

from xlreport.expression import Expression
from xlreport.finding import Severity
from xlreport.form import (
    analysis,
    checks,
    computed,
    consolidation,
    entries,
    fact_model,
    grid,
    listing,
    outline,
    succession,
    vocabulary,
)
from xlreport.form.field import Field, Kind, Option
from xlreport.form.fields import Fields
from xlreport.formula import nodes
from xlreport.frozen import parts_of
from xlreport.prose.whole_year import Leads
from xlreport.subject import Subject

_DECLARED: tuple[type, ...] = (
    *(Field, Fields, Option, grid.Grid, grid.Line, listing.Listing, outline.Section),
    *(checks.Check, checks.Instance, computed.Computed),
    *(nodes.Cells, nodes.Literal, nodes.Unary, nodes.Binary, nodes.Call),
    *(
        fact_model.Prose,
        fact_model.Fact,
        fact_model.BoundFact,
        fact_model.Group,
        fact_model.BoundGroup,
        fact_model.Quantity,
        Leads,
    ),
    *(
        fact_model.CountedObject,
        fact_model.Saying,
        fact_model.ListedItems,
        succession.Succession,
        consolidation.Consolidation,
    ),
    *(analysis.AnalysisTable, analysis.Item),
    *(entries.Entries, entries.EntriesToml, entries.Pattern, entries.DateRange, entries.Distinct),
    *(entries.ShortName, entries.Contradiction, entries.Period),
    *(vocabulary.Vocabulary, vocabulary.WordsToml, vocabulary.Misused, vocabulary.Cited, vocabulary.Foreign),
    *(vocabulary.Contradicted, vocabulary.Parts, vocabulary.Opening, vocabulary.Screen),
)
_WORDS = "words"
"""The name before the texts of a tuple that has nothing else."""
_PLAIN = frozenset({str, int, bool, type(None)})
_Entry: TypeAlias = "str | int | bool | list[Any] | None"


def _attributes(names: Sequence[str], value: object) -> Iterable[object]:
    return (getattr(value, name) for name in names)


def _pairs(value: Mapping[object, object]) -> Iterable[object]:
    return (part for pair in value.items() for part in pair)


def _mapping(*parts: object) -> Mapping[object, object]:
    return dict(zip(parts[::2], parts[1::2], strict=True))


_PARTS: Mapping[type, Callable[[Any], Iterable[object]]] = {
    **{kind: partial(_attributes, parts_of(kind)) for kind in _DECLARED},
    **{kind: lambda member: (member.value,) for kind in (Kind, Severity, nodes.Type)},
    **{kind: lambda text: (str(text),) for kind in (Subject, Decimal)},
    Expression: lambda expression: (expression.pattern,),
    tuple: iter,
    frozenset: sorted,
    dict: _pairs,
}
_MAKERS: Mapping[str, Callable[..., object]] = {
    **{kind.__name__: kind for kind in _PARTS},
    "tuple": lambda *parts: parts,
    "frozenset": lambda *parts: frozenset(parts),
    "dict": _mapping,
}


def flattened(value: object) -> list[_Entry]:
    """The value as such a list. What is alike stands in it once."""
    entries: list[_Entry] = []
    places: dict[object, int] = {}

    def place(part: Any) -> int:
        kind = type(part)
        if kind in _PLAIN:
            return add((kind, part), part)
        if kind is tuple and _are_words(part):
            return add((_WORDS, part), [_WORDS, *part])
        entry = [kind.__name__, *map(place, _PARTS[kind](part))]
        return add(tuple(entry), entry)

    def add(key: object, entry: _Entry) -> int:
        if key not in places:
            places[key] = len(entries)
            entries.append(entry)
        return places[key]

    place(value)
    return entries


def _are_words(parts: Sequence[object]) -> bool:
    return set(map(type, parts)) == {str}


def _words(parts: Sequence[object]) -> tuple[object, ...]:
    """Raises TypeError for anything but texts."""
    if not _are_words(parts):
        raise TypeError("these are no words")
    return tuple(parts)


def restored(entries: Iterable[_Entry]) -> object:
    """What was flattened. Raises ValueError, TypeError or LookupError for a list that holds anything else."""
    values: list[Any] = []
    for entry in entries:
        if isinstance(entry, list):
            name, *parts = entry
            values.append(_words(parts) if name == _WORDS else _MAKERS[name](*[values[p] for p in parts]))
        else:
            values.append(entry)
    return values[-1]
