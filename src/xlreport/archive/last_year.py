"""Last year's returns: which of them belongs to a return of this year, and what it says."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Self, TypeAlias

from xlreport.archive.candidate import Candidate, Glanced, glanced, may_be_last_year
from xlreport.archive.figure_table import lines_in
from xlreport.archive.folder import path_text, walk
from xlreport.archive.own_last_year import Search, looked_at
from xlreport.archive.sound import Sound, sound_report, sound_values
from xlreport.finding import Finding, UnreadableWorkbook
from xlreport.form.last_year import Wanted, merged_figures, wanted_by
from xlreport.form.values import Values
from xlreport.formula.nodes import is_figure
from xlreport.frozen import frozen
from xlreport.published.read import PublishedReport
from xlreport.rule import own_rule
from xlreport.unit import Directory, Unit
from xlreport.verify.verdict import PriorSearch
from xlreport.workbook.submission import Submission

_CORRECT_IT = "请先核对并改正上年的工作簿，再重新核对本年的"
_CORRECT_REPORT = "请对照上年报告的原文；能确认的，用 xlreport refill 转成工作簿、填好后代替它"

Glancer: TypeAlias = Callable[[Sequence[Path]], Iterable[tuple[Path, Glanced]]]
"""Glances at each of the files, in any order."""


@dataclass(frozen=True)
class LastYear:
    """The workbooks and published reports of a file or a folder; each is only glanced at until asked for.

    `skipped` counts the other files between them: not ours, or unreadable; `left_out` the candidates
    that were left out as nobody asks for them (`around`).
    """

    candidates: tuple[Candidate, ...]
    skipped: int
    left_out: int = 0

    @classmethod
    def of(cls, place: str | Path, glancer: Glancer | None = None) -> Self:
        """Look through a folder with its subfolders, or at one file of ours or published.

        `glancer` looks at the files, perhaps elsewhere than in this process. Raises UnreadableWorkbook for a
        file that is none.
        """
        path = Path(place)
        if not path.is_dir():
            ((_, found),) = (glancer or _one_by_one)([path])
            return cls(_of_the_only(found), 0)
        return cls.of_files(
            {file: path_text(file.relative_to(path)) for file in sorted(walk(path).files)}, glancer
        )

    @classmethod
    def of_files(cls, names: Mapping[Path, str], glancer: Glancer | None = None) -> Self:
        """Just these files, each with what it is called; those that are not ours are skipped."""
        wanted = [file for file in names if may_be_last_year(file)]
        found = dict((glancer or _one_by_one)(wanted))
        candidates = (
            replace(candidate, name=names[file]) for file in wanted for candidate in _usable(found[file])
        )
        return cls(tuple(candidates), sum(not _usable(found.get(file, ())) for file in names))

    @cached_property
    def key(self) -> str:
        """Changes whenever any of the workbooks does."""
        parts = (f"{candidate.name}\0{candidate.digest}" for candidate in self.candidates)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    def search(self, submission: Submission | PublishedReport) -> PriorSearch | None:
        """See `xlreport.verify.verdict.Prior`. None where there is no last year to be asked for."""
        if submission.year is None:
            return None
        form, inputs = submission.form, submission.inputs
        return self.find(wanted_by(form, inputs, submission.unit, submission.year, submission.origins))

    def find(self, wanted: Wanted) -> PriorSearch | None:
        """Last year's values of a unit, and what is to be said of them or of there being none."""
        whose = Search(wanted, self._by_year.get(wanted.year - 1) or Directory(())).whose()
        if whose is None:
            return None
        known = [_agreed(candidates) for candidates in whose.units]
        findings = (*whose.findings, *(part.finding for part in known if part.finding is not None))
        if not known or any(part.values is None for part in known):
            return PriorSearch({}, tuple(map(self._beside_the_only_one, findings)))
        values = merged_figures(wanted.form, [part.values for part in known if part.values is not None])
        return PriorSearch(values, findings, "、".join(part.names for part in known))

    def around(self, year: int, unit: Unit, predecessors: Iterable[str]) -> LastYear:
        """Only what a search for that unit in that year looks at: it finds there what it finds here."""
        if len(self.candidates) == 1:  # the finding names it even where it is another unit's
            return self
        found = looked_at(unit, predecessors, self._by_year.get(year - 1) or Directory(()))
        numbers = sorted({self._numbers[candidate.path, candidate.row] for candidate in found})
        kept = tuple(self.candidates[number] for number in numbers)
        return LastYear(kept, self.skipped, self.left_out + len(self.candidates) - len(kept))

    @cached_property
    def _numbers(self) -> Mapping[tuple[Path, int], int]:
        return {(candidate.path, candidate.row): number for number, candidate in enumerate(self.candidates)}

    @property
    def files(self) -> Sequence[Path]:
        """The files that are read for it, each once."""
        return list(dict.fromkeys(candidate.path for candidate in self.candidates))

    def moved(self, places: Sequence[Path]) -> LastYear:
        """The same, its `files` lying elsewhere."""
        place = dict(zip(self.files, places, strict=True))
        return replace(self, candidates=tuple(replace(c, path=place[c.path]) for c in self.candidates))

    @cached_property
    def _by_year(self) -> Mapping[int | None, Directory[Candidate]]:
        years = {candidate.glance.year for candidate in self.candidates}
        return {year: Directory(_of_year(self.candidates, year)) for year in years}

    def _beside_the_only_one(self, finding: Finding) -> Finding:
        """What was not found, with a word on what was given, where that is a single workbook."""
        if len(self.candidates) != 1 or self.left_out or finding.code != "YOY901":
            return finding
        (only,) = self.candidates
        given = f"给出的 {only.name} 是“{only.glance.unit.name}” {only.glance.year} 年度的。"
        return replace(finding, message=finding.message + given)


def _of_year(candidates: Iterable[Candidate], year: int | None) -> Iterator[tuple[Unit, Candidate]]:
    return ((candidate.glance.unit, candidate) for candidate in candidates if candidate.glance.year == year)


# Reading ---------------------------------------------------------------------------------------------


@frozen
class _Known:
    """What is known of one unit: values from the workbooks of those names, and what is said of them."""

    values: Values | None
    names: str = ""
    finding: Finding | None = None


def _agreed(candidates: Sequence[Candidate]) -> _Known:
    """The values of the workbook that was accepted, else what is sound in the only one there is."""
    first = min(candidate.rank for candidate in candidates)
    candidates = [candidate for candidate in candidates if candidate.rank == first]
    read = [(c, found) for c in candidates if (found := _sound(c)) is not None]
    accepted = [(c, found.values) for c, found in read if not found.errors]
    of, what = candidates[0].glance, candidates[0].what
    names = "、".join(candidate.name for candidate in candidates)
    if not accepted and len(read) == len(candidates) == 1:
        return _Known(read[0][1].values, names, _partly_sound(candidates[0], read[0][1].errors))
    if not accepted:
        message = f"“{of.unit.name}” {of.year} 年度的{what} {names} 没有通过核对，没有用来比对。"
        return _Known(None, "", own_rule("YOY902").finding(message, _CORRECT_IT))
    if any(_differ(candidate, values, accepted[0][1]) for candidate, values in accepted[1:]):
        message = f"“{of.unit.name}” {of.year} 年度的{what}有 {len(accepted)} 份：{names}，没有用来比对。"
        fix = "请确定以哪一份为准，把其余的移出上年文件夹"
        return _Known(None, "", own_rule("YOY903").finding(message, fix))
    return _Known(accepted[0][1], "、".join(candidate.name for candidate, _ in accepted))


def _sound(candidate: Candidate) -> Sound | None:
    if candidate.row:
        lines = lines_in(candidate.path, candidate.digest)
        values = next((line.values for line in lines if line.row == candidate.row), {})
        return Sound(values, 0) if values else None
    return sound_report(candidate.path) if candidate.published else sound_values(candidate.path)


def _differ(candidate: Candidate, one: Values, other: Values) -> bool:
    """True if two say different things; of published reports only figures that both have are compared."""
    if candidate.rank == 0:
        return one != other
    return any(
        is_figure(one[subject]) and one[subject] != other[subject] for subject in one.keys() & other.keys()
    )


def _partly_sound(candidate: Candidate, errors: int) -> Finding:
    of = candidate.glance
    message = (
        f"“{of.unit.name}” {of.year} 年度的{candidate.what} {candidate.name} 没有通过核对，"
        f"有 {errors} 处错误："
        "错误涉及的数字没有用来比对，其余的照常比对。"
    )
    return own_rule("YOY902").finding(message, _CORRECT_REPORT if candidate.published else _CORRECT_IT)


def _one_by_one(files: Sequence[Path]) -> Iterator[tuple[Path, Glanced]]:
    return ((file, glanced(file)) for file in files)


def _usable(found: Glanced) -> tuple[Candidate, ...]:
    return found if isinstance(found, tuple) else ()


def _of_the_only(found: Glanced) -> tuple[Candidate, ...]:
    """Raises UnreadableWorkbook or OSError where it is nothing of last year."""
    if isinstance(found, OSError):
        raise found
    if isinstance(found, Finding):
        raise UnreadableWorkbook(found)
    return found
