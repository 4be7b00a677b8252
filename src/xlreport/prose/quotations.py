"""Where the words of others stand: names of documents 《》, quotations “” and numbers of documents 〔〕."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from xlreport.expression import Expression

_MOST = 300
"""Characters of a quotation: the end of a longer one is not looked for, at every sign anew."""
QUOTATION = rf"《[^》\n]{{0,{_MOST}}}》|“[^”\n]{{0,{_MOST}}}”"
"""A regular expression for a name of a document or a quotation."""
_QUOTED = Expression(rf"{QUOTATION}|〔[^〕\n]{{0,{_MOST}}}〕")


class Stretches:
    """Stretches of a text, in order and apart from each other."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = list(spans)
        self._starts: Sequence[int] = [start for start, _ in self._spans]

    def hold(self, place: int) -> bool:
        """True if one of them has that character."""
        before = bisect_right(self._starts, place) - 1
        return before >= 0 and place < self._spans[before][1]


def quotations(text: str) -> Stretches:
    """All names, quotations and numbers of documents in a folded text."""
    return Stretches(match.span() for match in _QUOTED.finditer(text))
