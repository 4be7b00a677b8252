"""What prose may state: facts as declared in facts.toml, and bound to the figures they must equal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property

from xlreport.expression import Expression
from xlreport.finding import Severity
from xlreport.formula.nodes import Node
from xlreport.frozen import frozen
from xlreport.prose.denials import Denials
from xlreport.prose.glue import ARTICLE, Glue
from xlreport.prose.lexicon import Lexicon
from xlreport.prose.list_words import ListWords, row_words
from xlreport.prose.whole_year import Leads, leads
from xlreport.rule import TEXTS, Rule
from xlreport.subject import Subject

WRITTEN: Mapping[str, Expression] = {
    "year": Expression("[0-9]{4}年度?(?![0-9]{1,2}月)"),
    "into_year": Expression("转(?=[0-9]{4}年)"),
    "article": ARTICLE,
}
"""The names that a written year (2022年), what is moved into one (转2023年办理) and an article of a law
(第三十六条) have by themselves."""
BESIDE: Mapping[int, str] = {-1: "year_before", 1: "year_after"}
"""The further names of the years before and after the one that is reported on."""
WRITTEN_NAMES = frozenset((*WRITTEN, *BESIDE.values()))


@frozen
class Fact:
    """A quantity that prose may state, and the figures it must equal (facts.toml).

    `object` names what is counted, `says` the words that say what became of it; each text is an alternative
    and may hold several names, which must all stand there, and none of `unless`. `equals` are formulas of
    which one must give the number stated, `together` further ones that count only where the words beside
    do not state a part of them; without any the words only take their number, so that no other fact does.
    With one of the words `apart` a number leaves out what is stated beside it; without one it is asked about
    where it is right only with that.
    `zero` facts say that there is none. `part` facts may also stand after 其中. Facts of a `group` add up to
    its total, and those with `rest` may be what the others leave of it. `named` facts need their object in
    the clause itself, one with `when` one of these words in the sentence. The number of a `loose` fact may
    hold more than the figure where its own parts say so; that of a `slip` one need not be the figure, and is
    asked about only where it is large and a slip is all that tells it from that. `measures` are the measure
    words it may have, `unit` is the customary one. `repeat` compares what several sentences say of a
    quantity that no formula gives.
    """

    code: str
    severity: Severity
    title: str
    object: tuple[str, ...]
    says: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    equals: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    group: str = ""
    rest: bool = False
    named: bool = False
    when: tuple[str, ...] = ()
    zero: bool = False
    part: bool = False
    loose: bool = False
    slip: bool = False
    repeat: bool = False
    measures: tuple[str, ...] = ()
    unit: str = ""
    fix: str = ""
    why: str = ""
    source: str = ""
    trial: bool = False

    @property
    def rule(self) -> Rule:
        """The rule that it declares; a fact that equals nothing has no findings."""
        warns = self.severity is Severity.WARNING and not self.trial and bool(self.equals)
        return Rule(self.code, self.title, self.severity, answerable=warns, about=TEXTS, trial=self.trial)


@frozen
class CountedObject:
    """An object that numbers may count: its words, and the fields that are about it anyway.

    A `passing` one is the object of its own clause only; any other stays the topic until the next.
    """

    name: str
    words: tuple[str, ...]
    fields: tuple[str, ...] = ()
    passing: bool = False


@frozen
class Saying:
    """Words that say the same of an object. A `weak` one counts only beside a fact of its group.

    One that `stays` holds for the rest of its sentence, until another such: 通过公众号推送…，发布信息3条.
    A `way` says nothing of a number where several ways are spoken of: 通过网络、信函等多种方式. One that is
    `above` tells of a higher level than the unit's own, and nothing where it begins with that: 市人大 in a
    city.
    """

    name: str
    words: tuple[str, ...]
    weak: bool = False
    stays: bool = False
    way: bool = False
    above: bool = False


@frozen
class ListedItems:
    """Items side by side that are parts of a number before them though no word says so.

    Each item names one of `items` and none of `unless`, the clause of their total one of `total` and none of
    `total_unless`.
    """

    items: tuple[str, ...]
    total: tuple[str, ...]
    unless: tuple[str, ...] = ()
    total_unless: tuple[str, ...] = ()


@frozen
class Group:
    """Facts that belong together. They add up to a `total`, and shares of them are of one of `wholes`."""

    name: str
    total: str = ""
    wholes: tuple[str, ...] = ()


@frozen
class Quantity:
    """A formula that a fact may equal. `needs` must be filled for it to count, and one of `some`, if any."""

    node: Node
    needs: tuple[Subject, ...]
    some: tuple[Subject, ...] = ()

    @property
    def inputs(self) -> tuple[Subject, ...]:
        """The input cells behind it."""
        return (*self.needs, *self.some)


@frozen
class BoundFact:
    """A fact with its formulas bound, and the names in its alternatives apart."""

    fact: Fact
    objects: tuple[frozenset[str], ...]
    says: tuple[frozenset[str], ...]
    quantities: tuple[Quantity, ...]
    together: tuple[Quantity, ...] = ()


@frozen
class BoundGroup:
    """A group with its formulas bound."""

    group: Group
    total: Quantity | None
    wholes: tuple[Quantity, ...]


@frozen(eq=False, slots=False)
class Prose:
    """How the words of a return are read (facts.toml).

    `lexicon` has the words of all objects and words by their names. `elsewhere` are phrases after which a
    sentence speaks of another period or body; they are among the `leads`, with those that speak of the whole
    year again and those that make a clause say less, as do modifiers without one of the words in `about`.
    `neutral` words add nothing to what a number counts, `refused` ones only look like a denial.
    `own_names` are the fields that say what the unit is called, `totals` names of totals that shares may be
    of. `rows` are lists that no word announces, `verbs` tell of something being done, behind which another
    list begins, and `outcomes` are items that are not looked for in such a list.
    """

    facts: tuple[BoundFact, ...] = ()
    things: tuple[CountedObject, ...] = ()
    words: tuple[Saying, ...] = ()
    groups: Mapping[str, BoundGroup] = field(default_factory=dict)
    elsewhere: tuple[str, ...] = ()
    leads: Leads = field(default_factory=leads)
    about: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    own_names: tuple[Subject, ...] = ()
    totals: tuple[str, ...] = ()
    rows: tuple[ListedItems, ...] = ()
    verbs: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()

    @cached_property
    def lexicon(self) -> Lexicon:
        """All words by the names of what they are words for."""
        named: tuple[CountedObject | Saying, ...] = (*self.things, *self.words)
        return Lexicon({each.name: each.words for each in named})

    @cached_property
    def tellings(self) -> Lexicon:
        """The words for what is said of an object."""
        return Lexicon({each.name: each.words for each in self.words})

    @cached_property
    def glue(self) -> Glue:
        """The words that add nothing to what a number counts."""
        return Glue(self.neutral)

    @cached_property
    def denials(self) -> Denials:
        """What finds denials."""
        return Denials(self.glue, self.refused)

    @cached_property
    def lists(self) -> ListWords:
        """What tells lists apart."""
        rows = [row_words(row.items, row.unless, row.total, row.total_unless) for row in self.rows]
        return ListWords(self.verbs, self.outcomes, rows)

    @cached_property
    def nouns(self) -> tuple[str, ...]:
        """The words by which something is called that facts count, or that is understood."""
        counted = self.topical - self.foreign
        return (
            *(word for thing in self.things if thing.name in counted for word in thing.words),
            *self.neutral,
        )

    @cached_property
    def objects(self) -> frozenset[str]:
        """The names that are objects."""
        return frozenset(thing.name for thing in self.things)

    @cached_property
    def by_object(self) -> Mapping[frozenset[str], tuple[BoundFact, ...]]:
        """The facts about one object, or several together, in the order in which they are tried."""
        found: dict[frozenset[str], tuple[BoundFact, ...]] = {}
        for bound in self.facts:
            for names in bound.objects:
                found[names] = (*found.get(names, ()), bound)
        return found

    @cached_property
    def passing(self) -> frozenset[str]:
        """The names of objects that are no topic."""
        return frozenset(thing.name for thing in self.things if thing.passing)

    @cached_property
    def topical(self) -> frozenset[str]:
        """The names of objects that a sentence may be about."""
        return self.objects - self.passing

    @cached_property
    def foreign(self) -> frozenset[str]:
        """The names of objects that no fact counts: other things, which keep their numbers to themselves."""
        return self.objects.difference(*(names for bound in self.facts for names in bound.objects))

    @cached_property
    def weak(self) -> frozenset[str]:
        """The names of words that count only beside another fact of their group."""
        return frozenset(word.name for word in self.words if word.weak)

    @cached_property
    def staying(self) -> frozenset[str]:
        """The names of words that hold for the rest of their sentence."""
        return frozenset(word.name for word in self.words if word.stays)

    @cached_property
    def above(self) -> frozenset[str]:
        """The names of words that tell of a higher level."""
        return frozenset(word.name for word in self.words if word.above)

    @cached_property
    def ways(self) -> frozenset[str]:
        """The names of words that say in which way something came."""
        return frozenset(word.name for word in self.words if word.way)

    @cached_property
    def topics(self) -> Mapping[Subject, str]:
        """The object that a field is about anyway."""
        return {Subject.field(name): thing.name for thing in self.things for name in thing.fields}
