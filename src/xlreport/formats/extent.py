"""How much of a sheet is in use, and the refusal of workbooks that would not fit into memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from operator import itemgetter
from typing import TypeVar

from xlreport.formats.foreign import Unopened
from xlreport.formats.limits import limits

T = TypeVar("T")
_CONDITIONS = 100_000
"""Areas with a condition each on one sheet."""


class Extent:
    """Adds up the rectangles up to the last filled cells of a workbook's sheets."""

    def __init__(self) -> None:
        self._total = 0

    def add(self, sheet: str, filled: Collection[tuple[int, int]]) -> tuple[int, int]:
        """Count a sheet by its cells with content, and say how many rows and columns. Raises Unopened."""
        rows = max(map(itemgetter(0), filled), default=-1) + 1
        columns = max(map(itemgetter(1), filled), default=-1) + 1
        self._total += rows * columns
        if self._total > limits().cells:
            message = f"工作表“{sheet}”在第 {rows} 行、第 {columns} 列仍有内容，离表格太远，没有打开"
            raise Unopened(message, "请删除表格以外的内容，保存后再报送")
        return rows, columns


def check_sheets(count: int) -> None:
    """Refuse a workbook of too many sheets. Raises Unopened."""
    if count > limits().sheets:
        raise Unopened(f"文件里有 {count} 个工作表，不是正常的报表工作簿")


def check_records(count: int) -> None:
    """Refuse a part of too many records, each about what a tag is in XML. Raises Unopened."""
    if count > limits().tags:
        raise Unopened("文件里的单元格过多，不是正常的报表工作簿")


def check_cells(count: int) -> None:
    """Refuse a sheet whose formulas fill too many cells. Raises Unopened."""
    if count > limits().cells:
        raise Unopened("文件里的公式铺得过大，不是正常的报表工作簿")


def check_conditions(count: int) -> None:
    """Refuse a sheet of more conditional formats than anybody makes. Raises Unopened."""
    if count > _CONDITIONS:
        raise Unopened("文件里的条件格式过多，不是正常的报表工作簿")


def rows_of(cells: Mapping[tuple[int, int], T], blank: T) -> list[list[T]]:
    """Cells by 0-based row and column as rows, as long as each needs; their extent has been checked."""
    rows: list[list[T]] = []
    for (row, column), value in cells.items():
        while len(rows) <= row:
            rows.append([])
        line = rows[row]
        if column == len(line):  # what nearly every cell is: the next one
            line.append(value)
        else:
            line += [blank] * (column + 1 - len(line))
            line[column] = value
    return rows
