"""Every concept in varied words: the figure of the table is silent, another one is caught as what it is."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prose_cases import values

from returns import FORM, inputs_of
from xlreport.form.calculate import complete
from xlreport.formula.nodes import Value
from xlreport.verify.reported import Reported
from xlreport.verify.texts.statements.agreement import agreement

NEW, OVER = "requests[new_requests,total]", "requests[carried_over,total]"
DONE, LATER = "requests[results_total,total]", "requests[carried_forward,total]"
LAWSUITS = ("cases[litigation_direct,total]", "cases[litigation_after_review,total]")

REJECTED = tuple(
    f"requests[rejected_{name},total]"
    for name in ("petition", "repeated", "publication", "excessive", "confirmation")
)


def row(name: str) -> tuple[str, ...]:
    return (f"requests[{name},total]",)


# Code, field, figures that add up to what is right (several: any of them), sentences with a place for it.
CONCEPTS: Mapping[str, tuple[str, tuple[tuple[str, ...], ...], tuple[str, ...]]] = {
    "TXT123": (
        "on_request",
        ((NEW,), (NEW, OVER)),
        (
            "全年共收到依申请公开{}件。",
            "2023年，我局接收公民、法人和其他组织提交的政府信息公开申请共计{}项。",
            "本年度受理{}份政府信息公开申请，均已答复。",
            "新收政府信息依申请公开{}件，同比有所增长。",
            "全年登记信息公开申请（含电子邮件申请）{}件。",
        ),
    ),
    "TXT126": (
        "on_request",
        ((NEW,), (NEW, OVER)),
        ("全年收到申请{}件。", "我局共受理{}件申请。", "本年新收{}件，全部按时办理。"),
    ),
    "TXT121": (
        "on_request",
        ((DONE,), (DONE, "-" + OVER)),
        ("已办结政府信息公开申请{}件。", "共答复{}件依申请公开申请。", "全年办复信息公开申请共{}宗。"),
    ),
    "TXT122": (
        "on_request",
        ((DONE,), (NEW,), (NEW, OVER)),
        ("全年收到并办结{}件政府信息公开申请。", "处理政府信息公开申请共{}件。"),
    ),
    "TXT102": (
        "on_request",
        ((LATER,),),
        (
            "{}件申请结转下年答复。",
            "结转下一年度继续办理{}件。",
            "另有{}件依法顺延至下年度办理。",
            "结转{}件至次年。",
        ),
    ),
    "TXT103": (
        "on_request",
        ((OVER,),),
        ("含上一年度结转{}件。", "上年度结转申请{}件。", "{}件为上年结转。", "由上年结转而来的{}件已答复。"),
    ),
    "TXT111": (
        "on_request",
        (row("disclosed"),),
        ("{}件予以公开，部分公开0件。", "同意公开申请{}件，部分公开0件。"),
    ),
    "TXT112": ("on_request", (row("partially_disclosed"),), ("作部分公开处理的{}件。", "{}件部分公开。")),
    "TXT115": (
        "on_request",
        (REJECTED,),
        ("不予处理{}件，作其他处理0件。", "{}件不予处理，0件作其他处理。"),
    ),
    "TXT117": (
        "on_request",
        (
            ("requests[new_requests,natural_person]",),
            ("requests[new_requests,natural_person]", "requests[carried_over,natural_person]"),
            ("requests[results_total,natural_person]",),
        ),
        ("其中{}件为自然人申请。", "按申请人分，公民个人提出{}件。", "自然人申请的有{}件。"),
    ),
    "TXT133": (
        "on_request",
        (("cases[review,total]",),),
        (
            "因政府信息公开引发{}起行政复议案件。",
            "全年因依申请公开被申请行政复议的{}件。",
            "有{}件涉及政府信息公开的行政复议案件。",
        ),
    ),
    "TXT135": (
        "on_request",
        (LAWSUITS,),
        ("因政府信息公开被提起行政诉讼{}件。", "政府信息公开行政诉讼案件共{}宗。"),
    ),
    "TXT137": ("on_request", (LAWSUITS[:1],), ("行政诉讼中，未经复议直接起诉{}件。",)),
    "TXT138": ("on_request", (LAWSUITS[1:],), ("复议后再起诉{}件。",)),
    "TXT141": (
        "on_request",
        (("cases[review,upheld]",),),
        ("行政复议中，{}件维持。", "行政复议结果维持的{}起。"),
    ),
    "TXT161": (
        "proactive",
        (
            ("documents[normative_documents,in_force]",),
            ("documents[rules,in_force]", "documents[normative_documents,in_force]"),
        ),
        ("继续有效的行政规范性文件{}件。", "规范性文件方面，现行有效{}部。"),
    ),
    "TXT162": (
        "proactive",
        (
            ("documents[normative_documents,repealed]",),
            ("documents[rules,repealed]", "documents[normative_documents,repealed]"),
        ),
        ("废止{}个行政规范性文件。", "宣布失效规范性文件{}份。"),
    ),
    "TXT163": (
        "proactive",
        (("documents[normative_documents,issued]",),),
        ("共制发行政规范性文件{}个。", "印发{}件行政规范性文件。", "规范性文件本年新制定{}件。"),
    ),
    "TXT171": (
        "proactive",
        (("licensing[administrative_licences,decisions]",),),
        ("办理行政许可{}件。", "作出{}件行政许可决定。"),
    ),
    "TXT191": ("text", (("fee_amount",),), ("共收取信息处理费{}元。", "收取{}元信息处理费。")),
    "TXT196": ("text", (("npc_proposals",),), ("承办{}件人大代表建议。", "办结人大建议{}件。")),
    "TXT197": ("text", (("cppcc_proposals",),), ("承办{}件政协提案。", "答复政协委员提案{}件。")),
}  # fmt: skip
SENTENCES = [(code, place) for code, concept in CONCEPTS.items() for place in range(len(concept[2]))]

NONE = {
    "TXT127": ("on_request", (NEW,), ("全年没有收到政府信息公开申请。", "我局未发生依申请公开事项。",
                                      "2023年，政府信息公开申请数量为零。")),
    "TXT105": ("on_request", (LATER,), ("无下年度结转。", "没有需要结转下一年度办理的申请。")),
    "TXT106": ("on_request", (OVER,), ("无上年度结转申请。",)),
    "TXT151": (
        "on_request",
        ("cases[review,total]", *LAWSUITS),
        (
            "无因政府信息公开引起行政复议和行政诉讼案件。",
            "不存在因政府信息公开被申请行政复议、被提起行政诉讼的情况。",
            "政府信息公开行政复议、行政诉讼均未发生。",
            "未发生一起因政府信息公开引起的行政复议、行政诉讼案件。",
        ),
    ),
    "TXT156": ("proactive", LAWSUITS, ("全年未出现行政诉讼案件。", "无行政诉讼。")),
    "TXT193": ("text", ("fee_amount",), ("本年度未收取信息处理费。", "没有产生信息处理费。")),
}  # fmt: skip


def filled(random: Random) -> dict[str, Value]:
    """A balanced return with random figures."""
    most = random.choice((3, 30, 3000))
    grids = ("requests", "cases", "documents", "licensing", "enforcement")
    numbers = {s: random.randint(0, most) for grid in grids for s in inputs_of(grid)}
    others = {s: random.randint(0, most) for s in ("fee_amount", "npc_proposals", "cppcc_proposals")}
    return complete(FORM, values({**numbers, **others}))


def figure(figures: Mapping[str, Value], subject: str) -> int:
    sign = -1 if subject.startswith("-") else 1
    return sign * int(str(figures[subject.removeprefix("-")]))


def told(figures: Mapping[str, Value], field: str, text: str) -> set[str]:
    found = agreement(Reported(FORM, {**figures, field: text}))
    return {finding.code for finding in found} - {"TXT016"}


@pytest.mark.parametrize(("code", "place"), SENTENCES)
@settings(max_examples=6)
@given(st.randoms(use_true_random=False), st.integers(1, 40))
def test_the_figure_is_silent_and_another_is_caught(code: str, place: int, random: Random, by: int) -> None:
    figures = filled(random)
    field, meant, sentences = CONCEPTS[code]
    right = {sum(figure(figures, subject) for subject in subjects) for subjects in meant}
    value = random.choice(sorted(right))
    wrong = next(number for number in range(max(right) + by, max(right) + by + 9))

    if value >= 0:
        assert told(figures, field, sentences[place].format(value)) <= {"TXT112", "TXT116"}
    assert code in told(figures, field, sentences[place].format(wrong))


@pytest.mark.parametrize("code", NONE)
@given(st.integers(0, 3))
@settings(max_examples=4)
def test_what_is_denied_is_not_there(code: str, many: int) -> None:
    field, denied, sentences = NONE[code]
    figures = {subject: 0 for grid in ("requests", "cases") for subject in inputs_of(grid)} | {
        "fee_amount": 0
    }
    spoilt = {subject.replace("total]", "natural_person]" if "requests" in subject else "upheld]"): many
              for subject in denied[:1]}  # fmt: skip
    for sentence in sentences:
        found = told(complete(FORM, values({**figures, **spoilt})), field, sentence)
        assert found == ({code} if many else set()), sentence
