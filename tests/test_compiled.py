"""Compiled expressions kept ready: they find the same, whatever has become of the file that keeps them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from xlreport import compiled as module
from xlreport.compiled import compiled, keep_compiled
from xlreport.kept import keep, kept, kept_file

PATTERNS = [
    ("[0-9]+件", 0),
    ("(?P<whole>[一二三四五六七八九十百千万]+)(?:余|多)?(件|条)", 0),
    ("(?<![0-9a-z])ab ?c(?![0-9a-z])", re.IGNORECASE),
    ("(?i)a.b|(?P<x>c)|(?P<y>[^甲乙丙0-9a-fA-F、，。]{2,5}?)", re.DOTALL),
    ("(?!)", 0),
    ("", 0),
]
TEXT = "收到申请一百二十余件、3件，答复 ab c 与 A\nB 条，其中甲x乙\n"


@pytest.fixture(autouse=True)
def _no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    _start_anew()


def _start_anew() -> None:
    module._known.cache_clear()
    module._new.clear()


def _write(content: Any) -> None:
    """A file that claims to have been kept by this very Python."""
    keep("expressions", module._made_by(), json.dumps(content).encode())
    _start_anew()


def _found(expression: re.Pattern[str]) -> list[tuple[Any, ...]]:
    return [(m.span(), m.groups(), m.groupdict(), m.lastgroup) for m in expression.finditer(TEXT)]


@pytest.mark.parametrize(("pattern", "flags"), PATTERNS)
def test_kept_expression_is_the_expression(pattern: str, flags: int) -> None:
    wanted = re.compile(pattern, flags)
    assert compiled(pattern, flags) is wanted
    keep_compiled()
    _start_anew()
    again = compiled(pattern, flags)
    assert not module._new, "it was compiled again"
    assert (again.pattern, again.flags, again.groups) == (wanted.pattern, wanted.flags, wanted.groups)
    assert again.groupindex == wanted.groupindex
    assert _found(again) == _found(wanted)


def test_what_was_kept_before_stays() -> None:
    compiled("甲", 0)
    keep_compiled()
    compiled("乙", 0)
    keep_compiled()
    _start_anew()
    compiled("甲", 0)
    compiled("乙", 0)
    assert not module._new


def test_the_same_pattern_with_other_flags_is_another() -> None:
    compiled("a", 0)
    keep_compiled()
    assert compiled("a", re.IGNORECASE).match("A") is not None


def test_nothing_new_is_not_written() -> None:
    keep_compiled()
    assert not kept_file("expressions").exists()


@pytest.mark.parametrize(
    "content",
    [
        {},
        [],
        ["0 a"],
        {"0 a": None},
        {"0 a": []},
        {"0 a": [32, 0, {}, "no numbers"]},
        {"0 a": [32, 0, {}, ""]},
        {"0 a": [32, 0, {}, "AAAA"]},
        {"0 a": [32, 0, {}, "/////w=="]},
        {"0 a": [32, 0, {"x": 7}, "AQAAAA=="]},
        {"0 a": [32, -5, [], "AQAAAA=="]},
        {"0 a": ["32", 0, {}, "AQAAAA=="]},
        {"0 a": [2**70, 0, {}, "AQAAAA=="]},
        {"0 a": {"flags": 32}},
    ],
)
def test_crafted_file_is_as_none(content: Any) -> None:
    _write(content)
    assert compiled("a", 0).findall("aba") == ["a", "a"]


def test_damaged_file_is_as_none() -> None:
    compiled("a", 0)
    keep_compiled()
    place = kept_file("expressions")
    place.write_bytes(place.read_bytes().replace(b'"0 a"', b'"0 b"'))
    assert kept("expressions", module._made_by()) is None
    _start_anew()
    assert compiled("b", 0).findall("abb") == ["b", "b"]
