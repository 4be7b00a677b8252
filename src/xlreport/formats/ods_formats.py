"""Number formats of OpenDocument, written as Excel writes them: `0.0%`, `yyyy-m-d`, `[<5]0;"9"0`.

Format: ODF 1.3, part 3, 16.29 (data styles). Colours of a format stand as `[#RRGGBB]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

DATA_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_COLOUR = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}color"
_KINDS = frozenset(
    f"{DATA_STYLE}{kind}-style" for kind in ("number", "currency", "percentage", "date", "time", "text")
)
_CONDITION = re.compile(r"value\(\)\s*(<=|>=|!=|=|<|>)\s*(-?[0-9]+(?:\.[0-9]+)?(?:[eE]\+?[0-9]{1,2})?)")
_SIGNS = ([">=0"], [">0", "<0"])
"""Conditions that say no more than a format of several parts does by itself."""
_RGB = re.compile("#[0-9A-Fa-f]{6}")
_CALENDARS: Mapping[str, str] = {"": "", "gregorian": "", "ROC": "[$-40000]", "buddhist": "[$-70000]"}
_UNKNOWN_CALENDAR = "[$-30000]"
_SHORT: Mapping[str, str] = {
    "year": "yy",
    "month": "m",
    "day": "d",
    "hours": "h",
    "minutes": "m",
    "seconds": "s",
}
_LONG: Mapping[str, str] = {"year": "yyyy", "month": "mm", "day": "dd"}
_FIXED: Mapping[str, str] = {
    "day-of-week": "aaa",
    "am-pm": "AM/PM",
    "text-content": "@",
    "boolean": "General",
}
_PERCENTAGE = f"{DATA_STYLE}percentage-style"
_MOST_DIGITS, _MOST_PARTS = 30, 3


def format_codes(*roots: etree._Element) -> Mapping[str, str]:
    """The formats that parts of a file declare, by their names."""
    styles = {style.get(f"{_STYLE}name", ""): style for root in roots for style in root.iter(*_KINDS)}
    return {name: _code(style, styles) for name, style in styles.items()}


def _code(style: etree._Element, styles: Mapping[str, etree._Element]) -> str:
    """All parts of a format: those that hold under a condition, and its own."""
    parts, conditions = [], []
    for found in list(style.iterfind(f"{_STYLE}map"))[:_MOST_PARTS]:
        other = styles.get(found.get(f"{_STYLE}apply-style-name", ""))
        condition = _CONDITION.fullmatch(found.get(f"{_STYLE}condition", "").strip())
        if other is not None and condition is not None:
            conditions.append(f"{condition[1].replace('!=', '<>')}{condition[2]}")
            parts.append("".join(_pieces(other)))
    own = "".join(_pieces(style))
    if style.tag == f"{DATA_STYLE}text-style" and parts:
        return ";".join([*parts, *["General"] * (_MOST_PARTS - len(parts)), own])
    if conditions not in _SIGNS:
        parts = [f"[{condition}]{part}" for condition, part in zip(conditions, parts, strict=True)]
    return ";".join([*parts, own])


def _pieces(style: etree._Element) -> Iterator[str]:
    for part in style:
        kind = part.tag.removeprefix(DATA_STYLE)
        if part.tag == f"{_STYLE}text-properties":
            colour = part.get(_COLOUR, "")
            yield f"[{colour.upper()}]" if _RGB.fullmatch(colour) else ""
        elif kind in ("text", "currency-symbol"):
            yield _percent(part) if style.tag == _PERCENTAGE else _quoted(part.text or "")
        elif kind == "fill-character":
            yield f"*{(part.text or ' ')[0]}"
        elif kind in ("number", "scientific-number", "fraction"):
            yield from _figure(part, kind)
        elif kind in _FIXED:
            yield _FIXED[kind]
        elif kind in _SHORT:
            yield _CALENDARS.get(part.get(f"{DATA_STYLE}calendar", ""), _UNKNOWN_CALENDAR)
            yield _moment(part, kind)


def _moment(part: etree._Element, kind: str) -> str:
    if kind == "month" and part.get(f"{DATA_STYLE}textual") == "true":
        return "mmm"
    return _LONG.get(kind, _SHORT[kind]) if part.get(f"{DATA_STYLE}style") == "long" else _SHORT[kind]


def _figure(part: etree._Element, kind: str) -> Iterator[str]:
    if kind == "number" and _is_general(part):
        yield "General"
        return
    least = min(_count(part, "min-integer-digits", 1), _MOST_DIGITS)
    whole = "0" * least or "#"
    if part.get(f"{DATA_STYLE}grouping") == "true":
        whole = f"#,{whole}"
    yield _with_words(part, whole)
    decimals = min(_count(part, "decimal-places", 0), _MOST_DIGITS)
    if kind == "fraction":
        yield f" ?/{part.get(f'{DATA_STYLE}denominator-value') or '?'}"
    elif decimals:
        yield "." + "0" * decimals
    if kind == "scientific-number":
        yield "E+0"
    yield "," * _scale(part)


def _is_general(part: etree._Element) -> bool:
    """True for as many digits as there are."""
    stated = (part.get(f"{DATA_STYLE}{name}") for name in ("decimal-places", "grouping", "display-factor"))
    return not any(stated) and not len(part)


def _with_words(part: etree._Element, digits: str) -> str:
    """The digits with texts between them, each so many digits from the right."""
    for words in part.iterfind(f"{DATA_STYLE}embedded-text"):
        place = _count(words, "position", 0)
        digits = digits.rjust(place + 1, "#")
        digits = digits[: len(digits) - place] + _quoted(words.text or "") + digits[len(digits) - place :]
    return digits


def _scale(part: etree._Element) -> int:
    """By how many thousands a figure is divided before it is shown."""
    factor = part.get(f"{DATA_STYLE}display-factor", "1")
    return (len(factor) - 1) // 3 if re.fullmatch("1(?:000){0,5}", factor) else 0


def _count(part: etree._Element, name: str, usual: int) -> int:
    text = part.get(f"{DATA_STYLE}{name}", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else usual


def _percent(part: etree._Element) -> str:
    """A text of a format that shows hundredths."""
    return "%".join(_quoted(words) for words in (part.text or "").split("%"))


def _quoted(text: str) -> str:
    """A text that stands for itself."""
    return "".join(f'"{part}"' if part else "" for part in re.split('(")', text) if part != '"')
