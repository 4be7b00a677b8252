"""Sentences of a published report that a report of the same values would have by itself.

They were drawn from figures, and will be again: a workbook made of the report must not have them as texts of
the unit. What only such sentences state (a list, a fee) is read from them as a guess, and believed where
the report of these guesses has the very same sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from xlreport.cleaning import squeezed
from xlreport.form.calculate import complete
from xlreport.form.field import Field, Kind
from xlreport.form.fields import Fields
from xlreport.form.model import Form
from xlreport.form.outline import Section
from xlreport.form.values import Values
from xlreport.formula.nodes import Value
from xlreport.origin import InParagraphs, Origin
from xlreport.published.guesses import guesses
from xlreport.published.headings import texts_in
from xlreport.published.lines import PrintedLine
from xlreport.published.read import PublishedReport
from xlreport.published.texts import read_words
from xlreport.report.document import Heading, Paragraph, Part
from xlreport.report.errors import ReportError
from xlreport.report.narrative import compose
from xlreport.subject import Subject


def without_generated(report: PublishedReport) -> PublishedReport:
    """The report without the sentences that its figures make, and with what these alone state."""
    try:
        values = _supposed(report)
        generated = _generated(report.form, values)
    except ReportError:
        return report
    kept: dict[Subject, Value] = {}
    for section in report.form.sections:
        texts = texts_in(section)
        if _all_there(report, generated, texts):
            kept |= {s: v for s, v in values.items() if s not in report.inputs and _is_in(section, s)}
    choices = {s: v for s, v in values.items() if s in _choices(report.form) and s not in report.inputs}
    return _cut(replace(report, words={**report.words, **kept, **choices}), generated)


def _supposed(report: PublishedReport) -> dict[Subject, Value]:
    """What was read, what its sentences seem to state, and the choices with which these come about."""
    form = report.form
    texts = {subject for section in form.sections for subject in texts_in(section)}
    known = {subject: value for subject, value in report.inputs.items() if subject not in texts}
    values = {**known, **guesses(report)}
    for subject, field in _choices(form).items():
        if subject in known:
            continue
        scores = {name: _recognised(report, {**values, subject: name}) for name in field.labels}
        best = [name for name, score in scores.items() if score == max(scores.values())]
        if len(best) == 1:
            values[subject] = best[0]
    return values


def _choices(form: Form) -> Mapping[Subject, Field]:
    return {s: f for s, f in form.fields.items() if f.kind is Kind.CHOICE and f.required}


def _recognised(report: PublishedReport, values: Values) -> int:
    """How many lines of the report these values make."""
    generated = _generated(report.form, values)
    return sum(
        squeezed(line) in {squeezed(own) for own in generated.get(subject, ())}
        for subject, text in report.words.items()
        if isinstance(text, str)
        for line in text.split("\n")
    )


def _generated(form: Form, values: Values) -> Mapping[Subject, Sequence[str]]:
    """The sentences that values make, by the text under whose heading they stand."""
    parts = compose(form, complete(form, values)).parts
    lines = [PrintedLine(text, number, 1) for number, text in enumerate(_texts(parts), start=1)]
    texts = read_words(form, "", lines).texts
    return {subject: text.split("\n") for subject, text in texts.items()}


def _texts(parts: Sequence[Part]) -> Iterator[str]:
    return (part.text for part in parts if isinstance(part, Heading | Paragraph))


def _all_there(
    report: PublishedReport, generated: Mapping[Subject, Sequence[str]], texts: Mapping[Subject, str]
) -> bool:
    """True if the report has every sentence that values make in these texts, and any."""
    own = [(subject, line) for subject in texts for line in generated.get(subject, ())]
    return bool(own) and all(squeezed(line) in _lines(report, subject) for subject, line in own)


def _lines(report: PublishedReport, subject: Subject) -> list[str]:
    return [squeezed(line) for line in str(report.words.get(subject) or "").split("\n")]


def _is_in(section: Section, subject: Subject) -> bool:
    return any(
        subject in dict(block.cells()) if isinstance(block, Fields) else subject.block == block.name
        for block in section.blocks
    )


def _cut(report: PublishedReport, generated: Mapping[Subject, Sequence[str]]) -> PublishedReport:
    words, worded = dict(report.words), dict(report.worded)
    for subject, own in generated.items():
        text, origin = words.get(subject), worded.get(subject)
        if isinstance(text, str) and isinstance(origin, InParagraphs):
            kept = _kept(text.split("\n"), origin, {squeezed(line) for line in own})
            words[subject], worded[subject] = kept
            if not kept[0]:
                del words[subject], worded[subject]
    return replace(report, words=words, worded=worded)


def _kept(lines: Sequence[str], origin: InParagraphs, own: set[str]) -> tuple[str, Origin]:
    """The lines that are not generated, and where they stand."""
    kept: list[str] = []
    places: list[tuple[int, int, int]] = []
    start = 0
    for line in lines:
        if squeezed(line) not in own:
            at = origin.at(start)
            places.append((sum(len(each) + 1 for each in kept), at.paragraph, at.character))
            kept.append(line)
        start += len(line) + 1
    return "\n".join(kept), InParagraphs(tuple(places))
