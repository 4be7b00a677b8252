"""Texts that two units of one batch have in common: one of them copied, or both from a third.

Every text is compared with those that share the most clauses with it, found by an index of clauses, so
that a thousand returns take no thousand times a thousand comparisons. Kept in memory are digests of clauses;
the texts themselves are asked for again where two are compared.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from sys import intern
from typing import TypeAlias

from xlreport.cleaning import one_line
from xlreport.finding import Finding
from xlreport.form.load import load_form
from xlreport.form.naming import Naming
from xlreport.frozen import frozen
from xlreport.origin import InCell
from xlreport.prose.alphabet import fold
from xlreport.prose.overlap import clauses, common_passages, overlap
from xlreport.prose.passage import shortened
from xlreport.rule import own_rule
from xlreport.run.outcome import Outcome
from xlreport.subject import Subject
from xlreport.unit import key
from xlreport.verify.texts.copied import LEAST, PASSAGE, PERCENT

_CLAUSE = 8
"""Characters of a clause that tells texts apart."""
_POSTINGS = 40
"""Texts remembered for a clause; what more texts share comes from a common source, and a few show it."""
_CANDIDATES = 3
"""Texts compared in full with each text: those that share the most clauses."""
_LONGEST, _DIGESTS = 2**11, 2**52
"""Lengths and digests of clauses, which fit into 63 bits together."""
_HINT = 30
"""Percent of a text's clauses that a candidate has to share."""
_FIX = "请联系两家单位核实：照抄的一方按本机关的实际重写；由上级统一拟定的内容，可以不改"


@frozen
class _Text:
    """A text of a return, with where it stands and digests of its clauses; `file` and `unit` say whose."""

    form: str
    subject: Subject
    file: str
    unit: str
    sheet: str
    cell: str
    clauses: array[int]


@frozen
class _Match:
    """Another text that has the most in common with a text, and how much."""

    percent: int
    other: _Text


Words: TypeAlias = Callable[[str, Subject], str]
"""Tells the text of a file."""


def copies(outcomes: Iterable[Outcome], words: Words) -> Mapping[str, Sequence[Finding]]:
    """For each file the findings on texts that it has in common with another unit's, by file."""
    alike: dict[tuple[str, str], list[_Text]] = defaultdict(list)
    for outcome in outcomes:
        for text in _texts(outcome):
            alike[text.form, text.subject].append(text)
    found: dict[str, dict[str, list[tuple[_Text, _Match]]]] = defaultdict(lambda: defaultdict(list))
    for texts in alike.values():
        for text, match in _matches(texts, words):
            found[text.file][match.other.file].append((text, match))
    return {file: [_finding(pairs, words) for pairs in others.values()] for file, others in found.items()}


def _texts(outcome: Outcome) -> Iterator[_Text]:
    record = outcome.record
    for subject, (sheet, cell, text) in outcome.texts.items():
        parts = sorted(clauses(fold(text), _CLAUSE))
        digests = array("q", map(_digest, parts))
        place = intern(sheet), intern(cell)  # the same for all returns
        yield _Text(record["form"], subject, record["file"], record["unit"], *place, digests)


def _digest(clause: str) -> int:
    """Tells clauses apart, and keeps their length."""
    return (hash(clause) % _DIGESTS) * _LONGEST + min(len(clause), _LONGEST - 1)


def _length(digest: int) -> int:
    return digest % _LONGEST


# Who has what in common ------------------------------------------------------------------------------


def _matches(texts: Sequence[_Text], words: Words) -> Iterator[tuple[_Text, _Match]]:
    """Each text with its closest copy, if it has one; the other text of a pair is told too."""
    boilerplate = load_form(texts[0].form).vocabulary.words.boilerplate
    subject = texts[0].subject
    best: dict[int, _Match] = {}
    done: dict[tuple[int, int], int] = {}
    for number, candidates in _candidates(texts):
        for other in candidates:
            pair = (min(number, other), max(number, other))
            if pair not in done:
                both = (words(texts[one].file, subject) for one in pair)
                done[pair] = _percent(*both, boilerplate)
            for one, two in (pair, pair[::-1]):
                if done[pair] >= PERCENT and (one not in best or best[one].percent < done[pair]):
                    best[one] = _Match(done[pair], texts[two])
            if done[pair] >= PERCENT:
                break
    for number in sorted(best):
        yield texts[number], best[number]


@lru_cache(maxsize=1024)
def _percent(one: str, two: str, boilerplate: tuple[str, ...]) -> int:
    """Percent in common; 0 where too little is left to compare beside boilerplate."""
    found = overlap(fold(one), fold(two), boilerplate)
    return found.of_shorter if min(found.left, found.right) >= LEAST else 0


def _candidates(texts: Sequence[_Text]) -> Iterator[tuple[int, list[int]]]:
    """For each text those of other units that share the most clauses, the closest first."""
    index, units = _shared_clauses(texts), [key(text.unit) for text in texts]
    for number, text in enumerate(texts):
        shared: dict[int, int] = defaultdict(int)
        for clause in text.clauses:
            length = _length(clause)
            for other in index.get(clause, ()):
                shared[other] += length
        wanted = _HINT * sum(map(_length, text.clauses))
        unit = units[number]
        close = [
            other
            for other, size in shared.items()
            if 100 * size >= wanted and (not unit or units[other] != unit)
        ]
        close.sort(key=lambda other: (-shared[other], other))
        yield number, close[:_CANDIDATES]


def _shared_clauses(texts: Sequence[_Text]) -> Mapping[int, Sequence[int]]:
    """The first texts of each clause that stands in more than one: the others would take most of the room."""
    index: dict[int, list[int]] = {}
    before = -1
    for clause in sorted(chain.from_iterable(text.clauses for text in texts)):
        if clause == before:
            index[clause] = []
        before = clause
    for number, text in enumerate(texts):
        for clause in text.clauses:
            if clause in index and len(index[clause]) < _POSTINGS:
                index[clause].append(number)
    return index


# Saying so -------------------------------------------------------------------------------------------


def _finding(pairs: Sequence[tuple[_Text, _Match]], words: Words) -> Finding:
    """All that a return has in common with one other, the closest text shown."""
    text, match = max(pairs, key=lambda pair: pair[1].percent)
    other = match.other
    form = load_form(text.form)
    both = fold(words(text.file, text.subject)), fold(words(other.file, other.subject))
    passages = common_passages(*both, form.vocabulary.words.boilerplate)
    assert passages is not None  # so much is common
    own, theirs = (
        shortened(whole.quote(passage.start, passage.end), PASSAGE)
        for whole, passage in zip(both, passages, strict=True)
    )
    more = [f"{t.sheet} {t.cell}（{m.percent}%）" for t, m in pairs if t is not text]
    also = f"。另有 {len(more)} 格相同：{'、'.join(more)}" if more else ""
    message = (
        f"{text.sheet} {text.cell}（{Naming(form).cell(text.subject)}）与{one_line(other.unit)}的报告"
        f"（{one_line(other.file)}）有 {match.percent}% 的文字相同：本文件“{own}”，对方“{theirs}”{also}。"
    )
    origin = InCell(text.sheet, text.cell)
    return own_rule("TXT010").finding(message, _FIX, text.subject, origin, found=own, file=text.file)
