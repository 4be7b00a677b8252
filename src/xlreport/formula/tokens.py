"""From the text of a formula to its tokens, refusing what belongs to other notations."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from xlreport.formula.nodes import FormulaError

_SPACE = " \t\r\n"
_TOKEN = re.compile(
    r"""
    (?: (?P<number>   [0-9]+ (?: \.[0-9]+ )? )
      | (?P<word>     [A-Za-z_][A-Za-z0-9_]* )
      | (?P<operator> <= | >= | <> | [-+*/^&=<>%(),:.\[\]] )
      | (?P<text>     "(?: [^"] | "" )*" )
    ) [ \t\r\n]*
    """,
    re.VERBOSE,
)

# Characters no cell can hold, so no text literal may either.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

_LOOK_ALIKES = {
    "“": '"',
    "”": '"',
    "「": '"',
    "」": '"',
    "【": "[",
    "】": "]",
    "。": ".",
    "、": ",",
    "×": "*",
    "÷": "/",
    "−": "-",
    "–": "-",
    "≠": "<>",
    "≤": "<=",
    "≥": ">=",
}

_HINTS = {
    "$": "Cell addresses are not used here: write the declared name of the cell.",
    "!": "Sheets are not named here (and 'not equal' is <>): write the declared name of the cell.",
    "'": 'Text stands in double quotes ("…"); sheets are not named here.',
    '"': 'This text is not closed: add a double quote at its end. A quote inside a text is written "".',
    ";": "Arguments are separated by a comma.",
    "{": "Constant arrays are not supported: list the values as arguments.",
    "}": "Constant arrays are not supported: list the values as arguments.",
    "#": "Error values cannot be written in a formula.",
    "|": "For 'or' write OR(…, …); texts are joined with &.",
    "@": "The @ of Excel is not needed: a name already means one cell.",
}


class Token(NamedTuple):
    """`kind` is number, word, text, operator or end; `position` an offset into the source."""

    kind: str
    text: str
    position: int


def tokenize(source: str) -> list[Token]:
    """The tokens of `source`, closed by one of kind "end". Raises FormulaError."""
    tokens = []
    position = len(source) - len(source.lstrip(_SPACE))
    while position < len(source):
        match = _TOKEN.match(source, position)
        if match is None:
            raise FormulaError(_why_refused(source[position]), source, position)
        kind = match.lastgroup or ""
        if kind == "number":
            _check_number_ends(source, match.end(kind))
        elif kind == "text":
            _check_printable(source, match)
        tokens.append(Token(kind, match[kind], position))
        position = match.end()
    tokens.append(Token("end", "", len(source)))
    return tokens


def _check_number_ends(source: str, end: int) -> None:
    following = source[end : end + 1]
    if following == "." or following == "_" or (following.isascii() and following.isalpha()):
        raise FormulaError("A number is written with digits only, as in 12 or 0.5.", source, end)


def _check_printable(source: str, match: re.Match[str]) -> None:
    if bad := _UNPRINTABLE.search(source, match.start(), match.end("text")):
        raise FormulaError("A text stands in one line and holds no control characters.", source, bad.start())


def _why_refused(character: str) -> str:
    if character in _HINTS:
        return _HINTS[character]
    plain = _LOOK_ALIKES.get(character) or unicodedata.normalize("NFKC", character)
    if plain != character and plain.isascii() and plain.isprintable():
        return f"'{character}' is a full-width or typographic character: type {plain} instead."
    if character.isalpha():
        return f"'{character}' cannot stand in a name: use the declared name (a-z, 0-9, _), not its label."
    return f"The character {character!r} has no meaning in a formula."
