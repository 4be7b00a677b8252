"""Rules on the words that a form declares wrong in words.toml."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlreport.expression import Expression
from xlreport.finding import Finding
from xlreport.form.calculate import Calculator
from xlreport.form.vocabulary import Cited, Foreign, Misused, Parts
from xlreport.formula.check import subjects
from xlreport.formula.nodes import Node
from xlreport.prose.lookalikes import lookalike_figures
from xlreport.prose.numerals import whole_number
from xlreport.prose.passage import Passage
from xlreport.prose.sentences import PART, around
from xlreport.verify.reported import Reported
from xlreport.verify.texts.met import met_in
from xlreport.verify.texts.text import Text, apart, finding_at, further

_NUMBER = Expression("[0-9]+|[〇零一二三四五六七八九十百]+")


def misused(text: Text, reported: Reported) -> Iterator[Finding]:
    """Documents cited wrongly (an error) and wrong words (a warning)."""
    met = met_in(reported)
    yield from _misused(text, "TXT005", met.documents)
    yield from _miscited(text, met.cited, met.documents)
    yield from _misused(text, "TXT017", met.words)
    yield from _lookalikes(text)


def _misused(text: Text, code: str, declared: Sequence[Misused]) -> Iterator[Finding]:
    for wrong in declared:
        passages = [
            passage for passage in text.folded.find(wrong.wrong) if not _excused(text, passage, wrong.unless)
        ]
        if passages:
            first = passages[0]
            shown = text.quoted(first)
            says = f"写的是“{shown}”，应为“{wrong.right}”{further(text, passages)}"
            fix = f"请把“{shown}”改为“{wrong.right}”"
            yield finding_at(code, text, first.start, says, fix, found=shown, expected=wrong.right)


def _lookalikes(text: Text) -> Iterator[Finding]:
    """Figures in digits, not in letters or signs that look like them."""
    passages = list(lookalike_figures(text.folded))
    if passages:
        first = passages[0]
        shown = text.quoted(first)
        says = f"的数字“{shown}”用了字母或带圈的符号，不能核对，应为“{first.note}”{further(text, passages)}"
        fix = f"请把“{shown}”改为数字“{first.note}”"
        yield finding_at("TXT017", text, first.start, says, fix, found=shown, expected=first.note)


def _miscited(
    text: Text, cited: Sequence[tuple[Cited, Expression]], wrong_documents: Sequence[Misused]
) -> Iterator[Finding]:
    """No number of a document but the one in force."""
    for declared, pattern in cited:
        found = [Passage(*match.span()) for match in pattern.finditer(text.folded.text)]
        if not found:
            continue
        told = [p for wrong in wrong_documents for p in text.folded.find(wrong.wrong)]
        passages = [p for p in found if not _overlaps(p, told) and _is_miscited(text, p, declared)]
        if passages:
            first = passages[0]
            shown = text.quoted(first)
            says = f"写的是“{shown}”，应为“{declared.right}”{further(text, passages)}"
            fix = f"请把“{shown}”改为“{declared.right}”"
            yield finding_at("TXT005", text, first.start, says, fix, found=shown, expected=declared.right)


def _is_miscited(text: Text, passage: Passage, declared: Cited) -> bool:
    cited = text.folded.text[passage.start : passage.end]
    right = _numbers(declared.right)
    if _numbers(cited)[-len(right) :] == right and not declared.misspelt:
        return False
    if _excused(text, passage, declared.unless):
        return False
    return not declared.near or _beside(text, passage, declared.near)


def _numbers(cited: str) -> list[int]:
    """What tells two documents of one issuer apart, whatever stands around it: the year, the number."""
    return [whole_number(found) for found in _NUMBER.findall(cited)]


def _excused(text: Text, passage: Passage, unless: tuple[str, ...]) -> bool:
    return _beside(text, passage, unless)


def _beside(text: Text, passage: Passage, words: tuple[str, ...]) -> bool:
    """True if one of the words stands in the same sentence."""
    start, end = around(text.folded.text, passage.start, passage.end, PART)
    return any(text.folded.text.find(word, start, end) >= 0 for word in words)


def foreign(text: Text, reported: Reported) -> Iterator[Finding]:
    """No words of another scope, where the form says that they are wrong."""
    told: list[Passage] = []
    for declared, condition in met_in(reported).foreign:
        passages = [
            passage for passage in apart(_foreign_passages(text, declared)) if not _overlaps(passage, told)
        ]
        if passages and _holds(condition, reported):
            first = passages[0]
            told += passages
            says = f"写的是“{text.quoted(first)}”，{declared.says}{further(text, passages)}"
            fix = "请改写成本机关做了什么；确实是本机关承担的工作，写明本机关的职责"
            yield finding_at("TXT006", text, first.start, says, fix, found=text.quoted(first))


def _overlaps(passage: Passage, told: list[Passage]) -> bool:
    """True where words told of already reach into these: 全县各乡镇、各部门 is one mistake."""
    return any(passage.start < other.end and other.start < passage.end for other in told)


def _foreign_passages(text: Text, declared: Foreign) -> Iterator[Passage]:
    words = text.folded.text
    for word in declared.words:
        for passage in text.folded.find(word):
            followed = next((f for f in declared.followed if words.startswith(f, passage.end)), "")
            if (followed or not declared.followed) and not words.endswith(declared.after, 0, passage.start):
                yield Passage(passage.start, passage.end + len(followed))


def _holds(condition: Node, reported: Reported) -> bool:
    """False too where a cell that decides it is blank."""
    if any(subject not in reported.inputs for subject in subjects(condition)):
        return False
    return Calculator(reported.form, reported.inputs).evaluate(condition) is True


def contradicted(text: Text, reported: Reported) -> Iterator[Finding]:
    """Nothing that a cell denies, such as applications in a nil return."""
    for declared, condition, like in met_in(reported).contradicted:
        found = (Passage(*match.span()) for phrase in like for match in phrase.finditer(text.folded.text))
        passages = apart(passage for passage in found if not _excused(text, passage, declared.unless))
        if passages and _holds(condition, reported):
            first = passages[0]
            says = f"写的是“{text.quoted(first)}”，{declared.says}{further(text, passages)}"
            yield finding_at("TXT019", text, first.start, says, declared.fix, found=text.quoted(first))


def report_parts(text: Text, reported: Reported) -> Iterator[Finding]:
    """A list of the report's parts names as many as it says."""
    for declared in met_in(reported).parts:
        for stated in declared.stated:
            for passage in text.folded.find(stated):
                missing = _missing(text, passage, declared)
                if missing:
                    names = "、".join(f"“{name}”" for name in missing)
                    says = f"写明“{text.quoted(passage)}”，却没有列出{names}"
                    found = text.quoted(passage)
                    yield finding_at("TXT018", text, passage.start, says, declared.fix, found=found)


def _missing(text: Text, passage: Passage, declared: Parts) -> list[str]:
    """The parts that a sentence leaves out; none where it lists no more than half: it is no list of them."""
    start, end = around(text.folded.text, passage.start, passage.end, PART)
    sentence = text.folded.text[start:end]
    named = [any(word in sentence for word in words) for words in declared.words]
    if 2 * sum(named) <= len(named):
        return []
    return [name for name, there in zip(declared.names, named, strict=True) if not there]
