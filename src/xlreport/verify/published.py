"""The verdict on a published report: how it was read, and what the rules find in what was read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from xlreport.finding import Finding, Status, has_errors
from xlreport.form.cells import cells_of
from xlreport.formats.digest import digest
from xlreport.formats.foreign import Unopened
from xlreport.formats.page_reading import page_of, read_page
from xlreport.frozen import frozen
from xlreport.prose.personal import masked
from xlreport.rule import own_rule
from xlreport.subject import Subject
from xlreport.verify.judge import judge
from xlreport.verify.masking import masked_finding
from xlreport.verify.reported import Reported
from xlreport.verify.verdict import Prior, Verdict, verify_file

if TYPE_CHECKING:
    from xlreport.formats.pages import Page
    from xlreport.published.read import PublishedReport


@frozen
class PublishedVerdict:
    """What is to be said of one published report; see `verdict.Verdict`."""

    file: str
    status: Status
    findings: tuple[Finding, ...]
    submission: PublishedReport
    source_sha256: str


def open_published(path: Path) -> PublishedReport | None:
    """The report in a document or web page; None where the file is none, or has no table of any form."""
    page = page_of(path)
    return _report_in(page) if page is not None else None


def verify_published(path: Path, prior: Prior | None = None) -> PublishedVerdict | None:
    """Read and verify a published report, against last year's where given; None for all other files.

    Never raises for what a file contains.
    """
    page = page_of(path)
    return _verdict(path, page, prior) if page is not None else None


def verify_any(path: Path, prior: Prior | None = None) -> Verdict | PublishedVerdict:
    """Verify a return or a published report; of a document that cannot be read the verdict says why."""
    try:
        page = read_page(path)
    except Unopened as error:
        return _unopened(path, error)
    published = _verdict(path, page, prior) if page is not None else None
    return verify_file(path, prior) if published is None else published


def _report_in(page: Page) -> PublishedReport | None:
    from xlreport.published.read import read_report  # only for such a file

    return read_report(page)


def _verdict(path: Path, page: Page, prior: Prior | None) -> PublishedVerdict | None:
    report = _report_in(page)
    if report is None:
        return None
    from xlreport.published.findings import findings_of

    search = prior.search(report) if prior is not None and report.unit else None
    reported = reported_by_document(report)
    if search is not None and search.values:
        reported = replace(reported, prior=search.values, prior_from=search.names)
    of_search = search.findings if search is not None else ()
    found = (*findings_of(report), *judge(reported), *of_search)
    name = masked(str(path))
    findings = tuple(masked_finding(replace(finding, file=name)) for finding in found)
    status = Status.RETURNED if has_errors(findings) else Status.ACCEPTED
    return PublishedVerdict(name, status, findings, report, digest(path) or "")


def reported_by_document(report: PublishedReport) -> Reported:
    """The values as the rules judge them: what a report does not state is no blank, but not known.

    That a unit was renamed or merged no report says anywhere: it counts as not declared.
    """
    succession = report.form.succession
    declared = {Subject.field(succession.change), Subject.field(succession.predecessors)}
    stated = report.inputs.keys() | report.form.computed.keys() | declared
    unknown = frozenset(cells_of(report.form).keys() - stated)
    return Reported(report.form, report.inputs, report.unusable | unknown, report.origins)


def _unopened(path: Path, error: Unopened) -> Verdict:
    """That of a file which is no return, with the reason why a document like it is not read."""
    verdict = verify_file(path)
    finding = own_rule("WBK001").finding(f"{error.message}。", error.fix, file=verdict.file)
    return replace(verdict, findings=(masked_finding(finding),))
