"""Conditional formats of an .xls by their records: what they may make of a figure."""

from __future__ import annotations

import struct

import pytest
from test_xls import at, xls

from xlreport.area import Area
from xlreport.formats.container import Container
from xlreport.formats.foreign import Unopened
from xlreport.formats.reading import take_snapshot
from xlreport.formats.snapshot import Appearance

Record = tuple[int, bytes]
NUMBER, FONT, ALIGNMENT, BORDER, PATTERN = (1 << bit for bit in range(25, 30))
NO_PATTERN, NO_FIRST, NO_SECOND = (1 << bit for bit in range(16, 19))
WHITE, BLACK, RED = 9, 8, 10
FIGURE = (0x0203, at(1, 1) + struct.pack("<d", 38))
AREA = (0x01B0, struct.pack("<HH4HH4H", 1, 0, 1, 2, 1, 1, 1, 1, 2, 1, 1))


def rule(flags: int, parts: bytes = b"", more: int = 0) -> Record:
    return 0x01B1, struct.pack("<BBHHIH", 2, 0, 1, 0, flags, more) + parts


def font(colour: int = 0xFFFFFFFF, lines: int = 0, said: int = 0xFF) -> bytes:
    parts = bytes(68) + struct.pack("<I", lines) + bytes(8) + struct.pack("<III", colour, 0, said)
    return parts.ljust(118, b"\0")


def pattern(kind: int, front: int = 64, back: int = 65) -> bytes:
    return struct.pack("<HH", kind << 10, front | back << 7)


def own_code(text: str) -> bytes:
    return struct.pack("<HHB", 5 + 2 * len(text), len(text), 1) + text.encode("utf-16-le")


NEWER_AREA = (0x0879, bytes(12) + AREA[1])


def newer(kind: int, own: bytes, look: bytes = b"", formula: bytes = b"\x1e\x05\0") -> Record:
    """A rule as newer programs write it, with formulas of its own."""
    head = struct.pack("<BBHHI", kind, 0, len(formula), 0, len(look)) + (look or bytes(2))
    return 0x087A, bytes(12) + head + formula + struct.pack("<HBHHB", 0, 0, 1, 0, 16) + bytes(16) + own


def bar(options: int) -> bytes:
    return bytes(3) + bytes((options, 0, 100)) + bytes(16)


def signs(options: int) -> bytes:
    return bytes(3) + bytes((3, 0, options)) + bytes(30)


@pytest.mark.parametrize(
    ("condition", "shown"),
    [
        (newer(4, bar(2)), True),
        (newer(4, bar(0)), False),
        (newer(4, bar(0), formula=b""), False),
        (newer(6, signs(4)), True),
        (newer(6, signs(1)), False),
        (newer(3, bytes(60)), True),
        (newer(6, b"\1"), True),
        ((0x087A, bytes(9)), True),
    ],
)
def test_bars_and_signs_in_the_place_of_figures(condition: Record, shown: bool) -> None:
    sheet = take_snapshot(Container(xls([FIGURE, NEWER_AREA, condition]))).sheets["表"]
    assert sheet.conditional == (() if shown else ((Area("表", 1, 1, 2, 1), Appearance(";;;")),))


def test_a_rule_of_a_newer_program_with_a_look() -> None:
    look = struct.pack("<IH", FONT, 0) + font(WHITE)
    sheet = take_snapshot(Container(xls([FIGURE, NEWER_AREA, newer(2, b"", look)]))).sheets["表"]
    assert sheet.conditional == ((Area("表", 1, 1, 2, 1), Appearance(ink="FFFFFF")),)


@pytest.mark.parametrize(
    ("condition", "look"),
    [
        (rule(FONT, font(WHITE)), Appearance(ink="FFFFFF")),
        (rule(FONT, font(lines=0x80, said=0x7F)), Appearance(struck=True)),
        (rule(PATTERN, pattern(1, back=BLACK)), Appearance(ground="000000")),
        (rule(PATTERN | NO_PATTERN, pattern(0, back=RED)), Appearance(ground="FF0000")),
        (rule(PATTERN | NO_SECOND, pattern(1, front=RED)), Appearance(ground="FF0000")),
        (rule(PATTERN, pattern(0)), Appearance(ground="FFFFFF")),
        (rule(NUMBER, b"\0\x09"), Appearance(number_format="0%")),
        (rule(NUMBER, own_code('"9"'), more=1), Appearance(number_format='"9"')),
        (
            rule(
                NUMBER | FONT | ALIGNMENT | BORDER | PATTERN,
                b"\0\1" + font(RED) + bytes(16) + pattern(1, 64, 8),
            ),
            Appearance(number_format="0", ink="FF0000", ground="000000"),
        ),
    ],
)
def test_what_a_condition_may_make_of_cells(condition: Record, look: Appearance) -> None:
    sheet = take_snapshot(Container(xls([FIGURE, AREA, condition]))).sheets["表"]
    assert sheet.conditional == ((Area("表", 1, 1, 2, 1), look),)


@pytest.mark.parametrize(
    "records",
    [
        [AREA, rule(0)],
        [AREA, rule(FONT, font())],
        [AREA, rule(FONT, font(lines=0x80))],
        [AREA, rule(PATTERN | NO_PATTERN | NO_FIRST | NO_SECOND, pattern(0))],
        [AREA, rule(ALIGNMENT | BORDER, bytes(16))],
        [AREA, rule(FONT, b"\0")],
        [rule(FONT, font(WHITE))],
        [(0x01B0, b"\1"), rule(FONT, font(WHITE))],
        [(0x01B0, struct.pack("<HH4HH", 1, 0, 1, 2, 1, 1, 9)), rule(FONT, font(WHITE))],
    ],
)
def test_conditions_that_change_nothing(records: list[Record]) -> None:
    assert take_snapshot(Container(xls([FIGURE, *records]))).sheets["表"].conditional == ()


def test_far_too_many_conditions() -> None:
    areas = (0x01B0, struct.pack("<HH4HH", 1, 0, 1, 2, 1, 1, 1000) + struct.pack("<4H", 1, 2, 1, 1) * 1000)
    with pytest.raises(Unopened, match="条件格式过多"):
        take_snapshot(Container(xls([FIGURE, areas, *[rule(FONT, font(WHITE))] * 101])))
