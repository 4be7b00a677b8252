"""What xlreport wrote itself, known by its content: summaries, lists of findings, receipts, reports.

A report counts as ours only where the workbook lies that it was made of: one that a unit sent in place of its
workbook is what came from that unit.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Container, Sequence
from pathlib import Path

from xlreport.archive.peek import peek
from xlreport.formats.package import DAMAGED
from xlreport.formats.sniff import WORKBOOK_ENDINGS

REPORTS_ASIDE = "不作数的报告"
"""The folder of reports whose workbook counts no longer, or is gone."""
_SHEETS = (
    ['name="汇总"', 'name="问题清单"'],
    ['name="汇总明细"'],
    ['name="分析"', 'name="分析数据"'],
    ['name="报告审查"'],
)
"""Sheets that only a summary, the detail of a sum, an analysis, or an audit has (beside each other)."""
_FINDINGS = re.compile(rb'\{"file": "[^"]*", "(?:source_sha256|status)": "')
_RECEIPT = b'{\n "kind": "xlreport-run"'
_STYLES = ("草稿标记", "表格附注")
"""Styles that only our own Word reports have."""
_PAGE = (
    b"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'"
)
_LONGEST, _HEAD = 2**20, 4096
"""Bytes of a part, and of a file's beginning, that are looked at."""
_CREATOR = b"(Typst "
"""Who made a PDF, as it says itself near its end."""


def is_own_output(path: Path, files: Container[Path]) -> bool:
    """True for a file that xlreport wrote and that is no return; `files` are all that lie around."""
    match path.suffix.lower():
        case ".xlsx":
            return _holds(path, "xl/workbook.xml", *_SHEETS)
        case ".jsonl":
            return _FINDINGS.match(_head(path)) is not None
        case ".json":
            return _head(path).startswith(_RECEIPT)
    return _is_report(path) and (path.parent.name == REPORTS_ASIDE or _has_workbook(path, files))


def _is_report(path: Path) -> bool:
    match path.suffix.lower():
        case ".docx":
            return _holds(path, "word/styles.xml", _STYLES)
        case ".html":
            return _PAGE in _head(path)
        case ".pdf":
            return _CREATOR in _tail(path)
    return path.suffix.lower() == ".md"  # has no mark of its own


def _has_workbook(report: Path, files: Container[Path]) -> bool:
    """True if a workbook of the same name lies beside; the report of a second one keeps its ending."""
    names = (report.with_suffix(""), *map(report.with_suffix, WORKBOOK_ENDINGS))
    return any(path in files for path in names)


def _holds(path: Path, part: str, *choices: Sequence[str]) -> bool:
    """True if the part of an Office file is there and has all the words of one of the choices."""
    seen = peek(path, part, _LONGEST)
    if seen is not None and not _has(seen, choices):
        return False
    try:
        with zipfile.ZipFile(path) as package:
            if package.getinfo(part).file_size > _LONGEST:
                return False
            return _has(package.read(part), choices)
    except (*DAMAGED, KeyError):
        return False


def _has(content: bytes, choices: Sequence[Sequence[str]]) -> bool:
    text = content.decode("utf-8", "replace")
    return any(all(word in text for word in words) for words in choices)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError:
        return b""


def _tail(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - _LONGEST))
            return file.read(_LONGEST)
    except OSError:
        return b""
