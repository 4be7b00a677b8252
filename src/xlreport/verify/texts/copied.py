"""Rule: this year's text is not last year's."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from xlreport.finding import Finding
from xlreport.prose.alphabet import Folded, fold
from xlreport.prose.overlap import common_passages, overlap
from xlreport.prose.passage import shortened
from xlreport.prose.sentences import ITEM, PARAGRAPH, pieces
from xlreport.verify.reported import Reported
from xlreport.verify.texts.text import Text, finding_at

COPIED_PERCENT = 80
"""Of a text that has to be common before it is called copied: a new text on the same work stays below."""
LEAST = 60
"""Characters of the shortest text that is compared: a sentence or two may well stay as they were."""
PASSAGE = 60
"""Characters shown of a common passage."""


def copied(text: Text, reported: Reported) -> Iterator[Finding]:
    """Texts of some length that are mostly last year's; clauses that state figures do not count."""
    before = reported.prior.get(text.subject)
    if not isinstance(before, str) or min(len(text.value), len(before)) < LEAST:
        return
    now, then = _without_figures(text.folded), _without_figures(fold(before))
    boilerplate = reported.form.vocabulary.words.boilerplate
    found = overlap(now, then, boilerplate)
    if found.left < LEAST or found.of_left < COPIED_PERCENT:
        return
    passages = common_passages(now, then, boilerplate)
    assert passages is not None  # so much is common
    shown, earlier = (
        shortened(whole.quote(passage.start, passage.end), PASSAGE)
        for whole, passage in zip((now, then), passages, strict=True)
    )
    says = f"与上年报告的同一部分有 {found.of_left}% 的文字相同，如：今年“{shown}”，上年“{earlier}”"
    fix = "请写本年度的工作：做了什么、与上年有何不同。确实没有变化的，可以不改"
    start = bisect_left(text.folded.places, now.origin(passages[0].start))
    yield finding_at("TXT009", text, start, says, fix, found=shown)


def _without_figures(folded: Folded) -> Folded:
    """The text without its items of figures: what they name is the same every year, and should be.

    They are made invisible where they stand, so that all other places stay.
    """
    text, source = folded.text, folded.source
    kept: list[str] = []
    at = 0
    for start, end in pieces(text, ITEM):
        if any(char.isdecimal() for char in text[start:end]):
            behind = end + (end < len(text) and text[end] not in PARAGRAPH)
            first, last = folded.origin(start), folded.origin(behind - 1) + 1
            kept += (source[at:first], "\0" * (last - first))
            at = last
    return fold("".join((*kept, source[at:]))) if kept else folded
