"""Slips of the hand that would explain a failed check: told in its finding, not as another one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from xlreport.finding import Finding
from xlreport.form.calculate import Calculator
from xlreport.form.checks import Instance
from xlreport.form.naming import Naming
from xlreport.formula.check import comparison
from xlreport.formula.evaluate import exact_result
from xlreport.verify.figures.checks import calculator_of
from xlreport.verify.reported import Reported

_LINES = {"row": "行", "column": "列"}


def with_slips(reported: Reported, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, those of failed equalities with the slip that would explain them, if there is one."""
    equalities = {f"{i.check.code}:{i.subject}": i for i in reported.form.instances if i.is_equality}
    failed = {finding.id: equalities[finding.id] for finding in findings if finding.id in equalities}
    if not failed:
        return list(findings)
    calculator = calculator_of(reported)
    hints = {id_: _swapped(reported, instance, calculator) for id_, instance in failed.items()}
    hints |= _misplaced(reported, failed, calculator)
    return [
        replace(finding, fix=f"{finding.fix}。{hints[finding.id]}") if hints.get(finding.id) else finding
        for finding in findings
    ]


def swaps(number: int) -> Iterator[int]:
    """The numbers with two neighbouring digits exchanged and as many digits: of 597 these are 957 and 579."""
    digits = str(abs(number))
    for place in range(len(digits) - 1):
        left, right = digits[place], digits[place + 1]
        swapped = digits[:place] + right + left + digits[place + 2 :]
        if left != right and swapped[0] != "0":
            yield int(swapped)


def _swapped(reported: Reported, instance: Instance, calculator: Calculator) -> str:
    """The one figure that only has to have two digits exchanged for both sides to agree."""
    found = [
        (subject, value, other)
        for subject in instance.inputs
        if type(value := reported.inputs.get(subject)) is int and value > 0
        for other in swaps(value)
        if calculator.with_changes({subject: other}).evaluate(instance.expect) is True
    ]
    if len(found) != 1:
        return ""
    subject, value, other = found[0]
    origin = reported.origins.get(subject)
    name = Naming(reported.form, instance).cell(subject)
    where = f"{origin.cell or origin.place}（{name}）" if origin else f"“{name}”"
    return f"{where}填的是{value}，如果是{other}，两边正好相符：可能是相邻两位数字写颠倒了"


def _misplaced(
    reported: Reported, failed: Mapping[str, Instance], calculator: Calculator
) -> Mapping[str, str]:
    """For the first of exactly two lines that fail one check by opposite differences: both their names."""
    by_check: dict[str, list[str]] = defaultdict(list)
    for id_, instance in failed.items():
        if instance.line:
            by_check[instance.check.code].append(id_)
    hints = {}
    for ids in by_check.values():
        if len(ids) != 2:
            continue
        one, other = (failed[id_] for id_ in ids)
        if _difference(one, calculator) == -_difference(other, calculator):
            hints[ids[0]] = _both(reported, one, other)
    return hints


def _difference(instance: Instance, calculator: Calculator) -> int:
    """Left − right in whole numbers; 0, which no failed equality has, where they are none."""
    compared = comparison(instance.expect)
    assert compared is not None
    left, right = (exact_result(side, calculator.value) for side in (compared.left, compared.right))
    if isinstance(left, str | bool | None) or isinstance(right, str | bool | None):
        return 0
    return int(left - right)


def _both(reported: Reported, one: Instance, other: Instance) -> str:
    grid = reported.form.grids[one.check.grid]
    kind = _LINES[one.check.each]
    named = grid.column if one.check.each == "column" else grid.row
    first, second = (named(instance.line).short for instance in (one, other))
    return f"“{first}”{kind}和“{second}”{kind}的差额一正一负、正好相抵：可能是有的数字填错了{kind}"
