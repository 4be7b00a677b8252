"""What conditional formats of an .xlsx may hide: whether a condition holds is not asked.

Format: ECMA-376 part 1, 18.3.1.18 (conditionalFormatting), 18.3.1.10 (cfRule); [MS-XLSX] 2.4.10 for
rules that newer programs keep in an extension.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from lxml import etree

from xlreport.area import Area
from xlreport.formats.opc import MAIN
from xlreport.formats.snapshot import PLAIN, Appearance
from xlreport.formats.xlsx_areas import area_of
from xlreport.formats.xlsx_styles import CellStyles, conditional_look
from xlreport.formats.xml_values import is_false

_NEWER = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
_AREAS = "{http://schemas.microsoft.com/office/excel/2006/main}sqref"
_OWN = f"{_NEWER}dxf"
_SIGNS = ("dataBar", "iconSet")
_GROUNDS = ("color", "fillColor")
"""What colours of a scale and of a bar are called: they lie behind the figure."""
_NOTHING_SHOWN = Appearance(";;;")
"""A bar or a sign instead of the figure."""


def conditional_looks(
    name: str, root: etree._Element, styles: CellStyles
) -> Iterator[tuple[Area, Appearance]]:
    """Areas with what a condition may make of them, those first that win over others."""
    found = sorted(_rules(name, root, styles), key=itemgetter(0))
    return ((area, look) for _, areas, looks in found for area in areas for look in looks)


def _rules(
    name: str, root: etree._Element, styles: CellStyles
) -> Iterator[tuple[int, list[Area], list[Appearance]]]:
    """The priority of each rule, its areas, and what it gives."""
    for block in root.iter(f"{MAIN}conditionalFormatting", f"{_NEWER}conditionalFormatting"):
        areas = block.get("sqref") or block.findtext(_AREAS) or ""
        found = [area for text in areas.split() if (area := area_of(name, text.replace("$", "")))]
        for rule in block:
            looks = list(_looks(rule, styles))
            if looks:
                yield _priority(rule), found, looks


def _priority(rule: etree._Element) -> int:
    stated = rule.get("priority", "")
    return int(stated) if stated.isdecimal() and len(stated) < 10 else 0


def _looks(rule: etree._Element, styles: CellStyles) -> Iterator[Appearance]:
    """What the rule gives, as far as it changes what is seen."""
    number = rule.get("dxfId", "")
    if number.isdecimal() and int(number[:9]) in styles.conditional:
        yield styles.conditional[int(number[:9])]
    for part in rule:
        if part.tag == _OWN and (own := conditional_look(part, styles.colours)) != PLAIN:
            yield own
            continue
        kind = part.tag.rpartition("}")[2]
        if kind in _SIGNS and is_false(part.get("showValue")):
            yield _NOTHING_SHOWN
        if kind in (*_SIGNS, "colorScale"):
            grounds = (styles.colours.of(c) for c in part if etree.QName(c).localname in _GROUNDS)
            yield from (Appearance(ground=ground) for ground in grounds if ground)
