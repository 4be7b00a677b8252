"""Characters that no installed font has are told of: Typst prints an empty box for them and says nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from small_report import complete_values, make_form
from typst import Fonts

from returns import save, sound
from xlreport.archive.gather import gather
from xlreport.batch.work import Plan, process
from xlreport.form.calculate import complete
from xlreport.form.load import load_form
from xlreport.report.glyphs import without_glyph
from xlreport.report.narrative import compose
from xlreport.report.pdf import empty_boxes, has_chinese
from xlreport.report.render import remarks_on

needs_fonts = pytest.mark.skipif(not has_chinese(Fonts().families()), reason="no Chinese font installed")
NOWHERE = "\U000f0000"
"""A code that every font leaves free."""
RARE = "\U0003134a"
"""A Chinese character that came in 2020: hardly any font has it."""
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
    assert empty_boxes(document) is None and remarks_on(document, ["pdf"]) == ()
    (remark,) = remarks_on(odd, ["docx", "pdf"])
    assert "U+F0000" in remark.message and "空框" in remark.message and "安装" in remark.fix
    assert remarks_on(odd, ["docx", "html"]) == ()


@needs_fonts
def test_nothing_is_said_of_a_usual_report() -> None:
    form = load_form("ogi_annual_2021")
    document = compose(form, complete(form, sound()), draft=False, findings=())
    assert remarks_on(document, ["pdf"]) == ()


@needs_fonts
def test_a_run_over_many_returns_says_it_too_and_renders_again_when_fonts_may_have_come(
    tmp_path: Path,
) -> None:
    save(tmp_path, sound({"proactive": f"{sound()['proactive']}联系人：周{RARE}。"}), "生僻字.xlsx")
    save(tmp_path, sound(), "常用字.xlsx")
    plan = Plan(tmp_path / "out", ("pdf",))
    done = {job.name: process(job, plan) for job in gather([tmp_path], plan.out).jobs}
    usual, rare = done["常用字.xlsx"], done["生僻字.xlsx"]
    (told,) = (found for found in rare.record["findings"] if found["code"] == "SYS006")
    assert RARE in told["message"] and "安装" in told["fix"] and told["severity"] == "warning"
    assert rare.record["status"] == "accepted" and list(rare.documents) == ["生僻字.pdf"]
    assert "SYS006" not in {found["code"] for found in usual.record["findings"]}
    assert usual.form and not rare.form
    (word,) = (
        process(job, Plan(plan.out, ("docx",))) for job in gather([tmp_path / "生僻字.xlsx"], plan.out).jobs
    )
    assert "SYS006" not in {found["code"] for found in word.record["findings"]}
