"""What the types cannot say of a form as a whole: names that are free, fields that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from xlreport.form.bind_checks import CHECKS
from xlreport.form.checks import Check
from xlreport.form.declare import FormToml
from xlreport.form.field import Field, Kind
from xlreport.form.library import find_form
from xlreport.form.mistake import Mistake, duplicates, near, unsaid
from xlreport.form.outline import Outline, Section
from xlreport.form.section_mistakes import section_mistakes
from xlreport.subject import Subject, is_part

_ID = re.compile(r"[a-z0-9_]{1,64}")
# Built in, now and later.
_OWN_CODE = re.compile(r"(WBK|VAL|FIG|TXT|PUB|RPT|SYS)\d+|YOY(?!(?!000)[0-8]\d\d$)\d+")


def inconsistencies(
    declared: FormToml, folder: str, sections: Sequence[Section], checks: Sequence[Check]
) -> Iterator[Mistake]:
    """Every mistake in what is declared in the folder of that name, formulas apart."""
    blocks = [block for section in sections for block in section.blocks]
    yield from _id_mistakes(declared.id, folder)
    if len(sections) == len(declared.sections):
        yield from _named_fields(declared, Outline(tuple(sections)).fields)
    yield from _skin_mistakes(declared)
    yield from unsaid("form.toml", "", {"title": declared.title, "edition": declared.edition})
    yield from _years(declared)
    names = [name for block in blocks for name in block.names]
    yield from duplicates("sections/", "", names, "field, list or grid")
    yield from duplicates("sections/", "", [block.name for block in blocks], "block")
    yield from duplicates("sections/", "", [section.tab.casefold() for section in sections], "tab")
    yield from duplicates(CHECKS, "", [check.code for check in checks], "check code")
    yield from _code_mistakes(checks)
    for section in sections:
        yield from unsaid(f"sections/{section.name}.toml", "", {"title": section.title})
        yield from section_mistakes(section)


def _id_mistakes(name: str, folder: str) -> Iterator[Mistake]:
    """A return names its form by id, and the form is looked for in the folder of that name."""
    if _ID.fullmatch(name) is None:
        text = f"“{name}” is no id: use at most 64 lower-case letters, digits and _"
        yield Mistake("form.toml", "id", text)
    elif name != folder:
        text = f"“{name}” is not the folder's name “{folder}”: give both the same name"
        yield Mistake("form.toml", "id", text)


def _years(declared: FormToml) -> Iterator[Mistake]:
    if declared.last_year is not None and declared.last_year < declared.first_year:
        text = f"{declared.last_year} comes before the first year, {declared.first_year}: exchange the two"
        yield Mistake("form.toml", "last_year", text)


def _code_mistakes(checks: Sequence[Check]) -> Iterator[Mistake]:
    for number, check in enumerate(checks):
        words = {"title": check.title, "message": check.message, "fix": check.fix}
        yield from unsaid(CHECKS, f"check[{number}]", words)
        if not check.code or not is_part(check.code):
            text = f"“{check.code}” is no code: use letters and digits"
            yield Mistake(CHECKS, f"check[{number}].code", text)
        if _OWN_CODE.fullmatch(check.code):
            text = f"“{check.code}” is a code of xlreport itself: begin with other letters"
            yield Mistake(CHECKS, f"check[{number}].code", text)


def _skin_mistakes(declared: FormToml) -> Iterator[Mistake]:
    if declared.skin:
        try:
            find_form(declared.skin)
        except FileNotFoundError:
            text = f"unknown form “{declared.skin}”: name a form with a skin folder"
            yield Mistake("form.toml", "skin", text)


def _named_fields(declared: FormToml, fields: Mapping[Subject, Field]) -> Iterator[Mistake]:
    wanted = {"unit_field": Kind.TEXT, "code_field": None, "year_field": Kind.YEAR}
    for key, kind in wanted.items():
        name = Subject.field(getattr(declared, key))
        if name not in fields:
            yield Mistake("form.toml", key, f"unknown field “{name}”{near(name, fields)}")
        elif kind not in (None, fields[name].kind):
            text = f"“{name}” is of kind “{fields[name].kind}”: name a field of kind “{kind}”"
            yield Mistake("form.toml", key, text)
