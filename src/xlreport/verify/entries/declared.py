"""Rules: entries look as the form declares it, and do not contradict each other (entries.toml)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xlreport.expression import Expression
from xlreport.finding import Finding, Severity
from xlreport.form.bounds import bound
from xlreport.form.calculate import Calculator
from xlreport.form.entries import (
    Contradiction,
    DateRange,
    Distinct,
    Pattern,
    ShortName,
    comparable,
    looks_like,
)
from xlreport.form.naming import number
from xlreport.formula.check import subjects
from xlreport.formula.evaluate import EvaluationError
from xlreport.rule import own_rule
from xlreport.subject import Subject
from xlreport.verify.entries.placeholders import is_placeholder
from xlreport.verify.entries.quoting import place_of, quoted
from xlreport.verify.places import places_of
from xlreport.verify.reported import Reported

_BETWEEN = Expression("[、，,;；/\n]|或")
_COMMON = frozenset("省市县区州盟旗镇乡街道村局委办厅部院所站队会社政府人民机关单位中心")
"""Characters of a short name that set no unit apart."""
_IN_BRACKETS = Expression(r"\(.*?\)")
"""Behind a name: 张三（副局长）. As `comparable` has it."""
_PLACE = Expression("^.+?[省市县区旗镇乡]")
"""The place at the head of a short name: 青山县财政局."""
_OWN = ("我", "本")
"""In front of a short name: 我镇, 本机关."""


def declared_entries(reported: Reported) -> Iterator[Finding]:
    """Every rule of entries.toml holds; what lacks its answer has findings of its own."""
    declared = reported.form.entries.declared
    for pattern in declared.pattern:
        yield from _pattern(reported, pattern)
    yield from _spans(reported, declared.span)
    for distinct in declared.distinct:
        yield from _distinct(reported, distinct)
    for short in declared.short_name:
        yield from _short_name(reported, short)
    yield from _contradictions(reported, declared.contradiction)


def _entry(reported: Reported, name: str) -> str:
    """What stands in a field of text; "" where it is blank, too long or no answer."""
    subject = Subject.field(name)
    value = reported.inputs.get(subject)
    field = reported.form.fields[subject]
    if not isinstance(value, str) or 0 < field.max_length < len(value):
        return ""
    return "" if is_placeholder(reported.form, field, value) else value


def _finding(
    reported: Reported, code: str, name: str, says: str, fix: str, severity: Severity, expected: str = ""
) -> Finding:
    subject = Subject.field(name)
    origin, place = reported.origins.get(subject), place_of(reported, subject)
    found = _shown(reported, subject)
    return own_rule(code).finding(
        f"{place}：填的是“{found}”，{says}。",
        fix,
        subject,
        origin,
        severity=severity,
        expected=expected,
        found=found,
    )


def _shown(reported: Reported, subject: Subject) -> str:
    value, field = reported.inputs.get(subject), reported.form.fields[subject]
    key = str(value).lower() if isinstance(value, bool) else str(value)
    return quoted(field.labels.get(key, number(value)))


# One entry -------------------------------------------------------------------------------------------


def _pattern(reported: Reported, pattern: Pattern) -> Iterator[Finding]:
    text = _entry(reported, pattern.field)
    if text and not _fits(text, pattern):
        fix = pattern.fix or "请核对后改正"
        yield _finding(reported, "VAL014", pattern.field, pattern.says, fix, pattern.severity)


def _fits(text: str, pattern: Pattern) -> bool:
    if _is_like(text, pattern):
        return True
    parts = [part for part in _BETWEEN.split(text) if part.strip()]
    return pattern.several and len(parts) > 1 and all(_is_like(part, pattern) for part in parts)


def _is_like(text: str, pattern: Pattern) -> bool:
    return looks_like(text, pattern.like) and not looks_like(text, pattern.unless)


def _spans(reported: Reported, spans: tuple[DateRange, ...]) -> Iterator[Finding]:
    told: set[str] = set()
    for span in spans:
        if span.field not in told and _applies(reported, span.when) and not _within(reported, span):
            told.add(span.field)
            fix = span.fix or "请核对后改正"
            yield _finding(reported, "VAL015", span.field, span.says, fix, span.severity)


def _within(reported: Reported, span: DateRange) -> bool:
    """True too where the entry, or what the bounds are counted from, is not known or in doubt."""
    value = reported.inputs.get(Subject.field(span.field))
    if value is None or reported.form.year_field in reported.doubted:
        return True
    day = f"{value:04}" if isinstance(value, int) else str(value)
    first, last = (bound(text, reported.form, reported.inputs) for text in (span.first, span.last))
    return (not first or first <= day) and (not last or day <= last)


def _short_name(reported: Reported, short: ShortName) -> Iterator[Finding]:
    """Some of what sets a short name apart stands in the full one, unless it says 我 or 本; its place does.

    A full name in doubt may be another unit's, whose short name is right.
    """
    if short.of in reported.doubted:
        return
    text, full = (comparable(_entry(reported, name)) for name in (short.field, short.of))
    if text and full and not text.startswith(_OWN) and not _is_short_for(text, full):
        label = reported.form.fields[Subject.field(short.of)].label
        says = f"与“{label}”“{_shown(reported, Subject.field(short.of))}”对不上"
        fix = "请核对是不是写成了别的单位；确是本单位的简称的，在“校验”表说明"
        yield _finding(reported, "VAL017", short.field, says, fix, Severity.WARNING)


def _is_short_for(text: str, full: str) -> bool:
    place, telling = _PLACE.search(text), set(text) - _COMMON
    elsewhere = place is not None and not set(place[0]) <= set(full)
    return not elsewhere and (not telling or not telling.isdisjoint(full))


# Entries together ------------------------------------------------------------------------------------


def _distinct(reported: Reported, distinct: Distinct) -> Iterator[Finding]:
    texts = [_entry(reported, name) for name in distinct.fields]
    if all(texts) and len({_IN_BRACKETS.sub("", comparable(text)) for text in texts}) == 1:
        named = [Subject.field(name) for name in distinct.fields]
        last = distinct.fields[-1]
        labels = "、".join(f"“{reported.form.fields[subject].label}”" for subject in named)
        says = f"与{labels}（{places_of(reported.origins, named)}）都相同：{distinct.says}"
        yield _finding(reported, "VAL016", last, says, distinct.fix or "请核对后改正", Severity.WARNING)


def _contradictions(reported: Reported, rules: tuple[Contradiction, ...]) -> Iterator[Finding]:
    """Of several at one cell the first is told."""
    told: set[str] = set()
    for rule in rules:
        if rule.cell not in told and _contradicts(reported, rule):
            told.add(rule.cell)
            yield _finding(reported, "VAL017", rule.cell, rule.says, rule.fix, rule.severity)


def _contradicts(reported: Reported, rule: Contradiction) -> bool:
    if not _applies(reported, rule.when) or Subject.field(rule.cell) not in reported.inputs:
        return False
    text = _entry(reported, rule.field) if rule.field else ""
    return not rule.field or (looks_like(text, rule.like) and not looks_like(text, rule.unless))


def _applies(reported: Reported, when: str) -> bool:
    """False too where a cell that decides it lacks its answer or was not understood."""
    condition = reported.form.entries.condition(when)
    if condition is None:
        return not when
    if not _known(reported, subjects(condition)):
        return False
    try:
        return Calculator(reported.form, reported.inputs).evaluate(condition) is True
    except EvaluationError:
        return False


def _known(reported: Reported, needed: Iterable[Subject]) -> bool:
    return all(_is_known(reported, subject) for subject in needed)


def _is_known(reported: Reported, subject: Subject) -> bool:
    """True too for a blank that is an answer."""
    form = reported.form
    may_be_blank = subject in form.fields and not form.fields[subject].required
    known = subject in reported.inputs or subject in form.computed
    return known or (may_be_blank and subject not in reported.unusable)
