"""What is said of how a unit's last year was found, or not found."""

from __future__ import annotations

from collections.abc import Sequence

from xlreport.archive.candidate import Candidate
from xlreport.finding import Finding
from xlreport.form.last_year import Wanted, changes_asked
from xlreport.form.model import Form
from xlreport.rule import own_rule
from xlreport.subject import Subject


def not_found(
    wanted: Wanted, names: Sequence[str], declared: bool = False, near: Sequence[Candidate] = ()
) -> Finding:
    """No workbook of these names; `near` are those of units that are called nearly so."""
    named = "、".join(f"“{name}”" for name in names)
    similar = "、".join(dict.fromkeys(f"“{c.glance.unit.name}”（{c.name}）" for c in near[:3]))
    seen = f"，只有名称相近的{similar}" if near else ""
    message = f"没有找到{named} {wanted.year - 1} 年度的工作簿{seen}，没有与上年核对。"
    fix = f"请放入上年通过核对的工作簿{_declared_where(wanted.form)}"
    rule = own_rule("YOY909" if declared else "YOY901")
    subject = _change_field(wanted.form) if declared else wanted.form.unit_field
    return rule.finding(message, fix, subject, wanted.origins.get(subject) if declared else None)


def code_of_another(wanted: Wanted, other: Candidate, compared: bool) -> Finding:
    """The code belongs to a unit of another name."""
    form, code = wanted.form, wanted.unit.code
    then = "，没有拿它比对，是按名称比对的" if compared else "，没有与上年核对"
    message = f"代码“{code}”上年是“{other.glance.unit.name}”的（{other.name}）{then}。"
    label = form.fields[form.code_field].label
    fix = f"请核对“{label}”是否填成了别的单位的{_declared_where(form)}"
    return own_rule("YOY907").finding(
        message, fix, form.code_field, wanted.origins.get(form.code_field), found=code
    )


def nearly_named(wanted: Wanted, other: Candidate) -> Finding:
    """The only unit that agrees in all else is written with another character."""
    form, then = wanted.form, other.glance.unit.name
    named = f"名称“{wanted.unit.name}”与上年的“{then}”（{other.name}）只差一个字"
    message = f"{named}，其他登记事项相同，按同一单位比对。"
    fix = f"请核对名称有没有写错{_declared_where(form)}"
    origin = wanted.origins.get(form.unit_field)
    return own_rule("YOY908").finding(
        message, fix, form.unit_field, origin, expected=then, found=wanted.unit.name
    )


def change_contradicted(wanted: Wanted, others: Sequence[Candidate], missing: Sequence[str] = ()) -> Finding:
    """A declared change that last year's workbooks contradict."""
    form, subject = wanted.form, _change_field(wanted.form)
    known = {candidate.glance.unit.name: candidate.name for candidate in others}
    there = "、".join(f"“{unit}”（{name}）" for unit, name in known.items())
    declared = form.fields[subject].labels.get(form.succession.options.get(wanted.change, ""), "")
    lost = f"没有找到{'、'.join(f'“{name}”' for name in missing)}上年的工作簿，" if missing else ""
    message = f"“{form.fields[subject].label}”填的是“{declared}”，{lost}上年却有{there}的工作簿，仍与它比对。"
    fix = (
        f"请核对{form.section_of(subject).tab}填的机构变动是否属实；没有变动的改正，确有变动的请收表单位核实"
    )
    return own_rule("YOY909").finding(message, fix, subject, wanted.origins.get(subject), found=declared)


def _change_field(form: Form) -> Subject:
    return Subject.field(form.succession.change or form.succession.predecessors)


def _declared_where(form: Form) -> str:
    """`；更名、合并、拆分的，在封面填写“机构变动”和“原机关名称或代码”`; "" where the form does not ask."""
    named = (form.succession.change, form.succession.predecessors)
    asked = [Subject.field(name) for name in named if name]
    if not asked:
        return ""
    labels = "和".join(f"“{form.fields[name].label}”" for name in asked)
    tab = form.section_of(asked[0]).tab
    return f"；{changes_asked(form) or '名称有变动'}的，在{tab}填写{labels}"
