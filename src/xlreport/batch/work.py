"""One file from return to documents: what a worker does, and the little it hands back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from xlreport import __version__
from xlreport.archive.folder import Closed, path_text
from xlreport.archive.gather import Job
from xlreport.archive.last_year import LastYear
from xlreport.batch.text_digests import marks_of
from xlreport.feedback.instead import no_return
from xlreport.feedback.record import record
from xlreport.files import write_whole
from xlreport.finding import Finding, Status
from xlreport.form.bounds import period_of
from xlreport.form.indicators import indicators
from xlreport.form.model import Form
from xlreport.form.values import Values
from xlreport.formats.digest import digest
from xlreport.formats.saved import saved_at
from xlreport.frozen import frozen
from xlreport.prose.personal import FILE_STAR, masked
from xlreport.report.errors import ReportError
from xlreport.rule import own_rule
from xlreport.run.guard import unwritten
from xlreport.run.outcome import Outcome
from xlreport.subject import Subject
from xlreport.verify.masking import masked_finding
from xlreport.verify.published import verify_published
from xlreport.verify.texts.copied import LEAST
from xlreport.verify.texts.text import texts_of
from xlreport.verify.verdict import Verdict, reported_by, verify_file
from xlreport.workbook.submission import Submission

_RECORDS = 5
"""Counts the changes of what is kept of a file and made of all of them: both are then made again."""


@frozen
class Plan:
    """What is asked of a run: where to, in which formats, whether returned files become drafts, and
    last year's workbooks to compare with.
    """

    out: Path
    formats: tuple[str, ...]
    draft: bool = False
    prior: LastYear | None = None

    @property
    def key(self) -> str:
        """Changes when documents would come out otherwise for the same return and form."""
        prior = self.prior.key if self.prior is not None else "alone"
        return (
            f"{__version__} {_RECORDS} {','.join(self.formats)} {'draft' if self.draft else 'final'} {prior}"
        )


def process(job: Job, plan: Plan) -> Outcome:
    """Verify one return and write its documents.

    Raises OSError where the disk is full or read-only.
    """
    verdict = verify_file(job.path, plan.prior)
    verdict = replace(
        verdict, file=job.name, findings=tuple(replace(f, file=job.name) for f in verdict.findings)
    )
    submission = verdict.submission
    if submission is None:
        return _without_values(job, plan, verdict)
    documents, trouble = _documents(job, plan, submission, verdict)
    told = tuple(masked_finding(replace(finding, file=job.name)) for finding in trouble)
    texts, marks = _texts(submission)
    return Outcome(
        record(replace(verdict, findings=(*verdict.findings, *told))),
        documents,
        dict(indicator_values(submission.form, submission.values)),
        "" if trouble else fingerprint(submission.form),
        texts,
        marks,
        masked(str(submission.inputs.get(submission.form.code_field) or "")),
        content=content_of(submission),
        saved=saved_at(job.path).isoformat(),
        source=_kept_path(path_text(job.source)),
        period=period_of(submission.form, submission.inputs),
    )


def _without_values(job: Job, plan: Plan, verdict: Verdict) -> Outcome:
    """The outcome of a file that is not a return; of a published report its unit is known."""
    published = verify_published(job.path, plan.prior)
    if published is None:
        return Outcome({**record(verdict), "unit": None}, {}, {})
    verdict = replace(verdict, findings=(replace(no_return(published), file=job.name),))
    return Outcome({**record(verdict), "unit": masked(published.submission.unit) or None}, {}, {})


def _documents(
    job: Job, plan: Plan, submission: Submission, verdict: Verdict
) -> tuple[Mapping[str, str], Sequence[Finding]]:
    """The SHA-256 of each document, and what to say of how they look here, or of why there are none."""
    if not plan.formats or not (verdict.status is Status.ACCEPTED or plan.draft):
        return {}, ()
    try:
        return _written(job, plan, submission, verdict)
    except (ReportError, OSError) as error:
        return {}, (unwritten(error),)


def process_at(
    job: Job,
    file: Path,
    out: Path,
    prior: LastYear | None,
    plan: Plan,
    process: Callable[[Job, Plan], Outcome] = process,
) -> Outcome:
    """The same where the file, the folder for documents and last year's lie, here or on another computer."""
    return process(replace(job, path=file), replace(plan, out=out, prior=prior))


def _kept_path(path: str) -> str:
    """A path as it may be kept: "" for one with a number of a person in it."""
    return path if masked(path, FILE_STAR) == path else ""


def content_of(submission: Submission) -> str:
    """A digest of everything filled in: figures, texts, remarks and answers."""
    filled = sorted((str(subject), str(value)) for subject, value in submission.inputs.items())
    return hashlib.sha256(repr(filled).encode(errors="backslashreplace")).hexdigest()


def unhandled(job: Job, finding: Finding) -> Outcome:
    """The outcome of a file that no worker could deal with."""
    found = masked_finding(replace(finding, file=job.name))
    verdict = Verdict(job.name, Status.UNREADABLE, (found,), None, digest(job.path) or "")
    return Outcome(record(verdict), {}, {})


def shut(name: str, closed: Closed) -> Outcome:
    """The outcome of something that could not be looked into."""
    finding = own_rule("WBK001").finding(f"{closed.message}。", closed.fix, file=masked(name, FILE_STAR))
    return Outcome(record(Verdict(finding.file, Status.UNREADABLE, (masked_finding(finding),))), {}, {})


def _written(
    job: Job, plan: Plan, submission: Submission, verdict: Verdict
) -> tuple[Mapping[str, str], Sequence[Finding]]:
    """Write the documents: the SHA-256 of each, and what to say of how they look here."""
    from xlreport.report.narrative import compose
    from xlreport.report.render import remarks_on, render_document

    draft = verdict.status is not Status.ACCEPTED
    document = compose(submission.form, submission.values, draft=draft, findings=verdict.findings)
    made = {}
    for to in plan.formats:
        data = render_document(document, submission.form, to)
        name = f"{job.target}.{to}"
        write_whole(plan.out / name, data)
        made[name] = hashlib.sha256(data).hexdigest()
    return made, remarks_on(document, plan.formats)


def indicator_values(form: Form, values: Values) -> Iterator[tuple[Subject, int | str]]:
    """The figures of an outcome: exact decimals as text."""
    for indicator in indicators(form):
        value = values.get(indicator.subject)
        if isinstance(value, Decimal):
            yield indicator.subject, format(value, "f")
        elif isinstance(value, int):
            yield indicator.subject, value


def _texts(submission: Submission) -> tuple[Mapping[Subject, str], Mapping[Subject, Sequence[str]]]:
    """What is compared between units, paragraphs of the length at which copies count, and their marks."""
    texts, marks = {}, {}
    for text in texts_of(reported_by(submission)):
        if text.prose and len(text.value) >= LEAST:
            origin = submission.origins[text.subject]
            texts[text.subject] = words = masked(text.value)
            marks[text.subject] = marks_of(origin.sheet, origin.cell, words)
    return texts, marks


@cache
def fingerprint(form: Form) -> str:
    """Of everything in a form's folder that shapes its reports and findings."""
    parts = hashlib.sha256(form.definition.encode())
    declared = sorted(form.folder.glob("*.toml"))
    for path in (*declared, form.folder / "report.md.j2", *sorted(form.skin.glob("*"))):
        if path.is_file():
            parts.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"{form.id} {parts.hexdigest()[:16]}"
