"""Characters that no installed font has are told of: Typst prints an empty box for them and says nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from small_report import complete_values, make_form
from typst import Fonts

from returns import sound
from xlreport.form.calculate import complete
from xlreport.form.load import load_form
from xlreport.report.glyphs import without_glyph
from xlreport.report.narrative import compose
from xlreport.report.pdf import empty_boxes, has_chinese
from xlreport.report.render import remarks_on

needs_fonts = pytest.mark.skipif(not has_chinese(Fonts().families()), reason="no Chinese font installed")
NOWHERE = "\U000f0000"
"""A code that every font leaves free."""
INSTALLED = [Path(font.path) for font in Fonts().fonts() if font.path]


def test_common_characters_are_in_every_font() -> None:
    assert without_glyph("王主任（办公室）2024年，A-1；“”……", []) == ""


def test_what_has_no_shape_needs_no_glyph() -> None:
    assert without_glyph("甲\u200b\n\t\u3000\ufe00乙", []) == ""


def test_rare_characters_are_named_once_in_their_order() -> None:
    assert without_glyph(f"𠀀{NOWHERE}甲𠀀", []) == f"𠀀{NOWHERE}"


@needs_fonts
def test_the_fonts_are_asked() -> None:
    assert without_glyph(f"①㎡{NOWHERE}→", INSTALLED) == NOWHERE


BROKEN = (b"", b"ttcf", b"\x00\x01\x00\x00\xff\xff", b"ttcf\x00\x02\x00\x00\xff\xff\xff\xff")


@pytest.mark.parametrize("data", BROKEN)
def test_a_font_that_cannot_be_read_has_nothing(data: bytes, tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(data)
    assert without_glyph("𠀀", [broken, tmp_path / "gone.ttf"]) == "𠀀"


@needs_fonts
def test_a_report_in_pdf_says_which_characters_are_empty_boxes(tmp_path: Path) -> None:
    form = make_form(tmp_path)
    document = compose(form, complete_values(), draft=False, findings=())
    odd = replace(document, title=f"甲{NOWHERE}局")
    assert empty_boxes(document) == "" and remarks_on(document, ["pdf"]) == ()
    (remark,) = remarks_on(odd, ["docx", "pdf"])
    assert "U+F0000" in remark and "空框" in remark and "安装" in remark
    assert remarks_on(odd, ["docx", "html"]) == ()


@needs_fonts
def test_nothing_is_said_of_a_usual_report() -> None:
    form = load_form("ogi_annual_2021")
    document = compose(form, complete(form, sound()), draft=False, findings=())
    assert remarks_on(document, ["pdf"]) == ()
