"""Which rules there are, and that each has one home. What families give is watched in conftest.py."""

from __future__ import annotations

import re
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest

import xlreport
from returns import FORM, LAYOUT, sound
from xlreport.finding import SEVERITY_WORDS, Severity
from xlreport.form.answers import answers
from xlreport.form.load import load_form
from xlreport.form.model import Form
from xlreport.layout.section_sheets import CHECKS_TAB
from xlreport.origin import InCell, InParagraph
from xlreport.rule import OWN_RULES, Rule, own_rule
from xlreport.verify.judge import judge
from xlreport.verify.registry import FAMILIES, Elsewhere, codes_of
from xlreport.verify.reported import Reported

OWN = {rule.code for rule in OWN_RULES}
FORMS = [FORM, load_form("ogi_annual_2019")]


def test_no_code_is_used_twice() -> None:
    assert len(OWN) == len(OWN_RULES)


@pytest.mark.parametrize("form", FORMS, ids=[form.id for form in FORMS])
def test_every_rule_is_in_exactly_one_family(form: Form) -> None:
    codes = Counter(code for family in FAMILIES for code in codes_of(family, form))
    assert codes == dict.fromkeys(OWN | {rule.code for rule in form.rules}, 1)


@pytest.mark.parametrize("form", FORMS, ids=[form.id for form in FORMS])
def test_no_form_has_a_code_of_the_program_s_own(form: Form) -> None:
    assert OWN.isdisjoint(rule.code for rule in form.rules)


ELSEWHERE = [family for family in FAMILIES if isinstance(family, Elsewhere)]


@pytest.mark.parametrize("family", ELSEWHERE, ids=[family.module for family in ELSEWHERE])
def test_what_is_found_elsewhere_is_found_where_the_registry_says(family: Elsewhere) -> None:
    spec = find_spec(f"xlreport.{family.module}")
    assert spec is not None and spec.origin is not None
    source = Path(spec.origin).read_text(encoding="utf-8")
    assert [code for code in family.codes if f'"{code}"' not in source] == []


def test_only_a_rule_makes_a_finding() -> None:
    sources = Path(xlreport.__file__).parent.rglob("*.py")
    makers = [path.name for path in sources if re.search(r"\bFinding\(", path.read_text(encoding="utf-8"))]
    assert makers == ["rule.py"]


def test_exactly_the_answerable_rules_have_cells_on_the_checks_sheet() -> None:
    answerable = {rule.code for rule in (*OWN_RULES, *FORM.rules) if rule.answerable}
    areas = LAYOUT.areas.items()
    cells = {subject.row for subject, area in areas if subject.is_answer and area.sheet == CHECKS_TAB}
    assert cells == answerable
    assert {answer.code for answer in answers(FORM)} == answerable


def test_only_what_can_be_a_warning_is_answerable() -> None:
    errors = {rule.code for rule in (*OWN_RULES, *FORM.rules) if rule.severity is not Severity.WARNING}
    assert {answer.code for answer in answers(FORM)} & errors == {"WBK026"}  # the unit's name is a warning


# What rules say ---------------------------------------------------------------------------------------


def test_a_finding_has_the_severity_of_its_rule_unless_it_says_otherwise() -> None:
    rule = own_rule("TXT015")
    assert rule.finding("甲", "乙").severity is Severity.WARNING
    assert rule.finding("甲", "乙", severity=Severity.NOTE).severity is Severity.NOTE


def test_a_finding_stands_where_its_value_came_from() -> None:
    rule = own_rule("TXT007")
    at_cell = rule.finding("甲", "乙", "organ", InCell("封面", "C3"))
    assert (at_cell.id, at_cell.sheet, at_cell.cell) == ("TXT007:organ", "封面", "C3")
    in_paragraph = rule.finding("甲", "乙", "organ", InParagraph(1, 1))
    assert (in_paragraph.sheet, in_paragraph.cell) == ("", "")
    assert rule.finding("甲", "乙", sheet="封面").sheet == "封面"


@pytest.mark.parametrize("severity", list(Severity))
def test_a_rule_on_trial_gives_notes_that_say_so(severity: Severity) -> None:
    rule = Rule("ABC001", "甲", severity, trial=True)
    finding = rule.finding("不符", "请改")
    assert (rule.state, finding.severity, finding.message) == ("trial", Severity.NOTE, "（试行）不符")
    assert Rule("ABC001", "甲", severity).state in SEVERITY_WORDS


def test_findings_come_in_the_order_of_the_registry_and_texts_one_by_one() -> None:
    texts = {"proactive": "更新了了栏目,发布信息。", "on_request": "受理了了申请,依法答复。"}
    changes = {**texts, "requests[other,natural_person]": 2}
    found = [finding.id.partition("@")[0] for finding in judge(Reported(FORM, sound(changes)))]
    by_text = [f"{code}:{text}" for text in texts for code in ("TXT007", "TXT008")]
    assert found == ["REQ001:requests[,natural_person]", *by_text]
