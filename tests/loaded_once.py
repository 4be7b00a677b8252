"""Workbooks that openpyxl loads again and again: each is loaded once, and taken up again ten times as fast.

A test looks at the same copy for its comments, its colours and its texts, and the next test begins with the
same template. What is given is each time a workbook of its own.
"""

from __future__ import annotations

import copyreg
import hashlib
import io
import pickle
from collections import OrderedDict
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.reader.excel import load_workbook
from openpyxl.worksheet.dimensions import DimensionHolder

_MOST = 40
"""Workbooks that are kept, the latest used ones."""
_kept: OrderedDict[object, bytes] = OrderedDict()


def load_once(source: Path | str | IO[bytes], *, data_only: bool = False) -> Workbook:
    """What `openpyxl.load_workbook` gives."""
    content = Path(source).read_bytes() if isinstance(source, Path | str) else source.read()
    key = (hashlib.sha256(content).digest(), data_only)
    if key in _kept:
        _kept.move_to_end(key)
        book: Workbook = pickle.loads(_kept[key])
        return book
    book = load_workbook(io.BytesIO(content), data_only=data_only)
    _kept[key] = pickle.dumps(book)
    if len(_kept) > _MOST:
        _kept.popitem(last=False)
    return book


def _dimensions(holder: Any) -> tuple[Any, ...]:
    """Rows and columns belong to a sheet and make those that are missing: a copy of theirs does so too.

    Left to itself, pickle takes what makes them for the sheet, and cannot take such a copy up again.
    """
    given = (holder.worksheet, holder.reference, holder.default_factory)
    return DimensionHolder, given, {"max_outline": holder.max_outline}, None, iter(holder.items())


copyreg.pickle(DimensionHolder, _dimensions)
