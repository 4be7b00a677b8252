"""Lists of units for tests, as offices keep them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from returns import FORM
from xlreport.roster.read import ListRead, read_roster

HEADINGS = ("单位", "机关代码", "上级", "层级", "类型", "邮箱", "期限")
COUNTY: Sequence[Sequence[object]] = (
    ("岚溪县水务局", "LX-B-001", "", "县区", "部门", "shuiwu@lanxi.example", None),
    ("岚溪县民政局", "LX-B-002", "", "县区", "部门", "minzheng@lanxi.example", None),
    (
        "岚溪县青禾镇人民政府",
        "LX-T-007",
        "岚溪县人民政府",
        "乡镇",
        "乡镇（街道）",
        "qinghe@lanxi.example",
        None,
    ),
)


def save_list(
    path: Path,
    rows: Sequence[Sequence[object]] = COUNTY,
    headings: Sequence[str] = HEADINGS,
    above: Sequence[str] = (),
    merged: str = "",
) -> Path:
    """A list as a workbook; `above` are lines over the headings."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (*((line,) for line in above), headings, *rows):
        sheet.append([*row])
    if merged:
        sheet.merged_cells.add(merged)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def read_list(path: Path, office: str = "岚溪县人民政府") -> ListRead:
    """The list in a file, and what is wrong with it."""
    return read_roster(path, FORM, office)


def wrong(found: ListRead) -> list[str]:
    """The mistakes as a clerk reads them, remarks aside."""
    return [str(mistake) for mistake in found.mistakes if not mistake.remark]
