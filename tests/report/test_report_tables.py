"""Official tables: merged labels, stacked grids, figures."""

from __future__ import annotations

from decimal import Decimal

from small_report import CASES, CHARGES, DOCUMENTS, REQUESTS, complete_values

from xlreport.report.document import Table, TableCell
from xlreport.report.tables import official_table


def shape(table: Table) -> list[list[tuple[str, int, int]]]:
    return [[(cell.text, cell.rows, cell.columns) for cell in row] for row in table.rows]


def covered(table: Table) -> list[int]:
    """How many cells each row has once spans are counted."""
    counts = [0] * len(table.rows)
    for number, row in enumerate(table.rows):
        for cell in row:
            for below in range(cell.rows):
                counts[number + below] += cell.columns
    return counts


def test_labels_merge_and_short_paths_stretch() -> None:
    table = official_table((REQUESTS,), complete_values(), "三、申请情况")
    assert table.caption == "三、申请情况"
    assert table.head == 3
    assert shape(table)[:3] == [
        [("勾稽关系", 3, 3), ("申请人", 1, 4)],
        [("自然人", 2, 1), ("组织", 1, 2), ("总计", 2, 1)],
        [("企业", 1, 1), ("公益", 1, 1)],
    ]
    labels = [[(cell.text, cell.rows, cell.columns) for cell in row if cell.header] for row in table.rows[3:]]
    assert labels == [
        [("一、新收", 1, 3)],
        [("二、结果", 3, 1), ("（一）公开", 1, 2)],
        [("（二）不公开", 2, 1), ("1.国家秘密", 1, 1)],
        [("2.法律禁止", 1, 1)],
        [("三、结转", 1, 3)],
    ]


def test_every_row_of_every_table_is_full() -> None:
    for grids in ((REQUESTS,), (DOCUMENTS, CHARGES), (CASES,)):
        table = official_table(grids, complete_values())
        assert set(covered(table)) == {len(table.widths)}
        assert sum(table.widths) == 1000


def test_stacked_grids_share_their_columns() -> None:
    table = official_table(
        (DOCUMENTS, CHARGES), complete_values(**{"charges[charge,amount]": Decimal("59237.2449")})
    )
    assert table.head == 0
    assert shape(table) == [
        [("第（一）项", 1, 4)],
        [("信息内容", 1, 1), ("制发", 1, 1), ("废止", 1, 1), ("现行有效", 1, 1)],
        [("规章", 1, 1), ("0", 1, 1), ("0", 1, 1), ("0", 1, 1)],
        [("规范性文件", 1, 1), ("0", 1, 1), ("0", 1, 1), ("0", 1, 1)],
        [("第（八）项", 1, 4)],
        [("信息内容", 1, 1), ("金额（万元）", 1, 3)],
        [("行政事业性收费", 1, 1), ("59237.2449", 1, 3)],
    ]


def test_a_grid_in_line_stands_in_one_row() -> None:
    table = official_table((CASES,), complete_values(**{"cases[after,total]": 7}))
    assert table.head == 3
    assert shape(table) == [
        [("行政复议", 1, 2), ("行政诉讼", 1, 4)],
        [("维持", 2, 1), ("总计", 2, 1), ("直接起诉", 1, 2), ("复议后起诉", 1, 2)],
        [("维持", 1, 1), ("总计", 1, 1), ("维持", 1, 1), ("总计", 1, 1)],
        [("0", 1, 1)] * 5 + [("7", 1, 1)],
    ]


def test_0_prints_as_0_and_blank_as_nothing() -> None:
    table = official_table((CASES,), {"cases[review,upheld]": 0})
    assert [cell.text for cell in table.rows[-1]] == ["0", "", "", "", "", ""]
    assert table.rows[-1][0] == TableCell("0", numeric=True)
