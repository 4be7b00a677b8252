"""Rules on the words that a form declares in words.toml, and on its own headings and help texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from xlreport.finding import Finding, Severity
from xlreport.form.calculate import Calculator
from xlreport.form.vocabulary import Foreign, Misused, Parts
from xlreport.formula.check import subjects
from xlreport.formula.nodes import Node
from xlreport.prose.hollow import says_nothing
from xlreport.prose.spot import Spot, sentence_around
from xlreport.verify.reported import Reported
from xlreport.verify.texts.headings import headings
from xlreport.verify.texts.text import Text, finding, listed

_QUOTED = re.compile(r"《[^》\n]*》|“[^”\n]*”|[\x21-\x7e]*(?:://|@|www\.)[\x21-\x7e]*")
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙朱胡郭何郑罗梁谢宋唐许韩邓冯曹彭曾董袁潘蔡蒋杜程魏苏吕卢姚沈姜崔某"
"""In front of a sign these make it the name of a person kept back: 王××."""
_HELP_LEAST = 15
"""Characters of a sentence of the help text that nobody writes by chance."""
_LISTED_LEAST = 4
"""Parts named in a sentence from which on it is taken for their list."""


def leftovers(text: Text, reported: Reported) -> Iterator[Finding]:
    """No texts of blank forms, no placeholders, no help text of the cell itself."""
    words = reported.form.vocabulary.words
    spots = [spot for words_ in words.leftovers for spot in text.searchable.find(words_)]
    spots += _placeholders(text, words.placeholders)
    if text.prose:
        spots += _help(text)
    spots = _apart(spots)
    if spots:
        first = spots[0]
        says = f"留有格式文件或填报说明的文字“{text.quoted(first)}”{listed(text, spots)}"
        fix = "请删去这些文字，改写成本机关的实际内容"
        yield finding("TXT002", text, first.start, says, fix, found=text.quoted(first))


def _placeholders(text: Text, signs: Iterable[str]) -> list[Spot]:
    """Signs in place of a name or a number, but for those in quotations, addresses and names kept back."""
    spots = [spot for sign in signs for spot in text.searchable.find(sign)]
    if not spots:
        return []
    quoted = [found.span() for found in _QUOTED.finditer(text.text)]
    names = [spot.start for spot in spots if text.text[: spot.start].endswith(tuple(_SURNAMES))]
    return [s for s in spots if s.start not in names and not any(a <= s.start < b for a, b in quoted)]


def _help(text: Text) -> list[Spot]:
    sentences = (s.strip() for s in text.field.help.split("。"))
    return [spot for s in sentences if len(s) >= _HELP_LEAST for spot in text.searchable.find(s)]


def _apart(spots: Iterable[Spot]) -> list[Spot]:
    """In order, and of those that overlap the first and longest."""
    result: list[Spot] = []
    for spot in sorted(spots, key=lambda spot: (spot.start, -spot.end)):
        if not result or spot.start >= result[-1].end:
            result.append(spot)
    return result


def pasted_headings(text: Text, reported: Reported) -> Iterator[Finding]:
    """No headings of the form: the program writes them, and they would stand there twice."""
    spots = list(headings(text, reported.form)) if text.prose else []
    if spots:
        first = spots[0]
        says = f"写了标题“{text.quoted(first)}”，报告中的标题由程序写入，会重复{listed(text, spots)}"
        fix = "请删去标题，只写内容；属于其他部分的内容移到那一格"
        yield finding("TXT002", text, first.start, says, fix, Severity.WARNING, found=text.quoted(first))


def leads(text: Text, reported: Reported) -> Iterator[Finding]:
    """No sentences of the paragraph that the program writes at the head of the report."""
    declared = reported.form.vocabulary.words.leads
    if not text.prose or not any(all(word in text.text for word in lead) for lead in declared):
        return
    spots = _apart(spot for lead in declared for spot in _sentences_with(text, lead))
    if not spots:
        return
    first = spots[0]
    rest = text.text
    for spot in reversed(spots):
        rest = rest[: spot.start] + rest[spot.end :]
    says = f"写的是编制说明“{text.quoted(first)}”，这段话由程序写在报告开头{listed(text, spots)}"
    if says_nothing(rest) and text.field.required:
        fix = "请删去编制说明，写出本机关本年度这方面的工作"
        yield finding("TXT003", text, first.start, f"{says}，此外没有内容", fix, found=text.quoted(first))
    else:
        fix = "请删去这段话，只写这方面的工作"
        yield finding("TXT002", text, first.start, says, fix, Severity.WARNING, found=text.quoted(first))


def _sentences_with(text: Text, words: tuple[str, ...]) -> Iterator[Spot]:
    at = text.text.find(words[0])
    while at >= 0:
        start, end = sentence_around(text.text, at, at + len(words[0]))
        sentence = text.text[start:end]
        if all(word in sentence for word in words):
            yield Spot(start, sentence)
        at = text.text.find(words[0], max(end, at + 1))


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
            says = f"写的是“{shown}”，应为“{wrong.right}”{listed(text, spots)}"
            fix = f"请把“{shown}”改为“{wrong.right}”"
            yield finding(code, text, first.start, says, fix, found=shown, expected=wrong.right)


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
        spots = [spot for spot in _apart(_foreign_spots(text, declared)) if not _overlaps(spot, told)]
        if spots and _holds(condition, reported):
            first = spots[0]
            told += spots
            says = f"写的是“{text.quoted(first)}”，{declared.says}{listed(text, spots)}"
            fix = "请改写成本机关做了什么；确实是本机关承担的工作，写明本机关的职责"
            yield finding("TXT006", text, first.start, says, fix, found=text.quoted(first))


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


def parts(text: Text, reported: Reported) -> Iterator[Finding]:
    """A list of the report's parts names as many as it says."""
    for declared in reported.form.vocabulary.words.parts:
        for stated in declared.stated if text.prose else ():
            for spot in text.searchable.find(stated):
                missing = _missing(text, spot, declared)
                if missing:
                    says = (
                        f"写明“{text.quoted(spot)}”，却没有列出{'、'.join(f'“{name}”' for name in missing)}"
                    )
                    fix = "编制说明由程序写在报告开头，请删去这句话；要写的，六个部分都要列出"
                    yield finding("TXT018", text, spot.start, says, fix, found=text.quoted(spot))


def _missing(text: Text, spot: Spot, declared: Parts) -> list[str]:
    """The parts that a sentence leaves out; none where it does not list them at all."""
    start, end = sentence_around(text.text, spot.start, spot.end)
    sentence = text.text[start:end]
    named = [any(word in sentence for word in words) for words in declared.words]
    if sum(named) < _LISTED_LEAST:
        return []
    return [name for name, there in zip(declared.names, named, strict=True) if not there]
