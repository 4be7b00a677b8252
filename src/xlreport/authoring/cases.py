"""The cases of a form: values that pass and values that fail, as the author wrote them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import Any

from xlreport.form.declare import Case, CasesToml
from xlreport.form.load import resize
from xlreport.form.mistake import Mistake, near
from xlreport.form.model import Form
from xlreport.form.toml_folder import Folder, case_files
from xlreport.form.values import ValueErrors, from_json, rows_needed
from xlreport.frozen import frozen

BASE = "cases/base.toml"
_BLANK = "blank"
OF_ENTRIES = ("VAL014", "VAL015", "VAL016", "VAL017")
"""Rules of the program's own that a form declares in entries.toml."""


@frozen
class Cases:
    """The base values, the cases laid over them, and what is wrong with the files."""

    base: Mapping[str, Any]
    cases: tuple[Case, ...]
    mistakes: tuple[Mistake, ...]


def read_cases(form: Form) -> Cases:
    """Everything in the form's cases/."""
    folder = Folder(form.folder)
    cases: list[Case] = []
    base: Mapping[str, Any] | None = None
    for file in case_files(form.folder):
        declared = folder.read(file, CasesToml)
        if declared is None:
            continue
        if file == BASE:
            base = declared.values
        folder.mistakes += _strange(form, file, declared.case)
        cases += declared.case
    if base is None and not any(mistake.file == BASE for mistake in folder.mistakes):
        folder.mistakes.append(
            Mistake(BASE, "values", "there are no base values: add [values] with one complete return")
        )
    folder.mistakes += incomplete(form, base) if base is not None else ()
    return Cases(base or {}, tuple(cases), tuple(folder.mistakes))


def incomplete(form: Form, base: Mapping[str, Any]) -> Iterator[Mistake]:
    """Required fields and lists that the base leaves out: it stands for a complete return."""
    try:
        values = from_json(resize(form, tuple(rows_needed(form, base).items())), base)
    except ValueErrors:
        return  # told when the cases are run
    for subject in form.mandatory:
        if subject not in form.computed and values.get(subject) is None:
            yield Mistake(
                BASE, f"values: {subject}", "is required and left out: the base is one complete return"
            )
    for name, listing in form.listings.items():
        if listing.required and not base.get(name):
            yield Mistake(BASE, f"values: {name}", "the list is required and left out: add one line or more")


def untested(form: Form, cases: Sequence[Case]) -> Iterator[Mistake]:
    """Checks and facts without a case that passes, or without one that fails.

    A fact that only takes its number can have no finding of its own.
    """
    can_fail = {check.code: True for check in form.checks}
    can_fail |= {fact.code: bool(fact.equals) or fact.repeat for fact in form.facts}
    for code, wanted in can_fail.items():
        own = [case for case in cases if case.check == code]
        failing = [case for case in own if any(_is_of(form, code, found) for found in case.expect)]
        if len(failing) == len(own):
            yield Mistake("cases/", code, "no case passes: add one with expect = []")
        if wanted and not failing:
            yield Mistake("cases/", code, "no case fails: add one that expects a finding of it")


def _is_of(form: Form, code: str, finding: str) -> bool:
    """True for a finding of that check or fact; two statements of a fact may also be at odds."""
    repeated = {fact.code for fact in form.facts if fact.repeat}
    return finding.startswith((f"{code}:", "TXT011:") if code in repeated else f"{code}:")


def failing_cases(code: str, cases: Sequence[Case]) -> list[Case]:
    """The cases of a check that expect a finding of it, in their order."""
    return [c for c in cases if c.check == code and any(found.startswith(f"{code}:") for found in c.expect)]


def laid_over(form: Form, base: Mapping[str, Any], case: Case) -> dict[str, Any]:
    """The values JSON of a case: the base with the case's values laid over it, deep."""
    data: dict[str, Any] = _merged(base, case.values)
    for name, figures in _figures(form).items():
        if name in data:
            _empty(data[name], figures)
    return data


@lru_cache(maxsize=8)
def _figures(form: Form) -> Mapping[str, Set[str]]:
    """What the figures of each block are called in a values JSON."""
    return {
        name: {subject.column or subject for subject, field in block.cells() if field.kind.numeric}
        for name, block in form.blocks.items()
    }


def _empty(content: Any, figures: Set[str]) -> None:
    """Make figures that an author wrote as blank, as TOML has no null, blank."""
    if isinstance(content, dict):
        content.update({name: None for name in figures if content.get(name) == _BLANK})
        content = list(content.values())
    if isinstance(content, list):
        for part in content:
            _empty(part, figures)


def _merged(under: Any, over: Any) -> Any:
    """`over` laid over `under`, table by table; always a copy."""
    if isinstance(over, Mapping):
        below = under if isinstance(under, Mapping) else {}
        return {name: _merged(below.get(name), over.get(name, below.get(name))) for name in {**below, **over}}
    return [_merged(None, item) for item in over] if isinstance(over, list) else over


def _strange(form: Form, file: str, cases: Sequence[Case]) -> Iterator[Mistake]:
    codes = [*(check.code for check in form.checks), *(fact.code for fact in form.facts), *OF_ENTRIES]
    for number, case in enumerate(cases):
        if case.check not in codes:
            text = f"unknown check or fact “{case.check}”{near(case.check, codes)}"
            yield Mistake(file, f"case[{number}].check", text)
