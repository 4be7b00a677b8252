"""Rules: the checks of the form (勾稽), computed afresh."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.finding import Finding
from xlreport.form.calculate import Calculator
from xlreport.form.checks import Instance
from xlreport.form.last_year import prior_cells
from xlreport.form.model import Form
from xlreport.form.naming import Naming, number
from xlreport.formula.check import subjects
from xlreport.formula.evaluate import EvaluationError, as_value, exact_result
from xlreport.formula.nodes import Binary
from xlreport.rule import own_rule
from xlreport.subject import Subject
from xlreport.verify.places import places_of
from xlreport.verify.reported import Reported


def checks(reported: Reported) -> Iterator[Finding]:
    """Every check of the form holds.

    A check is left alone while a figure that it needs is blank or could not be understood: that has
    its own finding; so is one that reads figures of last year that are not known. A line of totals is
    left alone where a line of inputs fails the same check.
    """
    calculator = calculator_of(reported)
    failed: set[str] = set()
    echoes: list[Instance] = []
    for instance in reported.form.instances:
        if instance.cell in reported.form.computed:
            echoes.append(instance)
            continue
        for finding in _check(reported, instance, calculator):
            failed.add(instance.check.code)
            yield finding
    for instance in echoes:
        if instance.check.code not in failed:
            yield from _check(reported, instance, calculator)


def calculator_of(reported: Reported) -> Calculator:
    """What the checks are computed with."""
    return Calculator(reported.form, {**reported.inputs, **prior_cells(reported.form, reported.prior)})


def failing(reported: Reported, instance: Instance, calculator: Calculator) -> bool:
    """True if anything is to be said of one instance."""
    return any(_check(reported, instance, calculator))


def _check(reported: Reported, instance: Instance, calculator: Calculator) -> Iterator[Finding]:
    if not _decidable(reported, instance, calculator):
        return
    try:
        applies = instance.when is None or calculator.evaluate(instance.when) is True
        if applies and calculator.evaluate(instance.expect) is not True:
            yield _finding(reported, instance, calculator)
    except EvaluationError as error:
        message = f"规则 {instance.check.code} 无法计算（{error.code}）：{instance.check.expect}。"
        fix = "这是报表定义的问题，与填报单位无关，请联系报表维护人员"
        yield own_rule("SYS001").finding(message, fix, f"{instance.check.code}:{instance.line}")


def _decidable(reported: Reported, instance: Instance, calculator: Calculator) -> bool:
    """True if all that the check reads is there and understood."""
    unusable = reported.unusable
    if unusable:  # of most returns nothing is
        read = (*instance.inputs, *(() if instance.when is None else subjects(instance.when)))
        if not unusable.isdisjoint(read):
            return False
    if not reported.inputs.keys() >= {*instance.needs, *instance.conditions}:
        return False
    return all(calculator.value(subject) is not None for subject in instance.prior)


def _finding(reported: Reported, instance: Instance, calculator: Calculator) -> Finding:
    check = instance.check
    names = {
        "place": instance.place,
        "cells": places_of(reported.origins, instance.inputs),
        "note": _note(reported, instance.cell),
    }
    compared = instance.compared
    sides = _sides(reported.form, instance, compared, calculator) if compared is not None else {}
    return check.rule.finding(
        check.message.format(**names, **sides),
        check.fix.format(**names, **sides),
        instance.subject,
        reported.origins.get(instance.cell),
        expected=sides.get("right_value", ""),
        found=sides.get("left_value", ""),
    )


def _note(reported: Reported, cell: Subject) -> str:
    """Whether the remark beside a cell of a grid says anything."""
    note = Subject.note(cell.block, cell.row)
    origin, text = reported.origins.get(note), reported.inputs.get(note)
    place = f"备注（{origin.cell or origin.place}）" if origin else "备注"
    return f"{place}没有说明原因" if text is None else f"{place}写的是“{text}”"


def _sides(form: Form, instance: Instance, compared: Binary, calculator: Calculator) -> dict[str, str]:
    """Both sides of the rule in words and as values, and left − right where they are numbers."""
    words = Naming(form, instance)
    left, right = (exact_result(node, calculator.value) for node in (compared.left, compared.right))
    difference = ""
    if not isinstance(left, str | bool | None) and not isinstance(right, str | bool | None):
        difference = number(as_value(left - right))
    return {
        "left": words.side(compared.left, as_value(left), calculator.value),
        "right": words.side(compared.right, as_value(right), calculator.value),
        "left_value": number(as_value(left)),
        "right_value": number(as_value(right)),
        "difference": difference,
    }
