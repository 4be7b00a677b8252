"""What a worker does with one return for `verify`, `render` and `extract`: plain data comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path

from xlreport.batch.opinion import Opinion
from xlreport.compiled import keep_compiled
from xlreport.feedback.lines import describe
from xlreport.feedback.record import record
from xlreport.finding import Finding, Status
from xlreport.formats.digest import digest
from xlreport.frozen import frozen
from xlreport.prose.personal import masked
from xlreport.verify.masking import masked_finding
from xlreport.verify.published import PublishedVerdict, verify_any
from xlreport.verify.verdict import Prior, Verdict, verify_file

_UNREAD = "读不出来，没有写标注的副本"
_PUBLISHED = "这是发布的报告，不是工作簿，没有写标注的副本"


@frozen
class Rendered:
    """A return's opinion and its documents by format; `trouble` says why they could not be made.

    `remarks` are on how they look on this computer, which no finding about the return may depend on.
    """

    opinion: Opinion
    documents: Mapping[str, bytes] = field(default_factory=dict)
    trouble: str = ""
    remarks: Sequence[Finding] = ()


def unverified(file: Path, finding: Finding) -> Opinion:
    """The opinion on a return that no worker could deal with."""
    name = masked(str(file))
    found = masked_finding(replace(finding, file=name))
    verdict = Verdict(name, Status.UNREADABLE, (found,), None, digest(file) or "")
    return replace(_opinion(verdict), ours=True, no_copy=_UNREAD)


def verified(file: Path, prior: Prior | None = None, *, annotate: bool = False) -> Opinion:
    """Verify a return or a published report. Never raises for what it contains."""
    verdict = verify_any(file, prior)
    found = _opinion(verdict)
    if isinstance(verdict, PublishedVerdict):
        return replace(found, no_copy=_PUBLISHED if annotate else "")
    return _with_copy(found, verdict) if annotate else found


def _opinion(verdict: Verdict | PublishedVerdict) -> Opinion:
    keep_compiled()
    return Opinion(verdict.status, tuple(describe(verdict)), record(verdict))


def _with_copy(found: Opinion, verdict: Verdict) -> Opinion:
    from xlreport.feedback.annotate import annotated
    from xlreport.formats.foreign import Unopened

    if verdict.submission is None:
        return replace(found, no_copy=_UNREAD)
    try:
        return replace(found, copy=annotated(verdict, verdict.submission))
    except Unopened as error:
        return replace(found, no_copy=f"没有写标注的副本，{error.message}。{error.fix}")


def rendered(file: Path, formats: Sequence[str], *, draft: bool) -> Rendered:
    """Verify a return and make its documents; one with errors has none, unless they are drafts."""
    from xlreport.report.errors import ReportError
    from xlreport.report.narrative import compose
    from xlreport.report.render import remarks_on, render_document

    verdict = verify_file(file)
    found, submission = _opinion(verdict), verdict.submission
    if submission is None or (verdict.status is not Status.ACCEPTED and not draft):
        return Rendered(found)
    try:
        document = compose(submission.form, submission.values, draft=draft, findings=verdict.findings)
        documents = {to: render_document(document, submission.form, to) for to in formats}
    except ReportError as error:
        return Rendered(found, trouble=str(error))
    return Rendered(found, documents, remarks=remarks_on(document, formats))
