"""Where rows and columns begin: as adding up the sizes of all before them says, whoever has their own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.area import Area
from xlreport.formats.covers import Thing, covered_by
from xlreport.formats.drawn import SHAPES
from xlreport.formats.palette import PALETTE
from xlreport.formats.sheet_grid import Lines, SheetGrid
from xlreport.formats.xls_looks import PALETTE_RECORD, XlsLooks

RUNS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 4), st.integers(0, 9)), max_size=6)


@given(RUNS, st.integers(0, 25))
def test_a_line_begins_where_those_before_it_end(runs: list[tuple[int, int, int]], line: int) -> None:
    own = [(first, first + more, float(size)) for first, more, size in runs]
    sizes: dict[int, float] = {}
    for first, last, size in sorted(own):
        for each in range(first, last + 1):
            sizes.setdefault(each, size)
    expected = sum(sizes.get(each, 5.0) for each in range(line))
    assert Lines(5.0, own).start(line) == expected


@pytest.mark.parametrize("merged", [(), (Area("", 0, 0, 40, 0),)])
def test_of_many_cells_only_those_below_a_thing_are_covered(merged: tuple[Area, ...]) -> None:
    grid = SheetGrid(rows=Lines(10.0, [(row, row, 20.0) for row in range(50)]))
    cells = [(row, column) for row in range(50) for column in range(3)]
    thing = Thing(SHAPES, grid.box(Area("", 30, 0, 30, 1)))
    above = [(0, 0)] if merged else []
    found = covered_by([thing], grid, cells, merged)
    assert list(found) == [(30, 0), (30, 1)]
    tall = Thing(SHAPES, grid.box(Area("", 5, 0, 30, 0)))
    assert [place for place in covered_by([tall], grid, cells, merged) if place[0] == 0] == above


@pytest.mark.parametrize(
    "data", [b"", b"\x38", b"\x38\x00", b"\x38\x00\x01\x02", b"\x02\x00\x01\x02\x03\x00\x04"]
)
def test_a_palette_that_ends_too_early_is_the_usual_one_from_there_on(data: bytes) -> None:
    looks = XlsLooks(records=[(PALETTE_RECORD, data)])
    looks.finish()
    assert {len(colour) for colour in looks.palette} <= {len(colour) for colour in PALETTE}
    assert looks.palette[9:] == list(PALETTE)[9:]
