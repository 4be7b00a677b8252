"""Styles of tables that a workbook brings itself; those that every program has show the usual ink well.

Format: ECMA-376 part 1, 18.8.40 (tableStyle), 18.8.41 (tableStyleElement).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from xlreport.formats.opc import MAIN
from xlreport.formats.snapshot import PLAIN, Appearance

_WHOLE = "wholeTable"


def table_styles(
    styles: etree._Element, conditional: Mapping[int, Appearance]
) -> Mapping[str, tuple[Appearance, ...]]:
    """The looks that the workbook's own styles of tables give by name: of the whole, and of each part."""
    return {
        style.get("name", ""): tuple(dict.fromkeys(_looks(style, conditional)))
        for style in styles.iterfind(f"{MAIN}tableStyles/{MAIN}tableStyle")
    }


def _looks(style: etree._Element, conditional: Mapping[int, Appearance]) -> Iterator[Appearance]:
    parts = {
        part.get("type", ""): conditional.get(int(number), PLAIN)
        for part in style.iterfind(f"{MAIN}tableStyleElement")
        if (number := part.get("dxfId", "")).isdecimal() and len(number) < 10
    }
    whole = parts.get(_WHOLE, PLAIN)
    yield from (look for look in (whole, *(part.over(whole) for part in parts.values())) if look != PLAIN)
