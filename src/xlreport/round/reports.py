"""The reports of accepted returns in 报告/: made of the file that counts, taken away when it counts no more.

A report that somebody has edited is never written over or taken away: the new one gets a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from xlreport.files import safe_name, write_whole
from xlreport.formats.digest import digest_of
from xlreport.frozen import frozen
from xlreport.round.events import Event
from xlreport.round.file import File
from xlreport.round.opened import Round
from xlreport.round.state import Standing, UnitState
from xlreport.run.engine import Local
from xlreport.run.guard import Failed, guarded
from xlreport.unit import key

REPORT_FORMATS = ("docx", "html")
_RENDERED = "rendered"


@frozen
class Rendering:
    """A report to make: of which unit, from which file."""

    unit: str
    file: File


def bring_up_to_date(round_: Round, here: Local) -> Iterator[tuple[str, str]]:
    """Make what is missing, take away what is outdated; names units with what is to be said ("" for made).

    Raises OSError where nothing can be written.
    """
    wanted = {unit.line.name: unit.counting for unit in round_.state.units if _is_final(unit)}
    before = _rendered(round_)
    for name, event in before.items():
        file = wanted.get(name)
        if event["sha256"] and (file is None or file.sha256 != event["sha256"]):
            _take_away(round_, event)
            round_.add((_RENDERED, {"unit": name, "sha256": "", "files": {}}))
    jobs = [
        Rendering(n, f)
        for n, f in wanted.items()
        if f is not None and not _is_there(round_, before.get(n), f)
    ]
    make = partial(_made, originals=round_.place.originals)
    for job, answer in guarded(make, jobs, here.workers, team=here.team):
        if isinstance(answer, Failed):
            yield job.unit, answer.finding.message
        else:
            _write(round_, job, answer)
            yield job.unit, ""


def reports_of(round_: Round) -> Mapping[str, Sequence[Path]]:
    """The documents of each unit's report that are there, by its name, as Word first."""
    folder = round_.place.reports
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    return {
        name: [folder / file for file in event["files"] if file in there]
        for name, event in _rendered(round_).items()
    }


def _is_final(unit: UnitState) -> bool:
    """True if the file that counts was accepted, by verification or by the office, and has words."""
    counting = unit.counting
    if counting is None or not counting.accepted or unit.standing is Standing.EXEMPT:
        return False
    return counting.handed is None or not counting.handed.computed


def _made(job: Rendering, originals: Path) -> Mapping[str, bytes]:
    """What a worker makes of one return."""
    from xlreport.report.errors import ReportError
    from xlreport.report.narrative import compose
    from xlreport.report.render import render_document
    from xlreport.verify.verdict import verify
    from xlreport.workbook.read import read

    submission = read(originals / job.file.file)
    try:
        document = compose(submission.form, submission.values, draft=False, findings=verify(submission))
        return {to: render_document(document, submission.form, to) for to in REPORT_FORMATS}
    except ReportError as error:
        raise RuntimeError(str(error)) from error


def _write(round_: Round, job: Rendering, documents: Mapping[str, bytes]) -> None:
    stem = safe_name(f"{job.unit}_{round_.settings.year}")
    files = {}
    for to, data in documents.items():
        choices = (stem, *(f"{stem}-{number}" for number in range(2, 100)))
        path = next(p for c in choices if _is_free(p := round_.place.reports / f"{c}.{to}", data))
        write_whole(path, data, durable=True)
        files[path.name] = digest_of(data)
    round_.add((_RENDERED, {"unit": job.unit, "sha256": job.file.sha256, "files": files}))


def _is_free(path: Path, data: bytes) -> bool:
    """True where nothing stands, or this very document that a killed run did not put down any more."""
    return not path.exists() or path.read_bytes() == data


def _rendered(round_: Round) -> dict[str, Event]:
    """The last report of each unit, as it was put down."""
    found = {}
    for event in round_.log.events:
        if event.kind == _RENDERED:
            line = round_.roster.line(event["unit"])
            found[line.name if line is not None else key(event["unit"])] = event
    return found


def _is_there(round_: Round, event: Event | None, file: File) -> bool:
    """True if the report of that very file was made and nobody has removed it."""
    if event is None or event["sha256"] != file.sha256:
        return False
    return all((round_.place.reports / name).exists() for name in event["files"])


def _take_away(round_: Round, event: Event) -> None:
    for name, known in event["files"].items():
        path = round_.place.reports / name
        if path.exists() and digest_of(path.read_bytes()) == known:
            path.unlink()
