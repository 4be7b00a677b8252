"""The summary workbook of a batch, read back as who uses it does."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

OVERVIEW, PROBLEMS, FIGURES, RANKING, ABSENT = "汇总", "问题清单", "数据", "排名", "未报"
_FIRST = frozenset({"填报单位", "文件", "年度", "单位"})
"""Headings of first columns."""


def rows(out: Path, sheet: str) -> list[tuple[object, ...]]:
    """All rows of a sheet."""
    return list(load_workbook(out / "summary.xlsx")[sheet].iter_rows(values_only=True))


def numbers(out: Path) -> dict[object, object]:
    """The big numbers on top of the first sheet."""
    content = rows(out, OVERVIEW)
    blank = next(n for n, row in enumerate(content) if row[0] is None)
    return {row[0]: row[1] for row in content[1:blank]}


def lines(out: Path, sheet: str) -> list[dict[object, object]]:
    """The lines of a table below its head, by heading."""
    content = rows(out, sheet)
    (head,) = (n for n, row in enumerate(content) if row[0] in _FIRST)
    return [dict(zip(content[head], row, strict=True)) for row in content[head + 1 :]]


def figures(out: Path, sheet: str = FIGURES) -> tuple[list[dict[object, object]], list[dict[object, object]]]:
    """The lines of totals and those of the returns on the sheet of figures, by the codes of the columns."""
    codes, _, _, *content = rows(out, sheet)
    filters = [row[0] for row in content].index("栏次")
    by_code = [dict(zip(codes, row, strict=True)) for row in content]
    return by_code[:filters], by_code[filters + 1 :]
