"""A part taken out of an Office file quickly is what the full reader finds there, or none is taken."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from command_line import RETURNS
from returns import save
from xlreport.archive.peek import peek
from xlreport.formats.package import DAMAGED

PART = "xl/workbook.xml"
LONGEST = 2**20


def read(path: Path) -> bytes | None:
    """What Python's reader finds; None for nothing."""
    try:
        with zipfile.ZipFile(path) as package:
            return package.read(PART)
    except (*DAMAGED, KeyError):
        return None


@pytest.mark.parametrize("path", sorted(RETURNS.rglob("*.xlsx")), ids=lambda path: path.stem)
def test_returns_are_read_quickly(path: Path) -> None:
    assert peek(path, PART, LONGEST) == read(path) is not None


def test_so_is_what_another_program_saved(tmp_path: Path) -> None:
    path = save(tmp_path)
    load_workbook(path).save(path)
    assert peek(path, PART, LONGEST) == read(path) is not None


def packed(path: Path, *members: tuple[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", how) as package:
        for name, data in members:
            package.writestr(zipfile.ZipInfo(name), data, how)
    return path


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_is_written_otherwise_is_left_to_the_full_reader(tmp_path: Path) -> None:
    one, two = (PART, b"<one/>" * 9), (PART, b"<two/>" * 9)
    path = tmp_path / "a.xlsx"
    for members in ((one, two), (("xl/workbook.xml.bak", b""), one), (("xl/workbook.xmlx", b""),), ()):
        assert peek(packed(path, *members), PART, LONGEST) is None
    assert peek(packed(path, one, how=zipfile.ZIP_STORED), PART, LONGEST) is None
    plain = packed(path, one, ("xl/styles.xml", b"<x/>")).read_bytes()
    assert peek(path, PART, LONGEST) == one[1]
    assert peek(path, PART, 10) is None
    for bent in (b"MZ" + plain, plain + b"\0", plain[:-1], plain[:-2] + b"\3\0abc", b"", b"PK\5\6"):
        path.write_bytes(bent)
        assert peek(path, PART, LONGEST) is None
    path.unlink()
    assert peek(path, PART, LONGEST) is None


def damaged(data: bytes) -> Iterator[bytes]:
    """The file with one byte changed, or cut off, at many places, most of them in its directory."""
    chance = random.Random(7)
    start = data.rfind(b"PK\1\2", 0, data.rfind(b"PK\1\2")) - 200
    for _ in range(600):
        at = chance.randrange(start, len(data))
        yield data[:at] + bytes((chance.randrange(256),)) + data[at + 1 :]
    for _ in range(60):
        at = chance.randrange(len(data))
        yield data[:at] + bytes((data[at] ^ 1,)) + data[at + 1 :]
        yield data[:at]


def test_no_damage_shows_it_anything_that_the_full_reader_does_not_find(tmp_path: Path) -> None:
    members = (("xl/styles.xml", b"<styles/>" * 50), (PART, b"<workbook/>" * 50), ("xl/theme.xml", b"<t/>"))
    path = packed(tmp_path / "a.xlsx", *members)
    taken = 0
    for data in damaged(path.read_bytes()):
        path.write_bytes(data)
        quick, full = peek(path, PART, LONGEST), read(path)
        assert full is None or quick in (None, full)
        taken += quick is not None
    assert taken > 100
