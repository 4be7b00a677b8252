"""The least that reading a workbook can cost in Python: nothing is checked, nothing understood."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.parsers import expat


def collect_cells(path: Path) -> dict[str, dict[str, list[str]]]:
    """The raw texts of each cell (formula, value) of every sheet, and the shared texts."""
    with zipfile.ZipFile(path) as archive:
        parts = [name for name in archive.namelist() if "worksheets/sheet" in name or "sharedStrings" in name]
        return {name: _collect(archive.read(name)) for name in parts}


def _collect(part: bytes) -> dict[str, list[str]]:
    cells: dict[str, list[str]] = {}
    current: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal current
        if name in ("c", "si"):
            current = cells.setdefault(attributes.get("r", str(len(cells))), [])

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.CharacterDataHandler = lambda text: current.append(text)
    parser.Parse(part, True)
    return cells
