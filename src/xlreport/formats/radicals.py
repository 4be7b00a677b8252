"""Characters for radicals, which look like the characters that people write: ⼯ is 工, ⺠ is 民.

What prints a page as PDF (Chromium, some fonts) knows glyphs only, and of two characters with one glyph
takes the radical. Sources: The Unicode Standard, Kangxi Radicals; EquivalentUnifiedIdeograph.txt.
"""

from __future__ import annotations

import unicodedata

_SUPPLEMENT = (
    "⺁⺄⺇⺊⺌⺍⺎⺐⺑⺒⺓⺛⺜⺝⺟⺠⺧⺩⺪⺫⺬⺯⺱⺳⺶⺷⺸⺻⺼⺽⻁⻄⻅⻆⻇⻉⻊⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻲⻳",
    "厂乙几卜小小兀尢尢巳幺旡日月母民牛王疋目示糹罓网羊羊羊聿肉臼虎西见角角贝足车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟龟",
)
_WRITTEN = {
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
    **{ord(radical): written for radical, written in zip(*_SUPPLEMENT, strict=True)},
}


def as_written(text: str) -> str:
    """The text with the characters that people write."""
    return text.translate(_WRITTEN)
