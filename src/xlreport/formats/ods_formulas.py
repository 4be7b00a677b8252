"""Formulas of an OpenDocument spreadsheet in Excel's spelling.

Format: ODF 1.3, part 4, 5 (references are in brackets, arguments apart by semicolons).
"""

from __future__ import annotations

import re

_LEXEMES = re.compile(r'"(?:[^"]|"")*+"|\[(?:[^\]\']|\'(?:[^\']|\'\')*+\')*+\]|;|[^"\[;]+|.', re.DOTALL)
_LONGEST = 8_192
"""Characters of a formula, the most that Excel takes."""


def excel_formula(text: str) -> str:
    """A formula as Excel writes it, without "=": `of:=SUM([.C8:.H8];1)` becomes `SUM(C8:H8,1)`."""
    text = re.sub(r"^(?:[a-z]+:)?=", "", text)
    if len(text) > _LONGEST:
        return text  # no form has such a formula
    return "".join(_lexeme(lexeme) for lexeme in _LEXEMES.findall(text))


def _lexeme(lexeme: str) -> str:
    if lexeme == ";":
        return ","
    return _reference(lexeme[1:-1]) if lexeme.startswith("[") and lexeme.endswith("]") else lexeme


def _reference(text: str) -> str:
    """`$'表 二'.C5:.E7` becomes `'表 二'!C5:E7`."""
    sheet, _, cells = text.rpartition(".") if ":" not in text else _split(text)
    sheet = sheet.removeprefix("$")
    return f"{sheet}!{cells}" if sheet else cells


def _split(text: str) -> tuple[str, str, str]:
    first, _, last = text.rpartition(":")
    sheet, dot, cell = first.rpartition(".")
    return sheet, dot, f"{cell}:{last.rpartition('.')[2]}"
