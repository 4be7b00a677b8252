"""What is said of a published report that came in place of a return: it never counts as one."""

from __future__ import annotations

from xlreport.feedback.lines import tally
from xlreport.finding import Finding
from xlreport.prose.personal import masked
from xlreport.rule import own_rule
from xlreport.verify.published import PublishedVerdict

OFFER = "可用 xlreport refill 转成工作簿，请单位核对、补填后报送"


def no_return(verdict: PublishedVerdict) -> Finding:
    """The finding for a file that is no workbook, with what was found in the report."""
    message = f"文件是成文的年度报告，不是填报的工作簿，不算报送；{in_short(verdict)}。"
    return own_rule("WBK001").finding(message, f"请报送下发的 Excel 工作簿；{OFFER}")


def in_short(verdict: PublishedVerdict) -> str:
    """Whose report it is, and how many findings it has."""
    report = verdict.submission
    whose = f"“{masked(report.unit)}”" if report.unit else "没有写明单位的"
    year = f" {report.year} 年度" if report.year is not None else ""
    return f"按{whose}{year}的报告核对：{tally(verdict.findings)}"
