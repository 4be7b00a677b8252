"""Rule: the properties of a file say nothing that must not be published; whoever gets the file sees them."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.cleaning import one_line
from xlreport.finding import Finding
from xlreport.prose.passage import shortened
from xlreport.prose.personal import masked
from xlreport.prose.unpublishable import unpublishable
from xlreport.rule import own_rule
from xlreport.workbook.submission import Submission

_SUBJECT = "_properties"
_LONGEST = 40
_NAMED = 5
_FIX = "请在“文件—信息—属性”（WPS 为“文件—文档加密—属性”）里删去后保存；报告和标注副本里不会带上它们"


def properties(submission: Submission) -> Iterator[Finding]:
    """One warning for all of them."""
    held = [
        (name, text, list(dict.fromkeys(kind for kind, _ in unpublishable(text))))
        for name, text in submission.snapshot.properties
    ]
    found = [
        f"“{masked(one_line(name))}”里有{'、'.join(kinds)}（{shortened(masked(one_line(text)), _LONGEST)}）"
        for name, text, kinds in held
        if kinds
    ]
    if found:
        more = f"等 {len(found)} 处" if len(found) > _NAMED else ""
        message = f"文件的属性{'，'.join(found[:_NAMED])}{more}。"
        yield own_rule("PUB007").finding(message, _FIX, _SUBJECT)
