"""docs/damage.md: every damage of the tests with the program's own answer to it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from damage import DAMAGES, Damage, answer  # noqa: E402
from xlreport.finding import SEVERITY_WORDS, Finding  # noqa: E402

PAGE = "docs/damage.md"
_INTRO = """\
# 损坏与答复

<!-- Generated from tests/damage.py by `make docs`. -->

What people and programs do to a return, and the answer to each: {count} kinds, done one by one to a sound
return by `tests/verify/test_damage.py`, which allows exactly these findings and no echo of them. The answers
are the program's own words.
"""


def page() -> str:
    """The page as it has to be."""
    parts = [_INTRO.format(count=len(DAMAGES))]
    for group, damages in groupby(DAMAGES, key=lambda damage: damage.group):
        parts.append(f"## {group}\n\n| 损坏 | 程序的答复 | 处理 |\n|---|---|---|")
        parts.append("\n".join(_line(damage) for damage in damages) + "\n")
    return "\n".join(parts)


def _line(damage: Damage) -> str:
    found = answer(damage)
    if not found:
        return f"| {shown(damage.name)} | 照常读取 | {shown(damage.why)} |"
    answers = "<br>".join(shown(text) for text in map(_answer, found))
    fixes = "<br>".join(dict.fromkeys(shown(finding.fix) for finding in found))
    return f"| {shown(damage.name)} | {answers} | {fixes} |"


def _answer(finding: Finding) -> str:
    return f"{finding.code} {SEVERITY_WORDS[finding.severity]}：{finding.message}"


def shown(text: str) -> str:
    """Text in a cell of a Markdown table, as it is."""
    return "".join(_cell(text))


def _cell(text: str) -> Iterator[str]:
    for char in text:
        yield "\\" + char if char in "|\\`*_<>[]" else " " if char == "\n" else char
