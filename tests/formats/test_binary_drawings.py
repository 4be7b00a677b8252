"""What lies over cells of .xls and .xlsb: by the records of drawings, and by parts as an .xlsx has them."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from test_binary_looks import colour, font
from test_xls import at, xls

from xlreport.formats.container import Container
from xlreport.formats.drawn import CHART, CONTROL, PICTURE, REMARK, SHAPES
from xlreport.formats.foreign import Unopened
from xlreport.formats.reading import take_snapshot
from xlreport.formats.snapshot import SheetSnapshot

Record = tuple[int, bytes]
FIGURE = (0x0203, at(1, 1) + struct.pack("<d", 38))
OVER, BESIDE = (1, 0, 1, 0, 2, 0, 2, 0), (5, 0, 1, 0, 6, 0, 2, 0)
NO_FILL = {0x01BF: 0x100000}
HIDDEN = {0x03BF: 0x20002}
SHOWN, GROUP, CHILD = 0x0A00, 0x0A01, 0x0A02


def atom(kind: int, instance: int, content: bytes, version: int = 2) -> bytes:
    return struct.pack("<HHI", version | instance << 4, kind, len(content)) + content


def drawing(
    anchor: tuple[int, ...] = OVER,
    form: int = 1,
    flags: int = SHOWN,
    properties: dict[int, int] | None = None,
) -> Record:
    """A shape in a container, as a drawing has it."""
    pairs = b"".join(struct.pack("<HI", *pair) for pair in (properties or {}).items())
    parts = atom(0xF00A, form, struct.pack("<II", 1, flags)) + atom(0xF00B, len(properties or {}), pairs)
    place = atom(0xF010, 0, struct.pack("<9H", 0, *anchor)) if anchor else b""
    whole = parts + place + atom(0xF011, 0, b"")
    return 0x00EC, struct.pack("<HHI", 0xF, 0xF004, len(whole)) + whole


def thing(kind: int, number: int = 1) -> Record:
    return 0x005D, struct.pack("<5H", 0x15, 0x12, kind, number, 0) + bytes(12)


def words(count: int) -> Record:
    return 0x01B6, struct.pack("<10xH4x", count)


def note(flags: int, number: int = 1) -> Record:
    return 0x001C, struct.pack("<4H", 1, 1, flags, number)


def over(*records: Record) -> str:
    """What is said to lie over the figure of an .xls."""
    snapshot = take_snapshot(Container(xls([FIGURE, *records])))
    return snapshot.sheets["表"].covered.get((1, 1), "")


@pytest.mark.parametrize(
    ("records", "kind"),
    [
        ([drawing(), thing(2)], SHAPES),
        ([drawing(), thing(0x1E)], SHAPES),
        ([drawing(properties={0x0182: 0xC000}), thing(2)], SHAPES),
        ([drawing(form=75), thing(8)], PICTURE),
        ([drawing(), thing(5)], CHART),
        ([drawing(), thing(7)], CONTROL),
        ([drawing(properties=NO_FILL), thing(6), words(2)], SHAPES),
        ([drawing(properties=NO_FILL | {0x01CB: 1_270_000}), thing(2)], SHAPES),
        ([drawing(flags=GROUP), thing(0), drawing((), flags=CHILD), thing(2)], SHAPES),
        ([drawing((1, 0, 1, 0, 1, 512, 1, 255)), thing(2)], SHAPES),
        ([drawing(form=202, properties=HIDDEN), thing(0x19), note(2)], REMARK),
    ],
)
def test_what_lies_over_a_figure(records: list[Record], kind: str) -> None:
    assert over(*records) == kind


@pytest.mark.parametrize(
    "records",
    [
        [drawing(BESIDE), thing(2)],
        [drawing((1, 0, 1, 0, 1, 100, 2, 0)), thing(2)],
        [drawing(properties=NO_FILL), thing(2), words(0)],
        [drawing(properties={0x0182: 0x6000}), thing(2)],
        [drawing(form=20), thing(1)],
        [drawing(properties=HIDDEN), thing(8)],
        [drawing(flags=SHOWN | 8), thing(2)],
        [drawing(), thing(0x14)],
        [drawing(form=202), thing(0x19), note(0)],
        [drawing(form=202), thing(0x19, 7), note(2, 8)],
        [drawing(flags=GROUP), thing(0), drawing((), flags=CHILD, properties=NO_FILL), thing(2)],
        [(0x00EC, b"\x0f\0\4\xf0\xff"), (0x005D, b""), (0x01B6, b"\0"), thing(2)],
        [(0x00EC, atom(0xF00A, 1, b"\1")), (0x001C, bytes(4))],
    ],
)
def test_what_hides_nothing(records: list[Record]) -> None:
    assert over(*records) == ""


def test_what_an_old_workbook_carries_is_named() -> None:
    snapshot = take_snapshot(Container(xls([FIGURE, drawing(BESIDE), thing(8), drawing(BESIDE), thing(2)])))
    assert set(snapshot.extras.objects) == {PICTURE, SHAPES}


# .xlsb -----------------------------------------------------------------------------------------------

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def record(number: int, data: bytes) -> bytes:
    name = bytes((number,)) if number < 0x80 else bytes((number & 0x7F | 0x80, number >> 7))
    return name + bytes((len(data),)) + data


def relations(**lines: tuple[str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for name, (kind, target) in lines.items()
    )
    return f'<Relationships xmlns="{RELATIONS}">{inside}</Relationships>'


def xlsb(
    first: tuple[int, int] = (8, 8),
    last: tuple[int, int] = (9, 9),
    text: bytes = b"",
    fonts: tuple[bytes, ...] = (),
    more: bytes = b"",
) -> SheetSnapshot:
    """A sheet with a figure, or a shared text, in B2 and a picture from one column and row to another."""
    cell = record(7, struct.pack("<III", 1, 0, 0)) if text else record(5, struct.pack("<IId", 1, 0, 38))
    marks = zip(("from", "to"), (first, last), strict=True)
    corners = "".join(
        f"<d:{name}><d:col>{column}</d:col><d:row>{row}</d:row></d:{name}>" for name, (column, row) in marks
    )
    picture = f"<d:twoCellAnchor>{corners}<d:pic/></d:twoCellAnchor>"
    row = record(0, struct.pack("<IIHBBB", 1, 0, 300, 0, 0, 0))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(a=("officeDocument", "xl/workbook.bin")),
        "xl/workbook.bin": record(156, struct.pack("<II", 0, 1) + wide("r1") + wide("表")),
        "xl/_rels/workbook.bin.rels": relations(
            r1=("worksheet", "worksheets/sheet1.bin"),
            r2=("sharedStrings", "sharedStrings.bin"),
            r3=("styles", "styles.bin"),
        ),
        "xl/worksheets/sheet1.bin": row + cell + more,
        "xl/sharedStrings.bin": record(19, text) if text else b"",
        "xl/styles.bin": b"".join(record(43, font) for font in fonts),
        "xl/worksheets/_rels/sheet1.bin.rels": relations(r1=("drawing", "../drawings/drawing1.xml")),
        "xl/drawings/drawing1.xml": f'<d:wsDr xmlns:d="{SHEET_DRAWING}">{picture}</d:wsDr>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return take_snapshot(Container(out.getvalue())).sheets["表"]


def test_a_picture_on_a_sheet_of_xlsb() -> None:
    assert xlsb((1, 1), (2, 2)).covered == {(1, 1): PICTURE}
    assert xlsb((4, 1), (5, 2)).covered == {}


def test_parts_of_a_text_of_xlsb() -> None:
    usual, white = (font(ink) for ink in (colour(), colour(2, outright="FFFFFF")))
    runs = struct.pack("<I4H", 2, 0, 0, 1, 1)
    found = xlsb(text=b"\1" + wide("38") + runs, fonts=(usual, white))
    assert found.raw(1, 1) == "38" and [run.ink for run in found.looks[1, 1].runs] == ["", "FFFFFF"]
    for text in (b"\0" + wide("38"), b"\1" + wide("38"), b"\1" + wide("38") + b"\xff\xff"):
        assert xlsb(text=text, fonts=(usual, white)).looks == {}


def test_rows_and_columns_of_xlsb_before_a_frozen_pane() -> None:
    view = record(137, struct.pack("<HIII", 0x1DC, 0, 3, 5) + bytes(16))
    frozen, split = (record(151, struct.pack("<ddIIIB", 1, 2, 9, 9, 0, kind)) for kind in (1, 0))
    assert xlsb(more=view + frozen).hidden_rows == {0, 1, 2}
    assert list(xlsb(more=view + frozen).hidden_columns) == [(0, 4)]
    assert xlsb(more=view + split).hidden_rows == frozenset()


def test_a_cell_of_xlsb_twice() -> None:
    with pytest.raises(Unopened, match="B2 有两份"):
        xlsb(more=record(5, struct.pack("<IId", 1, 0, 9)))
