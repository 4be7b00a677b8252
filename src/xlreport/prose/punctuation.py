"""Half-width punctuation within Chinese, which takes full-width marks."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.prose.alphabet import Folded
from xlreport.prose.expression import Expression
from xlreport.prose.passage import Passage

_HAN = r"\u3400-\u9fff"
_BEHIND = rf"(?<=[{_HAN}）》”])"
_BEFORE = rf"(?=[{_HAN}《“（])"
_MARK = Expression(
    rf"{_BEHIND}[，；：！？](?=[{_HAN}《“（0-9]|$|\n)|(?<=[0-9%])[，；]{_BEFORE}|{_BEHIND}。(?=[{_HAN}《“（]|$|\n)"
    rf"|（(?=[{_HAN}])|(?<=[{_HAN}])）"
)
FULL_WIDTH = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。", "(": "（", ")": "）"}


def half_width_marks(folded: Folded) -> Iterator[Passage]:
    """Every half-width mark between Chinese characters, or at the end of a Chinese sentence.

    Marks in addresses, times, decimals and English stand between other characters and are left alone.
    """
    for found in _MARK.finditer(folded.text):
        if folded.source[folded.origin(found.start())] in FULL_WIDTH:
            yield Passage(*found.span())
