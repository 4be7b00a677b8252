"""Formulas as .xls and .xlsb store them, written as Excel shows them.

Both hold a formula as tokens in the order of computing (`C8:F8`, `SUM of 1`), with their numbers in
fields of different widths. Formats: [MS-XLS] 2.2.2 and 2.5.198, [MS-XLSB] 2.2.2 and 2.5.97.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence

from xlreport.area import column_name, quoted_sheet
from xlreport.frozen import frozen
from xlreport.stored import figure

UNKNOWN_FORMULA = "…"
"""Stands for a formula that cannot be written out; no formula of a form's is one."""
MOST_TOKENS = 16_384
"""Bytes of a formula's tokens; Excel takes no longer ones."""

_BINARY = dict(
    enumerate(("+", "-", "*", "/", "^", "&", "<", "<=", "=", ">=", ">", "<>", " ", ",", ":"), 0x03)
)
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
"""Error values by the number under which they are stored."""
_FUNCTIONS = """
0 COUNT, 1 IF, 2 ISNA 1, 3 ISERROR 1, 4 SUM, 5 AVERAGE, 6 MIN, 7 MAX, 8 ROW, 9 COLUMN, 10 NA 0,
15 SIN 1, 16 COS 1, 19 PI 0, 20 SQRT 1, 21 EXP 1, 24 ABS 1, 25 INT 1, 26 SIGN 1, 27 ROUND 2,
28 LOOKUP, 29 INDEX, 30 REPT 2, 31 MID 3, 32 LEN 1, 33 VALUE 1, 34 TRUE 0, 35 FALSE 0, 36 AND,
37 OR, 38 NOT 1, 39 MOD 2, 48 TEXT 2, 63 RAND 0, 64 MATCH, 65 DATE 3, 67 DAY 1, 68 MONTH 1,
69 YEAR 1, 70 WEEKDAY, 74 NOW 0, 75 AREAS 1, 76 ROWS 1, 77 COLUMNS 1, 78 OFFSET, 82 SEARCH,
100 CHOOSE, 101 HLOOKUP, 102 VLOOKUP, 111 CHAR 1, 112 LOWER 1, 113 UPPER 1, 115 LEFT, 116 RIGHT,
117 EXACT 2, 118 TRIM 1, 119 REPLACE 4, 120 SUBSTITUTE, 121 CODE 1, 124 FIND, 126 ISERR 1,
127 ISTEXT 1, 128 ISNUMBER 1, 129 ISBLANK 1, 130 T 1, 131 N 1, 148 INDIRECT, 169 COUNTA,
183 PRODUCT, 184 FACT 1, 197 TRUNC, 198 ISLOGICAL 1, 212 ROUNDUP 2, 213 ROUNDDOWN 2, 219 ADDRESS,
221 TODAY 0, 228 SUMPRODUCT, 326 SMALL 2, 336 CONCATENATE, 337 POWER 2, 344 SUBTOTAL, 345 SUMIF,
346 COUNTIF 2, 347 COUNTBLANK 1, 359 HYPERLINK, 480 IFERROR 2, 481 COUNTIFS, 482 SUMIFS
"""
"""Number and name; those with a fixed count of arguments have it behind them, the others in the token."""
_ENTRIES = [entry.split() for entry in _FUNCTIONS.replace("\n", " ").split(",")]
_VARIABLE = {int(entry[0]): entry[1] for entry in _ENTRIES if len(entry) == 2}
_FIXED = {int(entry[0]): (entry[1], int(entry[2])) for entry in _ENTRIES if len(entry) == 3}


@frozen
class Widths:
    """How a format stores a token: struct codes of a row and of a text's length, size of a sheet."""

    row: str
    text: str
    rows: int
    columns: int

    @property
    def cell(self) -> struct.Struct:
        return struct.Struct(f"<{self.row}H")

    @property
    def area(self) -> struct.Struct:
        return struct.Struct(f"<{self.row}{self.row}HH")


XLS = Widths("H", "B", rows=65_536, columns=256)
XLSB = Widths("I", "H", rows=1_048_576, columns=16_384)


class _Unwritable(Exception):
    """A token that is not known here."""


def written(tokens: bytes, widths: Widths, sheets: Sequence[str] = (), at: tuple[int, int] = (0, 0)) -> str:
    """The formula's text without "=", or UNKNOWN_FORMULA.

    `sheets` are the names that references to other sheets count through; `at` is the 0-based cell, for
    formulas that several cells share.
    """
    if len(tokens) > MOST_TOKENS:
        return UNKNOWN_FORMULA
    try:
        return _Writer(tokens, widths, sheets, at).text()
    except (_Unwritable, struct.error, IndexError, KeyError, UnicodeDecodeError):
        return UNKNOWN_FORMULA


class _Writer:
    def __init__(self, tokens: bytes, widths: Widths, sheets: Sequence[str], at: tuple[int, int]) -> None:
        self._tokens, self._place = tokens, 0
        self._widths, self._sheets, self._at = widths, sheets, at
        self._stack: list[str] = []

    def text(self) -> str:
        while self._place < len(self._tokens):
            token = self._take("B")
            if token in _BINARY:
                right, left = self._stack.pop(), self._stack.pop()
                self._stack.append(f"{left}{_BINARY[token]}{right}")
            else:
                kind = token if token < 0x20 else token & 0x1F | 0x20
                if kind not in _READERS:
                    raise _Unwritable
                _READERS[kind](self)
        return self._stack[0] if len(self._stack) == 1 else UNKNOWN_FORMULA

    def _take(self, code: str) -> int:
        """The next number, of that struct code."""
        (number,) = struct.unpack_from(f"<{code}", self._tokens, self._place)
        self._place += struct.calcsize(f"<{code}")
        return int(number)

    def _skip(self, count: int) -> None:
        self._place += count

    # Operators -----------------------------------------------------------------------------------

    def plus(self) -> None:
        self._stack.append(f"+{self._stack.pop()}")

    def minus(self) -> None:
        self._stack.append(f"-{self._stack.pop()}")

    def percent(self) -> None:
        self._stack.append(f"{self._stack.pop()}%")

    def paren(self) -> None:
        self._stack.append(f"({self._stack.pop()})")

    # Constants -----------------------------------------------------------------------------------

    def missing(self) -> None:
        self._stack.append("")

    def string(self) -> None:
        length = self._take(self._widths.text)
        wide = self._widths is XLSB or bool(self._take("B") & 1)
        size = length * (2 if wide else 1)
        data = self._tokens[self._place : self._place + size]
        self._skip(size)
        text = data.decode("utf-16-le" if wide else "latin-1").replace('"', '""')
        self._stack.append(f'"{text}"')

    def error(self) -> None:
        self._stack.append(ERRORS[self._take("B")])

    def truth(self) -> None:
        self._stack.append("TRUE" if self._take("B") else "FALSE")

    def whole(self) -> None:
        self._stack.append(str(self._take("H")))

    def number(self) -> None:
        (number,) = struct.unpack_from("<d", self._tokens, self._place)
        self._skip(8)
        self._stack.append(str(figure(number)))

    # References ----------------------------------------------------------------------------------

    def cell(self) -> None:
        self._stack.append(self._cell(*self._fields(self._widths.cell)))

    def area(self) -> None:
        top, bottom, left, right = self._fields(self._widths.area)
        self._stack.append(f"{self._cell(top, left)}:{self._cell(bottom, right)}")

    def near_cell(self) -> None:
        self._stack.append(self._near(*self._fields(self._widths.cell)))

    def near_area(self) -> None:
        top, bottom, left, right = self._fields(self._widths.area)
        self._stack.append(f"{self._near(top, left)}:{self._near(bottom, right)}")

    def far_cell(self) -> None:
        sheet = self._sheet()
        self.cell()
        self._stack.append(f"{sheet}!{self._stack.pop()}")

    def far_area(self) -> None:
        sheet = self._sheet()
        self.area()
        self._stack.append(f"{sheet}!{self._stack.pop()}")

    def lost(self) -> None:
        self._skip(self._widths.cell.size)
        self._stack.append("#REF!")

    def lost_area(self) -> None:
        self._skip(self._widths.area.size)
        self._stack.append("#REF!")

    def _fields(self, layout: struct.Struct) -> tuple[int, ...]:
        fields = layout.unpack_from(self._tokens, self._place)
        self._skip(layout.size)
        return fields

    def _cell(self, row: int, column: int) -> str:
        return f"{column_name(column & 0x3FFF)}{row + 1}"

    def _near(self, row: int, column: int) -> str:
        """A reference in a shared formula: distances where the upper bits say so."""
        if column & 0x8000:
            row = (row + self._at[0]) % self._widths.rows
        if column & 0x4000:
            column = ((column & 0x3FFF) + self._at[1]) % self._widths.columns
        return self._cell(row, column)

    def _sheet(self) -> str:
        return quoted_sheet(self._sheets[self._take("H")])

    # Functions -----------------------------------------------------------------------------------

    def attribute(self) -> None:
        """Hints for the program that computes; one of them is a SUM of one argument."""
        kind, data = self._take("B"), self._take("H")
        if kind & 0x04:
            self._skip(2 * (data + 1))
        elif kind & 0x10:
            self._stack.append(f"SUM({self._stack.pop()})")

    def fixed(self) -> None:
        name, count = _FIXED[self._take("H")]
        self._call(name, count)

    def variable(self) -> None:
        count, number = self._take("B") & 0x7F, self._take("H") & 0x7FFF
        self._call(_VARIABLE[number], count)

    def _call(self, name: str, count: int) -> None:
        if count > len(self._stack):
            raise _Unwritable
        first = len(self._stack) - count
        arguments, self._stack[first:] = self._stack[first:], []
        self._stack.append(f"{name}({','.join(arguments)})")


_READERS: Mapping[int, Callable[[_Writer], None]] = {
    0x12: _Writer.plus,
    0x13: _Writer.minus,
    0x14: _Writer.percent,
    0x15: _Writer.paren,
    0x16: _Writer.missing,
    0x17: _Writer.string,
    0x19: _Writer.attribute,
    0x1C: _Writer.error,
    0x1D: _Writer.truth,
    0x1E: _Writer.whole,
    0x1F: _Writer.number,
    0x21: _Writer.fixed,
    0x22: _Writer.variable,
    0x24: _Writer.cell,
    0x25: _Writer.area,
    0x2A: _Writer.lost,
    0x2B: _Writer.lost_area,
    0x2C: _Writer.near_cell,
    0x2D: _Writer.near_area,
    0x3A: _Writer.far_cell,
    0x3B: _Writer.far_area,
}
