"""Text with separators (.csv, .txt) as a snapshot of one sheet. For lists only: a return is never a text."""

from __future__ import annotations

import csv
from pathlib import Path

from xlreport.formats.foreign import Unopened
from xlreport.formats.limits import limits
from xlreport.formats.snapshot import SheetSnapshot, Snapshot

_ENCODINGS = ("utf-8-sig", "gb18030")
_BYTE_ORDERS = (b"\xff\xfe", b"\xfe\xff")
_SEPARATORS = ",\t;"


def read_delimited(path: Path) -> Snapshot:
    """The rows of a text file: UTF-8, what Chinese Excel saves, or UTF-16; separated by the commonest mark.

    Raises Unopened where it is no text, or too large; OSError where it cannot be read.
    """
    if path.stat().st_size > limits().file_mb * 2**20:
        raise Unopened(f"文件超过 {limits().file_mb} MB，不是名单")
    text = _text(path.read_bytes())
    separator = max(_SEPARATORS, key=text.count)
    try:
        rows = enumerate(csv.reader(text.splitlines(keepends=True), delimiter=separator))
        cells = {(row, column): value for row, values in rows for column, value in enumerate(values)}
    except csv.Error as error:
        raise Unopened("文件不是用逗号或制表符分隔的表格", "请用 Excel 或 WPS 另存为 .xlsx") from error
    sheet = SheetSnapshot(path.stem, cells, {}, protected=False)
    return Snapshot({sheet.name: sheet})


def _text(data: bytes) -> str:
    encodings = ("utf-16",) if data.startswith(_BYTE_ORDERS) else _ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unopened("文件不是文本", "请用 Excel 或 WPS 打开后另存为 .xlsx")
