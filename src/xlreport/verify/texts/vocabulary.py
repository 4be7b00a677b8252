"""Rules on the words that a form declares wrong in words.toml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xlreport.finding import Finding
from xlreport.form.calculate import Calculator
from xlreport.form.vocabulary import Foreign, Misused, Parts
from xlreport.formula.check import subjects
from xlreport.formula.nodes import Node
from xlreport.prose.spot import Spot, sentence_around
from xlreport.verify.reported import Reported
from xlreport.verify.texts.text import Text, apart, finding_at, further


def misused(text: Text, reported: Reported) -> Iterator[Finding]:
    """Documents cited wrongly (an error) and wrong words (a warning)."""
    words = reported.form.vocabulary.words
    yield from _misused(text, "TXT005", words.document)
    yield from _misused(text, "TXT017", words.word)


def _misused(text: Text, code: str, declared: Iterable[Misused]) -> Iterator[Finding]:
    for wrong in declared:
        spots = [spot for spot in text.searchable.find(wrong.wrong) if not _excused(text, spot, wrong.unless)]
        if spots:
            first = spots[0]
            shown = text.quoted(first)
            says = f"写的是“{shown}”，应为“{wrong.right}”{further(text, spots)}"
            fix = f"请把“{shown}”改为“{wrong.right}”"
            yield finding_at(code, text, first.start, says, fix, found=shown, expected=wrong.right)


def _excused(text: Text, spot: Spot, unless: tuple[str, ...]) -> bool:
    start, end = sentence_around(text.text, spot.start, spot.end)
    return any(words in text.text[start:end] for words in unless)


def foreign(text: Text, reported: Reported) -> Iterator[Finding]:
    """No words of another scope, where the form says that they are wrong."""
    if not text.prose:
        return
    vocabulary = reported.form.vocabulary
    told: list[Spot] = []
    for declared, condition in zip(vocabulary.words.foreign, vocabulary.conditions, strict=True):
        spots = [spot for spot in apart(_foreign_spots(text, declared)) if not _overlaps(spot, told)]
        if spots and _holds(condition, reported):
            first = spots[0]
            told += spots
            says = f"写的是“{text.quoted(first)}”，{declared.says}{further(text, spots)}"
            fix = "请改写成本机关做了什么；确实是本机关承担的工作，写明本机关的职责"
            yield finding_at("TXT006", text, first.start, says, fix, found=text.quoted(first))


def _overlaps(spot: Spot, told: list[Spot]) -> bool:
    """True where words told of already reach into these: 全县各乡镇、各部门 is one mistake."""
    return any(spot.start < other.end and other.start < spot.end for other in told)


def _foreign_spots(text: Text, declared: Foreign) -> Iterator[Spot]:
    for word in declared.words:
        for spot in text.searchable.find(word):
            behind = text.text[spot.end :].lstrip(" \u3000")
            followed = next((f for f in declared.followed if behind.startswith(f)), "")
            before = text.text[: spot.start].rstrip(" \u3000")
            if (followed or not declared.followed) and not before.endswith(declared.after):
                yield Spot(spot.start, text.text[spot.start : spot.end] + followed)


def _holds(condition: Node, reported: Reported) -> bool:
    """False too where a cell that decides it is blank."""
    if any(subject not in reported.inputs for subject in subjects(condition)):
        return False
    return Calculator(reported.form, reported.inputs).evaluate(condition) is True


def report_parts(text: Text, reported: Reported) -> Iterator[Finding]:
    """A list of the report's parts names as many as it says."""
    for declared in reported.form.vocabulary.words.parts:
        for stated in declared.stated if text.prose else ():
            for spot in text.searchable.find(stated):
                missing = _missing(text, spot, declared)
                if missing:
                    says = (
                        f"写明“{text.quoted(spot)}”，却没有列出{'、'.join(f'“{name}”' for name in missing)}"
                    )
                    yield finding_at("TXT018", text, spot.start, says, declared.fix, found=text.quoted(spot))


def _missing(text: Text, spot: Spot, declared: Parts) -> list[str]:
    """The parts that a sentence leaves out; none where it lists no more than half: it is no list of them."""
    start, end = sentence_around(text.text, spot.start, spot.end)
    sentence = text.text[start:end]
    named = [any(word in sentence for word in words) for words in declared.words]
    if 2 * sum(named) <= len(named):
        return []
    return [name for name, there in zip(declared.names, named, strict=True) if not there]
