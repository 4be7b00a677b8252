"""Words of a form: what must not stand in its texts, as declared in words.toml."""

from __future__ import annotations

from dataclasses import field

from xlreport.expression import Expression
from xlreport.formula.nodes import Node
from xlreport.frozen import frozen


@frozen
class Misused:
    """Words that are wrong and what is right; fine in a sentence that holds one of `unless`."""

    wrong: str
    right: str
    unless: tuple[str, ...] = ()


@frozen
class Cited:
    """Numbers of documents of which one is in force: what the phrase `like` finds and is not `right`.

    It is right where its digits are, unless it is `misspelt`: the right digits of another issuer. Looked at
    only in a sentence that holds one of `near`, where such are given; fine in one that holds one of `unless`.
    """

    like: str
    right: str
    misspelt: bool = False
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@frozen
class Foreign:
    """Words of another scope: any of `words`, followed at once by any of `followed` where there are such.

    Wrong where the formula `when` holds; fine behind one of `after`, as in 参加全市各部门的培训.
    """

    words: tuple[str, ...]
    when: str
    says: str
    followed: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@frozen
class Contradicted:
    """What a unit says of itself while a cell says otherwise: any of the phrases `like`, where the formula
    `when` holds; fine in a sentence that holds one of `unless`.
    """

    like: tuple[str, ...]
    when: str
    says: str
    fix: str
    unless: tuple[str, ...] = ()


@frozen
class Parts:
    """The parts a report has: texts that state their number, and for each part words that name it.

    `fix` says what to do where some are left out.
    """

    stated: tuple[str, ...]
    names: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    fix: str = "请把没有列出的补上，或者删去这句话"


@frozen
class Opening:
    """How the first sentence of a text begins, where a published report has no heading for it."""

    field: str
    words: tuple[str, ...]


@frozen
class Screen:
    """Fields treated apart before publication: office contacts, and what is never published."""

    contacts: tuple[str, ...] = ()
    unpublished: tuple[str, ...] = ()


@frozen
class WordsToml:
    """words.toml as written; see docs/forms.md."""

    leftovers: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    leads: tuple[tuple[str, ...], ...] = ()
    boilerplate: tuple[str, ...] = ()
    compounds: tuple[str, ...] = ()
    document: tuple[Misused, ...] = ()
    cited: tuple[Cited, ...] = ()
    word: tuple[Misused, ...] = ()
    foreign: tuple[Foreign, ...] = ()
    contradicted: tuple[Contradicted, ...] = ()
    parts: tuple[Parts, ...] = ()
    begins: tuple[Opening, ...] = ()
    screen: Screen = field(default_factory=Screen)


@frozen(eq=False)
class Vocabulary:
    """The words of a form; `conditions` are the bound formulas of `words.foreign` and `citations` the phrases
    of `words.cited`, in that order; so are `denials`, formula and phrases, those of `words.contradicted`.
    """

    words: WordsToml = field(default_factory=WordsToml)
    conditions: tuple[Node, ...] = ()
    citations: tuple[Expression, ...] = ()
    denials: tuple[tuple[Node, tuple[Expression, ...]], ...] = ()
