"""From entries.toml to rules on entries: conditions bound, mistakes noted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xlreport.form.binder import Binder
from xlreport.form.bounds import is_bound
from xlreport.form.entries import Entries, EntriesToml, balanced
from xlreport.form.field import Field, Kind
from xlreport.form.mistake import Mistake, near, unsaid
from xlreport.form.outline import Outline
from xlreport.form.scope import FormScope
from xlreport.form.toml_folder import Folder
from xlreport.formula.nodes import Node
from xlreport.subject import Subject

ENTRIES = "entries.toml"
_TEXTS = frozenset({Kind.TEXT})
_DAYS = frozenset({Kind.DATE, Kind.YEAR})
_MONTHS = 12


def read_entries(folder: Folder, outline: Outline | None) -> Entries:
    """The form's rules on entries, none without that file. Mistakes are noted in the folder.

    Where not all sections are known there is no outline, and only mistakes that need no names are noted.
    """
    declared = folder.read(ENTRIES, EntriesToml) if (folder.path / ENTRIES).is_file() else EntriesToml()
    if declared is None:
        return Entries()
    folder.mistakes += _malformed(declared)
    if outline is None:
        return Entries(declared)
    folder.mistakes += _unknown(declared, outline.fields)
    binder = Binder(outline)
    bound = dict(_conditions(declared, binder))
    folder.mistakes += binder.mistakes
    return Entries(declared, tuple((when, node) for when, node in bound.items() if node is not None))


def _conditions(declared: EntriesToml, binder: Binder) -> Iterator[tuple[str, Node | None]]:
    scope = FormScope(binder.outline)
    spans = [(f"span[{number}]", span.when) for number, span in enumerate(declared.span)]
    others = [(f"contradiction[{n}]", rule.when) for n, rule in enumerate(declared.contradiction)]
    for path, when in (*spans, *others):
        if when:
            yield when, binder.condition(ENTRIES, f"{path}.when", when, scope)


def _malformed(declared: EntriesToml) -> Iterator[Mistake]:
    yield from _wordless(declared)
    for number, pattern in enumerate(declared.pattern):
        yield from _pictures(f"pattern[{number}].like", (*pattern.like, *pattern.unless))
        if not pattern.like:
            yield Mistake(ENTRIES, f"pattern[{number}].like", "no picture: say what the text must look like")
    for number, span in enumerate(declared.span):
        yield from _bounds(f"span[{number}]", span.first, span.last)
    for number, distinct in enumerate(declared.distinct):
        if len(distinct.fields) < 2:
            yield Mistake(ENTRIES, f"distinct[{number}].fields", "name two fields or more")
    for number, rule in enumerate(declared.contradiction):
        here = f"contradiction[{number}]"
        yield from _pictures(f"{here}.like", (*rule.like, *rule.unless))
        if bool(rule.field) != bool(rule.like):
            yield Mistake(ENTRIES, f"{here}.field", "`field` and `like` go together: give both or neither")
        if not rule.field and not rule.when:
            yield Mistake(ENTRIES, here, "nothing is said of when: give `when`, or `field` and `like`")


def _wordless(declared: EntriesToml) -> Iterator[Mistake]:
    said = {
        "pattern": [rule.says for rule in declared.pattern],
        "span": [rule.says for rule in declared.span],
        "distinct": [rule.says for rule in declared.distinct],
        "contradiction": [rule.says for rule in declared.contradiction],
    }
    for kind, several in said.items():
        for number, says in enumerate(several):
            yield from unsaid(ENTRIES, f"{kind}[{number}]", {"says": says})


def _pictures(path: str, pictures: tuple[str, ...]) -> Iterator[Mistake]:
    for picture in pictures:
        if not balanced(picture):
            yield Mistake(ENTRIES, path, f"“{picture}” is no picture: brackets stand in pairs, not nested")


def _bounds(path: str, first: str, last: str) -> Iterator[Mistake]:
    if not first and not last:
        yield Mistake(ENTRIES, path, "no bound is given: add `first`, `last` or both")
    for key, text in (("first", first), ("last", last)):
        if text and not is_bound(text):
            hint = "write 2008-01-01, 2008, +1-03-31, after or after+20"
            yield Mistake(ENTRIES, f"{path}.{key}", f"“{text}” is no bound: {hint}")


def _unknown(declared: EntriesToml, fields: Mapping[Subject, Field]) -> Iterator[Mistake]:
    for number, pattern in enumerate(declared.pattern):
        yield from _field(fields, f"pattern[{number}].field", pattern.field, _TEXTS)
    for number, span in enumerate(declared.span):
        yield from _field(fields, f"span[{number}].field", span.field, _DAYS)
    for number, distinct in enumerate(declared.distinct):
        for name in distinct.fields:
            yield from _field(fields, f"distinct[{number}].fields", name)
    for number, short in enumerate(declared.short_name):
        yield from _field(fields, f"short_name[{number}].field", short.field, _TEXTS)
        yield from _field(fields, f"short_name[{number}].of", short.of, _TEXTS)
    for number, rule in enumerate(declared.contradiction):
        yield from _field(fields, f"contradiction[{number}].cell", rule.cell)
        if rule.field:
            yield from _field(fields, f"contradiction[{number}].field", rule.field, _TEXTS)
    if declared.period is not None:
        yield from _period(fields, declared.period.field)


def _field(
    fields: Mapping[Subject, Field], path: str, name: str, kinds: frozenset[Kind] = frozenset()
) -> Iterator[Mistake]:
    subject = Subject.field(name)
    if subject not in fields:
        yield Mistake(ENTRIES, path, f"unknown field “{name}”{near(name, fields)}")
    elif kinds and fields[subject].kind not in kinds:
        wanted = " or ".join(f"“{kind}”" for kind in sorted(kinds))
        text = f"“{name}” is of kind “{fields[subject].kind}”: name a field of kind {wanted}"
        yield Mistake(ENTRIES, path, text)


def _period(fields: Mapping[Subject, Field], name: str) -> Iterator[Mistake]:
    path, subject = "period.field", Subject.field(name)
    yield from _field(fields, path, name, frozenset({Kind.CHOICE}))
    if subject in fields and fields[subject].options and _MONTHS % len(fields[subject].options):
        count = len(fields[subject].options)
        yield Mistake(ENTRIES, path, f"{count} options do not divide a year: months, quarters or halves do")
