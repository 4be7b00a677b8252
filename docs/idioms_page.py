"""docs/idioms.md: how other programs write workbooks, each with the program's own answer to it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from damage_page import shown

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from idioms import IDIOMS, Idiom  # noqa: E402
from returns import save  # noqa: E402
from xlreport.verify.verdict import verify_file  # noqa: E402

PAGE = "docs/idioms.md"
_INTRO = """\
# How other programs write workbooks

<!-- Generated from tests/idioms.py by `make docs`. -->

{count} ways of writing the same return, done one by one to a sound one by
`tests/formats/test_idioms.py`. Each is
read as Excel reads it, every figure as filled in, or refused with the reason; no figure is ever another.

| what is written | by | answer |
|---|---|---|
"""


def page() -> str:
    """The page as it has to be."""
    return _INTRO.format(count=len(IDIOMS)) + "".join(f"{_line(idiom)}\n" for idiom in IDIOMS)


def _line(idiom: Idiom) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = save(Path(folder))
        idiom.apply(path)
        found = verify_file(path).findings
    answers = "<br>".join(shown(f"{finding.code} {finding.message}") for finding in found)
    return f"| {shown(idiom.name)} | {shown(idiom.who)} | {answers or 'read'} |"


if __name__ == "__main__":
    Path(ROOT, PAGE).write_text(page(), encoding="utf-8")
