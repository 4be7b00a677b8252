"""Half-width punctuation within Chinese, which takes full-width marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlreport.prose.spot import Spot

_HAN = r"\u3400-\u9fff"
_BEHIND = rf"(?<=[{_HAN}）》”％])"
_HALF_WIDTH = re.compile(
    rf"{_BEHIND}[,;:!?](?=[{_HAN}《“（0-9])"
    rf"|(?<=[0-9%])[,;](?=[{_HAN}《“（])"
    rf"|{_BEHIND}\.(?=\s*(?:$|\n|[{_HAN}《“（]))"
    rf"|{_BEHIND}[,;:!?](?=\s*(?:$|\n))"
    rf"|\((?=[{_HAN}])|(?<=[{_HAN}])\)"
)
FULL_WIDTH = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。", "(": "（", ")": "）"}


def half_width_marks(text: str) -> Iterator[Spot]:
    """Every half-width mark between Chinese characters, or at the end of a Chinese sentence.

    Marks in addresses, times, decimals and English stand between other characters and are left alone.
    """
    for found in _HALF_WIDTH.finditer(text):
        yield Spot(found.start(), found[0])
