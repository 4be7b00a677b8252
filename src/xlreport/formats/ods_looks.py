"""How single cells of an .ods look: by their style, their conditions, and what is drawn over them.

Format: ODF 1.3, part 3, 9 (tables), 10.3 and 10.4 (shapes and frames); conditions of cells stand in an
extension of LibreOffice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from lxml import etree

from xlreport.area import Area, position
from xlreport.formats.drawings import Thing
from xlreport.formats.drawn import CHART, CONTROL, PICTURE, REMARK, SHAPES
from xlreport.formats.ods_styles import OdsStyles, points
from xlreport.formats.sheet_grid import POINT, Box, SheetGrid
from xlreport.formats.snapshot import PLAIN, Appearance, Raw
from xlreport.stored import figure, is_number

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_EXTENSION = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.([0-9]{1,15}))?")
_CORNER = r"\.\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})"
_AREA = re.compile(rf"{_CORNER}(?::(?:'[^']*'|[^' ]*){_CORNER})?(?=\s|$)")
_END = re.compile(f"{_CORNER}$")
_RGB = re.compile("#([0-9A-Fa-f]{6})")
_SHEER = re.compile(r"(?:[1-4]?[0-9](?:\.[0-9]+)?|50)%")
"""An opacity at which cells are seen through a ground."""
_CHAINS = 50
"""Parts of a text that have looks of their own."""
_THROUGH = frozenset(f"{_DRAW}{name}" for name in ("line", "connector", "measure"))
_AS_TYPED = frozenset(
    f"{_TEXT}{name}"
    for name in ("p", "s", "tab", "line-break", "span", "a", "ruby", "ruby-base", "ruby-text")
)
_AROUND = (f"{_DRAW}g", f"{_DRAW}a")
_NOTHING_SHOWN = Appearance(";;;")


def look_of(cell: etree._Element, style: str, value: Raw, shown: str, styles: OdsStyles) -> Appearance:
    """How a cell looks, PLAIN where it looks as usual."""
    look = styles.look(style)
    given = cell.get(f"{_OFFICE}string-value")
    if not look.number_format and cell.get(f"{_OFFICE}value-type") == "percentage":
        look = replace(look, number_format="0%")
    if is_number(value) and _is_another(shown, value):
        look = replace(look, number_format=f'"{shown.strip()}"')
    if given is not None and shown and given.split() != shown.split():
        look = replace(look, foreign=True)
    if isinstance(value, str) and _has_fields(cell):
        look = replace(look, foreign=True)
    if not isinstance(value, str) or not styles.of_parts:
        return look
    runs = tuple(dict.fromkeys(_runs(cell, look, styles)))[:_CHAINS]
    return replace(look, runs=runs) if runs else look


def _has_fields(cell: etree._Element) -> bool:
    """True for parts of a text that programs fill in anew: the title of the file, the sheet, the day."""
    parts = (
        part for paragraph in cell.iterchildren(f"{_TEXT}p") if len(paragraph) for part in paragraph.iter()
    )
    return any(str(part.tag).startswith(_TEXT) and part.tag not in _AS_TYPED for part in parts)


def _is_another(shown: str, value: float) -> bool:
    """True if the program that saved the file showed another figure: some programs still show that one."""
    found = _PLAIN_NUMBER.fullmatch(shown.strip())
    if found is None:
        return False
    half = Decimal(5).scaleb(-1 - len(found[1] or ""))
    return abs(Decimal(found[0]) - figure(value)) > half


def _runs(cell: etree._Element, look: Appearance, styles: OdsStyles) -> Iterator[Appearance]:
    """The looks of parts of a text that have their own."""
    for span in cell.iterfind(f"{_TEXT}p//{_TEXT}span"):
        own = styles.look(span.get(f"{_TEXT}style-name", ""), "text")
        if own is not PLAIN:
            hidden = own.number_format == _NOTHING_SHOWN.number_format
            yield replace(own, number_format="", tiny=own.tiny or hidden, ground=own.ground or look.ground)


# Conditions ------------------------------------------------------------------------------------------


def conditions_of(name: str, table: etree._Element, styles: OdsStyles) -> Iterator[tuple[Area, Appearance]]:
    """Areas of a sheet with what conditions may make of them, those first that win over others."""
    for block in table.iter(f"{_EXTENSION}conditional-format"):
        areas = list(_areas(name, block.get(f"{_EXTENSION}target-range-address", "")))
        for look in (look for rule in block for look in _given(rule, styles) if look != PLAIN):
            yield from ((area, look) for area in areas)


def _areas(name: str, text: str) -> Iterator[Area]:
    for left, top, right, bottom in _AREA.findall(text):
        first = position(f"{left}{top}")
        last = position(f"{right}{bottom}") if right else first
        yield Area(name, *first, *last)


def _given(rule: etree._Element, styles: OdsStyles) -> Iterator[Appearance]:
    """What a rule gives: a style, colours behind the figure, or a sign in its place."""
    style = rule.get(f"{_EXTENSION}apply-style-name") or rule.get(f"{_EXTENSION}style")
    if style:
        yield styles.look(style)
    if rule.get(f"{_EXTENSION}show-value") == "false":
        yield _NOTHING_SHOWN
    colours = (rule.get(f"{_EXTENSION}positive-color"), *(part.get(f"{_EXTENSION}color") for part in rule))
    grounds = (found[1].upper() for colour in colours if colour and (found := _RGB.fullmatch(colour)))
    yield from (Appearance(ground=ground) for ground in grounds)


# What is drawn ---------------------------------------------------------------------------------------


def things_of(
    element: etree._Element, row: int, column: int, grid: SheetGrid, styles: OdsStyles
) -> Iterator[Thing]:
    """What a drawn element, or each part of one without a place, lies over, counted from that cell on."""
    if element.tag in _AROUND and element.get(f"{_TABLE}end-cell-address") is None:
        for part in element:
            yield from things_of(part, row, column, grid, styles)
    elif element.tag == f"{_OFFICE}annotation":
        if element.get(f"{_OFFICE}display") == "true":
            yield Thing(REMARK, _box(element, 0, 0, grid))
    elif (thing := _thing_of(element, row, column, grid, styles)) is not None:
        yield thing


def _thing_of(
    element: etree._Element, row: int, column: int, grid: SheetGrid, styles: OdsStyles
) -> Thing | None:
    """One thing; None for lines and rings around cells."""
    if not str(element.tag).startswith(_DRAW) or element.tag in _THROUGH:
        return None
    words = (text for part in element.iter(f"{_TEXT}p") for text in part.itertext())
    says = any(str(text).strip() for text in words)
    kind = _kind(element)
    fill, opacity = (
        styles.stated("graphic", element.get(f"{_DRAW}style-name"), f"{_DRAW}{name}")
        for name in ("fill", "opacity")
    )
    is_glass = fill == "none" or bool(opacity and _SHEER.fullmatch(opacity))
    if kind == SHAPES and not says and is_glass:
        return None
    return Thing(kind, _box(element, row, column, grid), says and kind == SHAPES)


def _kind(element: etree._Element) -> str:
    if element.tag == f"{_DRAW}control":
        return CONTROL
    if element.find(f".//{_DRAW}object") is not None:
        return CHART
    return PICTURE if element.find(f".//{_DRAW}image") is not None else SHAPES


def _box(element: etree._Element, row: int, column: int, grid: SheetGrid) -> Box:
    """From its place in the cell to where it ends: in another cell, or so much further."""
    x, y, wide, high = (_length(element.get(f"{_SVG}{name}")) for name in ("x", "y", "width", "height"))
    left, top = grid.columns.start(column) + x, grid.rows.start(row) + y
    end = _END.search(element.get(f"{_TABLE}end-cell-address", ""))
    if end is None:
        return Box(left, top, left + wide, top + high)
    last_row, last_column = position(f"{end[1]}{end[2]}")
    right, bottom = (_length(element.get(f"{_TABLE}end-{name}")) for name in "xy")
    return Box(left, top, grid.columns.start(last_column) + right, grid.rows.start(last_row) + bottom)


def _length(text: str | None) -> float:
    return (points(text) or 0.0) * POINT
