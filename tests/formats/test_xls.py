"""Excel 97-2003 workbooks, record by record: what other programs' files do not happen to hold."""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compound_file import compound
from xlreport.area import Area
from xlreport.formats.binary_formulas import UNKNOWN_FORMULA, XLS, XLSB, written
from xlreport.formats.container import Container
from xlreport.formats.foreign import Unopened
from xlreport.formats.reading import take_snapshot
from xlreport.formats.snapshot import SheetSnapshot, Snapshot

BOF = (0x0809, struct.pack("<HH12x", 0x0600, 5))
EOF = (0x000A, b"")
Record = tuple[int, bytes]


def stream(records: list[Record]) -> bytes:
    return b"".join(struct.pack("<HH", number, len(data)) + data for number, data in records)


def xls(cells: list[Record], book: list[Record] | None = None, state: int = 0) -> bytes:
    """A file with one sheet, 表."""
    before = [BOF, *(book or [])]
    name = b"\1\1" + "表".encode("utf-16-le")
    start = len(stream([*before, (0x0085, bytes(6) + name), EOF]))
    bound = (0x0085, struct.pack("<IBB", start, state, 0) + name)
    return compound({"Workbook": stream([*before, bound, EOF, BOF, *cells, EOF])})


def workbook(cells: list[Record], book: list[Record] | None = None, state: int = 0) -> Snapshot:
    return take_snapshot(Container(xls(cells, book, state)))


def sheet(cells: list[Record], book: list[Record] | None = None, state: int = 0) -> SheetSnapshot:
    return workbook(cells, book, state).sheets["表"]


def at(row: int, column: int, style: int = 0) -> bytes:
    return struct.pack("<HHH", row, column, style)


def formula(row: int, column: int, tokens: bytes, result: bytes = struct.pack("<d", 7)) -> Record:
    return 0x0006, at(row, column) + result + bytes(6) + struct.pack("<H", len(tokens)) + tokens


# Cells -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("packed", "number"),
    [
        (7 << 2 | 2, 7),
        ((-7 & 0x3FFFFFFF) << 2 | 2, -7),
        (1250 << 2 | 3, 12.5),
        (0x3FF00000, 1),
        (0x40590001, 1),
    ],
)
def test_packed_numbers(packed: int, number: float) -> None:
    record = (0x027E, at(0, 0) + struct.pack("<I", packed))
    row = (0x00BD, struct.pack("<HHHIHIH", 1, 0, 0, packed, 0, packed, 1))
    assert [list(line) for line in sheet([record, row]).rows] == [[number], [number, number]]


def test_truth_and_errors() -> None:
    cells = [(0x0205, at(0, n) + bytes(pair)) for n, pair in enumerate(((1, 0), (0, 0), (23, 1), (7, 1)))]
    assert list(sheet(cells).rows[0]) == [True, False, "#REF!", "#DIV/0!"]


@pytest.mark.parametrize(
    "second",
    [
        (0x0203, at(2, 3) + struct.pack("<d", 9)),
        (0x0201, at(2, 3)),
        (0x00BE, struct.pack("<5H", 2, 2, 0, 0, 3)),
    ],
)
def test_a_cell_twice(second: Record) -> None:
    first = (0x0203, at(2, 3) + struct.pack("<d", 38))
    with pytest.raises(Unopened, match="D3 有两份"):
        sheet([first, second])
    beside = (second[0], struct.pack("<H", 3) + second[1][2:])
    assert sheet([first, beside]).raw(2, 3) == 38


def test_text_in_the_cell_itself() -> None:
    wide = (0x0204, at(0, 0) + struct.pack("<HB", 2, 1) + "件数".encode("utf-16-le"))
    narrow = (0x0204, at(0, 1) + struct.pack("<HB", 2, 0) + b"ab")
    assert list(sheet([wide, narrow]).rows[0]) == ["件数", "ab"]


def dates(number: int, code: str = "", since_1904: bool = False) -> list[Record]:
    written = [(0x041E, struct.pack("<HHB", number, len(code), 1) + code.encode("utf-16-le"))] if code else []
    return [(0x0022, bytes([since_1904, 0])), *written, (0x00E0, struct.pack("<HH16x", 0, number))]


@pytest.mark.parametrize(
    ("number", "book", "expected"),
    [
        (45311, dates(14), date(2024, 1, 20)),
        (45311.5, dates(22), datetime(2024, 1, 20, 12)),
        (45311, dates(31), date(2024, 1, 20)),
        (43849, dates(14, since_1904=True), date(2024, 1, 20)),
        (1, dates(14), date(1900, 1, 1)),
        (61, dates(14), date(1900, 3, 1)),
        (45311, dates(164, "yyyy-mm-dd"), date(2024, 1, 20)),
        (45311, dates(164, 'yyyy"年"m"月"'), date(2024, 1, 20)),
        (45311, dates(164, '0"days"'), 45311),
        (45311, dates(164, "[Red]0"), 45311),
        (45311, dates(1), 45311),
        (-5, dates(14), -5),
        (9e9, dates(14), 9e9),
    ],
)
def test_a_number_is_a_date_where_its_format_shows_one(
    number: float, book: list[Record], expected: object
) -> None:
    found = sheet([(0x0203, at(0, 0) + struct.pack("<d", number))], book).raw(0, 0)
    assert found == expected


# Texts over the ends of records ----------------------------------------------------------------------


TEXTS = ["甲乙丙", "abc", "", "一二三四五六七八九十" * 40]


@given(st.integers(1, 800))
def test_the_table_of_texts_may_be_cut_anywhere_between_characters(size: int) -> None:
    records = [b""]
    for text in TEXTS:
        data = struct.pack("<HB", len(text), 1)
        if len(records[-1]) + len(data) > size + 20:
            records.append(b"")
        records[-1] += data
        for character in text:
            if len(records[-1]) >= size + 20:
                records.append(b"\1")  # what goes on is in two bytes again
            records[-1] += character.encode("utf-16-le")
    records[0] = struct.pack("<II", len(TEXTS), len(TEXTS)) + records[0]
    table = [(0x00FC, records[0]), *((0x003C, data) for data in records[1:])]
    cells = [(0x00FD, at(0, n) + struct.pack("<I", n)) for n in range(len(TEXTS))]
    assert list(sheet(cells, table).rows[0]) == TEXTS


def test_a_text_may_change_its_width_and_carry_formats() -> None:
    first = struct.pack("<II", 1, 1) + struct.pack("<HBHI", 4, 0x0C, 1, 6) + b"ab"
    second = b"\1" + "丙丁".encode("utf-16-le") + bytes(4 + 6)
    found = sheet([(0x00FD, at(0, 0) + bytes(4))], [(0x00FC, first), (0x003C, second)])
    assert found.raw(0, 0) == "ab丙丁"


def test_a_table_of_texts_that_is_cut_off_is_missed_by_the_cell_that_needs_it() -> None:
    table = [(0x00FC, struct.pack("<IIHB", 1, 1, 9, 1) + b"ab")]
    assert sheet([], table).rows == []
    with pytest.raises(Unopened, match="损坏"):
        sheet([(0x00FD, at(0, 0) + bytes(4))], table)


@pytest.mark.parametrize("count", [0, 1, 4_000_000_000])
def test_a_wrong_count_of_texts_is_nobodys_concern(count: int) -> None:
    table = (
        struct.pack("<II", count, count) + struct.pack("<HB", 2, 0) + b"ab" + struct.pack("<HB", 1, 0) + b"c"
    )
    assert sheet([(0x00FD, at(0, 0) + struct.pack("<I", 1))], [(0x00FC, table)]).raw(0, 0) == "c"


# Formulas --------------------------------------------------------------------------------------------


SUM = b"\x25" + struct.pack("<HHHH", 0, 0, 0xC000, 0xC002) + b"\x19\x10\0\0"


def test_a_formula_and_its_results() -> None:
    text = (0x0207, struct.pack("<HB", 2, 1) + "通过".encode("utf-16-le"))
    marks = {
        "text": b"\0\0\0\0\0\0\xff\xff",
        "true": b"\1\0\1\0\0\0\xff\xff",
        "error": b"\2\0\x17\0\0\0\xff\xff",
    }
    found = sheet(
        [
            formula(0, 3, SUM),
            formula(1, 3, SUM, marks["text"]),
            text,
            formula(2, 3, SUM, marks["true"]),
            formula(3, 3, SUM, marks["error"]),
        ]
    )
    assert [found.raw(row, 3) for row in range(4)] == [7, "通过", True, "#REF!"]
    assert set(found.formulas.values()) == {"SUM(A1:C1)"}


def test_a_formula_that_cells_share_is_read_as_each_means_it() -> None:
    near = b"\x2d" + struct.pack("<HHHH", 0, 0, 0xFFFD & 0xC0FF | 0xC0FD, 0xC0FF) + b"\x19\x10\0\0"
    shared = (0x04BC, bytes(8) + struct.pack("<H", len(near)) + near)
    own = b"\x01" + struct.pack("<HH", 4, 3)
    found = sheet([formula(4, 3, own), shared, formula(5, 3, own)])
    assert found.formulas == {(4, 3): "SUM(A5:C5)", (5, 3): "SUM(A6:C6)"}


WRITTEN = {
    "arithmetic": (b"\x1e\2\0\x1e\3\0\x03\x15\x1e\4\0\x05\x14\x13", "-(2+3)*4%"),
    "float": (b"\x1f" + struct.pack("<d", 0.1), "0.1"),
    "comparison": (b"\x1d\1\x1c\x2a\x0e", "TRUE<>#N/A"),
    "condition": (b"\x1e\1\0\x19\2\7\0\x1e\2\0\x19\x08\3\0\x42\2\1\0", "IF(1,2)"),
    "fixed": (b"\x1e\1\0\x1e\2\0\x41\x1b\0", "ROUND(1,2)"),
    "missing": (b"\x16\x1e\2\0\x42\2\4\0", "SUM(,2)"),
    "choice": (b"\x1e\1\0\x19\4\1\0\0\0\0\0\x1e\5\0\x42\2\x64\0", "CHOOSE(1,5)"),
    "unknown token": (b"\x3f", UNKNOWN_FORMULA),
    "unknown function": (b"\x42\0\xfe\x7f", UNKNOWN_FORMULA),
    "too few": (b"\x03", UNKNOWN_FORMULA),
    "too many": (b"\x1e\1\0\x1e\1\0", UNKNOWN_FORMULA),
    "cut off": (b"\x1e\1", UNKNOWN_FORMULA),
    "too long": (b"\x1e\1\0" * 9000, UNKNOWN_FORMULA),
}


@pytest.mark.parametrize("kind", WRITTEN)
def test_tokens_are_written_as_excel_shows_them(kind: str) -> None:
    tokens, expected = WRITTEN[kind]
    assert written(tokens, XLS) == expected
    assert written(tokens, XLSB) == expected


def test_references_and_texts_have_widths_of_their_own() -> None:
    old = b"\x3a" + struct.pack("<HHH", 0, 4, 2) + b'\x17\2\0a"\x08'
    new = b"\x3a" + struct.pack("<HIH", 0, 4, 2) + b"\x17\2\0" + 'a"'.encode("utf-16-le") + b"\x08"
    assert written(old, XLS, ["一、二"]) == written(new, XLSB, ["一、二"]) == '\'一、二\'!C5&"a"""'
    assert written(old, XLS, []) == UNKNOWN_FORMULA


@given(st.binary(max_size=60))
def test_any_tokens_are_a_text(tokens: bytes) -> None:
    assert isinstance(written(tokens, XLS, ["表"]), str)
    assert isinstance(written(tokens, XLSB, ["表"]), str)


# The sheet and the book ------------------------------------------------------------------------------


def test_protection_merged_and_hidden_parts() -> None:
    found = sheet(
        [
            (0x0012, b"\1\0"),
            (0x0208, struct.pack("<HHHHHHHH", 3, 0, 9, 0, 0, 0, 0x20, 0)),
            (0x007D, struct.pack("<HHHHH", 5, 6, 0, 0, 1)),
            (0x00E5, struct.pack("<HHHHH", 1, 1, 2, 3, 4)),
        ],
        state=2,
    )
    assert found.protected and found.hidden
    assert found.hidden_rows == {3}
    assert list(found.hidden_columns) == [(5, 6)]
    assert list(found.merged) == [Area("表", 1, 3, 2, 4)]


@pytest.mark.parametrize(
    ("flags", "split", "rows", "columns"),
    [
        (0xB8, (1, 2), {0, 1, 2}, [(0, 4)]),
        (0xB8, (0, 2), {0, 1, 2}, []),
        (0xB8, (1, 0), set(), [(0, 4)]),
        (0xB0, (1, 2), set(), []),
    ],
)
def test_rows_and_columns_before_a_frozen_pane(
    flags: int, split: tuple[int, int], rows: set[int], columns: list[tuple[int, int]]
) -> None:
    view = (0x023E, struct.pack("<HHH", flags, 3, 5) + bytes(12))
    found = sheet([view, (0x0041, struct.pack("<HHHHH", *split, 9, 9, 0))])
    assert found.hidden_rows == rows and list(found.hidden_columns) == columns


def test_what_stands_beside_the_cells_is_told_of() -> None:
    other = (0x01AE, struct.pack("<HH", 1, 5) + b"\0a.xls")
    extras = workbook([(0x001C, bytes(10))], [(0x01AE, b"\1\0\1\4"), other]).extras
    assert extras.links == ("其他工作簿",)
    assert extras.objects == ("批注",)
    assert workbook([], [(0x01AE, b"\1\0\1\4")]).extras.links == ()


def test_cells_of_a_chart_inside_a_sheet_are_not_the_sheets() -> None:
    value = struct.pack("<d", 5)
    chart = [BOF, (0x0203, at(0, 0) + value), EOF]
    assert sheet([*chart, (0x0203, at(1, 0) + value)]).raw(0, 0) == ""


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "password": (lambda: xls([], [(0x002F, bytes(6))]), "打开密码"),
    "Excel 95": (
        lambda: compound({"Workbook": stream([(0x0809, struct.pack("<HH", 0x0500, 5)), EOF])}),
        "5.0/95",
    ),
    "cut off": (lambda: compound({"Workbook": stream([BOF])}), "损坏"),
    "cell cut off": (lambda: xls([(0x0203, at(0, 0))]), "损坏"),
    "text not in the table": (lambda: xls([(0x00FD, at(0, 0) + b"\1\0\0\0")]), "损坏"),
    "far out": (
        lambda: xls([(0x0203, at(65_535, n) + bytes(8)) for n in (0, 255)]),
        "离表格太远",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_read_is_refused_in_words(kind: str) -> None:
    make, words = REFUSED[kind]
    with pytest.raises(Unopened, match=words):
        take_snapshot(Container(make()))


@given(st.data())
def test_flipped_bytes_are_refused_or_read(data: st.DataObject) -> None:
    good = xls([formula(0, 3, SUM), (0x0203, at(1, 0) + bytes(8))], dates(14))
    spoilt = bytearray(good)
    places = [place for place, byte in enumerate(good) if byte]
    for _ in range(data.draw(st.integers(1, 4))):
        spoilt[data.draw(st.sampled_from(places))] = data.draw(st.integers(0, 255))
    try:
        take_snapshot(Container(bytes(spoilt)))
    except Unopened as refused:
        assert refused.message and refused.fix


def test_of_many_shared_formulas_only_those_asked_for_are_written_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[int, int]] = []

    def counting(tokens: bytes, widths: object, sheets: object, place: tuple[int, int]) -> str:
        asked.append(place)
        return written(tokens, XLS, (), place)

    monkeypatch.setattr("xlreport.formats.xls_cells.written", counting)
    number = b"\x1e\x07\x00"
    sums = struct.pack("<HHBBxxH", 0, 9_999, 0, 0, 3 * 2_000 + 1_999) + number + (number + b"\x03") * 1_999
    cells = [formula(0, 0, b"\x01\0\0\0\0"), (0x04BC, sums)]
    found = sheet(cells + [formula(row, 0, b"\x01\0\0\0\0") for row in range(1, 10_000)])
    assert len(found.formulas) == 10_000
    assert found.formulas[500, 0].startswith("7+7+7")
    assert asked == [(500, 0)]


def test_half_a_character_is_replaced_so_that_every_output_can_hold_the_text() -> None:
    texts = (0x00FC, struct.pack("<IIHB", 1, 1, 2, 1) + b"\x00\xd8A\x00")
    found = sheet([(0x00FD, at(0, 0) + struct.pack("<I", 0))], [texts]).raw(0, 0)
    assert str(found).encode().decode().endswith("A")
