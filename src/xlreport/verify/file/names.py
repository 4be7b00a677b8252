"""Rules: names of files and sheets say nothing that must not be published; reports are called like them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from xlreport.finding import Finding, Severity
from xlreport.prose.alphabet import fold
from xlreport.prose.marks import internal_marks, secrecy_marks
from xlreport.prose.personal import Doubt, Personal, masked, personal_numbers
from xlreport.rule import own_rule
from xlreport.workbook.submission import Submission

_FILE = "_name"
_RENAME = "请改名：去掉个人信息和标志，写单位和年度即可"
_SECRECY = "涉密信息不上网：请先确认密级，涉密的不得报送；不涉密的，改名去掉这个标志"


def names(submission: Submission) -> Iterator[Finding]:
    """The file's own name, and those of its sheets."""
    yield from _name("文件名", PurePath(submission.file).stem, _FILE)
    for name in submission.snapshot.sheets:
        yield from _name("工作表名", name, name)


def _name(what: str, name: str, about: str) -> Iterator[Finding]:
    """What a name holds, the worst alone: whoever renames the file sees all of it."""
    folded = fold(name)
    kinds = [(_severity(number.kind, number.doubt), number.kind.value) for number in personal_numbers(name)]
    kinds += [(Severity.ERROR, "密级标志") for _ in secrecy_marks(folded)]
    kinds += [(Severity.WARNING, "内部资料标志") for _ in internal_marks(folded)]
    if kinds:
        severity = min((weight for weight, _ in kinds), key=list(Severity).index)
        held = "、".join(dict.fromkeys(kind for _, kind in kinds))
        shown = masked(name)
        message = f"{what}“{shown}”里有{held}。"
        fix = _SECRECY if "密级标志" in held else _RENAME
        yield own_rule("PUB006").finding(message, fix, about, severity=severity, found=shown)


def _severity(kind: Personal, doubt: Doubt) -> Severity:
    """A mobile number may be that of the office's contact: names are masked, the return may stay as it is."""
    return Severity.ERROR if kind is not Personal.MOBILE and doubt is Doubt.NONE else Severity.WARNING
