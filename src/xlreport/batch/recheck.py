"""Some files of a run done again, and whether the same comes out: anywhere, by whoever has the same files."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property, partial
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory

from xlreport import __version__
from xlreport.archive.everything import everything
from xlreport.archive.gather import Job, jobs_of
from xlreport.archive.last_year import LastYear
from xlreport.batch.program import sources
from xlreport.batch.receipt import NOT_RECORDED, Receipt, ReceiptLine, line_of
from xlreport.batch.work import Plan, fingerprint, process_at, unhandled
from xlreport.form.load import load_issued
from xlreport.form.mistake import FormErrors
from xlreport.formats.digest import digest
from xlreport.frozen import frozen
from xlreport.run.compared import compared
from xlreport.run.engine import Engine
from xlreport.run.guard import Failed
from xlreport.run.outcome import Outcome


class Rechecked(StrEnum):
    """What came of doing a file again, in the words for it."""

    SAME = "相同"
    OUTCOME = "核对结果不同"
    DOCUMENTS = "核对结果相同，生成的报告不同"
    EDITED = "结果相同，凭据旁边的报告后来被改动过"
    CHANGED = "文件的内容已经不是当时的"
    MISSING = "找不到文件"


@frozen
class Checked:
    """One file of the sample."""

    line: ReceiptLine
    again: Rechecked


def sample(receipt: Receipt, count: int, seed: int) -> Sequence[ReceiptLine]:
    """So many files of a run by chance; the same for the same seed."""
    lines = receipt.lines
    return random.Random(seed).sample(lines, min(count, len(lines)))  # to be repeated, not secret


def differing(receipt: Receipt, lines: Sequence[ReceiptLine]) -> Iterator[str]:
    """What of the program and the forms is not as it was when these files were done."""
    own = f"{receipt.version} {receipt.sources}"
    yield from dict.fromkeys(filter(None, (_other_program(line.program or own) for line in lines)))
    for form, known in receipt.forms.items():
        if _fingerprint(form) != known:
            yield f"报表 {form}"


def recheck(
    receipt: Receipt,
    lines: Sequence[ReceiptLine],
    places: Sequence[Path],
    prior: LastYear | None,
    engine: Engine,
    made: Path,
) -> Iterator[Checked]:
    """Do these files again, wherever they lie in the places; `made` is where the run's documents may lie.

    Raises OSError where nothing can be written.
    """
    with TemporaryDirectory(prefix="xlreport-") as folder:
        unpacked, out = Path(folder, "unpacked"), Path(folder, "out")
        unpacked.mkdir()
        finder = _Finder(places, unpacked)
        targets = {
            job.name: job.target for job in jobs_of((line.file, Path(line.file)) for line in receipt.lines)
        }
        jobs: dict[Job, ReceiptLine] = {}
        for number, line in enumerate(lines):
            path = finder.find(line)
            if isinstance(path, Rechecked):
                yield Checked(line, path)
            else:
                jobs[Job(str(number), path, str(number), path)] = line
        do = partial(process_at, plan=Plan(out, receipt.formats, receipt.draft))
        for job, answer in compared(engine, prior, [*jobs], do, attrgetter("path"), out):
            outcome = unhandled(job, answer.finding) if isinstance(answer, Failed) else answer
            again = _as_before(jobs[job], outcome)
            if again is Rechecked.SAME and not _is_as_made(made / targets[jobs[job].file], job, outcome):
                again = Rechecked.EDITED
            yield Checked(jobs[job], again)


def _other_program(signature: str) -> str:
    """What tells a program from this one; "" where it is this one."""
    version, _, known = signature.partition(" ")
    if version == NOT_RECORDED:
        return "程序（更早的版本，没有记下是哪一版）"
    if version != __version__:
        return f"程序版本（当时 {version}，现在 {__version__}）"
    return "" if known == sources() else "程序内容"


class _Finder:
    """Looks for files of a run by their names, and where that fails by content, in archives too."""

    def __init__(self, places: Sequence[Path], unpacked: Path) -> None:
        self._places = places
        self._unpacked = unpacked

    def find(self, line: ReceiptLine) -> Path | Rechecked:
        """Where a file with the content lies, else why there is none."""
        named = [place / line.file for place in self._places if _is_below(line.file)]
        same = next((path for path in named if digest(path) == line.sha256), None)
        if same is None and any(path.is_file() for path in named):
            return Rechecked.CHANGED
        return same or self._by_content.get(line.sha256, Rechecked.MISSING)

    @cached_property
    def _by_content(self) -> Mapping[str, Path | Rechecked]:
        """Every file in the places by its hash, members of archives too; made only where it is needed."""
        found = (everything([place], self._unpacked, self._unpacked) for place in self._places)
        jobs = (job for each in found for job in each.jobs)
        return {known: job.path for job in jobs if (known := digest(job.path)) is not None}


def _is_below(name: str) -> bool:
    """True for a name that leads nowhere else: a receipt may come from others."""
    path = Path(name)
    return not path.is_absolute() and ".." not in path.parts


def _as_before(line: ReceiptLine, outcome: Outcome) -> Rechecked:
    now = line_of(outcome)
    if now is None or now.outcome != line.outcome:
        return Rechecked.OUTCOME
    return Rechecked.SAME if now.documents == line.documents else Rechecked.DOCUMENTS


def _is_as_made(target: Path, job: Job, outcome: Outcome) -> bool:
    """False where a document of the file lies there and is another; receipts may lie without them."""
    for name, known in outcome.documents.items():
        document = target.with_name(target.name + name.removeprefix(job.target))
        if document.is_file() and digest(document) != known:
            return False
    return True


def _fingerprint(form: str) -> str:
    """Of a form as it is here; "" where there is none, or none that can be used."""
    try:
        return fingerprint(load_issued(form)).partition(" ")[2]
    except (FileNotFoundError, FormErrors):
        return ""
