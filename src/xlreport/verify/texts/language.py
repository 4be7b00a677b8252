"""Rules on words that need no form: years, numbering, punctuation, doubled words."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.finding import Finding
from xlreport.prose.doubled import doubled_words
from xlreport.prose.numbering import numbering_faults
from xlreport.prose.punctuation import FULL_WIDTH, half_width_marks
from xlreport.prose.years import stray_years
from xlreport.verify.reported import Reported
from xlreport.verify.texts.headings import headings
from xlreport.verify.texts.text import Text, finding_at, further


def years(text: Text, reported: Reported) -> Iterator[Finding]:
    """No year but the one reported on, unless the sentence gives it a reason."""
    year = reported.inputs.get(reported.form.year_field)
    if not text.prose or not isinstance(year, int):
        return
    spots = list(stray_years(text.text, year))
    if spots:
        first = spots[0]
        why = first.note or f"报告年度是{year}年"
        right = year + 1 if first.note else year  # what is noted belongs to the year after
        says = f"写的是“{text.quoted(first)}”，{why}{further(text, spots)}"
        fix = "请核对是否照抄了其他年度的报告：写错的改正；确实说的是其他年度的事，写清是哪一年的什么事"
        yield finding_at(
            "TXT001", text, first.start, says, fix, found=text.quoted(first), expected=f"{right}年"
        )


def numbering(text: Text, reported: Reported) -> Iterator[Finding]:
    """Points follow one another; a heading pasted in front with its number is another rule's matter."""
    if not text.prose:
        return
    pasted = {spot.start for spot in headings(text, reported.form)}
    spots = [
        spot
        for spot in numbering_faults(text.text)
        if not (spot.start in pasted and spot.note == "前面没有第一项")
    ]
    if spots:
        first = spots[0]
        says = f"的序号“{text.quoted(first)}”不对：{first.note}{further(text, spots)}"
        fix = "请按顺序重新编号，同一层用同一种序号"
        yield finding_at("TXT004", text, first.start, says, fix, found=text.quoted(first))


def punctuation(text: Text, _: Reported) -> Iterator[Finding]:
    """Full-width marks in Chinese."""
    spots = list(half_width_marks(text.text)) if text.prose else []
    if spots:
        first = spots[0]
        right = FULL_WIDTH[first.words]
        around = text.shown[max(0, first.start - 6) : first.end + 6].replace("\n", " ")
        says = f"用了半角标点“{first.words}”（……{around}……）"
        says += f"，全文共 {len(spots)} 处" if len(spots) > 1 else ""
        fix = f"请改成全角标点，如“{right}”"
        yield finding_at("TXT007", text, first.start, says, fix, found=first.words, expected=right)


def doubled(text: Text, _: Reported) -> Iterator[Finding]:
    """No word twice in a row, no item twice in an enumeration."""
    spots = sorted(doubled_words(text.text), key=lambda spot: spot.start) if text.prose else []
    if spots:
        first = spots[0]
        says = f"写的是“{text.quoted(first)}”，{first.note}{further(text, spots)}"
        yield finding_at("TXT008", text, first.start, says, "请删去多出的字词", found=text.quoted(first))
