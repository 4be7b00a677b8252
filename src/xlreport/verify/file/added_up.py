"""Rules: a workbook whose figures are a sum of others': is the sum complete, and what was changed in it?"""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.finding import Finding
from xlreport.rule import own_rule
from xlreport.subject import Subject
from xlreport.workbook.submission import Submission

_INCOMPLETE = "请补齐后重新汇总；确实不用报的，在名单的“免报原因”里写明，再重新汇总。在此之前报告只能作为草稿"


def added_up(submission: Submission) -> Iterator[Finding]:
    """What the stamp says of the sum. A return of a unit's own has none."""
    told = submission.stamp.sum
    if told is None:
        return
    if told.missing:
        yield own_rule("WBK041").finding(f"汇总不完整：{told.missing}。", _INCOMPLETE, "_sum")
    for each in told.adjustments:
        source = f"，依据：{each.source}" if each.source else ""
        message = f"“{each.label}”的汇总数调整了 {each.change}，原因：{each.reason}{source}。"
        subject = Subject(each.cell.partition("/")[0])  # a line of a list goes by its name, not by a cell
        fix = "调整不当的，请改好调整表后重新汇总"
        yield own_rule("WBK042").finding(message, fix, subject, submission.origins.get(subject))
