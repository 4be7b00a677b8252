"""Texts that two units of one batch have in common: one of them copied, or both from a third.

Every text is compared with those that share the most clauses with it, found by an index of clauses, so
that a thousand returns take no thousand times a thousand comparisons.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from xlreport.cleaning import one_line
from xlreport.finding import Finding
from xlreport.form.load import load_form
from xlreport.form.naming import Naming
from xlreport.frozen import frozen
from xlreport.origin import InCell
from xlreport.prose.alphabet import Folded, fold
from xlreport.prose.overlap import clauses, common_passages, overlap
from xlreport.prose.passage import shortened
from xlreport.rule import own_rule
from xlreport.run.outcome import Outcome
from xlreport.subject import Subject
from xlreport.unit import Unit
from xlreport.verify.texts.copied import LEAST, PASSAGE, PERCENT

_CLAUSE = 8
"""Characters of a clause that tells texts apart."""
_POSTINGS = 40
"""Texts remembered for a clause; what more texts share comes from a common source, and a few show it."""
_CANDIDATES = 3
"""Texts compared in full with each text: those that share the most clauses."""
_HINT = 30
"""Percent of a text's clauses that a candidate has to share."""
_FIX = "请联系两家单位核实：照抄的一方按本机关的实际重写；由上级统一拟定的内容，可以不改"


@frozen
class _Text:
    """A text of a return, with where it stands; `file` and `unit` say whose."""

    form: str
    subject: Subject
    file: str
    unit: Unit
    sheet: str
    cell: str
    text: Folded


@frozen
class _Match:
    """Another text that has the most in common with a text, and how much."""

    percent: int
    other: _Text


def copies(outcomes: Iterable[Outcome]) -> Mapping[str, Sequence[Finding]]:
    """For each file the findings on texts that it has in common with another unit's, by file."""
    alike: dict[tuple[str, str], list[_Text]] = defaultdict(list)
    for outcome in outcomes:
        for text in _texts(outcome):
            alike[text.form, text.subject].append(text)
    found: dict[str, dict[str, list[tuple[_Text, _Match]]]] = defaultdict(lambda: defaultdict(list))
    for texts in alike.values():
        for text, match in _matches(texts):
            found[text.file][match.other.file].append((text, match))
    return {file: [_finding(pairs) for pairs in others.values()] for file, others in found.items()}


def _texts(outcome: Outcome) -> Iterator[_Text]:
    record = outcome.record
    for subject, (sheet, cell, text) in outcome.texts.items():
        yield _Text(record["form"], subject, record["file"], Unit(record["unit"]), sheet, cell, fold(text))


# Who has what in common ------------------------------------------------------------------------------


def _matches(texts: Sequence[_Text]) -> Iterator[tuple[_Text, _Match]]:
    """Each text with its closest copy, if it has one; the other text of a pair is told too."""
    boilerplate = load_form(texts[0].form).vocabulary.words.boilerplate
    best: dict[int, _Match] = {}
    done: dict[tuple[int, int], int] = {}
    for number, candidates in _candidates(texts):
        for other in candidates:
            pair = (min(number, other), max(number, other))
            if pair not in done:
                done[pair] = _percent(texts[number].text, texts[other].text, boilerplate)
            for one, two in (pair, pair[::-1]):
                if done[pair] >= PERCENT and (one not in best or best[one].percent < done[pair]):
                    best[one] = _Match(done[pair], texts[two])
            if done[pair] >= PERCENT:
                break
    for number in sorted(best):
        yield texts[number], best[number]


def _percent(one: Folded, two: Folded, boilerplate: tuple[str, ...]) -> int:
    """Percent in common; 0 where too little is left to compare beside boilerplate."""
    found = overlap(one, two, boilerplate)
    return found.of_shorter if min(found.left, found.right) >= LEAST else 0


def _candidates(texts: Sequence[_Text]) -> Iterator[tuple[int, list[int]]]:
    """For each text those of other units that share the most clauses, the closest first."""
    split = [clauses(text.text, _CLAUSE) for text in texts]
    index: dict[str, list[int]] = defaultdict(list)
    for number, parts in enumerate(split):
        for clause in parts:
            if len(index[clause]) < _POSTINGS:
                index[clause].append(number)
    for number, parts in enumerate(split):
        shared: Counter[int] = Counter()
        for clause in parts:
            for other in index[clause]:
                shared[other] += len(clause)
        wanted = _HINT * sum(map(len, parts))
        close = [
            other
            for other, size in shared.items()
            if 100 * size >= wanted and not texts[other].unit.same(texts[number].unit)
        ]
        close.sort(key=lambda other: (-shared[other], other))
        yield number, close[:_CANDIDATES]


# Saying so -------------------------------------------------------------------------------------------


def _finding(pairs: Sequence[tuple[_Text, _Match]]) -> Finding:
    """All that a return has in common with one other, the closest text shown."""
    text, match = max(pairs, key=lambda pair: pair[1].percent)
    other = match.other
    form = load_form(text.form)
    words = Naming(form)
    passages = common_passages(text.text, other.text, form.vocabulary.words.boilerplate)
    assert passages is not None  # so much is common
    own, theirs = (
        shortened(whole.quote(passage.start, passage.end), PASSAGE)
        for whole, passage in zip((text.text, other.text), passages, strict=True)
    )
    more = [f"{t.sheet} {t.cell}（{m.percent}%）" for t, m in pairs if t is not text]
    also = f"。另有 {len(more)} 格相同：{'、'.join(more)}" if more else ""
    message = (
        f"{text.sheet} {text.cell}（{words.cell(text.subject)}）与{one_line(other.unit.name)}的报告"
        f"（{one_line(other.file)}）有 {match.percent}% 的文字相同：本文件“{own}”，对方“{theirs}”{also}。"
    )
    origin = InCell(text.sheet, text.cell)
    return own_rule("TXT010").finding(message, _FIX, text.subject, origin, found=own, file=text.file)
