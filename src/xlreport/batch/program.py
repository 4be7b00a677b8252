"""What an outcome depends on beside the file: this program, its libraries, and the forms it knows."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from xlreport import __version__
from xlreport.form.library import form_folders
from xlreport.formats.limits import limits
from xlreport.formats.word import PROGRAMS

_PACKAGE = Path(__file__).resolve().parent.parent
_SHIPPED = frozenset({"workbook_templates", "samples", "__pycache__"})
"""Folders inside an installed package that are no program; forms are told apart one by one."""
_LIBRARIES = (
    "cattrs",
    "jinja2",
    "lxml",
    "markdown-it-py",
    "msoffcrypto-tool",
    "openpyxl",
    "pdfplumber",
    "typst",
    "xlsxwriter",
)
"""Those that read returns and write documents."""


def program() -> Mapping[str, str]:
    """What computers must have in common to come to the same outcomes, each with what tells it apart."""
    return {
        "程序版本": __version__,
        "程序内容": sources(),
        "Python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "操作系统": sys.platform,
        "处理上限": str(limits()),
        "LibreOffice": "有" if any(map(shutil.which, PROGRAMS)) else "无",
        **{name: _version(name) for name in _LIBRARIES},
        **{f"报表 {folder.name}": _digest(folder, folder.rglob("*")) for folder in form_folders()},
    }


def program_with_fonts() -> Mapping[str, str]:
    """The same with the fonts, on which PDFs depend."""
    from xlreport.report.pdf import families

    return {**program(), "字体": hashlib.sha256("\n".join(families()).encode()).hexdigest()}


def signature() -> str:
    """The version and the digest of its sources: what of the program itself came to an outcome."""
    return f"{__version__} {sources()}"


@cache
def sources() -> str:
    """A digest of the program itself, as it was when first asked for: a program that runs stays the same."""
    files = (
        path for path in _PACKAGE.rglob("*") if not _SHIPPED.intersection(path.relative_to(_PACKAGE).parts)
    )
    return _digest(_PACKAGE, files)


def _digest(folder: Path, files: Iterable[Path]) -> str:
    parts = hashlib.sha256()
    for path in sorted(path for path in files if path.is_file()):
        name = path.relative_to(folder).as_posix()
        parts.update(os.fsencode(name) + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return parts.hexdigest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
