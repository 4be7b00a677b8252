"""What stands outside the form: it would not be in the report."""

from __future__ import annotations

from collections.abc import Iterator, Set
from itertools import groupby
from operator import itemgetter

from xlreport.area import a1
from xlreport.cleaning import squeezed
from xlreport.finding import Finding, Severity
from xlreport.layout.builder import CODES
from xlreport.origin import InCell
from xlreport.rule import own_rule
from xlreport.stored import shown
from xlreport.subject import Subject
from xlreport.workbook.locate import Located
from xlreport.workbook.submission import Submission

_COLOURED = 200
"""Cells outside the form that a finding gives one by one."""


def outside_form(submission: Submission, located: Located) -> Iterator[Finding]:
    """Cells with content where the template has none or its own words: on a form's sheet it would be lost."""
    own = located.sheet.name in {section.tab for section in submission.form.sections}
    strange = _strange(
        located, same_words=located.in_place and submission.stamp.definition == submission.form.definition
    )
    if strange:
        places = "、".join(a1(*place) for place in strange[:8]) + ("等" if len(strange) > 8 else "")
        message = f"“{located.found.name}”在表格以外填写了内容（{places}），这些内容不会进入报告。"
        fix = "请把内容移到相应的单元格或“备注”，再清空表格以外的单元格；清单行数不够的，请把相近的类别合并"
        severity = Severity.ERROR if own else Severity.WARNING
        origin = InCell(located.found.name, a1(*strange[0]))
        subject = f"{located.sheet.name}!{origin.cell}"
        cells = tuple(a1(*place) for place in strange[:_COLOURED]) if len(strange) > 1 else ()
        yield own_rule("WBK025").finding(message, fix, subject, origin, severity=severity, cells=cells)


def _strange(located: Located, *, same_words: bool) -> list[tuple[int, int]]:
    """Where contents stand that are not the template's; its own words, moved along, are.

    An earlier edition may explain things in other words: then only places without any are looked at.
    """
    sheet, found = located.sheet, located.found
    explains = sheet.explanations if same_words else frozenset()
    free = sorted(
        place
        for place in _free(located, explains)
        if place in found.formulas or squeezed(shown(found.raw(*place)))
    )
    moved = not located.in_place or not sheet.codes
    strange = []
    for row, alike in groupby(free, key=itemgetter(0)):
        if _is_loose(located, row):
            continue
        here = list(alike)
        own = {place for place in here if _is_own(located, place)}
        strange += [place for place in here if place not in own and not (moved and _is_along(located, place))]
    return strange


def _is_along(located: Located, place: tuple[int, int]) -> bool:
    """True for a formula that may be one of the template's that has moved, and not a text in its place."""
    return place in located.found.formulas and located.found.raw(*place) != located.sheet.said.get(place)


def _is_own(located: Located, place: tuple[int, int]) -> bool:
    """True for the template's own words, wherever they have gone."""
    words = squeezed(shown(located.found.raw(*place)))
    return words in located.sheet.own_words and place not in located.found.formulas


def _free(located: Located, explains: Set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Filled cells where the template has nothing, or an explanation that now says something else.

    A formula may say something else whenever it is computed.
    """
    cells, formulas, at_home = located.found.cells, located.found.formulas, located.home
    yield from (place for place in cells if place not in at_home)
    yield from (place for place in formulas if place not in at_home and place not in cells)
    for position in explains if located.intact else [p for p, place in at_home.items() if place in explains]:
        value, said = cells.get(position, ""), located.sheet.said[at_home[position]]
        is_other = value not in ("", said) and squeezed(shown(value)) not in squeezed(said)  # not only less
        if is_other or position in formulas:
            yield position


def _is_loose(located: Located, row: int) -> bool:
    """True for a row of an answer that this edition of the form does not have, or has elsewhere."""
    if row < located.sheet.loose or (row, CODES) not in located.found.cells:
        return False
    try:
        return Subject.parse(str(located.found.raw(row, CODES))).is_answer
    except ValueError:
        return False
