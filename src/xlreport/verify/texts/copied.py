"""Rule: this year's text is not last year's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlreport.finding import Finding
from xlreport.prose.overlap import common_passages, overlap
from xlreport.prose.personal import masked
from xlreport.prose.spot import shortened
from xlreport.verify.reported import Reported
from xlreport.verify.texts.text import Text, finding_at

_FIGURES = re.compile(r"[^，。；：、！？\n]*[0-9０-９][^，。；：、！？\n]*[，。；：、！？]?")
PERCENT = 80
"""Of a text that has to be common before it is called copied: a new text on the same work stays below."""
LEAST = 60
"""Characters of the shortest text that is compared: a sentence or two may well stay as they were."""
PASSAGE = 60
"""Characters shown of a common passage."""


def copied(text: Text, reported: Reported) -> Iterator[Finding]:
    """Texts of some length that are mostly last year's; clauses that state figures do not count."""
    before = reported.prior.get(text.subject)
    if not text.prose or not isinstance(before, str) or min(len(text.text), len(before)) < LEAST:
        return
    current, before = _without_figures(text.text), _without_figures(before)
    boilerplate = reported.form.vocabulary.words.boilerplate
    found = overlap(current, before, boilerplate)
    if found.left < LEAST or found.of_left < PERCENT:
        return
    passages = common_passages(masked(current), masked(before), boilerplate)
    now, then = (shortened(passage, PASSAGE) for passage in passages)
    says = f"与上年报告的同一部分有 {found.of_left}% 的文字相同，如：今年“{now}”，上年“{then}”"
    fix = "请写本年度的工作：做了什么、与上年有何不同。确实没有变化的，可以不改"
    start = max(0, text.shown.find(passages[0]))
    yield finding_at("TXT009", text, start, says, fix, found=now)


def _without_figures(text: str) -> str:
    """The text without its clauses of figures: what they name is the same every year, and should be."""
    return _FIGURES.sub("", text)
