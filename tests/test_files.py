"""Files written whole or not at all, under names every system accepts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.files import safe_name, whole, write_whole


def test_a_failure_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    write_whole(path, b"old")
    with pytest.raises(RuntimeError), whole(path) as file:
        file.write(b"half")
        raise RuntimeError
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_folders_are_made(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b" / "c", b"x")
    assert (tmp_path / "a" / "b" / "c").read_bytes() == b"x"


@given(st.text())
def test_any_text_becomes_a_plain_name(text: str) -> None:
    name = safe_name(text)
    assert name == Path(name).name
    assert 0 < len(name.encode()) <= 200
    assert not set(name) & set('\\/:*?"<>|\0\n')
    assert name[-1] not in " ."


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("岚溪县水务局", "岚溪县水务局"),
        ("a/b", "a_b"),
        ("CON", "_CON"),
        ("..", "_"),
        ("aux .2023", "_aux .2023"),
        ("COM¹", "_COM¹"),
        ("lpt3.x", "_lpt3.x"),
        ("conin$", "_conin$"),
        ("CONSOLE", "CONSOLE"),
        ("COM10", "COM10"),
        ("com", "com"),
        ("aux水", "aux水"),
    ],
)
def test_names_people_give(text: str, name: str) -> None:
    assert safe_name(text) == name
