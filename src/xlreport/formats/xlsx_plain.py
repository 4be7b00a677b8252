"""Rows of a sheet, and shared texts, that are written as programs do it, taken from the part's text at once.

A parser makes an object of each element, and asking thousands of cells one by one costs more than all that is
read from them. What Excel, WPS, LibreOffice and we ourselves write needs no parser: rows and cells in a few
fixed shapes, in order, each cell with its name. One expression accounts for every character of it. Whatever
has anything else in it, if only once, is parsed as a whole; so is all that stands around.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from lxml import etree

from xlreport.area import column_number
from xlreport.expression import Expression
from xlreport.formats.opc import MAIN
from xlreport.formats.xml import parsed

PlainCell: TypeAlias = "tuple[int, str, str, str, str]"
"""Its 0-based column, style, type, formula and value; "" for each that is not there."""
PlainRow: TypeAlias = "tuple[int, Mapping[str, str], Sequence[PlainCell]]"
"""The 0-based number of a row, its attributes and its filled cells."""

_START, _END = b"<sheetData>", b"</sheetData>"
_TOKEN = Expression(
    r'<c r="([A-Z]{1,3}+)([0-9]++)"(?: s="([0-9]++)"|)(?: t="([a-z]++)"|)'
    r'(?:/>|><v>([^<&]++)</v></c>|><f(?: aca="false"|)>([^<]++)</f>(?:<v>([^<]*+)</v>|<v/>|)</c>)'
    r'|<row r="([1-9][0-9]{0,6})"([^<>&]*)>|</row>|(.+)',
    re.DOTALL,
)
"""A cell, the start of a row, its end; or all from the first character on that is neither."""
_ITEM = Expression(
    r'<si><t(?: xml:space="preserve"|)>([^<]*+)</t>'
    r'(?:<phoneticPr fontId="[0-9]+" type="noConversion"/>|)</si>|(.+)',
    re.DOTALL,
)
"""A shared text as a whole, with what Chinese and Japanese versions of Excel write behind it."""
_ATTRIBUTE = Expression(r' ([a-z][A-Za-z]*|x14ac:dyDescent)="([A-Za-z0-9.: -]*)"|(.+)', re.DOTALL)
_ODD_ENTITY = Expression("&(?!(?:amp|lt|gt|quot|apos);)")
_NO_TEXT = (b"]]>", "\ufffe".encode(), "\uffff".encode())
_CONTROLS = bytes({*range(0x20)} - set(b"\t\n"))
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


def sheet_in(data: bytes) -> tuple[etree._Element, Sequence[PlainRow] | None]:
    """The XML of a sheet without its rows, and these; all of it and None where they are not plain.

    Raises Unopened as `parsed` does.
    """
    opened, end = data.find(_START), data.find(_END)
    start = opened + len(_START)
    around, lines = data[:start] + data[end:], data[start:end]
    if 0 <= opened < start <= end and _is_plain(around) and _is_text(lines):
        rows = _rows(_TOKEN.findall(lines.decode()))
        root = parsed(around) if rows is not None else None
        if root is not None and _is_usual(root, extended=b"x14ac:" in lines):
            return root, rows
    return parsed(data), None


def shared_texts(data: bytes) -> Sequence[str] | None:
    """The shared texts, as they are written but for entities; None where they are not plain.

    Raises Unopened as `parsed` does.
    """
    start, end = data.find(b">", data.find(b"<sst")) + 1, data.find(b"</sst>")
    around, items = data[:start] + data[end:], data[start:end]
    if not (start <= end and b"<!" not in around and b"<?" not in around[1:] and _is_text(items)):
        return None
    found, root = _ITEM.findall(items.decode()), parsed(around)
    usual = root.tag == f"{MAIN}sst" and root.prefix is None and len(root) == 0
    return [_text(text) for text, _ in found] if usual and not (found and found[-1][1]) else None


def _is_plain(around: bytes) -> bool:
    """True where the two tags are tags beyond doubt, and the only ones of that name."""
    return around.count(b"sheetData") == 2 and b"<!" not in around and b"<?" not in around[1:]


def _is_text(lines: bytes) -> bool:
    """True where each character outside of tags is the one that a parser gives, or an entity of XML's own."""
    if len(lines.translate(None, _CONTROLS)) < len(lines) or any(part in lines for part in _NO_TEXT):
        return False
    return _ODD_ENTITY.search(lines.decode()) is None


def _is_usual(root: etree._Element, *, extended: bool) -> bool:
    """True if names without a prefix, and Excel's own prefix, mean in the rows what they usually do."""
    data = root.find(f"{MAIN}sheetData")
    return data is not None and data.prefix is None and (not extended or "x14ac" in data.nsmap)


def _rows(tokens: Iterable[Sequence[str]]) -> list[PlainRow] | None:
    """The rows, if there is nothing else, with numbers that rise, and so do the columns of their cells."""
    rows: list[PlainRow] = []
    cells: list[PlainCell] = []
    number, row, column = "", -1, -1  # the number of the row that is open, "" for none
    for letters, digits, style, kind, value, formula, result, begun, stated, odd in tokens:
        if letters:
            before, column = column, column_number(letters)
            if digits != number or column <= before:
                return None
            if value:
                cells.append((column, style, kind, "", value))
            elif formula:
                cells.append((column, style, kind, _text(formula), _text(result)))
        elif begun:
            attributes = _attributes(stated.removesuffix("/"))
            if number or int(begun) <= row + 1 or attributes is None:
                return None
            row, column, cells = int(begun) - 1, -1, []
            number = "" if stated.endswith("/") else begun
            rows.append((row, attributes, cells))
        elif odd or not number:
            return None
        else:
            number = ""
    return None if number else rows


@lru_cache(maxsize=256)
def _attributes(stated: str) -> Mapping[str, str] | None:
    """Attributes by name; None where there is anything else, or one twice."""
    found = _ATTRIBUTE.findall(stated)
    attributes = {name: value for name, value, _ in found}
    usual = len(attributes) == len(found) and not attributes.keys() & {"", "r", "xmlns"}
    return attributes if usual else None


def _text(written: str) -> str:
    """The text that is written so."""
    if "&" in written:
        for name, character in _ENTITIES:
            written = written.replace(name, character)
    return written
