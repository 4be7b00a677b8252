"""One file from return to documents: what a worker does, and the little it hands back."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from xlreport import __version__
from xlreport.feedback.record import record
from xlreport.feedback.text import one_line
from xlreport.finding import CATALOGUE, Finding, Status
from xlreport.form.indicators import indicators
from xlreport.form.model import Form
from xlreport.report.errors import ReportError
from xlreport.round.files import write_whole
from xlreport.round.gather import Job
from xlreport.verify.gates import Verdict, verify_file
from xlreport.workbook.limits import VARIABLE, limits
from xlreport.workbook.submission import Submission

_FAULT = "这不是填报单位的问题。请把这条提示和该文件转给本工具的维护人员"

_OURS = frozenset({"SYS002", "SYS003", "SYS004", "SYS005"})
_NO_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of a run: where to, in which formats, and whether returned files become drafts."""

    out: Path
    formats: tuple[str, ...]
    draft: bool = False

    @property
    def key(self) -> str:
        """Changes when documents would come out otherwise for the same return and form."""
        return f"{__version__} {','.join(self.formats)} {'draft' if self.draft else 'final'}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file, as plain data.

    `record` is its line of findings.jsonl, `documents` maps each document made (path below the
    output folder) to its SHA-256, `figures` the return's figures by subject (exact decimals as text),
    `form` the fingerprint of the form that it was made with ("" where it must be done again).
    """

    record: Mapping[str, Any]
    documents: Mapping[str, str]
    figures: Mapping[str, int | str]
    form: str = ""

    @property
    def faulty(self) -> bool:
        """True if xlreport itself failed on the file."""
        return any(finding["code"] in _OURS for finding in self.record["findings"])


def process(job: Job, plan: Plan) -> Outcome:
    """Verify one return and write its documents. Never raises for what a file contains.

    Raises OSError where the disk is full or read-only: then no other file will fare better.
    """
    try:
        return _process(job, plan)
    except MemoryError:
        return _unhandled(job, "SYS005", f"处理该文件用的内存超过 {limits().memory_mb} MB。", _memory_fix())
    except Exception as error:  # one file must not stop the run; the finding names the error
        if isinstance(error, OSError) and error.errno in _NO_DISK:
            raise
        words = one_line(f"{type(error).__name__}：{error}")[:200]
        return _unhandled(job, "SYS002", f"本工具处理该文件时出错（{words}）。", _FAULT)


def lost(job: Job, *, late: bool) -> Outcome:
    """The outcome of a file that took too long, or that cost its worker its life."""
    if late:
        seconds = limits().seconds
        message = f"处理该文件超过 {seconds} 秒，已停止处理。"
        fix = (
            f"请确认它是正常的报表工作簿。确需更长时间的，请把环境变量 {VARIABLE} 设为 seconds={seconds * 5}"
        )
        return _unhandled(job, "SYS004", message, fix)
    return _unhandled(job, "SYS002", "处理该文件的进程意外终止，可能是内存不足。", _FAULT)


def _memory_fix() -> str:
    more = limits().memory_mb * 2
    return f"请确认它是正常的报表工作簿。确需更多内存的，请把环境变量 {VARIABLE} 设为 memory_mb={more}"


def _unhandled(job: Job, code: str, message: str, fix: str) -> Outcome:
    finding = Finding(code, CATALOGUE[code].severity, message, fix, file=job.name)
    return Outcome(record(Verdict(job.name, Status.UNREADABLE, (finding,))), {}, {})


def _process(job: Job, plan: Plan) -> Outcome:
    verdict = verify_file(job.path)
    verdict = replace(
        verdict, file=job.name, findings=tuple(replace(f, file=job.name) for f in verdict.findings)
    )
    submission = verdict.submission
    if submission is None:
        return Outcome(record(verdict), {}, {})
    documents: dict[str, str] = {}
    form = fingerprint(submission.form)
    if verdict.status is Status.ACCEPTED or plan.draft:
        try:
            documents = _write(job, plan, submission, draft=verdict.status is not Status.ACCEPTED)
        except (ReportError, OSError) as error:
            verdict = replace(verdict, findings=(*verdict.findings, _unwritten(job, error)))
            form = ""
    return Outcome(record(verdict), documents, dict(_figures(submission)), form)


def _write(job: Job, plan: Plan, submission: Submission, *, draft: bool) -> dict[str, str]:
    from xlreport.report.narrative import compose
    from xlreport.report.render import render_document

    document = compose(submission.form, submission.values, draft=draft)
    made = {}
    for to in plan.formats:
        data = render_document(document, submission.form, to)
        name = f"{job.target}.{to}"
        write_whole(plan.out / name, data)
        made[name] = hashlib.sha256(data).hexdigest()
    return made


def _unwritten(job: Job, error: ReportError | OSError) -> Finding:
    """Why a report is missing. Raises OSError where no other report could be written either."""
    if isinstance(error, OSError) and error.errno in _NO_DISK:
        raise error
    message = f"报告没有生成：{one_line(str(error))}"
    return Finding("SYS003", CATALOGUE["SYS003"].severity, message, _FAULT, file=job.name)


def _figures(submission: Submission) -> Iterator[tuple[str, int | str]]:
    for indicator in indicators(submission.form):
        value = submission.values.get(indicator.subject)
        if isinstance(value, Decimal):
            yield indicator.subject, format(value, "f")
        elif isinstance(value, int):
            yield indicator.subject, value


@cache
def fingerprint(form: Form) -> str:
    """Of everything in a form's folder that shapes its reports and findings."""
    parts = hashlib.sha256(form.definition.encode())
    for path in (form.folder / "report.md.j2", *sorted(form.skin.glob("*"))):
        if path.is_file():
            parts.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"{form.id} {parts.hexdigest()[:16]}"
