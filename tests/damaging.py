"""What people and programs do to a workbook, as tools: each changes a file in place and gives it back."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from lxml import etree
from openpyxl import Workbook
from openpyxl.reader.excel import load_workbook

from kept_books import keep, taken_up
from returns import FORM, MAIN, edit_cells, edit_parts, edit_sheet, part_of
from shared import once
from xlreport.area import a1, position
from xlreport.layout.stamp import STAMP_TAB, make_stamp


def with_openpyxl(path: Path, damage: Callable[[Workbook], object]) -> Path:
    """Changed and saved by openpyxl, which loads a file once and writes again only what is changed in it."""
    content = hashlib.sha256(path.read_bytes()).hexdigest()
    book = taken_up(once(f"openpyxl {content}", lambda: keep(load_workbook(path), to_be_saved=True)))
    damage(book)
    path.unlink()  # for a file that is emptied, the disk is waited for
    book.save(path)
    return path


def shift(root: etree._Element, rows: Callable[[int], int], columns: Callable[[int], int]) -> None:
    """Move rows and columns (0-based); what goes to −1 is taken out."""
    for line in root.iter(f"{MAIN}row"):
        moved_row = rows(int(str(line.get("r"))) - 1)
        if moved_row < 0:
            line.getparent().remove(line)  # type: ignore[union-attr]
            continue
        line.set("r", str(moved_row + 1))
        line.attrib.pop("spans", None)
        for cell in list(line):
            moved_column = columns(position(str(cell.get("r")))[1])
            if moved_column < 0:
                line.remove(cell)
            else:
                cell.set("r", a1(moved_row, moved_column))

    for area in list(root.iter(f"{MAIN}mergeCell")):
        (top, left), (bottom, right) = map(position, str(area.get("ref")).split(":"))
        down = [moved for place in range(top, bottom + 1) if (moved := rows(place)) >= 0]
        across = [moved for place in range(left, right + 1) if (moved := columns(place)) >= 0]
        if down and across:
            area.set("ref", f"{a1(min(down), min(across))}:{a1(max(down), max(across))}")
        else:
            area.getparent().remove(area)  # type: ignore[union-attr]


def same(place: int) -> int:
    return place


def inserted(at: int, count: int = 1) -> Callable[[int], int]:
    return lambda place: place + count if place >= at else place


def deleted(at: int) -> Callable[[int], int]:
    return lambda place: -1 if place == at else place - 1 if place > at else place


def swapped(one: int, other: int) -> Callable[[int], int]:
    return lambda place: {one: other, other: one}.get(place, place)


def shifted(
    path: Path, sheet: str, rows: Callable[[int], int] = same, columns: Callable[[int], int] = same
) -> Path:
    edit_sheet(path, sheet, lambda root: shift(root, rows, columns), keep_results=True)
    return edit_sheet(path, sheet, sort_rows, keep_results=True)


def sort_rows(root: etree._Element) -> None:
    data = root.find(f"{MAIN}sheetData")
    assert data is not None
    data[:] = sorted(data, key=lambda row: int(str(row.get("r"))))


def stamped(path: Path, key: str, value: object) -> Path:
    """Change a line of the stamp."""
    keys = [name for name, _ in make_stamp(FORM, "", None, {}).lines()]
    row = keys.index(key) + 1
    return edit_cells(path, STAMP_TAB, {f"B{row}": value}, keep_results=True)


def with_parts(path: Path, parts: Mapping[str, bytes]) -> Path:
    """Put parts into a file, or others in the place of its own."""
    edit_parts(path, lambda name, data: None if name in parts else data)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, archive.compression)
    return path


def in_part(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """Replace bytes of a part, everywhere."""

    def change(name: str, data: bytes) -> bytes:
        if name != part:
            return data
        assert old in data, old
        return data.replace(old, new)

    return edit_parts(path, change)


def in_sheet(path: Path, sheet: str, old: bytes, new: bytes) -> Path:
    """Replace bytes of a sheet's XML, everywhere."""
    return in_part(path, part_of(path, sheet), old, new)


def swallowed(path: Path, sheet: str, area: str) -> Path:
    """Merge cells as a spreadsheet does: what stood in them is gone, but for the first."""
    (top, left), (bottom, right) = map(position, area.split(":"))

    def merge(root: etree._Element) -> None:
        for cell in root.iter(f"{MAIN}c"):
            row, column = position(str(cell.get("r")))
            if top <= row <= bottom and left <= column <= right and (row, column) != (top, left):
                for child in list(cell):
                    cell.remove(child)
                cell.attrib.pop("t", None)
        merged = root.find(f"{MAIN}mergeCells")
        assert merged is not None
        etree.SubElement(merged, f"{MAIN}mergeCell", ref=area)

    return edit_sheet(path, sheet, merge)
