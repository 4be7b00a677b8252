"""A verdict as lines for people: a heading for the file, then what to mend, the worst first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from xlreport.cleaning import one_line
from xlreport.feedback.text_line import TextLine
from xlreport.finding import (
    EXPLAINED_WORDS,
    SEVERITY_WORDS,
    STATUS_WORDS,
    Finding,
    Severity,
    count_by_severity,
    count_explained,
)
from xlreport.prose.personal import masked
from xlreport.verify.published import PublishedVerdict
from xlreport.verify.verdict import Verdict


def describe(verdict: Verdict | PublishedVerdict) -> Iterator[TextLine]:
    """Everything to be said of one file."""
    yield TextLine(one_line(f"{verdict.file}  {STATUS_WORDS[verdict.status]}"), verdict.status.value)
    if verdict.submission is not None:
        unit, year = masked(verdict.submission.unit), verdict.submission.year
        known = [unit, *([f"{year} 年"] if year is not None else []), tally(verdict.findings)]
        yield TextLine("".join(f"  {one_line(part)}" for part in known if part))
    place = verdict.submission.place if isinstance(verdict, PublishedVerdict) else None
    yield from describe_findings(verdict.findings, place)


def describe_findings(
    findings: Iterable[Finding], place: Callable[[str], str] | None = None
) -> Iterator[TextLine]:
    """The findings, grouped by severity; `place` says where a value stands that stands in no cell."""
    found = list(findings)
    for severity in Severity:
        for finding in found:
            if finding.severity is severity:
                yield TextLine(f"  【{SEVERITY_WORDS[severity]}】{one_line(finding.message)}", severity.value)
                if finding.cell and finding.cell not in finding.message:
                    yield TextLine(f"    位置：{one_line(f'{finding.sheet} {finding.cell}')}", "fix")
                elif place and (where := place(finding.subject)) and where not in finding.message:
                    yield TextLine(f"    位置：{one_line(where)}", "fix")
                if finding.explained:
                    yield TextLine(f"    单位说明：{one_line(finding.explanation)}", "fix")
                if finding.fix:
                    yield TextLine(f"    改法：{one_line(finding.fix)}", "fix")


def tally(findings: Iterable[Finding]) -> str:
    """`错误 2，提醒 1`, or `没有发现问题`."""
    found = list(findings)
    counts = {SEVERITY_WORDS[severity]: count for severity, count in count_by_severity(found).items()}
    counts[EXPLAINED_WORDS] = count_explained(found)
    shown = [f"{words} {count}" for words, count in counts.items() if count]
    return "，".join(shown) or "没有发现问题"
