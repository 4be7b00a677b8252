"""A piece looked at in a worker: what it is, whose it says it is, and what verification says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from xlreport.batch.receipt import outcome_digest
from xlreport.batch.work import content_of
from xlreport.consolidate.child import Child, NamedFile, child_of
from xlreport.feedback.instead import OFFER, in_short
from xlreport.feedback.record import record
from xlreport.finding import Severity, Status
from xlreport.form.last_year import wanted_by
from xlreport.formats.sniff import FileKind
from xlreport.frozen import frozen
from xlreport.layout.stamp import Stamp
from xlreport.round.file import Fate
from xlreport.round.inside import is_bundle, is_owner_file
from xlreport.round.key import Key, Sealed
from xlreport.round.manifest import MANIFEST
from xlreport.round.unpack import Piece
from xlreport.unit import Unit
from xlreport.verify.published import verify_published
from xlreport.verify.verdict import Prior, Verdict, verify_file

_WORDS = {
    FileKind.WORD: (Fate.PUBLISHED, "是 Word 文档，不是填报工作簿"),
    FileKind.PDF: (Fate.PUBLISHED, "是 PDF 文件，不是填报工作簿"),
    FileKind.PAGE: (Fate.PUBLISHED, "是网页文件，不是填报工作簿"),
    FileKind.PICTURE: (Fate.NOT_OURS, "是图片"),
    FileKind.OUTLOOK: (Fate.NOT_OURS, "是 Outlook 保存的邮件（.msg），里面没有附件"),
    FileKind.WINMAIL: (Fate.NOT_OURS, "是 Outlook 的 winmail.dat，里面没有附件"),
    FileKind.EMPTY: (Fate.UNREADABLE, "文件是空的（0 字节），可能没有传完"),
    FileKind.OTHER: (Fate.NOT_OURS, "不是工作簿"),
}


@frozen
class Identified:
    """What a piece is. A return has the unit of its cover, its stamp, and what the stamp's seal says.

    `outcome` is the hash of all that is to be said of a workbook, "" for what was not verified.
    """

    fate: Fate
    why: str = ""
    status: str = Status.UNREADABLE
    errors: int = 0
    form: str = ""
    year: int | None = None
    cover: Unit | None = None
    stamp: Stamp | None = None
    sealed: Sealed = Sealed.NONE
    number: int = 0
    outcome: str = ""

    @property
    def stamped(self) -> str:
        """The unit that the workbook was made for."""
        return self.stamp.unit if self.stamp is not None else ""

    def checked(self, key: Key) -> Identified:
        """The same with what its seal says. The key is for this computer alone, so no worker does that."""
        if self.stamp is None:
            return self
        sealed, number = key.check(self.stamp)
        return replace(self, sealed=sealed, number=number)


def look_at(piece: Piece, file: Path, prior: Prior | None) -> Identified:
    """Verify a workbook in its file; say of anything else what it is."""
    if piece.is_link:
        return Identified(Fate.LINK_ONLY, "邮件里只有下载链接，没有附件；请单位改用普通附件重发")
    if piece.trouble:
        return Identified(Fate.UNREADABLE, piece.trouble)
    if is_owner_file(piece.name):
        return Identified(Fate.NOT_OURS, "是打开工作簿时产生的临时文件")
    if piece.name.rpartition("/")[2] == MANIFEST and is_bundle(file.read_bytes()):
        return Identified(Fate.NOT_OURS, "是上报包里的清单：上报包被解开了，请把整个 .zip 放进收件")
    if piece.kind is not FileKind.WORKBOOK:
        fate, why = _WORDS[piece.kind]
        report = verify_published(file) if fate is Fate.PUBLISHED else None
        return Identified(fate, f"{why}；{in_short(report)}；{OFFER}" if report is not None else why)
    return _identified(verify_file(file, prior))


@frozen
class Inside:
    """A return in a bundle: what it is, what it reports, and its errors, each with how to mend it."""

    identified: Identified
    child: Child | None = None
    errors: tuple[tuple[str, str], ...] = ()


def look_inside(piece: Piece, file: Path, prior: Prior | None) -> Inside:
    """Verify a return in a bundle. Seals are those of the round it comes from, and not asked for."""
    if piece.trouble or piece.kind is not FileKind.WORKBOOK:
        return Inside(Identified(Fate.UNREADABLE, piece.trouble or "不是工作簿"))
    verdict = verify_file(file, prior)
    found = _identified(verdict)
    if verdict.submission is None:
        return Inside(replace(found, fate=Fate.UNREADABLE))
    wrong = [finding for finding in verdict.findings if finding.severity is Severity.ERROR]
    child = child_of(NamedFile(file, piece.name), verdict.submission, len(wrong))
    return Inside(found, child, tuple((finding.message, finding.fix) for finding in wrong))


def _identified(verdict: Verdict) -> Identified:
    submission = verdict.submission
    if submission is None:
        finding = verdict.findings[0]
        fate = Fate.NOT_OURS if finding.code == "WBK002" else Fate.UNREADABLE
        return Identified(fate, finding.message.rstrip("。"), outcome=outcome_digest(record(verdict), ""))
    errors = sum(finding.severity is Severity.ERROR for finding in verdict.findings)
    year = submission.year
    cover = wanted_by(submission.form, submission.inputs, submission.unit, year or 0).unit
    return Identified(
        Fate.RETURN,
        "",
        verdict.status,
        errors,
        submission.form.id,
        year,
        cover,
        submission.stamp,
        outcome=outcome_digest(record(verdict), content_of(submission)),
    )
