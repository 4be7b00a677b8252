"""Texts that two units of one batch have in common: one of them copied, or both from a third.

Every text is compared with those that share the most clauses with it, found by an index of clauses, so
that a thousand returns take no thousand times a thousand comparisons. No text is needed for that but those
that are compared, and who compares them may remember what came of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain, islice
from sys import intern
from typing import Protocol

from xlreport.batch.text_digests import length, numbers_of, packed_in
from xlreport.cleaning import one_line
from xlreport.finding import Finding
from xlreport.form.load import load_form
from xlreport.form.naming import Naming
from xlreport.frozen import frozen
from xlreport.origin import InCell
from xlreport.rule import own_rule
from xlreport.run.outcome import Outcome
from xlreport.subject import Subject
from xlreport.unit import key
from xlreport.verify.texts.copied import COPIED_PERCENT

_POSTINGS = 40
"""Texts remembered for a clause; what more texts share comes from a common source, and a few show it."""
_CANDIDATES = 3
"""Texts compared in full with each text: those that share the most clauses."""
_HINT = 30
"""Percent of a text's clauses that a candidate has to share."""
_FIX = "请联系两家单位核实：照抄的一方按本机关的实际重写；由上级统一拟定的内容，可以不改"


@frozen
class MarkedText:
    """A text of a return, with where it stands, its digest and those of its clauses; `file` and `unit` say
    whose it is.
    """

    form: str
    subject: Subject
    file: str
    unit: str
    sheet: str
    cell: str
    digest: str
    clauses: bytes


class Comparing(Protocol):
    """Compares two texts; of equal digests the answer is the same."""

    def percent(self, one: MarkedText, two: MarkedText, /) -> int:
        """How much of the shorter one stands in the other."""
        ...

    def passages(self, one: MarkedText, two: MarkedText, /) -> tuple[str, str]:
        """What they have in common as it stands in either, where that is much."""
        ...


@frozen
class _Match:
    """Another text that has the most in common with a text, and how much."""

    percent: int
    other: MarkedText


def copies(outcomes: Iterable[Outcome], comparing: Comparing) -> Mapping[str, Sequence[Finding]]:
    """For each file the findings on texts that it has in common with another unit's, by file."""
    together: dict[tuple[str, str], list[MarkedText]] = defaultdict(list)
    for outcome in outcomes:
        for text in _texts(outcome):
            together[text.form, text.subject].append(text)
    found: dict[str, dict[str, list[tuple[MarkedText, _Match]]]] = defaultdict(lambda: defaultdict(list))
    for texts in together.values():
        for text, match in _matches(texts, comparing):
            found[text.file][match.other.file].append((text, match))
    return {file: [_finding(pairs, comparing) for pairs in others.values()] for file, others in found.items()}


def _texts(outcome: Outcome) -> Iterator[MarkedText]:
    record = outcome.record
    for subject, (sheet, cell, digest, kept) in outcome.marks.items():
        place = intern(sheet), intern(cell)  # the same for all returns
        yield MarkedText(
            record["form"], subject, record["file"], record["unit"], *place, digest, packed_in(kept)
        )


# Who has what in common ------------------------------------------------------------------------------


def _matches(texts: Sequence[MarkedText], comparing: Comparing) -> Iterator[tuple[MarkedText, _Match]]:
    """Each text with its closest copy, if it has one; the other text of a pair is told too."""
    best: dict[int, _Match] = {}
    for number, candidates in _candidates(texts):
        for other in candidates:
            percent = comparing.percent(texts[number], texts[other])
            if percent >= COPIED_PERCENT:
                for one, two in ((number, other), (other, number)):
                    if one not in best or best[one].percent < percent:
                        best[one] = _Match(percent, texts[two])
                break
    for number in sorted(best):
        yield texts[number], best[number]


def _candidates(texts: Sequence[MarkedText]) -> Iterator[tuple[int, Iterable[int]]]:
    """For each text those of other units that share the most clauses, the closest first."""
    index, units = _shared_clauses(texts), [key(text.unit) for text in texts]
    closest = lru_cache(maxsize=256)(partial(_closest, index=index))  # many have the same text
    for number, text in enumerate(texts):
        unit = units[number]
        others = (
            other for other in closest(text.clauses) if other != number and (not unit or units[other] != unit)
        )
        yield number, islice(others, _CANDIDATES)


def _closest(clauses: bytes, index: Mapping[int, Sequence[int]]) -> Sequence[int]:
    """The texts that share most of these clauses, the closest first."""
    numbers = numbers_of(clauses)
    shared: Counter[int] = Counter()
    for clause in numbers:
        size = length(clause)
        for other in index.get(clause, ()):
            shared[other] += size
    wanted = _HINT * sum(map(length, numbers))
    close = [other for other, size in shared.items() if 100 * size >= wanted]
    return sorted(close, key=lambda other: (-shared[other], other))


def _shared_clauses(texts: Sequence[MarkedText]) -> Mapping[int, Sequence[int]]:
    """The first texts of each clause that stands in more than one: the others would take most of the room."""
    index: dict[int, list[int]] = {}
    before = -1
    for clause in sorted(chain.from_iterable(numbers_of(text.clauses) for text in texts)):
        if clause == before:
            index[clause] = []
        before = clause
    for number, text in enumerate(texts):
        for clause in numbers_of(text.clauses):
            if clause in index and len(index[clause]) < _POSTINGS:
                index[clause].append(number)
    return index


# Saying so -------------------------------------------------------------------------------------------


def _finding(pairs: Sequence[tuple[MarkedText, _Match]], comparing: Comparing) -> Finding:
    """All that a return has in common with one other, the closest text shown."""
    text, match = max(pairs, key=lambda pair: pair[1].percent)
    other = match.other
    own, theirs = comparing.passages(text, other)
    more = [f"{t.sheet} {t.cell}（{m.percent}%）" for t, m in pairs if t is not text]
    also = f"。另有 {len(more)} 格相同：{'、'.join(more)}" if more else ""
    name = Naming(load_form(text.form)).cell(text.subject)
    message = (
        f"{text.sheet} {text.cell}（{name}）与{one_line(other.unit)}的报告"
        f"（{one_line(other.file)}）有 {match.percent}% 的文字相同：本文件“{own}”，对方“{theirs}”{also}。"
    )
    origin = InCell(text.sheet, text.cell)
    return own_rule("TXT010").finding(message, _FIX, text.subject, origin, found=own, file=text.file)
