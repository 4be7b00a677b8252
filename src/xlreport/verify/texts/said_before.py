"""A paragraph or a long sentence that stands in the report already, in the same text or in an earlier one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from xlreport.frozen import frozen
from xlreport.prose.letters import letters_of
from xlreport.prose.passage import Passage
from xlreport.prose.sentences import PARAGRAPH, SENTENCE, pieces
from xlreport.subject import Subject
from xlreport.verify.reported import Reported
from xlreport.verify.texts.text import Text, texts_of

_PARAGRAPH, _SENTENCE = 24, 30
"""Characters of the shortest that count: what is shorter several people, or one twice, write by chance."""


@frozen
class Again:
    """Words that stood before, and where: `text` is the earlier one, `earlier` their place in it."""

    passage: Passage
    text: Text
    earlier: Passage


def said_before(text: Text, reported: Reported) -> Sequence[Again]:
    """Every passage of a text that an earlier one, or the text itself before, has word for word."""
    return _by_text(reported).get(text.subject, ())


@lru_cache(maxsize=4)
def _by_text(reported: Reported) -> Mapping[Subject, Sequence[Again]]:
    """Those of all texts of a return."""
    first: dict[str, tuple[Text, Passage]] = {}
    return {text.subject: list(_known(text, first)) for text in texts_of(reported) if text.prose}


def _known(text: Text, first: dict[str, tuple[Text, Passage]]) -> Iterator[Again]:
    """The passages of a text that stand among the first ones; all others become such."""
    told = 0
    for words, passage in _passages(text.folded.text):
        if words in first and passage.start >= told:
            yield Again(passage, *first[words])
            told = passage.end
        first.setdefault(words, (text, passage))


def _passages(text: str) -> tuple[tuple[str, Passage], ...]:
    """Paragraphs and sentences that are long enough, by their words, in order, the longer first."""
    found: dict[tuple[int, str], int] = {}
    for marks, least in ((PARAGRAPH, _PARAGRAPH), (SENTENCE, _SENTENCE)):
        for start, end in pieces(text, marks):
            if end - start < least:
                continue
            words = letters_of(text[start:end])
            if len(words) >= least:
                found.setdefault((start, words), end)
    longest_first = sorted(found.items(), key=lambda item: (item[0][0], -item[1]))
    return tuple((words, Passage(start, end)) for (start, words), end in longest_first)
