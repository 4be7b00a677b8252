"""How an .ods shows its sheets, as its settings say: zeros, and panes that are never scrolled.

Format: ODF 1.3, part 3, 3.3 (office:settings); the names are those of LibreOffice and OpenOffice.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import field

from lxml import etree

from xlreport.expression import Expression
from xlreport.formats.container import Container
from xlreport.formats.foreign import Unopened
from xlreport.frozen import frozen

_SETTINGS = "settings.xml"
_CONFIG = "{urn:oasis:names:tc:opendocument:xmlns:config:1.0}"
_NAME = f"{_CONFIG}name"
_SHEETS = f"{_CONFIG}config-item-map-named[@{_NAME}='Tables']/{_CONFIG}config-item-map-entry"
_FROZEN = "2"
_NUMBER = Expression("[0-9]{1,7}")


@frozen
class Views:
    """`out_of_reach` are the numbers of rows and columns before the first of frozen panes, by sheets."""

    hides_zeros: bool = False
    out_of_reach: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def views_of(container: Container) -> Views:
    """The views of the file; settings that cannot be read say nothing."""
    with suppress(Unopened):
        if _SETTINGS in container:
            return _views(container.xml(_SETTINGS))
    return Views()


def _views(root: etree._Element) -> Views:
    zeros = (item.text for item in root.iter(f"{_CONFIG}config-item") if item.get(_NAME) == "ShowZeroValues")
    sheets = {sheet.get(_NAME, ""): _before(sheet) for sheet in root.iterfind(f".//{_SHEETS}")}
    return Views(any((text or "").strip() == "false" for text in zeros), sheets)


def _before(sheet: etree._Element) -> tuple[int, int]:
    """How many rows and columns lie before the first of a frozen pane."""
    items = {item.get(_NAME, ""): (item.text or "").strip() for item in sheet}
    down, across = (_at(items, way, side) for way, side in (("Vertical", "Top"), ("Horizontal", "Left")))
    return down, across


def _at(items: Mapping[str, str], way: str, side: str) -> int:
    first = items.get(f"Position{side}", "")
    is_frozen = items.get(f"{way}SplitMode") == _FROZEN
    return int(first) if is_frozen and _NUMBER.fullmatch(first) else 0
