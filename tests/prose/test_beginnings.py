"""Expressions that begin with all characters they can begin with, for speed: none of these is forgotten."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import xlreport.prose
from xlreport.expression import Expression
from xlreport.prose.alphabet import fold

_AHEAD = re.compile(r"\(\?=\[[^\]]*\]\)")
_WORDS = re.compile("[\u4e00-\u9fff]+|[^\u4e00-\u9fff]")
_OTHERS = [*"0129一二十百，。；、：（）〔〕\n件年第共约的 "]


def quickened() -> Iterator[tuple[str, Expression]]:
    for module in pkgutil.iter_modules(xlreport.prose.__path__, "xlreport.prose."):
        for name, value in vars(import_module(module.name)).items():
            if isinstance(value, Expression) and _AHEAD.match(value.pattern):
                yield f"{module.name.rpartition('.')[2]}.{name}", value


QUICKENED = dict(quickened())
CORPUS = "\n".join(
    fold(path.read_text(encoding="utf-8")).text
    for path in sorted((Path(__file__).parents[1] / "corpus").rglob("*.toml"))[::4]
)


def found(pattern: str, text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(pattern, text)]


@pytest.mark.parametrize("name", QUICKENED)
@given(data=st.data())
def test_no_beginning_is_forgotten(name: str, data: st.DataObject) -> None:
    pattern = QUICKENED[name].pattern
    slow = _AHEAD.sub("", pattern, count=1)
    text = "".join(data.draw(st.lists(st.sampled_from([*_WORDS.findall(slow), *_OTHERS]), max_size=30)))
    assert found(pattern, text) == found(slow, text)


@pytest.mark.parametrize("name", QUICKENED)
def test_what_reports_say_is_found_as_without(name: str) -> None:
    pattern = QUICKENED[name].pattern
    assert found(pattern, CORPUS) == found(_AHEAD.sub("", pattern, count=1), CORPUS)
