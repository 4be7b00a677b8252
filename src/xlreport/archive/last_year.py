"""Last year's returns: which of them belongs to a return of this year, and what it says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

from xlreport.archive.folder import look_through, path_text
from xlreport.finding import Finding, UnreadableWorkbook, has_errors
from xlreport.form.calculate import without_partial_sums
from xlreport.form.cells import cells_of
from xlreport.form.last_year import Wanted, changes_asked, summed, wanted_by
from xlreport.form.load import load_form
from xlreport.form.model import Form
from xlreport.form.succession import UnitChange
from xlreport.form.values import Values
from xlreport.formula.nodes import Value
from xlreport.rule import own_rule
from xlreport.subject import Subject
from xlreport.unit import Directory, Unit
from xlreport.verify.gates import PriorSearch, verify
from xlreport.workbook.read import Glance, glance, read
from xlreport.workbook.submission import Submission


@dataclass(frozen=True, slots=True)
class Candidate:
    """A workbook of ours: `name` is its path below the place given, `digest` that of its content."""

    name: str
    path: Path
    digest: str
    glance: Glance


@dataclass(frozen=True)
class LastYear:
    """The workbooks of a file or a folder; each is only glanced at until a return asks for it.

    `skipped` counts the other files between them: no workbooks, none of ours, or beyond reading.
    """

    candidates: tuple[Candidate, ...]
    skipped: int

    @classmethod
    def of(cls, place: str | Path) -> Self:
        """Look through a folder with its subfolders, or at one file, which must be a workbook of ours.

        Raises UnreadableWorkbook for a file that is none.
        """
        path = Path(place)
        if not path.is_dir():
            return cls((_candidate(path_text(Path(path.name)), path),), 0)
        found = look_through(path)
        perhaps = (_perhaps(path_text(file.relative_to(path)), file) for file in found.workbooks)
        candidates = tuple(candidate for candidate in perhaps if candidate is not None)
        return cls(candidates, found.skipped + len(found.workbooks) - len(candidates))

    @classmethod
    def of_files(cls, files: Iterable[Path]) -> Self:
        """Just these files; those that are none of ours are skipped."""
        perhaps = [_perhaps(shown(Path(file.name)), file) for file in files]
        candidates = tuple(candidate for candidate in perhaps if candidate is not None)
        return cls(candidates, len(perhaps) - len(candidates))

    @cached_property
    def key(self) -> str:
        """Changes whenever any of the workbooks does."""
        parts = (f"{candidate.name}\0{candidate.digest}" for candidate in self.candidates)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    def search(self, submission: Submission) -> PriorSearch | None:
        """See `xlreport.verify.gates.Prior`. None where there is no last year to be asked for."""
        if submission.year is None:
            return None
        return self.find(wanted_by(submission.form, submission.inputs, submission.unit, submission.year))

    def find(self, wanted: Wanted) -> PriorSearch | None:
        """Last year's values of a unit, or the finding that says why there are none."""
        if wanted.change is UnitChange.NEW:
            return None
        units = self._units(wanted)
        missing = [name for name, found in units if not found]
        if missing or not units:
            return PriorSearch({}, (self._missing(wanted, missing or [wanted.unit.name]),))
        parts: list[dict[Subject, Value]] = []
        findings: list[Finding] = []
        for _, candidates in units:
            values = _agreed(candidates)
            if isinstance(values, Finding):
                findings.append(values)
            else:
                parts.append(values)
        if findings:
            return PriorSearch({}, tuple(findings))
        return PriorSearch(summed(wanted.form, parts), ())

    def _units(self, wanted: Wanted) -> list[tuple[str, list[Candidate]]]:
        """The unit, or the units that were merged into it, each with the workbooks that are its own."""
        own = self._called(wanted, wanted.unit.code) or self._called(wanted, wanted.unit.name)
        before = [(name, self._called(wanted, name)) for name in wanted.predecessors]
        if wanted.change is UnitChange.MERGED:
            named = [(wanted.unit.name, own), *before] if own else before
            return _once(named)
        return [(wanted.unit.name, own)] if own else [unit for unit in before if unit[1]][:1]

    def _called(self, wanted: Wanted, name: str) -> list[Candidate]:
        """Last year's workbooks of the unit of that code, or else of that name."""
        of_that_year = self._by_year.get(wanted.year - 1)
        return _of_one_form(wanted.form, of_that_year.called(name)) if of_that_year else []

    @cached_property
    def _by_year(self) -> Mapping[int | None, Directory[Candidate]]:
        years = {candidate.glance.year for candidate in self.candidates}
        return {year: Directory(_of_year(self.candidates, year)) for year in years}

    def _missing(self, wanted: Wanted, names: Sequence[str]) -> Finding:
        named = "、".join(f"“{name}”" for name in names)
        seen = ""
        if len(self.candidates) == 1:
            (only,) = self.candidates
            seen = f"（给出的 {only.name} 是“{only.glance.unit.name}” {only.glance.year} 年度的）"
        message = f"没有找到{named} {wanted.year - 1} 年度的工作簿{seen}，没有与上年核对。"
        fix = f"请放入上年通过核对的工作簿{_declared_where(wanted.form)}"
        return own_rule("YOY901").finding(message, fix, wanted.form.unit_field)


def _declared_where(form: Form) -> str:
    """`；更名、合并、拆分的，在封面填写“机构变动”和“原机关名称或代码”`; "" where the form does not ask."""
    named = (form.succession.change, form.succession.predecessors)
    asked = [Subject.field(name) for name in named if name]
    if not asked:
        return ""
    labels = "和".join(f"“{form.fields[name].label}”" for name in asked)
    tab = form.section_of(asked[0]).tab
    return f"；{changes_asked(form) or '名称有变动'}的，在{tab}填写{labels}"


# Matching --------------------------------------------------------------------------------------------


def _of_year(candidates: Iterable[Candidate], year: int | None) -> Iterator[tuple[Unit, Candidate]]:
    return ((candidate.glance.unit, candidate) for candidate in candidates if candidate.glance.year == year)


def _of_one_form(form: Form, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Workbooks of the same form, else of one other form whose figures have the same names."""
    same = [c for c in candidates if c.glance.form == form.id]
    figures = {subject.this_year for subject in form.prior}
    others = [c for c in candidates if not figures.isdisjoint(cells_of(load_form(c.glance.form)))]
    return same or [c for c in others if c.glance.form == others[0].glance.form]


def _once(units: Iterable[tuple[str, list[Candidate]]]) -> list[tuple[str, list[Candidate]]]:
    """Each unit once, should it be named twice."""
    seen: set[str] = set()
    kept = []
    for name, candidates in units:
        paths = {candidate.name for candidate in candidates}
        if not paths or not paths & seen:
            kept.append((name, candidates))
        seen |= paths
    return kept


# Reading ---------------------------------------------------------------------------------------------


def _agreed(candidates: Sequence[Candidate]) -> dict[Subject, Value] | Finding:
    """The values of the workbook that was accepted, or the finding that says why there is not one."""
    accepted = [values for c in candidates if (values := _accepted(c.path)) is not None]
    names = "、".join(candidate.name for candidate in candidates)
    of = candidates[0].glance
    if not accepted:
        message = f"“{of.unit.name}” {of.year} 年度的工作簿 {names} 没有通过核对，没有用来比对。"
        return own_rule("YOY902").finding(message, "请先核对并改正上年的工作簿，再重新核对本年的")
    if any(values != accepted[0] for values in accepted[1:]):
        message = f"“{of.unit.name}” {of.year} 年度的工作簿有 {len(accepted)} 份：{names}，没有用来比对。"
        return own_rule("YOY903").finding(message, "请确定以哪一份为准，把其余的移出上年文件夹")
    return dict(accepted[0])


def _accepted(path: Path) -> Values | None:
    """The values of a workbook without errors. What is only partly filled in is not known."""
    try:
        submission = read(path)
    except UnreadableWorkbook:
        return None
    if has_errors(verify(submission)):
        return None
    return without_partial_sums(submission.form, submission.values)


def _candidate(name: str, path: Path) -> Candidate:
    found = glance(path)
    return Candidate(name, path, hashlib.sha256(path.read_bytes()).hexdigest(), found)


def _perhaps(name: str, path: Path) -> Candidate | None:
    try:
        return _candidate(name, path)
    except (UnreadableWorkbook, OSError):
        return None
