"""What a sentence is about: the last object named, in the sentence itself and in each of its parentheses."""

from __future__ import annotations

from collections.abc import Set

from xlreport.prose.sentences import Clause
from xlreport.verify.texts.statements.sentence_words import SentenceWords


class Topics:
    """The topics met so far, while a sentence is read from its beginning to its end.

    `before` is what it goes on with: the topic of the sentence before, or that of the field.
    """

    def __init__(self, words: SentenceWords, topic: str) -> None:
        self.before = topic
        self._words = words
        self._seen = 0
        self._topics: dict[Clause | None, str] = {None: topic}
        """By the clause that a parenthesis stands behind; None for what stands in none."""

    @property
    def last(self) -> str:
        """What the sentence is about outside all parentheses."""
        return self._topics[None]

    def at(self, clause: Clause) -> str:
        """What a clause is about: a parenthesis without an object of its own goes on with what is around."""
        holder = clause.parent
        while holder is not None and holder not in self._topics:
            holder = holder.parent
        return self._topics[holder]

    def change(self, holder: Clause | None, names: Set[str]) -> None:
        """From here on it is about one of these objects, in the parentheses that the holder has, if any."""
        self._topics[holder] = min(names)

    def advance(self, place: int) -> None:
        """Takes notice of the objects named up to a place."""
        prose, hits = self._words.prose, self._words.hits
        while self._seen < len(hits) and hits[self._seen].start < place:
            hit = hits[self._seen]
            self._seen += 1
            if not hit.names.isdisjoint(prose.topical):
                self.change(self._words.sentence.holder_at(hit.start), hit.names & prose.topical)
