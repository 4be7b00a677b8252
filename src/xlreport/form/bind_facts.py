"""Facts of prose: their words spelt out, their formulas bound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from xlreport.form.binder import Binder
from xlreport.form.computed import Computed
from xlreport.form.declare import FactsToml
from xlreport.form.fact_mistakes import FACTS, fact_mistakes
from xlreport.form.fact_model import BoundFact, BoundGroup, Fact, Group, ListedItems, Prose, Quantity
from xlreport.form.fact_words import LIST_WORDS, alternatives, folded, spelt
from xlreport.form.mistake import Mistake
from xlreport.form.outline import Outline
from xlreport.form.scope import FormScope
from xlreport.formula.check import subjects
from xlreport.prose.whole_year import leads
from xlreport.subject import Subject


def bind_prose(
    outline: Outline, computed: Mapping[Subject, Computed], declared: FactsToml
) -> tuple[Prose, list[Mistake]]:
    """What facts.toml declares, bound to the form's cells, and every mistake in it."""
    mistakes = list(fact_mistakes(outline, declared))
    binder = _FactBinder(outline, computed)
    facts = tuple(
        binder.fact(f"fact[{number}]", replace(fact, when=folded(fact.when), apart=folded(fact.apart)))
        for number, fact in enumerate(declared.fact)
    )
    groups = {
        group.name: binder.group(f"group[{number}]", group) for number, group in enumerate(declared.group)
    }
    mistakes += binder.mistakes
    if mistakes:
        return Prose(), mistakes
    prose = Prose(
        facts=facts,
        things=tuple(replace(thing, words=spelt(thing.words)) for thing in declared.object),
        words=tuple(replace(word, words=spelt(word.words)) for word in declared.word),
        groups=groups,
        elsewhere=declared.elsewhere,
        leads=leads(declared.elsewhere, declared.whole, declared.aside),
        about=folded(declared.about),
        neutral=spelt(declared.neutral),
        refused=spelt(declared.refused),
        own_names=tuple(map(Subject.field, declared.own_names)),
        totals=folded(declared.totals),
        rows=tuple(_row(row) for row in declared.row),
        verbs=spelt(declared.verbs),
        outcomes=spelt(declared.outcomes),
    )
    return prose, mistakes


def _row(row: ListedItems) -> ListedItems:
    """The words of a list spelt out."""
    return replace(row, **{key: spelt(getattr(row, key)) for key in LIST_WORDS})


def rebind_prose(prose: Prose, outline: Outline, computed: Mapping[Subject, Computed]) -> Prose:
    """The same for a form whose lists have other numbers of lines."""
    binder = _FactBinder(outline, computed)
    facts = tuple(binder.fact("", bound.fact) for bound in prose.facts)
    groups = {name: binder.group("", bound.group) for name, bound in prose.groups.items()}
    return replace(prose, facts=facts, groups=groups)


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
            alternatives(fact.object),
            alternatives(fact.says),
            self.quantities(f"{path}.equals", fact.equals),
            self.quantities(f"{path}.together", fact.together),
        )

    def group(self, path: str, group: Group) -> BoundGroup:
        total = self.quantities(f"{path}.total", (group.total,) if group.total else ())
        wholes = self.quantities(f"{path}.wholes", group.wholes)
        return BoundGroup(group, total[0] if total else None, wholes)

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
