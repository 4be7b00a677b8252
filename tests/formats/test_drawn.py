"""What is drawn over cells is found by relationships, whatever its part is called or how it is written."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from returns import part_of, place, said, save, the_one

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = (
    '<?xml version="1.0" encoding="UTF-8"?><xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/'
    'spreadsheetDrawing"><xdr:twoCellAnchor>{}<xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>'
)
BOX = DRAWING.format('<xdr:sp macro=""/>')
VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<v:shape><x:ClientData ObjectType="{}"/></v:shape></xml>'
)


def related(path: Path, kind: str, part: str, data: bytes) -> Path:
    """A sheet that leads to one more part."""
    sheet = part_of(path, place("proactive")[0])
    relations = sheet.replace("worksheets/", "worksheets/_rels/") + ".rels"
    line = f'<Relationship Id="rId91" Type="{OFFICE}/{kind}" Target="/{part}"/>'
    xmlns = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(path) as archive:
        assert relations not in archive.namelist()
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(relations, f'<Relationships xmlns="{xmlns}">{line}</Relationships>')
        archive.writestr(part, data)
    return path


@pytest.mark.parametrize(
    ("kind", "part", "data"),
    [
        ("drawing", "xl/drawings/drawing1.xml", DRAWING.format("")),
        ("vmlDrawing", "xl/drawings/vmlDrawing1.vml", VML.format("Note")),
        ("printerSettings", "xl/printerSettings/printerSettings1.bin", "<sp >"),
    ],
)
def test_nothing_is_drawn(kind: str, part: str, data: str, tmp_path: Path) -> None:
    assert said(related(save(tmp_path), kind, part, data.encode())) == {}


@pytest.mark.parametrize(
    ("kind", "part", "data"),
    [
        ("drawing", "xl/drawings/drawing1.xml", BOX.encode()),
        ("drawing", "xl/other/part.xml", BOX.encode()),
        ("drawing", "xl/drawings/drawing1.xml", BOX.replace("UTF-8", "UTF-16").encode("utf-16")),
        ("drawing", "xl/drawings/drawing1.xml", BOX.replace("<xdr:sp ", "<xdr:sp\n").encode()),
        ("drawing", "xl/drawings/drawing1.xml", BOX.replace("xdr:", "x-d.r:").encode()),
        ("vmlDrawing", "xl/drawings/vmlDrawing1.vml", VML.format("Label").encode()),
    ],
)
def test_a_box_over_cells(kind: str, part: str, data: bytes, tmp_path: Path) -> None:
    found = the_one(related(save(tmp_path), kind, part, data), "WBK032:_objects")
    assert "图形或文本框" in found.message


@pytest.mark.parametrize(("kind", "word"), [("image", "图片"), ("chart", "图表"), ("control", "控件")])
def test_other_objects_under_any_name(kind: str, word: str, tmp_path: Path) -> None:
    found = the_one(related(save(tmp_path), kind, "xl/other/part.bin", b"x"), "WBK032:_objects")
    assert word in found.message
