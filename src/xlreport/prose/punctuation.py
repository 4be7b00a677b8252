"""Half-width punctuation within Chinese, which takes full-width marks."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.expression import Expression
from xlreport.prose.alphabet import Folded, is_han
from xlreport.prose.passage import Passage

_DIGITS = frozenset("0123456789")
_NUMBER_ENDS = _DIGITS | {"%"}
_OPENING, _CLOSING = frozenset("《“（"), frozenset("）》”")
FULL_WIDTH = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。", "(": "（", ")": "）"}
_HALF_WIDTH, _FULL_WIDTH = Expression("[,;:!?.()]"), Expression("[，；：！？。（）]")


def half_width_marks(folded: Folded) -> Iterator[Passage]:
    """Every half-width mark between Chinese characters, or at the end of a Chinese sentence.

    Marks in addresses, times, decimals and English stand between other characters and are left alone.
    """
    if _HALF_WIDTH.search(folded.source) is None:
        return
    text = folded.text
    for mark in _FULL_WIDTH.finditer(text):
        at = mark.start()
        if folded.source[folded.origin(at)] in FULL_WIDTH and _is_of_chinese(text, at):
            yield Passage(at, at + 1)


def _is_of_chinese(text: str, at: int) -> bool:
    """True for a mark with Chinese around it; nothing stands behind the last one of a text."""
    mark, before, behind = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark == "（":
        return is_han(behind)
    if mark == "）":
        return is_han(before)
    goes_on = is_han(behind) or behind in _OPENING
    if is_han(before) or before in _CLOSING:
        return goes_on or behind in ("", "\n") or (mark != "。" and behind in _DIGITS)
    return mark in "，；" and before in _NUMBER_ENDS and behind != "" and goes_on
