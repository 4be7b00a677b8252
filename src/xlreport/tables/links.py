"""Links from an office workbook to files beside it."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from xlreport.tables.sheet import PlainSheet

_SPECIAL = re.compile(r'[%#:?\\\s"<>\[\]^`{}\x00-\x1f\x7f]')
"""What means something else in the address of a link; Chinese stays as it is."""


def link_to_file(sheet: PlainSheet, row: int, column: int, path: str, look: Any) -> None:
    """Let a cell open a file, by its path from the workbook's folder.

    A cell that cannot, as the path is too long or there are too many links, says the file's name instead.
    """
    if not sheet.link(row, column, _SPECIAL.sub(lambda match: quote(match[0]), path)):
        sheet.put(row, column, (PurePosixPath(path).name,), look)
