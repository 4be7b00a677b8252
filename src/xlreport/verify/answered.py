"""What a unit answers to warnings, put to the findings it answers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from xlreport.expression import Expression
from xlreport.finding import Finding, Severity
from xlreport.form.answers import live_answer
from xlreport.form.model import Form
from xlreport.subject import Subject
from xlreport.verify.reported import Reported

FEWEST = 4
"""Characters of which an answer needs so many that say more than that all is well."""
_JUDGE = "单位已作说明，请审核说明是否成立"
_EMPTY_WORDS = Expression(
    "无误|属实|核实|核对|核查|查实|核|经|已|均|皆|都|确|同上|同前|没有|无|问题|情况|说明|实际|真实|准确|正确|正常|合理|"
    "数据|数字|数值|填报|填写|以上|上述|本单位|本机关|我单位|我局|请|予以|如此|特此|理解|是|的|了|略|暂|见|附件|备注"
)


def answered(findings: Iterable[Finding], reported: Reported) -> Iterator[Finding]:
    """The findings, warnings with their answers. Errors and notes stay as they are.

    An answer that says nothing (无, 已核实) leaves its warning open, with a word why.
    """
    cells = _answer_cells(reported.form)
    for finding in findings:
        subject = cells.get(finding.id, Subject.answer(finding.code))
        answer = reported.inputs.get(subject)
        if finding.severity is not Severity.WARNING or answer is None:
            yield finding
        elif says_something(str(answer)):
            yield replace(finding, explanation=str(answer), fix=_JUDGE)
        else:
            yield replace(finding, fix=f"{finding.fix}。{_refused(str(answer), subject, reported)}")


def says_something(answer: str) -> bool:
    """True for an answer that gives a reason, as far as its length can tell."""
    rest = _EMPTY_WORDS.sub("", "".join(c for c in answer if unicodedata.category(c)[0] in "LN"))
    return len(rest) >= FEWEST and len(set(rest)) > 1


@lru_cache(maxsize=64)
def _answer_cells(form: Form) -> Mapping[str, Subject]:
    """Where the findings of live rules are answered, by id."""
    return {
        f"{answer.code}:{instance.subject}": answer.subject
        for instance in form.instances
        if (answer := live_answer(instance)) is not None
    }


def _refused(answer: str, subject: Subject, reported: Reported) -> str:
    origin = reported.origins.get(subject)
    place = f"“{origin.sheet}”表 {origin.cell} " if origin else "“校验”表"
    shown = answer if len(answer) <= 20 else f"{answer[:19]}…"
    return f"{place}的情况说明“{shown}”没有写明原因，不能作为说明：数字或文字无误的，请写清为什么是这样"
