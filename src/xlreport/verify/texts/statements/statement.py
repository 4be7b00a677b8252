"""What the texts state: values that the reading of words gives and the rules judge."""

from __future__ import annotations

from xlreport.form.fact_model import BoundFact, Prose
from xlreport.frozen import frozen
from xlreport.prose.numerals import Numeral
from xlreport.prose.sentences import Sentence
from xlreport.verify.texts.text import Text

PERCENT = "%"
"""The measure word of a share."""
GROWN = "±"
"""The measure word of what is said to grow, without a number."""


@frozen
class Context:
    """What a text is read with: the form's rules of reading, the year, the keys of the unit's names.

    `level` is the character for the unit's level in its name: 市 of 某市公安局, 县 of 某市某县公安局.
    """

    prose: Prose
    year: int | None
    names: tuple[str, ...]
    level: str = ""


@frozen
class Statement:
    """A figure that the words give for a fact. `start` and `end` bound the words; `sentence` holds them.

    `added` are facts that the number holds as well (予以公开和部分公开50件), `others` such as it may mean
    instead. It is `listed` behind 其中, and `vague` where the words hold some that are not understood, or the
    number has no measure word; `weak` words need others beside. One is `doubtful` whose words speak of less
    than the unit's whole year, or are not understood: it counts only where nothing but a slip explains it. A
    number may be `bound_to` a word that holds for more of its sentence, such as a channel; `what` are the
    words of its clause that the form does not know, by which it is told from others.
    """

    fact: BoundFact
    text: Text
    sentence: Sentence
    start: int
    end: int
    numeral: Numeral
    added: tuple[BoundFact, ...] = ()
    others: tuple[BoundFact, ...] = ()
    listed: bool = False
    vague: bool = False
    weak: bool = False
    doubtful: bool = False
    bound_to: str = ""
    what: str = ""

    @property
    def facts(self) -> tuple[BoundFact, ...]:
        """All facts that the number holds."""
        return (self.fact, *self.added)

    @property
    def none(self) -> bool:
        """True if the words say that there is none."""
        return self.numeral.start == self.numeral.end

    @property
    def quote(self) -> str:
        """The words as written."""
        return self.text.folded.quote(self.start, self.end)

    @property
    def number(self) -> str:
        """The number with its measure word, as written."""
        end = self.numeral.end + len(self.numeral.unit)
        return self.text.folded.quote(self.numeral.start, end)


@frozen
class Said:
    """What one sentence says: its statements in order, and the numbers that no fact took.

    `portions` are its shares without a number, as statements of what they are shares of, and `grown` what is
    said to grow without one: 申请量比上年下降20%. The numbers of `doubtful` ones are unread as well.
    `again` are numbers that the sentence says more of: 收到12件，均已办结.
    """

    statements: tuple[Statement, ...]
    unread: tuple[Numeral, ...] = ()
    portions: tuple[Statement, ...] = ()
    grown: tuple[Statement, ...] = ()
    doubtful: tuple[Statement, ...] = ()
    again: tuple[Statement, ...] = ()

    @property
    def says_something(self) -> bool:
        """False if there is nothing in it to judge: numbers that no fact took count beside others only."""
        return bool(self.statements or self.portions or self.grown or self.doubtful or self.again)

    def beside(self, statement: Statement) -> tuple[Statement, ...]:
        """The others of its group in the same list: all behind 其中, or all before."""
        group = statement.fact.fact.group
        return tuple(
            other
            for other in self.statements
            if other is not statement and other.fact.fact.group == group and other.listed == statement.listed
        )
