"""Rules: names of files and sheets say nothing that must not be published; reports are called like them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from xlreport.finding import Finding, Severity
from xlreport.prose.personal import masked
from xlreport.prose.unpublishable import SECRECY, unpublishable
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
    kinds = list(unpublishable(name))
    if kinds:
        severity = Severity.ERROR if any(sure for _, sure in kinds) else Severity.WARNING
        held = "、".join(dict.fromkeys(kind for kind, _ in kinds))
        shown = masked(name)
        message = f"{what}“{shown}”里有{held}。"
        fix = _SECRECY if SECRECY in held else _RENAME
        yield own_rule("PUB006").finding(message, fix, about, severity=severity, found=shown)
