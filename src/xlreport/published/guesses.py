"""Figures that only sentences of a report may state: guesses, to be tried, never values by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from xlreport.form.coerce import coerce
from xlreport.form.field import Field, Kind
from xlreport.form.listing import Listing
from xlreport.form.outline import Section
from xlreport.formula.nodes import Value
from xlreport.published.headings import texts_in
from xlreport.published.read import PublishedReport
from xlreport.subject import Subject

_FEWEST = 3
"""Characters at the end of a label that a sentence must have before the figure."""


def guesses(report: PublishedReport) -> dict[Subject, Value]:
    """Lists and single figures as the texts of their section may state them; 0 where there is nothing."""
    found: dict[Subject, Value] = {}
    for section in report.form.sections:
        text = "\n".join(str(report.words.get(subject) or "") for subject in texts_in(section))
        if text:
            found |= dict(_figures(report, section, text))
            for listing in section.listings:
                found |= _listed(listing, text)
    return {subject: value for subject, value in found.items() if subject not in report.inputs}


def _figures(report: PublishedReport, section: Section, text: str) -> Iterator[tuple[Subject, Value]]:
    fields = ((s, f) for s, f in report.form.fields.items() if f.kind.numeric)
    for subject, field in fields:
        if report.form.section_of(subject) is section:
            yield subject, _figure(field, text)


def _figure(field: Field, text: str) -> Value:
    """The number behind the longest end of the label that the text has."""
    for start in range(len(field.label) - _FEWEST + 1):
        label, unit = re.escape(field.label[start:]), re.escape(field.unit)
        said = re.search(rf"{label}([0-9]+(?:\.[0-9]+)?){unit}", text)
        if said is not None:
            with suppress(ValueError):
                return coerce(field, int(said[1]) if field.kind is Kind.COUNT else said[1])
    return 0


def _listed(listing: Listing, text: str) -> dict[Subject, Value]:
    """`56条，其中甲a条、乙b条。` or `3条，均为甲。`: a list of names and counts."""
    if [column.kind for column in listing.columns] != [Kind.TEXT, Kind.COUNT]:
        return {}
    unit = re.escape(listing.columns[1].unit)
    items = re.search(rf"[0-9]{unit}，其中((?:[^。，；]+?[0-9]+{unit}[、。])+)", text)
    alone = re.search(rf"([0-9]+){unit}，均?为([^。]+)。", text)
    if items is not None:
        pairs = re.findall(rf"(.+?)([0-9]+){unit}[、。]", items[1])
    else:
        pairs = [(alone[2], alone[1])] if alone is not None else []
    return _rows(listing, pairs)


def _rows(listing: Listing, pairs: list[tuple[str, str]]) -> dict[Subject, Value]:
    found: dict[Subject, Value] = {}
    for number, (name, count) in enumerate(pairs[: listing.rows], start=1):
        texts, counts = listing.line(number)
        with suppress(ValueError):
            found[texts] = coerce(listing.columns[0], name)
            found[counts] = coerce(listing.columns[1], int(count))
    return found
