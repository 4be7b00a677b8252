"""What came of trying a form's rules on past returns, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlreport.authoring.trial import Trial, TrialRow, rows
from xlreport.cleaning import one_line
from xlreport.feedback.text_line import TextLine
from xlreport.finding import SEVERITY_WORDS
from xlreport.form.model import Form


def describe_trials(form: Form, trials: Sequence[Trial]) -> Iterator[TextLine]:
    """Rule by rule what would newly be found, the files left out, then a table of all rules."""
    judged = [one for one in trials if not one.trouble]
    counted = rows(form, judged)
    for row in counted:
        if row.new > 0:
            yield from _newly(row, judged)
    yield from _left_out([one for one in trials if one.trouble])
    yield TextLine(f"共核对 {len(judged)} 份工作簿：")
    for row in counted:
        yield _table_line(row)


def _newly(row: TrialRow, judged: Sequence[Trial]) -> Iterator[TextLine]:
    rule = row.rule
    head = f"{rule.code}（{SEVERITY_WORDS[rule.severity]}）{rule.title}：{row.returns} 份不符"
    yield TextLine(f"{head}，其中 {row.new} 份会新报出来", rule.severity.value)
    for one in judged:
        for hit in one.hits:
            if hit.new and hit.code == rule.code:
                year = "" if one.year is None else f"  {one.year} 年"
                yield TextLine(f"  {one_line(one.file)}  {one_line(one.unit)}{year}")
                yield TextLine(f"    {one_line(hit.message)}", "fix")
    yield TextLine("")


def _left_out(others: Sequence[Trial]) -> Iterator[TextLine]:
    if others:
        yield TextLine(f"{len(others)} 个文件没有核对：", "warning")
        for one in others:
            yield TextLine(f"  {one_line(one.file)}：{one_line(one.trouble)}")
        yield TextLine("")


def _table_line(row: TrialRow) -> TextLine:
    counts = f"不符 {row.returns:>4}  新报 {row.new:>4}"
    return TextLine(f"  {row.rule.code}  {SEVERITY_WORDS[row.rule.severity]}  {counts}  {row.rule.title}")
