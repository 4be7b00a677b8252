"""Workbooks that openpyxl loads again and again: each is loaded once, and taken up again ten times as fast.

A test looks at the same copy for its comments, its colours and its texts, and the next test begins with the
same template. What is given is each time a workbook of its own.
"""

from __future__ import annotations

import hashlib
import io
from collections import OrderedDict
from pathlib import Path
from typing import IO

from openpyxl import Workbook
from openpyxl.reader.excel import load_workbook

from kept_books import KeptBook, keep, taken_up

_MOST = 40
"""Workbooks that are kept, the latest used ones."""
_kept: OrderedDict[object, KeptBook] = OrderedDict()


def load_once(source: Path | str | IO[bytes], *, data_only: bool = False) -> Workbook:
    """What `openpyxl.load_workbook` gives."""
    content = Path(source).read_bytes() if isinstance(source, Path | str) else source.read()
    key = (hashlib.sha256(content).digest(), data_only)
    if key in _kept:
        _kept.move_to_end(key)
        return taken_up(_kept[key])
    book = load_workbook(io.BytesIO(content), data_only=data_only)
    _kept[key] = keep(book)
    if len(_kept) > _MOST:
        _kept.popitem(last=False)
    return book
