"""Which fact some words fit: by what is counted and by what is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlreport.expression import Expression
from xlreport.form.fact_model import BoundFact, Prose
from xlreport.frozen import frozen
from xlreport.prose.counts import Span
from xlreport.prose.lexicon import Hit

_NEARLY = Expression("[、和与及或].{0,3}")
"""Between two objects of one kind, whatever slipped in: 行政复议、提前行政诉讼."""
_EFFECT = Expression("(?:引起|引发|产生|提起|导致)了?$")
CAUSES = Expression("(?:引起|引发|产生|导致)的?$")
"""What stands before these is the cause of what stands behind."""


@frozen
class Heads:
    """What is counted: the names of objects, and the words that say so, if any."""

    names: frozenset[str]
    hits: tuple[Hit, ...] = ()


def heads(prose: Prose, text: str, before: Sequence[Hit], behind: Sequence[Hit], number: int) -> Heads:
    """The object of a number: the last one before it with those joined to it, else the last behind.

    What stands before a number may be the cause only: 因申请引发2件复议.
    """
    first = [hit for hit in before if hit.names & prose.objects]
    second = [hit for hit in behind if hit.names & prose.objects]
    caused = bool(first and second) and _EFFECT.search(text, first[-1].end, number) is not None
    return chain(prose, text, second if caused or not first else first)


def chain(prose: Prose, text: str, objects: Sequence[Hit], *, denied: bool = False) -> Heads:
    """The last object and those that are joined to it: 行政复议、行政诉讼.

    Two that are denied together may touch: 无行政复议诉讼, 无举报投诉. So may one in passing and what
    tells its kind: 行政许可信息 are not all 信息.
    """
    if not objects:
        return Heads(frozenset())
    kept = [objects[-1]]
    for hit in reversed(objects[:-1]):
        between = text[hit.end : kept[-1].start]
        touch = not between and (
            _names_kind(prose, hit, kept[-1])
            or (denied and (hit.names | kept[-1].names) & prose.objects <= prose.foreign)
            or (denied and (hit.names | kept[-1].names) & prose.objects in prose.by_object)
        )
        if not touch and not prose.glue.joins(between) and not _NEARLY.fullmatch(between):
            break
        kept.append(hit)
    kept.reverse()
    return Heads(frozenset().union(*(hit.names for hit in kept)) & prose.objects, tuple(kept))


def _names_kind(prose: Prose, hit: Hit, behind: Hit) -> bool:
    return bool(behind.names & prose.passing) and not hit.names & prose.passing


def about(prose: Prose, names: frozenset[str], topic: str) -> Sequence[BoundFact]:
    """The facts about what is counted, else about the topic, in the order in which they are tried."""
    if names:
        return prose.by_object.get(names, ())
    return [bound for bound in prose.by_object.get(frozenset({topic}), ()) if not bound.fact.named]


def names_of(words: Sequence[Hit]) -> frozenset[str]:
    """What some words are called, all together."""
    return frozenset[str]().union(*(hit.names for hit in words))


def says(
    prose: Prose, bound: BoundFact, text: str, words: Sequence[Hit], said: frozenset[str]
) -> tuple[Hit, ...] | None:
    """The words by which it is that fact; None where it is not. An empty alternative takes no words.

    `said` are the names of all the words.
    """
    if not said.isdisjoint(bound.fact.unless):
        return None
    if not bound.says:
        return ()
    for wanted in bound.says:
        if wanted <= said and (
            wanted or all(prose.glue.adds_nothing(text[hit.start : hit.end]) for hit in words)
        ):
            return tuple(hit for hit in words if not hit.names.isdisjoint(wanted))
    return None


def denies(prose: Prose, bound: BoundFact, text: str, words: Sequence[Hit]) -> bool:
    """True if the words say what the fact says, and nothing else."""
    said = names_of(words)
    return any(
        wanted <= said
        and all(hit.names & wanted or prose.glue.adds_nothing(text[hit.start : hit.end]) for hit in words)
        for wanted in bound.says or (frozenset[str](),)
    )


def is_understood(prose: Prose, text: str, start: int, end: int, hits: Sequence[Hit]) -> bool:
    """True if all that stands there are words found, or such as add nothing."""
    at = start
    for piece_end, next_at in (*((h.start, h.end) for h in hits if start <= h.start < end), (end, end)):
        if not prose.glue.adds_nothing(text[at : max(at, piece_end)]):
            return False
        at = next_at
    return True


def plain(text: str, spans: Sequence[Span]) -> str:
    """Stretches as one text."""
    return "\n".join(text[span.start : span.end] for span in spans)


def unknown(text: str, spans: Sequence[Span], hits: Sequence[Hit]) -> Iterator[str]:
    """What stands in these stretches beside the words found."""
    for span in spans:
        at = span.start
        for hit in hits:
            if span.start <= hit.start < span.end:
                yield text[at : hit.start]
                at = hit.end
        yield text[at : max(at, span.end)]
