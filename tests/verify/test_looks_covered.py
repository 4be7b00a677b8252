"""What is drawn over a cell hides it or shows something else: it is said, what lies beside is not."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from returns import FORM, MAIN, edit, edit_sheet, part_of, place, said, save, sheet_of, the_one

FIGURE, DAY, TEXT = "requests[new_requests,natural_person]", "signed_on", "proactive"
RESULT = next(str(subject) for subject in FORM.computed if str(subject).startswith("requests[new_requests"))
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
DRAWING = (
    f'<xdr:wsDr xmlns:xdr="{SHEET_DRAWING}" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{}</xdr:wsDr>'
)
WORDS = (
    "<xdr:sp><xdr:spPr><a:noFill/></xdr:spPr>"
    "<xdr:txBody><a:p><a:r><a:t>1286</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
)
BOX = '<xdr:sp><xdr:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></xdr:spPr></xdr:sp>'
RING = "<xdr:sp><xdr:spPr><a:noFill/></xdr:spPr></xdr:sp>"
WHITE = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
HIDDEN = (
    '<xdr:{0}><xdr:nv><xdr:cNvPr id="2" name="x" hidden="1"/></xdr:nv><xdr:spPr>'
    + WHITE
    + "</xdr:spPr></xdr:{0}>"
)
GLASS = BOX.replace('"FFFFFF"/>', '"FFFFFF"><a:alpha val="0"/></a:srgbClr>')
SHEER, MILKY = (GLASS.replace('"0"', f'"{opacity}"') for opacity in (40_000, 80_000))
PALE, FADED = (
    f'<xdr:pic><xdr:blipFill><a:blip><a:alphaModFix amt="{opacity}"/></a:blip></xdr:blipFill></xdr:pic>'
    for opacity in (15_000, 85_000)
)
INK = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    "<mc:Choice><xdr:contentPart/></mc:Choice></mc:AlternateContent>"
)
LINE, IMAGE, CHART = "<xdr:cxnSp/>", "<xdr:pic/>", "<xdr:graphicFrame/>"


def bar(kind: str, thickness: int) -> str:
    """A line so thick, around nothing."""
    line = f'<a:noFill/><a:ln w="{thickness}">{WHITE}</a:ln>'
    return f"<xdr:{kind}><xdr:spPr>{line}</xdr:spPr></xdr:{kind}>"


def group(of_child: str, thing: str = "sp") -> str:
    """A group as large as 100 by 100, with one part."""
    frame = '<a:off x="0" y="0"/><a:ext cx="9" cy="9"/><a:chOff x="0" y="0"/><a:chExt cx="100" cy="100"/>'
    return (
        f"<xdr:grpSp><xdr:grpSpPr><a:xfrm>{frame}</a:xfrm></xdr:grpSpPr>"
        f"<xdr:{thing}><xdr:spPr><a:xfrm>{of_child}</a:xfrm>{WHITE}</xdr:spPr></xdr:{thing}></xdr:grpSp>"
    )


FAR_LEFT = '<a:off x="-1900" y="0"/><a:ext cx="1000" cy="100"/>'
E8 = ((4, 0, 7, 0), (5, 0, 8, 0))
"""Column and row of the figure's corners, each with what lies between."""


def corner(name: str, at: tuple[int, int, int, int]) -> str:
    column, right, row, down = at
    return (
        f"<xdr:{name}><xdr:col>{column}</xdr:col><xdr:colOff>{right}</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>{down}</xdr:rowOff></xdr:{name}>"
    )


def spanning(thing: str, first: tuple[int, int, int, int], last: tuple[int, int, int, int]) -> str:
    return f"<xdr:twoCellAnchor>{corner('from', first)}{corner('to', last)}{thing}</xdr:twoCellAnchor>"


def drawn(path: Path, data: str, subject: str = FIGURE, kind: str = "drawing") -> Path:
    """A drawing on the sheet of a subject."""
    relations = re.sub(r"([^/]+)$", r"_rels/\1.rels", part_of(path, sheet_of(subject)))
    xmlns = "http://schemas.openxmlformats.org/package/2006/relationships"
    line = f'<Relationship Id="rId91" Type="{OFFICE}/{kind}" Target="/xl/things.xml"/>'
    with zipfile.ZipFile(path, "a") as archive:
        assert relations not in archive.namelist()
        archive.writestr(relations, f'<Relationships xmlns="{xmlns}">{line}</Relationships>')
        archive.writestr("xl/things.xml", data)
    return path


def told(path: Path) -> str:
    ids = [id_ for id_ in said(path) if id_.startswith("WBK036")]
    return the_one(path, ids[0]).message if ids else ""


@pytest.mark.parametrize(
    "thing",
    [
        spanning(RING, *E8),
        spanning(LINE, *E8),
        spanning(bar("cxnSp", 9_525), *E8),
        spanning(bar("sp", 38_100), *E8),
        spanning(GLASS, *E8),
        spanning(SHEER, *E8),
        spanning(PALE, *E8),
        spanning(HIDDEN.format("sp"), *E8),
        spanning(HIDDEN.format("pic"), *E8),
        spanning(group('<a:off x="0" y="0"/><a:ext cx="10" cy="100"/>'), *E8),
        spanning(BOX, (20, 0, 7, 0), (25, 0, 9, 0)),
        spanning(BOX, (4, 0, 40, 0), (5, 0, 50, 0)),
        spanning(BOX, (4, 0, 7, 0), (4, 30_000, 8, 0)),
        spanning(IMAGE, (3, 0, 7, 0), (4, 50_000, 8, 0)),
        "<xdr:oneCellAnchor>"
        + corner("from", E8[0])
        + '<xdr:ext cx="20000" cy="9000"/>'
        + BOX
        + "</xdr:oneCellAnchor>",
    ],
)
def test_what_hides_nothing(thing: str, tmp_path: Path) -> None:
    assert told(drawn(save(tmp_path), DRAWING.format(thing))) == ""


@pytest.mark.parametrize(
    ("thing", "kind"),
    [
        (spanning(WORDS, *E8), "图形或文本框"),
        (spanning(BOX, *E8), "图形或文本框"),
        (spanning(f"<xdr:grpSp>{WORDS}</xdr:grpSp>", *E8), "图形或文本框"),
        (spanning(bar("cxnSp", 254_000), (4, 0, 7, 100_000), (5, 0, 7, 100_000)), "图形或文本框"),
        (spanning(bar("sp", 1_270_000), *E8), "图形或文本框"),
        (
            spanning(
                group('<a:off x="-1900" y="0"/><a:ext cx="1000" cy="100"/>'), (23, 0, 7, 0), (24, 0, 8, 0)
            ),
            "图形或文本框",
        ),
        (spanning(group('<a:off x="0" y="0"/><a:ext cx="100" cy="100"/>', "pic"), *E8), "图片"),
        (spanning(INK, *E8), "图形或文本框"),
        (spanning(MILKY, *E8), "图形或文本框"),
        (spanning(FADED, *E8), "图片"),
        (spanning(WORDS, (4, 100_000, 7, 50_000), (4, 300_000, 7, 150_000)), "图形或文本框"),
        (spanning(IMAGE, *E8), "图片"),
        (spanning(CHART, (0, 0, 0, 0), (15, 0, 30, 0)), "图表"),
        (
            "<xdr:oneCellAnchor>"
            + corner("from", E8[0])
            + '<xdr:ext cx="900000" cy="900000"/>'
            + BOX
            + "</xdr:oneCellAnchor>",
            "图形或文本框",
        ),
        (
            '<xdr:absoluteAnchor><xdr:pos x="0" y="0"/><xdr:ext cx="99000000" cy="99000000"/>'
            + IMAGE
            + "</xdr:absoluteAnchor>",
            "图片",
        ),
    ],
)
def test_what_lies_over_a_figure(thing: str, kind: str, tmp_path: Path) -> None:
    assert f"被{kind}遮住" in told(drawn(save(tmp_path), DRAWING.format(thing)))


def test_what_lies_over_a_result(tmp_path: Path) -> None:
    column = 10
    assert place(RESULT)[1] == "K8"
    path = drawn(save(tmp_path), DRAWING.format(spanning(WORDS, (column, 0, 7, 0), (column + 1, 0, 8, 0))))
    finding = the_one(path, f"WBK036:{RESULT}")
    assert "被图形或文本框遮住" in finding.message and "移开" in finding.fix


def test_a_seal_over_words_is_nobodys_concern(tmp_path: Path) -> None:
    everywhere = spanning(IMAGE, (0, 0, 0, 0), (20, 0, 60, 0))
    assert (
        told(drawn(save(tmp_path, name="seal.xlsx"), DRAWING.format(everywhere), DAY)) != ""
    )  # over the year
    row = int(place(DAY)[1][1:]) - 1
    assert (
        told(drawn(save(tmp_path), DRAWING.format(spanning(IMAGE, (2, 0, row, 0), (5, 0, row + 1, 0))), DAY))
        == ""
    )


def test_a_box_with_words_over_a_part_of_a_text(tmp_path: Path) -> None:
    row = int(place(TEXT)[1][1:]) - 1
    for thing, seen in ((WORDS, "被图形或文本框遮住"), (IMAGE, ""), (RING, "")):
        small = spanning(thing, (2, 300_000, row, 100_000), (2, 900_000, row, 300_000))
        path = drawn(save(tmp_path, name=f"{len(thing)}.xlsx"), DRAWING.format(small), TEXT)
        assert seen in told(path) if seen else told(path) == ""


VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel"><br>'
    '<v:shape style="position:absolute;visibility:{}"><x:ClientData ObjectType="{}">'
    "<x:Anchor> 4, 0, 7, 0, 5, 0, 8, 0</x:Anchor></x:ClientData></v:shape></xml>"
)


@pytest.mark.parametrize(
    ("shown", "kind", "seen"),
    [
        ("hidden", "Note", ""),
        ("hidden", "Button", ""),
        ("visible", "Note", "被批注遮住"),
        ("inherit", "Button", "被控件遮住"),
    ],
)
def test_remarks_and_controls(shown: str, kind: str, seen: str, tmp_path: Path) -> None:
    path = drawn(save(tmp_path), VML.format(shown, kind), kind="vmlDrawing")
    assert seen in told(path) if seen else told(path) == ""


def test_a_control_whose_place_the_sheet_says(tmp_path: Path) -> None:
    """Newer programs take it from there, and from the older drawing whether it is shown."""
    marks = (corner("from", E8[0]), corner("to", E8[1]))
    from_to = "".join(re.sub("(</?)xdr:(from|to)", r"\1\2", mark) for mark in marks)
    anchor = f'<anchor xmlns:xdr="{SHEET_DRAWING}">{from_to}</anchor>'
    control = f'<control shapeId="1025"><controlPr>{anchor}</controlPr></control>'
    controls = f'<controls xmlns="{MAIN[1:-1]}">{control}</controls>'

    def add(root: etree._Element) -> None:
        root.append(etree.fromstring(controls))

    path = edit_sheet(save(tmp_path), sheet_of(FIGURE), add, keep_results=True)
    assert "被控件遮住" in told(drawn(path, "<formControlPr/>", kind="ctrlProp"))


def test_a_column_that_is_wide(tmp_path: Path) -> None:
    """Where a box lies depends on the columns before it."""
    box = (
        '<xdr:absoluteAnchor><xdr:pos x="{}" y="0"/><xdr:ext cx="600000" cy="99000000"/>'
        + BOX
        + "</xdr:absoluteAnchor>"
    )

    def widen(root: etree._Element) -> None:
        columns = root.find(f"{MAIN}cols")
        assert columns is not None
        for line in list(columns):
            columns.remove(line)
        etree.SubElement(columns, f"{MAIN}col", min="1", max="4", width="100", customWidth="1")

    for left, seen in ((4 * 705 * 9525, True), (4 * 64 * 9525, False)):
        path = edit_sheet(save(tmp_path, name=f"{left}.xlsx"), sheet_of(FIGURE), widen, keep_results=True)
        found = told(drawn(path, DRAWING.format(box.format(left))))
        assert (f"{place(FIGURE)[1]}" in found) is seen


def test_a_drawing_that_is_damaged(tmp_path: Path) -> None:
    assert told(drawn(save(tmp_path), "<xdr:wsDr>")) == ""
    assert told(edit(save(tmp_path, name="plain.xlsx"), {})) == ""
