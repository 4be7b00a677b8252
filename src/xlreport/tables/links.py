"""Links from an office workbook to files beside it."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from xlreport.tables.style import cut

_SPECIAL = re.compile(r'[%#:?\\\s"<>\[\]^`{}\x00-\x1f\x7f]')
"""What means something else in the address of a link; Chinese stays as it is."""


def write_link(sheet: Any, row: int, column: int, path: str, words: str, look: Any) -> None:
    """A link to a file, by its path from the workbook's folder; where that is too long, its name."""
    target = _SPECIAL.sub(lambda match: quote(match[0]), path)
    if sheet.write_url(row, column, f"external:{target}", look, cut(words)) != 0:
        sheet.write_string(row, column, PurePosixPath(path).name, look)
