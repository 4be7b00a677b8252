"""Looks of .xls and .xlsb by the bytes of their records: see also what LibreOffice writes, in test_looks."""

from __future__ import annotations

import struct

import pytest

from xlreport.formats.snapshot import PLAIN, Appearance
from xlreport.formats.xls_looks import FONT, OWN_COLOURS, PALETTE_RECORD, STYLE, XlsLooks
from xlreport.formats.xlsb_looks import XlsbLooks

BLACK, WHITE, WINDOW = 8, 9, 64


def old_font(
    colour: int = 0x7FFF, height: int = 210, flags: int = 0, script: int = 0, name: str = "宋体"
) -> bytes:
    text = name.encode("utf-16-le")
    return struct.pack("<5H4x2B", height, flags, colour, 400, script, len(name), 1) + text


def old_style(font: int = 0, pattern: int = 0, front: int = WINDOW, back: int = 65, align: int = 0) -> bytes:
    return struct.pack("<3HB7xIH", font, 0, 0, align, pattern << 26, front | back << 7)


def own_colour(kind: int, colour: str, how: int = 2) -> bytes:
    value = bytes.fromhex(colour) + b"\xff" if how == 2 else struct.pack("<I", int(colour))
    return struct.pack("<14x5H", 0, 0, 1, kind, 20) + struct.pack("<Hh", how, 0) + value + bytes(8)


def of_xls(*records: tuple[int, bytes]) -> Appearance:
    looks = XlsLooks(records=list(records))
    looks.finish()
    return looks.look(0, "")


@pytest.mark.parametrize(
    ("records", "look"),
    [
        ([(FONT, old_font()), (STYLE, old_style())], PLAIN),
        ([(FONT, old_font(10)), (STYLE, old_style())], Appearance(ink="FF0000")),
        ([(FONT, old_font(flags=8)), (STYLE, old_style())], Appearance(struck=True)),
        ([(FONT, old_font(height=20)), (STYLE, old_style())], Appearance(tiny=True)),
        ([(FONT, old_font(name="Wingdings")), (STYLE, old_style())], Appearance(pictorial=True)),
        ([(FONT, old_font()), (STYLE, old_style(align=4))], Appearance(repeated=True)),
        ([(FONT, old_font()), (STYLE, old_style(pattern=1, front=13))], Appearance(ground="FFFF00")),
        ([(FONT, old_font()), (STYLE, old_style(pattern=18, back=BLACK))], Appearance(ground="000000")),
        ([(FONT, old_font(WHITE)), (STYLE, old_style()), (PALETTE_RECORD, b"\2\0" + bytes(4) + b"\1\2\3\0")],
         Appearance(ink="010203")),
        ([(FONT, old_font()), (STYLE, old_style()), (OWN_COLOURS, own_colour(13, "FFFBE6"))],
         Appearance(ink="FFFBE6")),
        ([(FONT, old_font()), (STYLE, old_style()), (OWN_COLOURS, own_colour(13, "0", 3))],
         Appearance(ink="FFFFFF")),
        ([(FONT, old_font()), (STYLE, old_style(9))], PLAIN),
        ([(FONT, b"\1"), (STYLE, b"\1"), (PALETTE_RECORD, b"\xff\xff"), (OWN_COLOURS, bytes(19))], PLAIN),
        ([], PLAIN),
    ],
)  # fmt: skip
def test_looks_of_xls(records: list[tuple[int, bytes]], look: Appearance) -> None:
    assert of_xls(*records) == look


def test_a_number_that_no_font_of_xls_has() -> None:
    fonts = [(FONT, old_font(colour)) for colour in (BLACK, BLACK, BLACK, BLACK, 10, 11)]
    assert of_xls(*fonts, (STYLE, old_style(5))).ink == "FF0000"
    assert of_xls(*fonts, (STYLE, old_style(6))).ink == "00FF00"


def colour(kind: int = 0, number: int = 0, outright: str = "000000") -> bytes:
    return struct.pack("<BBh", kind << 1, number, 0) + bytes.fromhex(outright) + b"\xff"


def font(ink: bytes, height: int = 210, flags: int = 0, name: str = "宋体") -> bytes:
    text = name.encode("utf-16-le")
    return struct.pack("<4H4x", height, flags, 400, 0) + ink + struct.pack("<BI", 0, len(name)) + text


@pytest.mark.parametrize(
    ("sides", "more", "crossed"), [(1, 1, True), (3, 2, True), (0, 1, False), (1, 0, False)]
)
def test_a_line_from_corner_to_corner(sides: int, more: int, crossed: bool) -> None:
    style = old_style()[:10] + struct.pack("<IIH", sides << 30, more << 21, 0)
    assert of_xls((FONT, old_font()), (STYLE, style)).crossed is crossed
    looks = XlsbLooks()
    looks.add_border(bytes((sides,)) + bytes(40) + bytes((more,)) + bytes(9))
    looks.add_style(bytes(13))
    looks.add_border(b"\1")
    assert looks.look(0, "").crossed is crossed and looks.crossed == [crossed, False]


@pytest.mark.parametrize(
    ("letters", "fill", "look"),
    [
        (font(colour()), struct.pack("<I", 0) + colour() + colour(), PLAIN),
        (font(colour(2, outright="FFFBE6")), bytes(20), Appearance(ink="FFFBE6")),
        (font(colour(1, 10)), bytes(20), Appearance(ink="FF0000")),
        (font(colour(3, 0)), bytes(20), Appearance(ink="FFFFFF")),
        (font(colour(), flags=8), bytes(20), Appearance(struck=True)),
        (font(colour(), height=20, name="Webdings"), bytes(20), Appearance(tiny=True, pictorial=True)),
        (
            font(colour()),
            struct.pack("<I", 1) + colour(2, outright="112233") + colour(),
            Appearance(ground="112233"),
        ),
        (b"\1", b"\1", PLAIN),
    ],
)
def test_looks_of_xlsb(letters: bytes, fill: bytes, look: Appearance) -> None:
    looks = XlsbLooks()
    looks.add_font(letters)
    looks.add_fill(fill)
    looks.add_style(bytes(13))
    assert looks.look(0, "") == look
    looks.add_style(b"\1")
    assert looks.look(2, "") == PLAIN and looks.look(0, "0").number_format == "0"


def test_colours_of_a_theme_and_their_tints() -> None:
    looks = XlsbLooks(theme=["FFFFFF", "000000", "112233"])
    inks = (colour(3, 2), colour(3, 1)[:2] + struct.pack("<h", 32_767) + bytes(4), colour(3, 9))
    for ink in inks:
        looks.add_font(font(ink))
    assert [looks.font(number).ink for number in range(3)] == ["112233", "FFFFFF", ""]
    darkest = (OWN_COLOURS, struct.pack("<14x5HHhI", 0, 0, 1, 13, 20, 3, -32_768, 0) + bytes(8))
    assert of_xls((FONT, old_font()), (STYLE, old_style()), darkest).ink == "000000"
