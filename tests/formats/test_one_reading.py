"""What programs could read differently is refused by name: encodings that lie, contents in several ways."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from returns import edit_parts, part_of, place, said, save

STRINGS, STYLES, BOOK = "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"


def changed(path: Path, part: str, change: Callable[[str], str]) -> list[str]:
    """What is said of a return of which one part is changed."""

    def apply(name: str, data: bytes) -> bytes:
        if name != part:
            return data
        text = change(data.decode())
        assert text != data.decode()
        return text.encode()

    return sorted(said(edit_parts(path, apply)))


def declared(encoding: str) -> Callable[[str], str]:
    return lambda text: text.replace('encoding="UTF-8"', f'encoding="{encoding}"', 1)


def twice(element: str) -> Callable[[str], str]:
    """An element for newer programs and once more for others."""

    def write(text: str) -> str:
        found = re.search(rf"<{element}[ >].*</{element}>|<{element}[^>]*/>", text, re.DOTALL)
        assert found is not None
        both = (
            f'<mc:AlternateContent xmlns:mc="{MC}" xmlns:x14="{X14}"><mc:Choice Requires="x14">{found[0]}'
            f"</mc:Choice><mc:Fallback>{found[0]}</mc:Fallback></mc:AlternateContent>"
        )
        return text.replace(found[0], both, 1)

    return write


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "us-ascii"])
def test_encodings_that_are_what_they_are_called(encoding: str, tmp_path: Path) -> None:
    assert changed(save(tmp_path), STRINGS, lambda text: f"{declared(encoding)(text)}\n") == []


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "gb2312"])
def test_an_encoding_without_consequence(encoding: str, tmp_path: Path) -> None:
    def write(text: str) -> str:
        return declared(encoding)(text.encode("ascii", "xmlcharrefreplace").decode())

    assert changed(save(tmp_path), STRINGS, write) == []


@pytest.mark.parametrize("encoding", ["GBK", "GB18030", "ISO-8859-1", "UTF-7", "HZ"])
def test_an_encoding_in_which_the_text_is_another(encoding: str, tmp_path: Path) -> None:
    assert changed(save(tmp_path), STRINGS, declared(encoding)) == ["WBK001:"]


def _with_comment(data: bytes, comment: bytes) -> bytes:
    return data[:-2] + len(comment).to_bytes(2, "little") + comment


def test_an_archive_with_a_comment_or_something_behind_it(tmp_path: Path) -> None:
    path = save(tmp_path)
    sound = path.read_bytes()
    for data in (_with_comment(sound, b"made by a tool"), sound + b"\0" * 100):
        path.write_bytes(data)
        assert said(path) == {}


def test_two_archives_in_one_file(tmp_path: Path) -> None:
    path = save(tmp_path)
    sound = path.read_bytes()
    end = sound[-22:]
    for data in (sound + sound, _with_comment(sound, end), _with_comment(sound, b"x" + end)):
        path.write_bytes(data)
        assert sorted(said(path)) == ["WBK001:"]


def test_another_way_of_what_is_not_read(tmp_path: Path) -> None:
    sheet = part_of(save(tmp_path), place("signed_on")[0])
    controls = (
        f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice xmlns:x14="{X14}" Requires="x14"><controls/>'
        "</mc:Choice></mc:AlternateContent></worksheet>"
    )
    path = (
        f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x15">'
        '<x15ac:absPath xmlns:x15ac="x" url="u"/></mc:Choice></mc:AlternateContent><sheets>'
    )
    assert changed(save(tmp_path), sheet, lambda text: text.replace("</worksheet>", controls)) == []
    assert changed(save(tmp_path), BOOK, lambda text: text.replace("<sheets>", path)) == []


@pytest.mark.parametrize(
    ("part", "element"), [(STYLES, "fonts"), (STYLES, "cellXfs"), (BOOK, "workbookPr"), ("", "cols")]
)
def test_contents_in_two_ways(part: str, element: str, tmp_path: Path) -> None:
    path = save(tmp_path)
    sheet = part_of(path, place("signed_on")[0])
    assert changed(path, part or sheet, twice(element)) == ["WBK001:"]


@pytest.mark.parametrize(
    "text",
    ["<t>3</t><t>8</t>", "<t>3</t><r><t>8</t></r>", "<r><t>3</t><t>8</t></r>", "<r><t>3</t></r><t>8</t>"],
)
def test_a_text_in_several_ways(text: str, tmp_path: Path) -> None:
    path = save(tmp_path)
    sheet, name = place("requests[new_requests,natural_person]")

    def write(found: str) -> str:
        return re.sub(
            rf'<c r="{name}"([^>]*)>.*?</c>', rf'<c r="{name}"\1 t="inlineStr"><is>{text}</is></c>', found
        )

    assert changed(path, part_of(path, sheet), write) == ["WBK001:"]


def test_shared_texts_in_two_ways(tmp_path: Path) -> None:
    assert changed(save(tmp_path), STRINGS, twice("si")) == ["WBK001:"]
