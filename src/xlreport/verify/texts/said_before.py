"""A paragraph or a long sentence that stands in the report already, in the same text or in an earlier one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from xlreport.expression import Expression
from xlreport.frozen import frozen
from xlreport.prose.passage import Passage
from xlreport.prose.sentences import PARAGRAPH, SENTENCE, pieces
from xlreport.verify.reported import Reported
from xlreport.verify.texts.text import Text, texts_of

_PARAGRAPH, _SENTENCE = 24, 30
"""Characters of the shortest that count: what is shorter several people, or one twice, write by chance."""
_NO_WORDS = Expression(r"[\W_]+")


@frozen
class Again:
    """Words that stood before, and where: `text` is the earlier one, `earlier` their place in it."""

    passage: Passage
    text: Text
    earlier: Passage


def said_before(text: Text, reported: Reported) -> Iterator[Again]:
    """Every passage of a text that an earlier one, or the text itself before, has word for word."""
    first: dict[str, tuple[Text, Passage]] = {}
    for other in texts_of(reported):
        if not other.prose:
            continue
        own = other.subject == text.subject
        told = 0
        for words, passage in _passages(other.folded.text):
            if own and words in first and passage.start >= told:
                yield Again(passage, *first[words])
                told = passage.end
            first.setdefault(words, (other, passage))
        if own:
            return


@lru_cache(maxsize=64)
def _passages(text: str) -> tuple[tuple[str, Passage], ...]:
    """Paragraphs and sentences that are long enough, by their words, in order, the longer first."""
    found: dict[tuple[int, str], int] = {}
    for marks, least in ((PARAGRAPH, _PARAGRAPH), (SENTENCE, _SENTENCE)):
        for start, end in pieces(text, marks):
            words = _NO_WORDS.sub("", text[start:end])
            if len(words) >= least:
                found.setdefault((start, words), end)
    longest_first = sorted(found.items(), key=lambda item: (item[0][0], -item[1]))
    return tuple((words, Passage(start, end)) for (start, words), end in longest_first)
