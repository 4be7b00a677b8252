"""What a person sees in a cell is what is read from it: else it is said, with both."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill

from damaging import with_openpyxl
from returns import place, said, save, sheet_of, sound, the_one

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
    "code", ["General", "0", "#,##0", "0_ ", "[Red]0", '0"件"', "@", "00000", "0.0", "0;-0;0"]
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
