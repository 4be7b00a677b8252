"""The boxes in which programs show comments: shapes of a VML drawing, one for each comment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from lxml import etree

from xlreport.formats.opc import MAIN
from xlreport.frozen import frozen
from xlreport.workbook.review.xml_text import int_of

_VML = "{urn:schemas-microsoft-com:vml}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_NAMES = f"<xml {_SPACES}>{{}}</xml>"
_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" fillcolor="#ffffe1" o:insetmode="auto" '
    'style="position:absolute;margin-left:60pt;margin-top:2pt;z-index:{order};visibility:hidden">'
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor/>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_SHAPE_TYPE = "_x0000_t202"
_FIRST = 1025
_CHARACTER, _LINE, _EDGE = 7, 16, 14
"""Pixels of a character, a line, and both margins."""
_TRUE = ("1", "true")
_MOST_COLUMNS = 200
"""Columns looked at: nothing of a form stands further out."""
_TALLEST = 900


@frozen
class Frame:
    """Widths of columns and heights of rows in pixels where they differ from the usual; hidden ones are 0."""

    columns: Mapping[int, int]
    rows: Mapping[int, int]
    column: int = 64
    row: int = 20


class Boxes:
    """The shapes of one sheet's drawing."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._shapes = dict(_notes(root))
        self._ids = {shape.get("id") for shape in root.iter()}

    def remove(self, row: int, column: int) -> None:
        """Take the box of a cell out (0-based)."""
        shape = self._shapes.pop((row, column), None)
        if shape is not None:
            shape.getparent().remove(shape)  # type: ignore[union-attr]  # found below the root

    def place(self, row: int, column: int, width: int, lines: int, frame: Frame) -> None:
        """A box of that many characters by lines beside a cell; one that is there grows to it."""
        if (row, column) not in self._shapes:
            self._shapes[row, column] = self._added(row, column)
        anchor = self._shapes[row, column].find(f"{_EXCEL}ClientData/{_EXCEL}Anchor")
        if anchor is not None:
            pixels = (width * _CHARACTER + _EDGE, min(_TALLEST, lines * _LINE + _EDGE))
            anchor.text = _anchor(row, column, *pixels, frame)

    def _added(self, row: int, column: int) -> etree._Element:
        if _SHAPE_TYPE not in self._ids:
            self._root.append(_element(_TYPE))
            self._ids.add(_SHAPE_TYPE)
        numbers = range(_FIRST, _FIRST + len(self._ids) + 1)
        number = next(n for n in numbers if f"_x0000_s{n}" not in self._ids)
        self._ids.add(f"_x0000_s{number}")
        shape = _element(_SHAPE.format(number=number, order=number - _FIRST + 1, row=row, column=column))
        self._root.append(shape)
        return shape


def _notes(root: etree._Element) -> Iterator[tuple[tuple[int, int], etree._Element]]:
    """The boxes of comments by 0-based row and column."""
    for shape in root.iter(f"{_VML}shape"):
        data = shape.find(f"{_EXCEL}ClientData")
        if data is not None and data.get("ObjectType") == "Note":
            row, column = (int_of(data.findtext(f"{_EXCEL}{name}"), -1) for name in ("Row", "Column"))
            yield (row, column), shape


def frame_of(sheet: etree._Element) -> Frame:
    """The columns and rows of a sheet."""
    columns: dict[int, int] = {}
    for span in sheet.iter(f"{MAIN}col"):
        width = 0 if span.get("hidden") in _TRUE else int_of(span.get("width"), 59, Decimal(7)) + 5
        first, last = int_of(span.get("min"), 1), min(int_of(span.get("max"), 1), _MOST_COLUMNS)
        columns |= dict.fromkeys(range(first - 1, last), width)
    rows: dict[int, int] = {}
    for number, row in enumerate(sheet.iter(f"{MAIN}row"), start=1):
        place = int_of(row.get("r"), number) - 1
        rows[place] = 0 if row.get("hidden") in _TRUE else int_of(row.get("ht"), 20, Decimal(4) / 3)
    return Frame(columns, rows)


def _anchor(row: int, column: int, width: int, height: int, frame: Frame) -> str:
    """Left, top, right, bottom: each a column or row and pixels into it."""
    left, top = column + 1, max(0, row - 1)
    right = _walk(left, 15 + width, frame.columns, frame.column)
    bottom = _walk(top, 4 + height, frame.rows, frame.row)
    return ", ".join(map(str, (left, 15, top, 4, *right, *bottom)))


def _walk(start: int, length: int, sizes: Mapping[int, int], usual: int) -> tuple[int, int]:
    place = start
    while length >= (size := sizes.get(place, usual)):
        length -= size
        place += 1
    return place, length


def _element(xml: str) -> etree._Element:
    return etree.fromstring(_NAMES.format(xml))[0]
