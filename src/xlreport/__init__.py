"""Locked Excel templates, exact verification and narrative reports for statutory annual reports.

    import xlreport

    form = xlreport.load_form("ogi_annual_2021")
    submission = xlreport.read("岚溪县水务局_2023.xlsx")
    findings = xlreport.verify(submission)
    word = xlreport.render(form, submission.values, "docx")

Everything is loaded when it is first used: `import xlreport` alone costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlreport.archive.last_year import LastYear
    from xlreport.finding import Finding, Severity, Status, UnreadableWorkbook
    from xlreport.form.load import load_form
    from xlreport.form.mistake import FormErrors
    from xlreport.form.model import Form
    from xlreport.form.values import ValueErrors, from_json, to_json
    from xlreport.report.errors import ReportError
    from xlreport.report.render import render
    from xlreport.verify.verdict import Verdict, verify, verify_file
    from xlreport.workbook.read import read
    from xlreport.workbook.submission import Submission
    from xlreport.workbook.write import write_workbook

__version__ = "0.1.0"

__all__ = [
    "Finding",
    "Form",
    "FormErrors",
    "LastYear",
    "ReportError",
    "Severity",
    "Status",
    "Submission",
    "UnreadableWorkbook",
    "ValueErrors",
    "Verdict",
    "from_json",
    "load_form",
    "read",
    "render",
    "to_json",
    "verify",
    "verify_file",
    "write_workbook",
]

_HOMES = {
    "Finding": "finding",
    "Form": "form.model",
    "FormErrors": "form.mistake",
    "LastYear": "archive.last_year",
    "ReportError": "report.errors",
    "Severity": "finding",
    "Status": "finding",
    "Submission": "workbook.submission",
    "UnreadableWorkbook": "finding",
    "ValueErrors": "form.values",
    "Verdict": "verify.verdict",
    "from_json": "form.values",
    "load_form": "form.load",
    "read": "workbook.read",
    "render": "report.render",
    "to_json": "form.values",
    "verify_file": "verify.verdict",
    "write_workbook": "workbook.write",
}


def __getattr__(name: str) -> Any:
    if name == "verify":  # the package of that name, which can be called
        return import_module("xlreport.verify")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"xlreport.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
