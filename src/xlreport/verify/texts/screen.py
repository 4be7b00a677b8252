"""Rules: the publication screen. What must not be published, in any text that could be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from xlreport.finding import Finding, Severity
from xlreport.prose.marks import internal_marks, may_be_internal, secrecy_marks
from xlreport.prose.number_rules import is_credit_code
from xlreport.prose.passage import Passage
from xlreport.prose.personal import Doubt, Personal, PersonalNumber, personal_numbers
from xlreport.verify.reported import Reported
from xlreport.verify.texts.text import Text, all_in_one, finding_at, texts_of

_CODES = {Personal.IDENTITY: "PUB001", Personal.MOBILE: "PUB002", Personal.CARD: "PUB003"}
_NUMBER_FIX = "请删去这个号码，需要提到当事人的写“某人”。公开前按规定去掉个人信息"
_CONTACT_FIX = "请填对外公布的办公电话和工作邮箱；确实以手机作为对外联系电话的，可以不改"
_UNSURE_FIX = "如果是个人号码，请删去；如果是其他编号，请在前面写明是什么编号"
_SECRECY_FIX = "涉密信息不上网：请先确认密级，涉密的不得填入本工作簿；不涉密的，删去这个标志"
_INTERNAL_FIX = "请确认内容可以公开：不能公开的，删去该内容；可以公开的，删去这个标志"
_MOST = 20
"""Numbers told of in one text; all are masked."""


def screen(reported: Reported) -> Iterator[Finding]:
    """No numbers of persons, no marks of secrecy or internal use; contacts of the office apart."""
    apart = reported.form.vocabulary.words.screen
    internal = may_be_internal(all_in_one(reported).text)
    for text in texts_of(reported):
        if text.subject in apart.unpublished:
            continue
        contact = text.subject in apart.contacts
        code_of_unit = text.subject == reported.form.code_field
        for number in islice(personal_numbers(text.written), _MOST):
            if not code_of_unit or number.kind is Personal.MOBILE:
                yield _number(text, number, contact)
            elif not _may_be_a_code(text, number):
                yield _number(text, replace(number, doubt=Doubt.SOME), contact)
        for passage in secrecy_marks(text.folded):
            yield finding_at("PUB004", text, passage.start, _marked("密级标志", text, passage), _SECRECY_FIX)
        for passage in internal_marks(text.folded) if internal else ():
            severity = None if passage.sure else Severity.WARNING
            yield finding_at(
                "PUB005", text, passage.start, _marked("内部资料标志", text, passage), _INTERNAL_FIX, severity
            )


def _may_be_a_code(text: Text, number: PersonalNumber) -> bool:
    """True in place of a unit's code for what may be one: digits of a card, or a right check character."""
    return number.kind is Personal.CARD or is_credit_code(text.written[number.start : number.end].lower())


def _number(text: Text, number: PersonalNumber, contact: bool) -> Finding:
    passage = text.passage(number.start, number.end)
    shown = text.quoted(passage)
    says, fix, severity = f"有{number.kind.value}“{shown}”，公布后会泄露个人信息", _NUMBER_FIX, None
    if contact and number.kind is Personal.MOBILE:
        says, fix = f"是手机号码“{shown}”，将作为联系方式向社会公布", _CONTACT_FIX
        severity = Severity.WARNING
    elif number.doubt is not Doubt.NONE:
        says, fix = f"有一个像{number.kind.value}的数“{shown}”", _UNSURE_FIX
        severity = Severity.WARNING if number.doubt is Doubt.SOME else Severity.NOTE
    return finding_at(_CODES[number.kind], text, passage.start, says, fix, severity, found=shown)


def _marked(what: str, text: Text, passage: Passage) -> str:
    return f"有{what}“{text.quoted(passage)}”"
