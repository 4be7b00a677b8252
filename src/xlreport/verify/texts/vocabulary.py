"""Rules on the words that a form declares in words.toml, and on its own headings and help texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from xlreport.finding import Finding, Severity
from xlreport.form.calculate import Calculator
from xlreport.form.vocabulary import Foreign, Misused, Parts
from xlreport.formula.check import subjects
from xlreport.formula.nodes import Node
from xlreport.prose.alphabet import fold
from xlreport.prose.hollow import says_nothing
from xlreport.prose.passage import Passage
from xlreport.prose.sentences import PART, SENTENCE, around, pieces
from xlreport.verify.reported import Figures
from xlreport.verify.texts.headings import headings
from xlreport.verify.texts.text import Text, finding, listed

_QUOTED = re.compile(r"《[^》\n]*》|“[^”\n]*”|[!-~：？！]+")
_OF_ADDRESS = re.compile(r"：//|@|www\.")
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙朱胡郭何郑罗梁谢宋唐许韩邓冯曹彭曾董袁潘蔡蒋杜程魏苏吕卢姚沈姜崔某"
"""In front of a sign these make it the name of a person kept back: 王××."""
_HELP_LEAST = 15
"""Characters of a sentence of the help text that nobody writes by chance."""
_LISTED_LEAST = 4
"""Parts named in a sentence from which on it is taken for their list."""


def leftovers(text: Text, figures: Figures) -> Iterator[Finding]:
    """No texts of blank forms, no placeholders, no help text of the cell itself."""
    words = figures.form.vocabulary.words
    passages = [*text.folded.find(*words.leftovers), *_placeholders(text, words.placeholders)]
    if text.prose:
        passages += _help(text)
    passages = _apart(passages)
    if passages:
        first = passages[0]
        says = f"留有格式文件或填报说明的文字“{text.quoted(first)}”{listed(text, passages)}"
        fix = "请删去这些文字，改写成本机关的实际内容"
        yield finding("TXT002", text, first.start, says, fix, found=text.quoted(first))


def _placeholders(text: Text, signs: Sequence[str]) -> list[Passage]:
    """Signs in place of a name or a number, but for those in quotations, addresses and names kept back."""
    passages = list(text.folded.find(*signs))
    if not passages:
        return []
    words = text.folded.text
    quoted = [
        found.span()
        for found in _QUOTED.finditer(words)
        if found[0][0] in "《“" or _OF_ADDRESS.search(found[0]) is not None
    ]
    return [
        passage
        for passage in passages
        if not words.endswith(tuple(_SURNAMES), 0, passage.start)
        and not any(a <= passage.start < b for a, b in quoted)
    ]


def _help(text: Text) -> list[Passage]:
    return list(text.folded.find(*_sentences(text.field.help)))


@lru_cache(maxsize=256)
def _sentences(help_text: str) -> tuple[str, ...]:
    """The sentences of a help text that are long enough."""
    text = fold(help_text).text
    return tuple(text[a:b] for a, b in pieces(text, SENTENCE) if b - a >= _HELP_LEAST)


def _apart(passages: Iterable[Passage]) -> list[Passage]:
    """In order, and of those that overlap the first and longest."""
    result: list[Passage] = []
    for passage in sorted(passages, key=lambda passage: (passage.start, -passage.end)):
        if not result or passage.start >= result[-1].end:
            result.append(passage)
    return result


def pasted_headings(text: Text, figures: Figures) -> Iterator[Finding]:
    """No headings of the form: the program writes them, and they would stand there twice."""
    passages = list(headings(text.folded, figures.form)) if text.prose else []
    if passages:
        first = passages[0]
        says = f"写了标题“{text.quoted(first)}”，报告中的标题由程序写入，会重复{listed(text, passages)}"
        fix = "请删去标题，只写内容；属于其他部分的内容移到那一格"
        yield finding("TXT002", text, first.start, says, fix, Severity.WARNING, found=text.quoted(first))


def leads(text: Text, figures: Figures) -> Iterator[Finding]:
    """No sentences of the paragraph that the program writes at the head of the report."""
    declared = figures.form.vocabulary.words.leads
    if not text.prose or not text.folded.holds(*(lead[0] for lead in declared)):
        return
    passages = _apart(passage for lead in declared for passage in _sentences_with(text, lead))
    if not passages:
        return
    first = passages[0]
    rest = text.folded.text
    for passage in reversed(passages):
        rest = rest[: passage.start] + rest[passage.end :]
    says = f"写的是编制说明“{text.quoted(first)}”，这段话由程序写在报告开头{listed(text, passages)}"
    if says_nothing(rest) and text.field.required:
        fix = "请删去编制说明，写出本机关本年度这方面的工作"
        yield finding("TXT003", text, first.start, f"{says}，此外没有内容", fix, found=text.quoted(first))
    else:
        fix = "请删去这段话，只写这方面的工作"
        yield finding("TXT002", text, first.start, says, fix, Severity.WARNING, found=text.quoted(first))


def _sentences_with(text: Text, words: tuple[str, ...]) -> Iterator[Passage]:
    for start, end in pieces(text.folded.text, PART):
        if all(text.folded.text.find(word, start, end) >= 0 for word in words):
            yield Passage(start, end)


def misused(text: Text, figures: Figures) -> Iterator[Finding]:
    """Documents cited wrongly (an error) and wrong words (a warning)."""
    words = figures.form.vocabulary.words
    yield from _misused(text, "TXT005", words.document)
    yield from _misused(text, "TXT017", words.word)


def _misused(text: Text, code: str, declared: Sequence[Misused]) -> Iterator[Finding]:
    if not text.folded.holds(*(wrong.wrong for wrong in declared)):
        return
    for wrong in declared:
        passages = [
            passage for passage in text.folded.find(wrong.wrong) if not _excused(text, passage, wrong.unless)
        ]
        if passages:
            first = passages[0]
            shown = text.quoted(first)
            says = f"写的是“{shown}”，应为“{wrong.right}”{listed(text, passages)}"
            fix = f"请把“{shown}”改为“{wrong.right}”"
            yield finding(code, text, first.start, says, fix, found=shown, expected=wrong.right)


def _excused(text: Text, passage: Passage, unless: tuple[str, ...]) -> bool:
    start, end = around(text.folded.text, passage.start, passage.end, PART)
    return any(text.folded.text.find(words, start, end) >= 0 for words in unless)


def foreign(text: Text, figures: Figures) -> Iterator[Finding]:
    """No words of another scope, where the form says that they are wrong."""
    if not text.prose:
        return
    vocabulary = figures.form.vocabulary
    told: list[Passage] = []
    for declared, condition in zip(vocabulary.words.foreign, vocabulary.conditions, strict=True):
        passages = [
            passage for passage in _apart(_foreign_passages(text, declared)) if not _overlaps(passage, told)
        ]
        if passages and _holds(condition, figures):
            first = passages[0]
            told += passages
            says = f"写的是“{text.quoted(first)}”，{declared.says}{listed(text, passages)}"
            fix = "请改写成本机关做了什么；确实是本机关承担的工作，写明本机关的职责"
            yield finding("TXT006", text, first.start, says, fix, found=text.quoted(first))


def _overlaps(passage: Passage, told: list[Passage]) -> bool:
    """True where words told of already reach into these: 全县各乡镇、各部门 is one mistake."""
    return any(passage.start < other.end and other.start < passage.end for other in told)


def _foreign_passages(text: Text, declared: Foreign) -> Iterator[Passage]:
    if not text.folded.holds(*declared.words):
        return
    words = text.folded.text
    for word in declared.words:
        for passage in text.folded.find(word):
            followed = next((f for f in declared.followed if words.startswith(f, passage.end)), "")
            if (followed or not declared.followed) and not words.endswith(declared.after, 0, passage.start):
                yield Passage(passage.start, passage.end + len(followed))


def _holds(condition: Node, figures: Figures) -> bool:
    """False too where a cell that decides it is blank."""
    if any(subject not in figures.inputs for subject in subjects(condition)):
        return False
    return Calculator(figures.form, figures.inputs).evaluate(condition) is True


def parts(text: Text, figures: Figures) -> Iterator[Finding]:
    """A list of the report's parts names as many as it says."""
    for declared in figures.form.vocabulary.words.parts:
        for stated in declared.stated if text.prose else ():
            for passage in text.folded.find(stated):
                missing = _missing(text, passage, declared)
                if missing:
                    names = "、".join(f"“{name}”" for name in missing)
                    says = f"写明“{text.quoted(passage)}”，却没有列出{names}"
                    fix = "编制说明由程序写在报告开头，请删去这句话；要写的，六个部分都要列出"
                    yield finding("TXT018", text, passage.start, says, fix, found=text.quoted(passage))


def _missing(text: Text, passage: Passage, declared: Parts) -> list[str]:
    """The parts that a sentence leaves out; none where it does not list them at all."""
    start, end = around(text.folded.text, passage.start, passage.end, PART)
    sentence = text.folded.text[start:end]
    named = [any(word in sentence for word in words) for words in declared.words]
    if sum(named) < _LISTED_LEAST:
        return []
    return [name for name, there in zip(declared.names, named, strict=True) if not there]
