"""What the sheets of a binary workbook (.xlsb) share: its records, sheets, texts, formats, looks.

Format: [MS-XLSB] 2.1.4 (records), 2.4 (their fields).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from xlreport.formats.container import Container
from xlreport.formats.extent import check_records
from xlreport.formats.foreign import Unopened
from xlreport.formats.number_formats import NumberFormats
from xlreport.formats.opc import only
from xlreport.formats.sheet_list import SheetList
from xlreport.formats.xlsb_looks import XlsbLooks
from xlreport.formats.xlsx_colours import theme_colours

_CELL_STYLES = (617, 618)
"""The records around the styles of cells; the same records elsewhere are named styles."""


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part, each with its number."""
    place = count = 0
    while place < len(part):
        count += 1
        check_records(count)
        number, place = part[place], place + 1
        if number & 0x80:
            number, place = number & 0x7F | (part[place] & 0x7F) << 7, place + 1
        length = shift = 0
        more = True
        while more and shift < 28:
            length |= (part[place] & 0x7F) << shift
            more, shift, place = bool(part[place] & 0x80), shift + 7, place + 1
        if place + length > len(part):
            raise IndexError("a record is cut off")
        yield number, part[place : place + length]
        place += length


def wide_text(data: bytes, place: int) -> tuple[str, int]:
    """A text and the place behind it."""
    (count,) = struct.unpack_from("<I", data, place)
    if count == 0xFFFFFFFF:
        return "", place + 4
    end = place + 4 + 2 * count
    if end > len(data):
        raise IndexError("a text is cut off")
    return data[place + 4 : end].decode("utf-16-le", "replace"), end


@dataclass
class XlsbBook:
    """What all sheets share. `far` are the names formulas count through."""

    tabs: SheetList = field(default_factory=SheetList)
    far: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    fonts: list[tuple[int, ...]] = field(default_factory=list)
    formats: NumberFormats = field(default_factory=NumberFormats)
    looks: XlsbLooks = field(default_factory=XlsbLooks)


def read_book(container: Container) -> XlsbBook:
    book = XlsbBook()
    relations = container.relations(container.main)
    names: list[str] = []
    for number, data in records(container.part(container.main)):
        if number == 156:
            relation, place = wide_text(data, 8)
            name, _ = wide_text(data, place)
            names.append(name)
            book.tabs.add(name, relations.get(relation), hidden=bool(data[0] & 3))
        elif number == 153:
            book.formats.since_1904 = bool(data[0] & 1)
        elif number == 362:
            (count,) = struct.unpack_from("<I", data)
            firsts = (struct.unpack_from("<IiI", data, 4 + 12 * at)[1] for at in range(count))
            book.far += [names[first] if 0 <= first < len(names) else "#REF" for first in firsts]
    strings, styles = only(relations, "sharedStrings"), only(relations, "styles")
    if strings:
        shared = [data for number, data in records(container.part(strings)) if number == 19]
        book.texts, book.fonts = [wide_text(data, 1)[0] for data in shared], [_fonts(data) for data in shared]
    with suppress(Unopened):  # only colours come from it
        if (theme := only(relations, "theme")) in container:
            book.looks.theme = theme_colours(container.xml(theme))
    if styles:
        _styles(container.part(styles), book.formats, book.looks)
    return book


def _fonts(text: bytes) -> tuple[int, ...]:
    """The fonts of the parts of a text, if it has any."""
    if not text[0] & 1:
        return ()
    counted = text[wide_text(text, 1)[1] :]
    count = min(int.from_bytes(counted[:4], "little"), (len(counted) - 4) // 4)
    parts = struct.iter_unpack("<HH", counted[4 : 4 + 4 * max(count, 0)])
    return tuple(dict.fromkeys(font for _, font in parts))


def _styles(part: bytes, formats: NumberFormats, looks: XlsbLooks) -> None:
    inside = False
    for number, data in records(part):
        if number in _CELL_STYLES:
            inside = number == _CELL_STYLES[0]
        elif number == 44:
            formats.codes[struct.unpack_from("<H", data)[0]] = wide_text(data, 2)[0]
        elif number == 43:
            looks.add_font(data)
        elif number == 45:
            looks.add_fill(data)
        elif number == 46:
            looks.add_border(data)
        elif number == 47 and inside:
            formats.styles.append(struct.unpack_from("<H", data, 2)[0])
            looks.add_style(data)
