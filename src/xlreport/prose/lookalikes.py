"""Figures written with signs that only look like digits, or that no program adds up: 9O0件, l2件, ⑫件.

So are numbers of documents: 〔2O21〕3O号.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from xlreport.expression import Expression
from xlreport.prose.alphabet import Folded
from xlreport.prose.numerals import MEASURE
from xlreport.prose.passage import Passage

_LETTERS = dict(zip("oοоlіi〇○零", "000111000", strict=True))
_LIKE = "".join(_LETTERS)
_RINGS = r"\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3220-\u3229\u3251-\u325f\u3280-\u3289\u32b1-\u32bf"
_SIGN = Expression(f"[{_LIKE}{_RINGS}]")
_BEHIND = rf"(?=(?:余|多|[万亿])?(?:{MEASURE}(?![人数例件目额幅间草所门籍员民性])|%))"
_SPELLED = Expression(
    rf"(?<![0-9a-z.\-/_{_LIKE}])(?=[0-9]{{0,11}}[{_LIKE}])[0-9{_LIKE}]{{1,12}}(?![0-9a-z]){_BEHIND}"
)
_SIGNED = rf"(?=[0-9]*[{_LIKE}])(?=[{_LIKE}]*[0-9])[0-9{_LIKE}]"
_CITED = Expression(
    rf"(?<=[〔（]){_SIGNED}{{4}}(?=年?[〕）]第?[0-9{_LIKE}])|(?<=[〕）])第?(?P<number>{_SIGNED}{{1,4}})(?=号)"
)
"""The year and the number of a document, digits and look-alikes mixed."""
_CIRCLED = Expression(rf"(?<=[\u4e00-\u9fff0-9])(?<!第)[{_RINGS}]+[0-9]*{_BEHIND}")


def lookalike_figures(folded: Folded) -> Iterator[Passage]:
    """Every such figure; the note has the digits that are meant."""
    if _SIGN.search(folded.text) is None:
        return
    for found in _SPELLED.finditer(folded.text):
        if not _plain(found[0]):
            yield Passage(*found.span(), note=_in_digits(found[0]))
    for found in _CITED.finditer(folded.text):
        start = max(found.span("number")[0], found.start())
        yield Passage(start, found.end(), note=_in_digits(folded.text[start : found.end()]))
    for found in _CIRCLED.finditer(folded.text):
        yield Passage(*found.span(), note="".join(map(_value, found[0])))


def _in_digits(figure: str) -> str:
    return "".join(_LETTERS.get(char, char) for char in figure)


def _plain(figure: str) -> bool:
    """True for Chinese noughts alone, Roman numerals and names such as O2O."""
    return all(char in "〇○零" for char in figure) or set(figure) == {"i"} or figure == "o2o"


def _value(sign: str) -> str:
    value = unicodedata.numeric(sign, None)
    return str(int(value)) if value is not None else sign
