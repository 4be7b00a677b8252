"""What a person sees in a cell is what is read from it: else it is said, with both."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import DataBarRule, Rule
from openpyxl.styles import Alignment, Color, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from damaging import with_openpyxl
from libreoffice import convert
from returns import FORM, edit_parts, findings, place, said, save, sheet_of, sound, the_one

FIGURE, OTHER = "requests[new_requests,natural_person]", "requests[disclosed,natural_person]"
AMOUNT, TEXT = "charges[administrative_charges,amount]", "proactive"


def looking(path: Path, subject: str, change: Callable[[object], object]) -> Path:
    sheet, name = place(subject)

    def apply(book: Workbook) -> object:
        return change(book[sheet][name])

    return with_openpyxl(path, apply)


def formatted(code: str) -> Callable[[object], object]:
    return lambda cell: setattr(cell, "number_format", code)


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "0",
        "#,##0",
        "0_ ",
        "[Red]0",
        '0"件"',
        "@",
        "00000",
        "0.0",
        "0;-0;0",
        "[>999]#,##0;0",
        "0* ",
        "[$¥-804]0",
    ],
)
def test_an_ordinary_format_is_nobodys_concern(code: str, tmp_path: Path) -> None:
    assert "WBK036" not in str(said(looking(save(tmp_path), FIGURE, formatted(code))))


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ('"777"', "显示为“777”"),
        ("0,", "显示为“0”"),
        ('"9"0', "显示为“9"),
        (";;;", "不显示"),
        ("0%", "00%”"),
        ('0"万"', "万”"),
        ('0"0"', "显示为“"),
        ("0.0E+0", "E+"),
        ('[<5]0;"9"', "显示为“9”"),
        ('[>=5]"9"0;0', "显示为“9"),
        ("0*9", "显示为“"),
        ("[$7]0", "显示为“7"),
        ("[White]0", "不显示"),
    ],
)
def test_a_format_that_shows_another_figure(code: str, seen: str, tmp_path: Path) -> None:
    path = looking(save(tmp_path), FIGURE, formatted(code))
    finding = the_one(path, f"WBK036:{FIGURE}")
    assert seen in finding.message and f"读到的是 {sound()[FIGURE]}" in finding.message
    assert (finding.sheet, finding.cell) == place(FIGURE)


def test_an_amount_that_is_rounded_away(tmp_path: Path) -> None:
    path = save(tmp_path, sound({AMOUNT: 59237}))
    assert "WBK036" not in str(said(looking(path, AMOUNT, formatted("0.00"))))


@pytest.mark.parametrize("colour", ["FFFFFFFF", "00FFFBE6"])
def test_text_in_the_colour_of_its_ground(colour: str, tmp_path: Path) -> None:
    def hide(cell: object) -> None:
        cell.font = Font(color=colour)  # type: ignore[attr-defined]
        cell.fill = PatternFill("solid", fgColor=colour)  # type: ignore[attr-defined]

    assert "看不见" in the_one(looking(save(tmp_path), FIGURE, hide), f"WBK036:{FIGURE}").message


def test_other_colours_and_fonts_are_left_alone(tmp_path: Path) -> None:
    path = looking(save(tmp_path), FIGURE, lambda cell: setattr(cell, "font", Font(color="FFFF0000", b=True)))
    assert "WBK036" not in str(said(path))


def test_text_struck_through(tmp_path: Path) -> None:
    path = looking(save(tmp_path), FIGURE, lambda cell: setattr(cell, "font", Font(strike=True)))
    assert "删除线" in the_one(path, f"WBK036:{FIGURE}").message


def test_a_text_that_a_format_hides(tmp_path: Path) -> None:
    path = looking(save(tmp_path), TEXT, formatted(";;;"))
    assert "不显示" in the_one(path, f"WBK036:{TEXT}").message


def test_a_row_without_height_and_a_column_without_width(tmp_path: Path) -> None:
    def flatten(book: Workbook) -> None:
        sheet = book[sheet_of(FIGURE)]
        sheet.row_dimensions[int(place(FIGURE)[1][1:])].height = 0.5

    path = with_openpyxl(save(tmp_path), flatten)
    found = [id_ for id_ in said(path) if id_.startswith("WBK036")]
    assert found == [f"WBK036:{FIGURE}"]
    assert "没有高度" in the_one(path, found[0]).message


def test_many_cells_alike_are_one_finding(tmp_path: Path) -> None:
    path = looking(save(tmp_path), FIGURE, formatted(";;;"))
    path = looking(path, OTHER, formatted(";;;"))
    finding = the_one(path, f"WBK036:{FIGURE}")
    assert len(finding.cells) == 2 and "共 2 格" in finding.message


@pytest.mark.parametrize(
    ("font", "seen"),
    [
        (Font(size=1), "看不见"),
        (Font(color=Color(theme=1, tint=0.99)), "看不见"),
        (Font(color=Color(theme=0)), "看不见"),
        (Font(color=Color(indexed=9)), "看不见"),
    ],
)
def test_text_that_nobody_can_read(font: Font, seen: str, tmp_path: Path) -> None:
    def hide(cell: object) -> None:
        cell.font, cell.fill = font, PatternFill()  # type: ignore[attr-defined]

    assert seen in the_one(looking(save(tmp_path), FIGURE, hide), f"WBK036:{FIGURE}").message


def test_a_theme_that_makes_black_white(tmp_path: Path) -> None:
    def write(cell: object) -> None:
        cell.font, cell.fill = Font(color=Color(theme=1)), PatternFill()  # type: ignore[attr-defined]

    path = looking(save(tmp_path), FIGURE, write)
    assert "WBK036" not in str(said(path))

    def whiten(name: str, data: bytes) -> bytes:
        ink = re.compile(rb"(<a:dk1>).*?(</a:dk1>)", re.DOTALL)
        return ink.sub(rb'\1<a:srgbClr val="FFFFFF"/>\2', data) if "theme/theme" in name else data

    assert "看不见" in the_one(edit_parts(path, whiten), f"WBK036:{FIGURE}").message


def test_a_figure_that_fills_its_cell_again_and_again(tmp_path: Path) -> None:
    path = looking(
        save(tmp_path), FIGURE, lambda cell: setattr(cell, "alignment", Alignment(horizontal="fill"))
    )
    assert "重复显示" in the_one(path, f"WBK036:{FIGURE}").message


def rich(*runs: TextBlock | str) -> Callable[[object], object]:
    return lambda cell: setattr(cell, "value", CellRichText(*runs))


@pytest.mark.parametrize(
    ("font", "seen"),
    [
        (InlineFont(color="FFFFFFFF"), "看不见"),
        (InlineFont(strike=True), "删除线"),
        (InlineFont(sz=1), "看不见"),
    ],
)
def test_a_part_of_a_text_that_is_hidden(font: InlineFont, seen: str, tmp_path: Path) -> None:
    hidden = rich("全年公开政府信息", TextBlock(font, "不足"), "一百条，均按时限公开。")
    assert seen in the_one(looking(save(tmp_path), TEXT, hidden), f"WBK036:{TEXT}").message


def test_parts_of_a_text_in_other_fonts_are_left_alone(tmp_path: Path) -> None:
    bold = rich(
        "全年公开政府信息",
        TextBlock(InlineFont(b=True, color="FFFF0000"), "一百条"),
        "，面积5 m",
        TextBlock(InlineFont(vertAlign="superscript"), "2"),
    )
    assert "WBK036" not in str(said(looking(save(tmp_path), TEXT, bold)))


def test_a_figure_with_raised_digits(tmp_path: Path) -> None:
    raised = rich("5", TextBlock(InlineFont(vertAlign="superscript"), "2"))
    assert "上标" in the_one(looking(save(tmp_path), FIGURE, raised), f"WBK036:{FIGURE}").message


def test_digits_in_reverse(tmp_path: Path) -> None:
    path = looking(save(tmp_path), FIGURE, lambda cell: setattr(cell, "value", "\u202e21"))
    assert "颠倒" in the_one(path, f"WBK036:{FIGURE}").message


@pytest.mark.parametrize(
    ("content", "turned"), [(38, False), ("38", False), ("1,286", False), ("1 286", True)]
)
def test_a_cell_that_is_read_from_right_to_left(content: object, turned: bool, tmp_path: Path) -> None:
    def write(cell: object) -> None:
        cell.value, cell.alignment = content, Alignment(readingOrder=2)  # type: ignore[attr-defined]

    assert (f"WBK036:{FIGURE}" in said(looking(save(tmp_path), FIGURE, write))) is turned


def conditional(path: Path, rule: Rule) -> Path:
    sheet, name = place(FIGURE)
    return with_openpyxl(path, lambda book: book[sheet].conditional_formatting.add(name, rule))


@pytest.mark.parametrize(
    "style",
    [
        DifferentialStyle(font=Font(color="FFFFFFFF")),
        DifferentialStyle(font=Font(strike=True)),
        DifferentialStyle(numFmt=NumberFormat(numFmtId=190, formatCode='"777"')),
    ],
)
def test_a_condition_that_hides_or_changes_what_is_seen(style: DifferentialStyle, tmp_path: Path) -> None:
    path = conditional(save(tmp_path), Rule("expression", dxf=style, formula=["TRUE"]))
    assert "条件格式" in the_one(path, f"WBK036:{FIGURE}").message


def test_a_bar_without_the_figure(tmp_path: Path) -> None:
    path = conditional(save(tmp_path), DataBarRule("min", 0, "max", 0, color="FF638EC6", showValue=False))
    assert "条件格式" in the_one(path, f"WBK036:{FIGURE}").message


def test_a_condition_that_only_colours_is_left_alone(tmp_path: Path) -> None:
    style = DifferentialStyle(font=Font(color="FF9C0006"), fill=PatternFill(bgColor="FFFFC7CE"))
    path = conditional(save(tmp_path), Rule("expression", dxf=style, formula=["TRUE"]))
    assert "WBK036" not in str(said(path))


Changes: TypeAlias = dict[str, tuple[Callable[[object], object], str]]
"""What is done to a cell, and what is said of it then, "" for nothing."""


def assert_seen(folder: Path, changes: Changes, to: str) -> None:
    """In a workbook that another program saved in another format, each change in a cell of its own."""
    subjects = [subject for subject in FORM.grids["requests"].subjects() if subject not in FORM.computed]
    cells = {place(subject)[1]: change for subject, change in zip(subjects, changes.values(), strict=False)}
    path = save(folder, sound(dict.fromkeys(subjects[: len(cells)], 38)))

    def apply(book: Workbook) -> None:
        for cell, (change, _) in cells.items():
            change(book[sheet_of(FIGURE)][cell])

    (again,) = convert([with_openpyxl(path, apply)], folder / to, to=to)
    told = {
        cell: finding.message
        for finding in findings(again)
        if finding.code == "WBK036"
        for cell in finding.cells or (finding.cell,)
    }
    assert told.keys() == {cell for cell, (_, seen) in cells.items() if seen}
    assert all(seen in told.get(cell, "") for cell, (_, seen) in cells.items())


def test_looks_in_an_old_workbook(tmp_path: Path) -> None:
    changes: Changes = {
        "format": (formatted('"777"'), "显示为“777”"),
        "red": (lambda cell: setattr(cell, "font", Font(color="FFFF0000", b=True)), ""),
        "white": (lambda cell: setattr(cell, "font", Font(color="FFFFFBE6")), "看不见"),
        "tiny": (lambda cell: setattr(cell, "font", Font(size=1)), "看不见"),
        "struck": (lambda cell: setattr(cell, "font", Font(strike=True)), "删除线"),
        "part": (rich("3", TextBlock(InlineFont(color="FFFFFBE6"), "8")), "看不见"),
        "sound": (lambda _: None, ""),
    }
    assert_seen(tmp_path, changes, "xls")


def test_looks_in_open_document(tmp_path: Path) -> None:
    changes: Changes = {
        "format": (formatted('"777"'), "显示为“777”"),
        "percent": (formatted("0%"), "显示为“3800%”"),
        "unit": (formatted('0"件"'), ""),
        "red": (lambda cell: setattr(cell, "font", Font(color="FFFF0000", b=True)), ""),
        "white": (lambda cell: setattr(cell, "font", Font(color="FFFFFBE6")), "看不见"),
        "part": (rich("3", TextBlock(InlineFont(color="FFFFFBE6"), "8")), "看不见"),
        "sound": (lambda _: None, ""),
    }
    assert_seen(tmp_path, changes, "ods")
