"""Where a mistake stands in its file: the line, and the name of what it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from xlreport.form.mistake import Mistake

_HEADER = re.compile(r"\[\[\s*([\w.]+)\s*\]\]\s*(?:#.*)?")
_KEY = re.compile(r"([\w.-]+)\s*=")
_NAME = re.compile(r"""(?:name|code|field|cell)\s*=\s*["'](.*?)["']""")
_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")


@dataclass
class _Table:
    """One [[table]] of a file: its path with numbers, its lines of keys, and what it is called."""

    path: str
    line: int
    keys: dict[str, int] = field(default_factory=dict)
    name: str = ""


def placed(mistake: Mistake, folder: Path) -> str:
    """The mistake as a line, with `(line 23, “postcode”)` behind it where that can be told."""
    try:
        text = (folder / mistake.file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return str(mistake)
    for table in reversed(_tables(text)):
        if table.path and mistake.path.startswith(table.path):
            rest = _STEP.match(mistake.path[len(table.path) :].lstrip("."))
            line = table.keys.get(rest[1], table.line) if rest else table.line
            name = f", “{table.name}”" if table.name else ""
            return f"{mistake} (line {line}{name})"
    return str(mistake)


def _tables(text: str) -> list[_Table]:
    """Every [[table]] in order, named as mistakes name it: `block[0].field[2]`."""
    counts: dict[str, int] = {}
    tables = [_Table("", 1)]
    for number, line in enumerate(text.splitlines(), start=1):
        header = _HEADER.fullmatch(line.strip())
        if header is not None:
            tables.append(_Table(_numbered(header[1], counts), number))
        elif (key := _KEY.match(line)) is not None:
            tables[-1].keys.setdefault(key[1], number)
            named = _NAME.match(line)
            if named is not None and not tables[-1].name:
                tables[-1].name = named[1]
    return tables


def _numbered(header: str, counts: dict[str, int]) -> str:
    """`block.field` as `block[0].field[2]`; a new outer table begins its inner ones anew."""
    outer, _, inner = header.rpartition(".")
    path = f"{_last(outer, counts)}.{inner}" if outer else inner
    counts[path] = counts.get(path, -1) + 1
    return f"{path}[{counts[path]}]"


def _last(outer: str, counts: dict[str, int]) -> str:
    path = ""
    for step in outer.split("."):
        path = f"{path}.{step}" if path else step
        path = f"{path}[{max(counts.get(path, 0), 0)}]"
    return path
