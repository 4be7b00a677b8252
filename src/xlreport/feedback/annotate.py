"""A verdict as a copy of the sender's own workbook: coloured cells, comments, and a sheet that lists all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path

from xlreport.feedback.lines import tally
from xlreport.finding import EXPLAINED_WORDS, SEVERITY_WORDS, STATUS_WORDS, Finding, Severity, Status
from xlreport.form.answers import answers
from xlreport.prose.personal import masked
from xlreport.verify.verdict import Verdict
from xlreport.workbook.review import REVIEW_TAB, Mark, Remark, Review
from xlreport.workbook.review.annotate import annotate
from xlreport.workbook.review.list_sheet import is_review
from xlreport.workbook.submission import Submission

_CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
_WHOLE_FILE = "整个文件"
_MOST_IN_ONE = 6
"""Findings told in one comment; the rest stand in the list."""
_RETURNED = (
    "请按下表逐条改正：点“位置”跳到单元格，单元格上有批注。改好后保存，直接报回这个文件；"
    "本表、颜色和批注不影响填报，不用删除。"
)
_ACCEPTED = "没有需要改正的错误。有提醒、提示的请看一看：点“位置”跳到单元格，单元格上有批注。"


def annotated(verdict: Verdict, submission: Submission) -> tuple[str, bytes]:
    """The copy of the file that was verified: the ending it must have, and its bytes.

    Raises Unopened where the file is no .xlsx or .xlsm, or too damaged inside to be edited.
    """
    sheets = submission.snapshot.sheets
    earlier = [name for name, sheet in sheets.items() if is_review(sheet)]
    known = sheets.keys() - set(earlier)
    ordered = [f for severity in Severity for f in verdict.findings if f.severity is severity]
    review = Review(
        title=REVIEW_TAB,
        lines=tuple(_lines(verdict, submission)),
        remarks=tuple(_remark(finding, known) for finding in ordered),
        marks=tuple(_marks(finding for finding in ordered if finding.sheet in known)),
        answers=tuple(_answers({finding.code for finding in ordered}, submission)),
    )
    return annotate(Path(submission.file), review, earlier)


def _lines(verdict: Verdict, submission: Submission) -> Iterator[str]:
    year = "" if submission.year is None else f"　{submission.year} 年度"
    yield f"{masked(submission.unit)}{year}　{submission.form.title}"
    yield f"核对结果：{STATUS_WORDS[verdict.status]}。{tally(verdict.findings)}"
    yield _RETURNED if verdict.status is Status.RETURNED else _ACCEPTED


def _remark(finding: Finding, known: Iterable[str]) -> Remark:
    is_there = finding.sheet in known
    return Remark(
        severity=_shown(finding),
        level=_level(finding),
        place=f"{finding.sheet} {finding.cell}".strip() or _WHOLE_FILE,
        problem=f"{finding.message}（{finding.code}）",
        fix=finding.fix,
        answer=finding.explanation,
        sheet=finding.sheet if is_there else "",
        cell=finding.cell if is_there and _CELL.fullmatch(finding.cell) else "",
    )


def _marks(findings: Iterable[Finding]) -> Iterator[Mark]:
    """One mark per cell, in the colour of the worst that is said of it.

    A finding about many cells is told at the first; the others get its colour.
    """
    told: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    meant: dict[tuple[str, str], list[Severity]] = defaultdict(list)
    for finding in findings:
        if _CELL.fullmatch(finding.cell):
            told[finding.sheet, finding.cell].append(finding)
        for cell in dict.fromkeys((finding.cell, *finding.cells)):
            if _CELL.fullmatch(cell):
                meant[finding.sheet, cell].append(_shown(finding))
    severities = list(Severity)
    for (sheet, cell), several in meant.items():
        comment = _comment(told[sheet, cell]) if (sheet, cell) in told else ""
        yield Mark(sheet, cell, min(several, key=severities.index), comment)


def _answers(codes: Set[str], submission: Submission) -> Iterator[tuple[str, str]]:
    """Where findings of these codes are answered."""
    for answer in answers(submission.form):
        origin = submission.origins.get(answer.subject)
        if answer.code in codes and origin is not None:
            yield origin.sheet, origin.cell


def _comment(findings: Sequence[Finding]) -> str:
    texts = [f"{_level(f)} {f.code}：{f.message}" + (f"\n改法：{f.fix}" if f.fix else "") for f in findings]
    rest = len(texts) - _MOST_IN_ONE
    more = [f"另有 {rest} 条，见“{REVIEW_TAB}”表。"] if rest > 0 else []
    return "\n\n".join([*texts[:_MOST_IN_ONE], *more])


def _shown(finding: Finding) -> Severity:
    """A warning that the unit has answered looks like a note."""
    return Severity.NOTE if finding.explained else finding.severity


def _level(finding: Finding) -> str:
    words = SEVERITY_WORDS[finding.severity]
    return f"{words}（{EXPLAINED_WORDS}）" if finding.explained else words
