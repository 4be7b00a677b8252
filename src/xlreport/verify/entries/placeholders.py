"""Rules: what stands in a cell without saying anything is no answer: None, 请填写, 啊啊啊, =SUM(A1:A3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from xlreport.expression import Expression
from xlreport.finding import Finding
from xlreport.form.cells import cells_of
from xlreport.form.field import Field, Kind
from xlreport.form.model import Form
from xlreport.prose.alphabet import fold, is_han
from xlreport.prose.hollow import is_bare, is_denial, is_unfinished
from xlreport.rule import own_rule
from xlreport.subject import Subject
from xlreport.unit import is_code, key
from xlreport.verify.entries.quoting import place_of, quoted
from xlreport.verify.reported import Reported

_OF_PROGRAMS = frozenset(
    {"none", "null", "nil", "undefined", "nan", "na", "n/a", "#n/a", "inf", "true", "false", "[objectobject]"}
    | {"tbd", "todo", "test", "xxx", "xxxx", "abc", "asdf", "qwer", "asd", "qwe", "loremipsum"}
)
"""Whole entries, as `key` has them."""
_ASKING = Expression(
    "[（(【\\[<《“]*(?:请?(?:单击|点击|点按)(?:或(?:单击|点击|轻触))?)?请?在?(?:此处|这里|此格|本格|此)?(?:以|来)?"
    "请?(?:填写|输入|填入|录入|填报|补充|完善|选择|勿填写?)"
    "(?:内容|文字|文本|名称|姓名|全称|单位名称|机关名称|信息|数据|地址|电话|日期|此处|这里|说明|简介|情况|具体内容|相关内容)?"
    "[）)】\\]>》”。.…:：]*"
)
"""An entry that asks for one, as `key` has it."""
_FORMULA = Expression(r"^=\S|=\s*(?:_xlfn\.)?[A-Za-z][A-Za-z0-9.]+\(")
_PICTURE = Expression(r"=\s*(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)
_ERROR = Expression(r"#(?:REF!|VALUE!|DIV/0!|NAME\?|N/A|NUM!|NULL!)")
_BRACES = Expression(r"\{\{.{0,200}?\}\}|\$\{.{0,200}?\}")
_CHINESE = Expression("[\u3400-\u9fff\uf900-\ufaff]|[\U00020000-\U0003ffff]")
_LEAST_MASHED, _MOST_MASHED = 3, 50
"""Characters of an entry that is one character, typed again and again."""
_OF_A_NUMBER = 7
"""Digits of an entry that stands for a number, as 0000-0000000: what it looks like is another rule's."""
_OPEN = (Kind.TEXT, Kind.PROSE)
_WRITE = "请写出实际内容"


def placeholders(reported: Reported) -> Iterator[Finding]:
    """Every text is an answer. Blank ones, and paragraphs that say nothing, have findings of their own."""
    form = reported.form
    categories = [listing.category for listing in form.listings.values()]
    for subject, field in cells_of(form).items():
        value = reported.inputs.get(subject)
        if field.kind in _OPEN and isinstance(value, str):
            due = replace(field, required=True) if subject == form.code_field else field
            yield from _placeholder(reported, subject, due, value)
            if subject == form.code_field and _is_zeros(value):
                yield _found(reported, subject, value, "没有填写内容", "请如实填写")
            if field in categories and value.strip() and not any(map(str.isalpha, value)) and is_code(value):
                yield _found(reported, subject, value, "没有写出类别的名称", _WRITE)


def is_placeholder(form: Form, field: Field, text: str) -> bool:
    """True for an entry that is no answer: it has a finding of its own, or one of the rules on words."""
    return _trouble(field, text) is not None or _is_told_elsewhere(form, field, text)


def _placeholder(reported: Reported, subject: Subject, field: Field, text: str) -> Iterator[Finding]:
    trouble = _trouble(field, text)
    if trouble is None or _is_told_elsewhere(reported.form, field, text):
        return
    says, fix = trouble
    if not field.required:
        fix = f"{fix}；没有内容的清空这一格"
    yield _found(reported, subject, text, says, fix)


def _found(reported: Reported, subject: Subject, text: str, says: str, fix: str) -> Finding:
    place, shown, origin = place_of(reported, subject), quoted(text), reported.origins.get(subject)
    return own_rule("VAL018").finding(
        f"{place}：填的是“{shown}”，{says}。", fix, subject, origin, found=shown
    )


def _is_told_elsewhere(form: Form, field: Field, text: str) -> bool:
    """Paragraphs without content, and the signs that a form's own words.toml names."""
    folded, words = fold(text), form.vocabulary.words
    bare = field.kind is Kind.PROSE and is_bare(folded.text)
    return bare or folded.holds(*words.placeholders, *words.leftovers)


def _trouble(field: Field, text: str) -> tuple[str, str] | None:
    """What is wrong with a text as an answer, and what to do; None for one that may be an answer."""
    if _PICTURE.search(text):
        return (
            "是单元格图片留下的代码，不是文字",
            "报告里只能有文字：请删去代码，把图片的内容用文字写出来；图片另行报送",
        )
    if _FORMULA.search(text.translate({0xFF1D: "="})):
        return "是公式的文字，不是内容", "请删去公式，直接写结果"
    if _ERROR.search(text) or _BRACES.search(text):
        return "有程序留下的错误值或代码", _WRITE
    words = key(text)
    if words in _OF_PROGRAMS or _ASKING.fullmatch(words):
        return "不是填报的内容", _WRITE
    if field.kind is Kind.PROSE:
        return None if any(map(_is_chinese, text)) else ("没有写出文字", _WRITE)
    if _is_mashed(words) or is_unfinished(words):
        return "不是填报的内容", _WRITE
    return ("没有填写内容", "请如实填写") if field.required and _says_none(text, words) else None


def _says_none(text: str, words: str) -> bool:
    """True for what stands for having nothing to enter, or says where else to look."""
    few = sum(map(str.isdecimal, text)) < _OF_A_NUMBER
    return (not is_code(text) and few) or is_denial(words)


def _is_zeros(code: str) -> bool:
    """True for a code of zeros that is too long to be told with the other entries."""
    return sum(map(str.isdecimal, code)) >= _OF_A_NUMBER and not is_code(code)


def _is_chinese(char: str) -> bool:
    return is_han(char) or "\uf900" <= char <= "\ufaff" or "\U00020000" <= char <= "\U0003ffff"


def _is_mashed(words: str) -> bool:
    return _LEAST_MASHED <= len(words) <= _MOST_MASHED and len(set(words)) == 1 and words.isalpha()
