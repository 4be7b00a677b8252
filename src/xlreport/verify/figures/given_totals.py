"""Totals that someone states beside the figures, against the same totals computed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from xlreport.finding import Finding
from xlreport.form.calculate import complete
from xlreport.form.model import Form
from xlreport.form.naming import Naming, number
from xlreport.form.values import Values
from xlreport.formula.nodes import Value
from xlreport.origin import Origin
from xlreport.rule import own_rule
from xlreport.subject import Subject

_FIX = "工作簿中该格由公式计算，已按分项计算的结果写入。请核对各分项：分项有误的改分项，合计写错的不用处理"


def given_totals(form: Form, values: Values, origins: Mapping[Subject, Origin]) -> list[Finding]:
    """A finding for every computed cell whose value in `values` is not what the inputs make of it.

    `origins` are the cells in which the totals stand, or will stand.
    """
    computed = complete(form, values)
    differing = [s for s in form.computed if values.get(s) is not None and values[s] != computed[s]]
    return [_finding(form, s, origins[s], values[s], computed[s]) for s in differing]


def _finding(form: Form, subject: Subject, origin: Origin, stated: Value, computed: Value) -> Finding:
    name = f"{origin.place}（{Naming(form).cell(subject)}）"
    difference = ""
    if isinstance(stated, int | Decimal) and isinstance(computed, int | Decimal):
        difference = f"，相差 {number(stated - computed)}"
    return own_rule("FIG001").finding(
        f"{name}：给出的数是 {number(stated)}，按各项计算应为 {number(computed)}{difference}。",
        _FIX,
        subject,
        origin,
        expected=number(computed),
        found=number(stated),
    )
