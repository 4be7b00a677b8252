"""What the texts state: each number with a measure taken by at most one fact of the form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from xlreport.form.prose import BoundFact, Prose
from xlreport.prose.breakdowns import PARTS_FOLLOW
from xlreport.prose.numerals import MEASURE, NOTHING, Numeral, may_hold_numerals, numeral_of
from xlreport.prose.phrases import Phrase
from xlreport.prose.sentences import PART, Sentence, around, sentences
from xlreport.prose.whole_year import WholeYear, other_body
from xlreport.subject import Subject
from xlreport.verify.texts.text import Text

_UNIT = re.compile(MEASURE)
_ONES = re.compile(f"一{MEASURE}")
_ENDS = PART + "，）"


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure that the words give for a fact. `start` and `end` bound the words; `sentence` holds them."""

    fact: BoundFact
    text: Text
    sentence: Sentence
    start: int
    end: int
    numeral: Numeral

    @property
    def quote(self) -> str:
        """The words as written."""
        return self.text.folded.quote(self.start, self.end)

    @property
    def number(self) -> str:
        """The number with its measure word, as written."""
        end = self.numeral.end + len(self.numeral.unit)
        return self.text.folded.quote(self.numeral.start, end)


@dataclass(frozen=True, slots=True)
class Context:
    """What a text is read with: the form's rules of reading, the year, the keys of the unit's names."""

    prose: Prose
    year: int | None
    names: tuple[str, ...]


def statements(context: Context, text: Text) -> list[Statement]:
    """What a text states, in the order of its words. The first fact that fits takes a number."""
    found: dict[int, Statement] = {}
    whole = text.folded.text
    phrases = [pair for pair in _phrases(context.prose, text.has_numerals) if pair[1].may_match(whole)]
    for sentence in sentences(whole) if phrases else ():
        words = whole[sentence.start : sentence.end]
        numbers = text.has_numerals and may_hold_numerals(whole, sentence.start, sentence.end)
        for bound, phrase in phrases:
            if (numbers or not phrase.has_number) and phrase.may_match(words):
                for statement in _matches(context, text, sentence, bound, phrase):
                    found.setdefault(statement.numeral.digits, statement)
    return [found[place] for place in sorted(found)]


@cache
def _phrases(prose: Prose, numbers: bool) -> list[tuple[BoundFact, Phrase]]:
    """All phrases in order of declaration; without those for numbers where a text has none."""
    every = [(bound, phrase) for bound in prose.facts for phrase in bound.phrases]
    return every if numbers else [pair for pair in every if not pair[1].has_number]


def _matches(
    context: Context, text: Text, sentence: Sentence, bound: BoundFact, phrase: Phrase
) -> Iterator[Statement]:
    at = sentence.start
    while (match := phrase.regex.search(sentence.text, at, sentence.end)) is not None:
        at = match.end("number") if phrase.has_number else match.end()
        at = max(at, match.start() + 1)
        if _applies(context, text, sentence, bound, match):
            yield Statement(bound, text, sentence, match.start(), match.end(), _numeral(bound, match))


def _numeral(bound: BoundFact, match: re.Match[str]) -> Numeral:
    if bound.fact.zero:
        return Numeral(match.end(), match.start(), match.end(), NOTHING.low, NOTHING)
    unit = _UNIT.match(match.string, match.end("number"))
    return numeral_of(match, unit[0] if unit else "")


def _applies(
    context: Context, text: Text, sentence: Sentence, bound: BoundFact, match: re.Match[str]
) -> bool:
    """True if the words there speak of the fact, of the whole year and of the unit itself."""
    fact, whole_year = bound.fact, _whole_year(context.prose)
    gaps = _gaps(match)
    start, end = sentence.clause_at(match.start()).start, sentence.clause_at(match.end()).end
    ahead, behind = sentence.text[start : match.start()], sentence.text[match.end() : end]
    if fact.zero and sentence.text[match.end() : match.end() + 1] not in _ENDS:
        return False  # 未收到申请人的投诉 says nothing of 申请
    if not fact.part and _after_mark(sentence, match.start(), gaps):
        return False
    if _is_phrase_of_speech(sentence, match):
        return False
    if any(map(whole_year.aside.search, gaps)) or whole_year.is_aside(
        sentence.text, start, end, match.span()
    ):
        return False
    before = sentence.before(match.start())
    if whole_year.is_left(before, behind, context.year) or other_body(ahead, context.names):
        return False
    if fact.when and not any(word in before + match[0] for word in fact.when):
        return False
    return not fact.topic or _topic(context.prose, text.subject, before + match[0]) == fact.topic


def _is_phrase_of_speech(sentence: Sentence, match: re.Match[str]) -> bool:
    """True for 办结一件申请、解决一个问题: no figures, but what is striven for."""
    if "digits" not in match.re.groupindex or match["digits"] != "一":
        return False
    return len(_ONES.findall(sentence.text, sentence.start, sentence.end)) > 1


def _gaps(match: re.Match[str]) -> tuple[str, ...]:
    """What stands in the gaps (…) of a phrase: its groups without a name."""
    named = set(match.re.groupindex.values())
    return tuple(match[n] or "" for n in range(1, match.re.groups + 1) if n not in named)


def _after_mark(sentence: Sentence, start: int, gaps: Sequence[str]) -> bool:
    """True behind 其中 and its like: up to the next semicolon it is parts that are counted."""
    left, _ = around(sentence.text, start, start, PART)
    return PARTS_FOLLOW.search(sentence.text, left, start) is not None or any(map(PARTS_FOLLOW.search, gaps))


def _topic(prose: Prose, subject: Subject, words: str) -> str:
    """The topic named last, else that of the field."""
    named = _topic_words(prose).findall(words)
    if named:
        return next(topic.name for topic in prose.topics if named[-1] in topic.words)
    return next((topic.name for topic in prose.topics if subject in topic.fields), "")


@cache
def _topic_words(prose: Prose) -> re.Pattern[str]:
    words = sorted((word for topic in prose.topics for word in topic.words), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)) or r"(?!)")


@cache
def _whole_year(prose: Prose) -> WholeYear:
    return WholeYear(prose.elsewhere, prose.whole, prose.aside)
