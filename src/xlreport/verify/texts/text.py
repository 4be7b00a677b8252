"""The texts that a unit reported as the rules on words see them, and findings about passages of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from xlreport.cleaning import CARRIAGE_RETURN, clean
from xlreport.finding import Finding, Severity
from xlreport.form.cells import cells_of
from xlreport.form.field import Field, Kind
from xlreport.form.model import Form
from xlreport.form.naming import Naming
from xlreport.frozen import frozen
from xlreport.origin import InParagraphs, Origin
from xlreport.prose.alphabet import Folded, fold
from xlreport.prose.numerals import may_hold_numerals
from xlreport.prose.passage import Passage, shortened
from xlreport.prose.personal import masked
from xlreport.rule import own_rule
from xlreport.subject import Subject
from xlreport.verify.reported import Reported

_TEXTS = (Kind.TEXT, Kind.PROSE)
_NAMED = 3
"""Places named in a finding on many of a kind."""


@frozen(slots=False)
class Text:
    """One text that a unit reported: `value` as it was understood, `written` with all that stands there.

    The rules read it folded, and places are given in the folded text, from 0. `label` is what its cell is
    called.
    """

    subject: Subject
    field: Field
    value: str
    written: str
    label: str
    origin: Origin | None = None

    @property
    def prose(self) -> bool:
        """True for paragraphs of the report, false for names, categories and remarks."""
        return self.field.kind is Kind.PROSE

    @cached_property
    def folded(self) -> Folded:
        """The text in the one alphabet."""
        return fold(self.written)

    @cached_property
    def has_numerals(self) -> bool:
        """False if there surely is no number in it."""
        return may_hold_numerals(self.folded.text, 0, len(self.folded.text))

    @cached_property
    def shown(self) -> str:
        """What is written, for quoting: numbers of persons masked, all places as they are."""
        return masked(self.written)

    @property
    def cell(self) -> str:
        """The cell to edit, "" where there is none."""
        return self.origin.cell if self.origin else ""

    @property
    def place(self) -> str:
        """What a clerk calls the cell, label and all."""
        return f"{self.origin.place}（{self.label}）" if self.origin else self.place_in_short

    @property
    def place_in_short(self) -> str:
        """The same, without its label where it has an address."""
        return self.origin.place if self.origin else f"“{self.label}”"

    def at(self, start: int) -> str:
        """Where a character stands, counted from 1 in the cell, or in its paragraph."""
        if isinstance(self.origin, InParagraphs):
            return f"{self.origin.at(self.folded.origin(start)).place}起"
        return f"第{self._character(start)}字起"

    def where(self, start: int) -> str:
        """`一、总体情况 C9 第37字起`."""
        return f"{self.place_in_short} {self.at(start)}"

    def about(self, start: int) -> Subject:
        """The subject of a finding at that character: `proactive@37`."""
        return self.subject.at(self._character(start))

    def _character(self, start: int) -> int:
        return self.folded.origin(start) + (self.origin.character if self.origin else 1)

    def passage(self, start: int, end: int) -> Passage:
        """The passage between two places of the text as written."""
        places = self.folded.places
        return Passage(bisect_left(places, start), bisect_left(places, end))

    @property
    def quoted_whole(self) -> str:
        """The whole text, masked, on one line, not too long."""
        return shortened(clean(self.shown))

    def quoted(self, passage: Passage, more: int = 0) -> str:
        """The words of a passage, masked, on one line, not too long; with `more` characters around them."""
        first, last = self.folded.origin(passage.start), self.folded.origin(passage.end - 1)
        return shortened(clean(self.shown[max(0, first - more) : last + more + 1]))


@lru_cache(maxsize=4)
def texts_of(reported: Reported) -> tuple[Text, ...]:
    """Every text that is filled in, in the order of the form: the same ones for all rules."""
    return tuple(_texts_of(reported))


def _texts_of(reported: Reported) -> Iterator[Text]:
    for subject, field, label in _cells(reported.form):
        value = reported.inputs.get(subject)
        if isinstance(value, str):
            raw = reported.written.get(subject)
            written = value if raw is None else CARRIAGE_RETURN.sub("\r", raw)
            yield Text(subject, field, value, written, label, reported.origins.get(subject))


@lru_cache(maxsize=4)
def all_in_one(reported: Reported) -> Folded:
    """All texts in the alphabet, one below the other: what does not stand in it stands in none of them."""
    whole = "\n".join(text.folded.text for text in texts_of(reported))
    return Folded(whole, range(len(whole)), whole)


@lru_cache(maxsize=64)
def _cells(form: Form) -> tuple[tuple[Subject, Field, str], ...]:
    """The cells for texts, with what they are called."""
    words = Naming(form)
    texts = ((subject, field) for subject, field in cells_of(form).items() if field.kind in _TEXTS)
    return tuple((subject, field, words.cell(subject)) for subject, field in texts)


def finding_at(
    code: str,
    text: Text,
    start: int,
    says: str,
    fix: str,
    severity: Severity | None = None,
    expected: str = "",
    found: str = "",
) -> Finding:
    """A finding on a place in a text; `says` follows the place: `写的是“……”`."""
    return own_rule(code).finding(
        f"{text.place}{text.at(start)}{says}。",
        fix,
        text.about(start),
        text.origin,
        severity=severity,
        expected=expected,
        found=found,
    )


def further(text: Text, passages: Sequence[Passage]) -> str:
    """The first of several passages behind one that was named already: `，另有 2 处：“甲”（第3字起）、…`."""
    others = passages[1:]
    if not others:
        return ""
    named = "、".join(f"“{text.quoted(other)}”（{text.at(other.start)}）" for other in others[: _NAMED - 1])
    return f"，另有 {len(others)} 处：{named}{'等' if len(others) >= _NAMED else ''}"


def apart(passages: Iterable[Passage]) -> list[Passage]:
    """In order, and of those that overlap the first and longest."""
    result: list[Passage] = []
    for passage in sorted(passages, key=lambda passage: (passage.start, -passage.end)):
        if not result or passage.start >= result[-1].end:
            result.append(passage)
    return result
