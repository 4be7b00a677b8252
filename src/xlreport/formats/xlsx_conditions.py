"""What conditional formats of an .xlsx may hide: whether a condition holds is not asked.

Format: ECMA-376 part 1, 18.3.1.18 (conditionalFormatting), 18.3.1.10 (cfRule); [MS-XLSX] 2.4.10 for
rules that newer programs keep in an extension.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from xlreport.area import Area
from xlreport.formats.opc import MAIN
from xlreport.formats.snapshot import Appearance
from xlreport.formats.xlsx_areas import area_of
from xlreport.formats.xlsx_styles import CellStyles, conditional_look, hides

_NEWER = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
_AREAS = "{http://schemas.microsoft.com/office/excel/2006/main}sqref"
_FALSE = ("0", "false")
_OWN = f"{_NEWER}dxf"
_SIGNS = ("dataBar", "iconSet")
_NOTHING_SHOWN = Appearance(";;;")
"""A bar or a sign instead of the figure."""


def conditional_looks(
    name: str, root: etree._Element, styles: CellStyles
) -> Iterator[tuple[Area, Appearance]]:
    """Areas with what a condition may make of them, where that hides or changes what is seen."""
    for block in root.iter(f"{MAIN}conditionalFormatting", f"{_NEWER}conditionalFormatting"):
        looks = [look for rule in block for look in _looks(rule, styles)]
        if looks:
            areas = block.get("sqref") or block.findtext(_AREAS) or ""
            found = (area_of(name, text.replace("$", "")) for text in areas.split())
            yield from ((area, look) for area in found if area is not None for look in looks)


def _looks(rule: etree._Element, styles: CellStyles) -> Iterator[Appearance]:
    """What the rule gives, as far as it hides something."""
    number = rule.get("dxfId", "")
    if number.isdecimal() and int(number[:9]) in styles.conditional:
        yield styles.conditional[int(number[:9])]
    for part in rule:
        if part.tag == _OWN and hides(own := conditional_look(part, styles.colours)):
            yield own
        elif part.get("showValue") in _FALSE and etree.QName(part).localname in _SIGNS:
            yield _NOTHING_SHOWN
