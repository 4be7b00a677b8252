"""What prose may state: facts as declared in facts.toml, and bound to the figures they must equal."""

from __future__ import annotations

from dataclasses import dataclass

from xlreport.finding import Severity
from xlreport.formula.nodes import Node
from xlreport.prose.phrases import Phrase
from xlreport.rule import TEXTS, Rule
from xlreport.subject import Subject


@dataclass(frozen=True, slots=True)
class Fact:
    """A quantity that prose may state, and the figures it must equal (facts.toml).

    `phrases` are the wordings, `equals` formulas of which one must give the number stated; without any the
    words only take their number, so that no other fact does. `zero` facts say that there is none. `part`
    facts may also stand after 其中. A fact with a `topic` holds where the sentence, or the field, is about
    it, one with `when` where one of these words stands before. `unit` is the customary measure word. `repeat`
    compares what several sentences say of a quantity that no formula gives.
    """

    code: str
    severity: Severity
    title: str
    phrases: tuple[str, ...]
    equals: tuple[str, ...] = ()
    topic: str = ""
    when: tuple[str, ...] = ()
    zero: bool = False
    part: bool = False
    repeat: bool = False
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


@dataclass(frozen=True, slots=True)
class Topic:
    """What sentences can be about: the words that say so, and the fields that are about it anyway."""

    name: str
    words: tuple[str, ...]
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A formula that a fact may equal. `needs` must be filled for it to count, and one of `some`, if any."""

    node: Node
    needs: tuple[Subject, ...]
    some: tuple[Subject, ...] = ()

    @property
    def inputs(self) -> tuple[Subject, ...]:
        """The input cells behind it."""
        return (*self.needs, *self.some)


@dataclass(frozen=True, slots=True)
class BoundFact:
    """A fact with its phrases parsed and its formulas bound."""

    fact: Fact
    phrases: tuple[Phrase, ...]
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True, eq=False)
class Prose:
    """How the words of a return are read (facts.toml).

    `elsewhere` are phrases after which a sentence speaks of another period or body, until one of `whole`
    speaks of the whole year again; `aside` phrases make a clause say less than the whole. `own_names` are the
    fields that say what the unit is called, `totals` names of totals that shares may be of.
    """

    facts: tuple[BoundFact, ...] = ()
    topics: tuple[Topic, ...] = ()
    elsewhere: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    own_names: tuple[Subject, ...] = ()
    totals: tuple[str, ...] = ()
