"""Workbooks that openpyxl loads again and again, sheet by sheet as a test asks for them.

A test looks at one sheet of a copy, and the next test begins with the same template. What is loaded for the
first time is read so far as it is asked for; what is loaded again is kept, and taken up again many times as
fast. What is given is each time a workbook of its own.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections import OrderedDict
from functools import partial
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.reader.excel import ExcelReader, load_workbook
from openpyxl.workbook.defined_name import DefinedNameDict
from openpyxl.worksheet.header_footer import HeaderFooter
from openpyxl.worksheet.print_settings import PrintArea
from openpyxl.worksheet.worksheet import Worksheet

from kept_books import KeptBook, keep, taken_up, untouched

_MOST = 40
"""Workbooks that are kept, the latest used ones."""
_kept: OrderedDict[object, KeptBook] = OrderedDict()
_seen: set[object] = set()
"""Those that were loaded before."""


def load_once(source: Path | str | IO[bytes], *, data_only: bool = False) -> Workbook:
    """What `openpyxl.load_workbook` gives."""
    content = Path(source).read_bytes() if isinstance(source, Path | str) else source.read()
    key = (hashlib.sha256(content).digest(), data_only)
    if key not in _seen:
        _seen.add(key)
        return _as_asked_for(content, data_only=data_only)
    if key not in _kept:
        _kept[key] = keep(load_workbook(io.BytesIO(content), data_only=data_only))
        if len(_kept) > _MOST:
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    return taken_up(_kept[key])


def _as_asked_for(content: bytes, *, data_only: bool) -> Workbook:
    """A workbook whose sheets are read when something of them is asked for."""
    reader = _Reader(io.BytesIO(content), data_only=data_only)
    reader.read()
    reader.archive = zipfile.ZipFile(io.BytesIO(content))
    book: Workbook = reader.wb
    return book


class _Reader(ExcelReader):
    def read_worksheets(self) -> None:
        for found in self.parser.find_sheets():
            sheet, relation = found
            if "chartsheet" in relation.Type:
                self.read_chartsheet(sheet, relation)
            elif relation.target in self.valid_files:
                self.wb._sheets.append(untouched(partial(self._read, found), self._own(sheet)))

    def _own(self, sheet: Any) -> dict[str, object]:
        """What a sheet has before it is read; names of its own are put down before."""
        names = {"defined_names": DefinedNameDict(), "_print_rows": None, "_print_cols": None}
        told = {"_parent": self.wb, "_WorkbookChild__title": sheet.name, "sheet_state": sheet.state}
        return {**names, "_print_area": PrintArea(), **told}

    def _read(self, found: tuple[Any, Any], sheet: Worksheet) -> None:
        """What openpyxl does with each of the sheets, for this one."""
        sheet.HeaderFooter = HeaderFooter()
        sheet._setup()
        self.parser.find_sheets = lambda: [found]
        self.wb.create_sheet = lambda _: sheet
        super().read_worksheets()
        del self.wb.create_sheet
