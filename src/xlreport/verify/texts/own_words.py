"""Rules: a text says something, and in the unit's own words, not in those of the form or its instructions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from xlreport.expression import Expression
from xlreport.finding import Finding, Severity
from xlreport.prose.alphabet import fold
from xlreport.prose.hollow import is_bare, says_nothing
from xlreport.prose.passage import Passage
from xlreport.prose.quotations import QUOTATION, Stretches
from xlreport.prose.sentences import PART, SENTENCE, pieces
from xlreport.verify.entries.placeholders import is_placeholder
from xlreport.verify.reported import Reported
from xlreport.verify.texts.headings import headings
from xlreport.verify.texts.met import met_in
from xlreport.verify.texts.text import Text, apart, finding_at, further

_QUOTED = Expression(rf"{QUOTATION}|[!-~：？！]+")
_OF_ADDRESS = Expression(r"：//|@|www\.")
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙朱胡郭何郑罗梁谢宋唐许韩邓冯曹彭曾董袁潘蔡蒋杜程魏苏吕卢姚沈姜崔某"
"""In front of a sign these make it the name of a person kept back: 王××."""
_HELP_LEAST = 15
"""Characters of a sentence of the help text that nobody writes by chance."""


def own_words(text: Text, reported: Reported) -> Iterator[Finding]:
    """Nothing of a blank form is left, no heading or lead is repeated, and something is said."""
    yield from _leftovers(text, reported)
    yield from _pasted_headings(text, reported)
    yield from _leads(text, reported)
    yield from _hollow(text, reported)


def _leftovers(text: Text, reported: Reported) -> Iterator[Finding]:
    """No texts of blank forms, no placeholders, no help text of the cell itself."""
    met = met_in(reported)
    passages = list(text.folded.find(*met.leftovers)) if met.leftovers else []
    if met.placeholders:
        in_prose = text.subject not in reported.form.fields or text.prose
        passages += (_placeholders if in_prose else _all_placeholders)(text, met.placeholders)
    if text.prose:
        passages += _help(text)
    if passages:
        passages = apart(passages)
        first = passages[0]
        says = f"留有格式文件或填报说明的文字“{text.quoted(first)}”{further(text, passages)}"
        fix = "请删去这些文字，改写成本机关的实际内容"
        yield finding_at("TXT002", text, first.start, says, fix, found=text.quoted(first))


def _all_placeholders(text: Text, signs: Sequence[str]) -> list[Passage]:
    """Signs in place of a name or a number. In an entry of one line they stand for nothing else."""
    return list(text.folded.find(*signs))


def _placeholders(text: Text, signs: Sequence[str]) -> list[Passage]:
    """The same, but for those in quotations, addresses and names kept back."""
    passages = _all_placeholders(text, signs)
    if not passages:
        return []
    words = text.folded.text
    quoted = Stretches(
        found.span()
        for found in _QUOTED.finditer(words)
        if found[0][0] in "《“" or _OF_ADDRESS.search(found[0]) is not None
    )
    return [
        passage
        for passage in passages
        if not words.endswith(tuple(_SURNAMES), 0, passage.start) and not quoted.hold(passage.start)
    ]


def _help(text: Text) -> list[Passage]:
    return list(text.folded.find(*_sentences(text.field.help)))


@lru_cache(maxsize=256)
def _sentences(help_text: str) -> tuple[str, ...]:
    """The sentences of a help text that are long enough."""
    text = fold(help_text).text
    return tuple(text[a:b] for a, b in pieces(text, SENTENCE) if b - a >= _HELP_LEAST)


def _pasted_headings(text: Text, reported: Reported) -> Iterator[Finding]:
    """No headings of the form: the program writes them, and they would stand there twice."""
    passages = list(headings(text.folded, reported.form)) if text.prose else []
    if passages:
        first = passages[0]
        says = f"写了标题“{text.quoted(first)}”，报告中的标题由程序写入，会重复{further(text, passages)}"
        fix = "请删去标题，只写内容；属于其他部分的内容移到那一格"
        yield finding_at("TXT002", text, first.start, says, fix, Severity.WARNING, found=text.quoted(first))


def _leads(text: Text, reported: Reported) -> Iterator[Finding]:
    """No sentences of the paragraph that the program writes at the head of the report."""
    declared = met_in(reported).leads
    if not text.prose or not declared:
        return
    passages = apart(passage for lead in declared for passage in _sentences_with(text, lead))
    if not passages:
        return
    first = passages[0]
    rest = text.folded.text
    for passage in reversed(passages):
        rest = rest[: passage.start] + rest[passage.end :]
    says = f"写的是编制说明“{text.quoted(first)}”，这段话由程序写在报告开头{further(text, passages)}"
    if says_nothing(rest) and text.field.required:
        fix = "请删去编制说明，写出本机关本年度这方面的工作"
        yield finding_at("TXT003", text, first.start, f"{says}，此外没有内容", fix, found=text.quoted(first))
    else:
        fix = "请删去这段话，只写这方面的工作"
        yield finding_at("TXT002", text, first.start, says, fix, Severity.WARNING, found=text.quoted(first))


def _sentences_with(text: Text, words: tuple[str, ...]) -> Iterator[Passage]:
    for start, end in pieces(text.folded.text, PART):
        if all(text.folded.text.find(word, start, end) >= 0 for word in words):
            yield Passage(start, end)


def _hollow(text: Text, reported: Reported) -> Iterator[Finding]:
    """Paragraphs that say something; blank, too long and wordless ones have other findings."""
    whole, field = text.folded.text, text.field
    if 0 < field.max_length < len(text.value) or not text.prose:
        return
    if says_nothing(whole) and (is_bare(whole) or not is_placeholder(reported.form, field, text.value)):
        shown = text.quoted_whole
        says = f"只写了“{shown}”，没有实际内容"
        if text.field.required:
            yield finding_at("TXT003", text, 0, says, "请写出本机关本年度做了什么、怎样做的", found=shown)
        else:
            fix = "没有内容可写的，请清空这一格，报告中就不出现该项"
            yield finding_at("TXT003", text, 0, says, fix, Severity.WARNING, found=shown)
