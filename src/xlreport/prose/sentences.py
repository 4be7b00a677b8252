"""Where sentences, clauses and parentheses begin and end in a folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^。！？\n]+")
_CLAUSE_END = "，；：。！？\n"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, by its bounds in the folded text. `first` tells where its paragraph begins."""

    text: str
    start: int
    end: int
    first: bool

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """The bounds of the clause around a stretch; a parenthesis is a clause of its own."""
        left = max(self.text.rfind(char, self.start, start) for char in _CLAUSE_END + "（）") + 1
        ends = [self.text.find(char, end, self.end) for char in _CLAUSE_END + "（）"]
        return max(left, self.start), min((at for at in ends if at >= 0), default=self.end)

    def outside(self) -> str:
        """The sentence with everything in parentheses blotted out, length and places unchanged."""
        return blot(self.text[self.start : self.end])


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a folded text, in order."""
    for match in _SENTENCE.finditer(text):
        first = match.start() == 0 or text[match.start() - 1] == "\n"
        yield Sentence(text, match.start(), match.end(), first)


def blot(text: str) -> str:
    """The text with the content of its parentheses replaced by blanks; an open one runs to the end."""
    if "（" not in text:
        return text
    depth, kept = 0, []
    for char in text:
        depth += char == "（"
        kept.append(char if depth == 0 else " ")
        depth -= char == "）" and depth > 0
    return "".join(kept)
