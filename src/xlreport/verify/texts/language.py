"""Rules on words that need no form: years, numbering, punctuation, doubled words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from xlreport.finding import Finding
from xlreport.form.bounds import part_of_year, period_of
from xlreport.prose.doubled import doubled_words
from xlreport.prose.numbering import numbering_faults
from xlreport.prose.parts_of_year import stray_parts
from xlreport.prose.punctuation import FULL_WIDTH, half_width_marks
from xlreport.prose.years import stray_years
from xlreport.verify.reported import Reported
from xlreport.verify.texts.headings import headings
from xlreport.verify.texts.said_before import said_before
from xlreport.verify.texts.text import Text, finding_at, further

_MOST = 5
"""Paragraphs said again that are told of in one text."""
_AROUND = 6
"""Characters shown on either side of a mark."""


def years(text: Text, reported: Reported) -> Iterator[Finding]:
    """No year but the one reported on, unless the sentence gives it a reason."""
    year = reported.inputs.get(reported.form.year_field)
    if not isinstance(year, int):
        return
    passages = list(stray_years(text.folded, year))
    if passages:
        first = passages[0]
        why = first.note or f"报告年度是{year}年"
        right = year + 1 if first.note else year  # what is noted belongs to the year after
        says = f"写的是“{text.quoted(first)}”，{why}{further(text, passages)}"
        fix = "请核对是否照抄了其他年度的报告：写错的改正；确实说的是其他年度的事，写清是哪一年的什么事"
        yield finding_at(
            "TXT001", text, first.start, says, fix, found=text.quoted(first), expected=f"{right}年"
        )


def parts_of_year(text: Text, reported: Reported) -> Iterator[Finding]:
    """No month, or other part of a year, for the one reported on; forms that are on whole years have none."""
    year, part = reported.inputs.get(reported.form.year_field), part_of_year(reported.form, reported.inputs)
    if not isinstance(year, int) or part is None:
        return
    passages = list(stray_parts(text.folded, year, *part))
    if passages:
        first, right = passages[0], period_of(reported.form, reported.inputs)
        says = f"写的是“{text.quoted(first)}”，所报的是{right}{further(text, passages)}"
        fix = "请核对是否照抄了前一期的文字：写错的改正；确实说的是另一段时间的事，写清与本期的关系"
        yield finding_at("TXT020", text, first.start, says, fix, found=text.quoted(first), expected=right)


def numbering(text: Text, reported: Reported) -> Iterator[Finding]:
    """Points follow one another; a heading pasted in front with its number is another rule's matter."""
    faults = list(numbering_faults(text.folded))
    pasted = {passage.start for passage in headings(text.folded, reported.form)} if faults else ()
    passages = [
        passage for passage in faults if not (passage.start in pasted and passage.note == "前面没有第一项")
    ]
    if passages:
        first = passages[0]
        says = f"的序号“{text.quoted(first)}”不对：{first.note}{further(text, passages)}"
        fix = "请按顺序重新编号，同一层用同一种序号"
        yield finding_at("TXT004", text, first.start, says, fix, found=text.quoted(first))


def punctuation(text: Text, _: Reported) -> Iterator[Finding]:
    """Full-width marks in Chinese."""
    passages = list(half_width_marks(text.folded))
    if passages:
        first = passages[0]
        mark = text.quoted(first)
        right = FULL_WIDTH[mark]
        says = f"用了半角标点“{mark}”（……{text.quoted(first, _AROUND)}……）"
        says += f"，全文共 {len(passages)} 处" if len(passages) > 1 else ""
        fix = f"请改成全角标点，如“{right}”"
        yield finding_at("TXT007", text, first.start, says, fix, found=mark, expected=right)


def doubled(text: Text, reported: Reported) -> Iterator[Finding]:
    """No word twice in a row, no item twice in an enumeration, no paragraph twice in a report."""
    yield from _doubled_words(text, reported.form.vocabulary.words.compounds)
    yield from _said_again(text, reported)


def _said_again(text: Text, reported: Reported) -> Iterator[Finding]:
    for again in islice(said_before(text, reported), _MOST):
        shown, place = text.quoted(again.passage), again.text.place_in_short
        where = "本格前面" if again.text.subject == text.subject else place
        says = f"“{shown}”与{where}（{again.text.at(again.earlier.start)}）一字不差"
        fix = "请在一处写这件事，其余各处写各自方面的工作"
        yield finding_at("TXT008", text, again.passage.start, says, fix, found=shown)


def _doubled_words(text: Text, compounds: Sequence[str]) -> Iterator[Finding]:
    passages = sorted(doubled_words(text.folded, compounds), key=lambda passage: passage.start)
    if passages:
        first = passages[0]
        says = f"写的是“{text.quoted(first)}”，{first.note}{further(text, passages)}"
        yield finding_at("TXT008", text, first.start, says, "请删去多出的字词", found=text.quoted(first))
