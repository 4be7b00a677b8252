"""Slips of a hand or a program in the table of requests: neighbours exchanged, cells moved, labels slipped.

Each takes the rows of a table as texts: three rows of heads, three columns of labels, seven of figures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

Rows = list[list[str]]
HEADS, LABELS = 3, 3


def _body(rows: Rows) -> range:
    return range(HEADS, len(rows))


def _place(chance: Random, rows: Rows, rows_below: int = 0, columns_beside: int = 0) -> tuple[int, int]:
    row = chance.randrange(HEADS, len(rows) - rows_below)
    return row, chance.randrange(LABELS, len(rows[0]) - columns_beside)


def beside_exchanged(chance: Random, rows: Rows) -> None:
    row, column = _place(chance, rows[: len(rows) - 1], columns_beside=1)
    rows[row][column : column + 2] = reversed(rows[row][column : column + 2])


def below_exchanged(chance: Random, rows: Rows) -> None:
    row, column = _place(chance, rows, rows_below=1)
    rows[row][column], rows[row + 1][column] = rows[row + 1][column], rows[row][column]


def digits_exchanged(chance: Random, rows: Rows) -> None:
    long = [(r, c) for r in _body(rows) for c in range(LABELS, len(rows[r])) if len(rows[r][c]) > 1]
    if long:
        row, column = chance.choice(long)
        rows[row][column] = rows[row][column][::-1]


def row_shifted(chance: Random, rows: Rows) -> None:
    for row in chance.sample(_body(rows), chance.choice((1, 1, 2, 5))):
        filled, figures = chance.choice(("", "0")), rows[row][LABELS:]
        rows[row][LABELS:] = [filled, *figures[:-1]] if chance.random() < 0.5 else [*figures[1:], filled]


def column_lost(chance: Random, rows: Rows) -> None:
    column = _place(chance, rows)[1]
    for row in rows if chance.random() < 0.5 else rows[HEADS:]:
        row[column:] = [*row[column + 1 :], ""]


def merged_twice(chance: Random, rows: Rows) -> None:
    row, column = _place(chance, rows, rows_below=1, columns_beside=1)
    down = chance.random() < 0.5
    rows[row + down][column + (not down)] = rows[row][column]


def in_next_row(chance: Random, rows: Rows) -> None:
    row, column = _place(chance, rows, rows_below=1)
    rows[row + 1][column], rows[row][column] = rows[row][column], chance.choice(("", "0"))


def labels_slipped(chance: Random, rows: Rows) -> None:
    first = chance.choice(_body(rows)[:-1])
    for row in range(len(rows) - 1, first, -1):
        rows[row][LABELS - 1] = rows[row - 1][LABELS - 1]


def slip_without_totals(chance: Random, rows: Rows) -> None:
    row, column = _place(chance, rows)
    rows[row][column] = str(int(rows[row][column]) + chance.choice((1, 2, 10)))
    rows[:] = [each for number, each in enumerate(rows) if number < HEADS or "总计" not in each[LABELS - 1]]


def counted_twice(chance: Random, rows: Rows) -> None:
    one, other = chance.sample(_body(rows), 2)
    column = _place(chance, rows, columns_beside=1)[1]
    rows[other][column] = str(int(rows[other][column]) + int(rows[one][column]))


def one_cell_more(chance: Random, rows: Rows) -> None:
    row, column = _place(chance, rows)
    for number, each in enumerate(rows):
        each.insert(column if number == row else len(each), chance.choice("05") if number == row else "")


SLIPS: Mapping[str, Callable[[Random, Rows], None]] = {
    "neighbours beside exchanged": beside_exchanged,
    "neighbours below exchanged": below_exchanged,
    "digits exchanged": digits_exchanged,
    "row shifted": row_shifted,
    "column lost": column_lost,
    "merged cell twice": merged_twice,
    "figure in the next row": in_next_row,
    "labels slipped": labels_slipped,
    "slip without totals": slip_without_totals,
    "counted twice": counted_twice,
    "one cell more": one_cell_more,
}
