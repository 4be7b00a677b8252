"""Rules: the checks of the form (勾稽), computed afresh."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.finding import Finding, Severity
from xlreport.form.calculate import Calculator
from xlreport.form.checks import Instance
from xlreport.form.last_year import prior_cells
from xlreport.form.model import Form
from xlreport.form.naming import Naming, number
from xlreport.formula.check import subjects
from xlreport.formula.evaluate import EvaluationError, as_value, exact
from xlreport.formula.nodes import Binary
from xlreport.subject import Subject
from xlreport.verify.places import cells_of
from xlreport.verify.reported import Figures


def checks(figures: Figures) -> Iterator[Finding]:
    """Every check of the form holds.

    A check is left alone while a figure that it needs is blank or could not be understood: that has
    its own finding; so is one that reads figures of last year that are not known. A line of totals is
    left alone where a line of inputs fails the same check.
    """
    calculator = calculator_of(figures)
    failed: set[str] = set()
    echoes: list[Instance] = []
    for instance in figures.form.instances:
        if instance.cell in figures.form.computed:
            echoes.append(instance)
            continue
        for finding in _check(figures, instance, calculator):
            failed.add(instance.check.code)
            yield finding
    for instance in echoes:
        if instance.check.code not in failed:
            yield from _check(figures, instance, calculator)


def calculator_of(figures: Figures) -> Calculator:
    """What the checks are computed with."""
    return Calculator(figures.form, {**figures.inputs, **prior_cells(figures.form, figures.prior)})


def failing(figures: Figures, instance: Instance, calculator: Calculator) -> bool:
    """True if anything is to be said of one instance."""
    return any(_check(figures, instance, calculator))


def _check(figures: Figures, instance: Instance, calculator: Calculator) -> Iterator[Finding]:
    if not _decidable(figures, instance, calculator):
        return
    try:
        applies = instance.when is None or calculator.evaluate(instance.when) is True
        if applies and calculator.evaluate(instance.expect) is not True:
            yield _finding(figures, instance, calculator)
    except EvaluationError as error:
        message = f"规则 {instance.check.code} 无法计算（{error.code}）：{instance.check.expect}。"
        fix = "这是报表定义的问题，与填报单位无关，请联系报表维护人员"
        yield Finding("SYS001", Severity.WARNING, message, fix, f"{instance.check.code}:{instance.line}")


def _decidable(figures: Figures, instance: Instance, calculator: Calculator) -> bool:
    """True if all that the check reads is there and understood."""
    read = (*instance.inputs, *(() if instance.when is None else subjects(instance.when)))
    if any(subject in figures.unusable for subject in read):
        return False
    if any(s not in figures.inputs for s in (*instance.needs, *instance.conditions)):
        return False
    return all(calculator.value(subject) is not None for subject in instance.prior)


def _finding(figures: Figures, instance: Instance, calculator: Calculator) -> Finding:
    reading = figures.readings.get(instance.cell)
    check = instance.check
    names = {
        "place": instance.place,
        "cells": cells_of(figures.readings, instance.inputs),
        "note": _note(figures, instance.cell),
    }
    compared = instance.compared
    sides = _sides(figures.form, instance, compared, calculator) if compared is not None else {}
    return Finding(
        code=check.code,
        severity=check.weight,
        message=check.message.format(**names, **sides),
        fix=check.fix.format(**names, **sides),
        subject=instance.subject,
        sheet=reading.sheet if reading else "",
        cell=reading.cell if reading else "",
        expected=sides.get("right_value", ""),
        found=sides.get("left_value", ""),
    )


def _note(figures: Figures, cell: Subject) -> str:
    """Whether the remark beside a cell of a grid says anything."""
    note = Subject.note(cell.block, cell.row)
    reading, text = figures.readings.get(note), figures.inputs.get(note)
    place = f"备注（{reading.cell}）" if reading else "备注"
    return f"{place}没有说明原因" if text is None else f"{place}写的是“{text}”"


def _sides(form: Form, instance: Instance, compared: Binary, calculator: Calculator) -> dict[str, str]:
    """Both sides of the rule in words and as values, and left − right where they are numbers."""
    words = Naming(form, instance)
    left, right = (exact(node, calculator.value) for node in (compared.left, compared.right))
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
