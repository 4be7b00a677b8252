"""A cause in the words of a clerk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlreport.consolidate.causes import Cause, CauseKind, Causes
from xlreport.consolidate.compare import Compared
from xlreport.consolidate.figures import minus, plus
from xlreport.consolidate.reconcile import Reconciled
from xlreport.form.naming import number
from xlreport.formula.nodes import Figure
from xlreport.verify.figures.slips import swaps

_NAMED = 3
"""Units named as where a slip may have happened."""


def cause_text(found: Reconciled, reading: Causes, cause: Cause) -> str:
    """What may have happened, and how that is known."""
    if cause.kind is CauseKind.ONE_CELL:
        return _one_cell(found, cause)
    if cause.kind is CauseKind.ADJUSTMENT:
        where = f"“{found.cells[cause.cell].label}”一格：" if cause.cell >= 0 else ""
        return f"{where}{cause.words}"
    count = len(found.differences)
    if len(reading) > 1:
        happened = f"{cause.unit}{_happened(cause)}"
        return f"与另一处合起来恰好是全部 {count} 个栏目的差额：{happened}"
    figures = "两份报表相差的数" if cause.kind is CauseKind.OLD_VERSION else "的数"
    equal = f"差额在全部 {count} 个栏目上恰好等于{cause.unit}{figures}"
    return f"{equal}：该单位{_happened(cause)}"


def subject_of(found: Reconciled, cause: Cause) -> str:
    """The cell of a cause that is about one; "" for any other."""
    return found.cells[cause.cell].subject if cause.cell >= 0 else ""


_HAPPENED = {
    CauseKind.LEFT_OUT: "未汇入",
    CauseKind.COUNTED_TWICE: "多汇入了一次",
    CauseKind.OLD_VERSION: "汇入的是较早的一份",
}


def _happened(cause: Cause) -> str:
    if cause.kind is CauseKind.WRONG_PARENT:
        return f"归{cause.words}，却汇入了这里{_version(cause)}"
    return f"{_HAPPENED[cause.kind]}{_version(cause)}"


def _version(cause: Cause) -> str:
    return f"（{cause.file}）" if cause.file else ""


def _one_cell(found: Reconciled, cause: Cause) -> str:
    cell, effect = found.cells[cause.cell], found.effect(cause.effect[cause.cell])
    right = minus(cell.parent, effect)
    words = f"“{cell.label}”一格：上级填 {number(cell.parent)}，应为 {number(right)}"
    likely = _slip(right, cell.parent)
    if likely:
        return f"{words}，像是{likely}"
    hints = "；".join(_of_children(cell, effect))
    return f"{words}，相差 {number(effect)}{f'（{hints}）' if hints else ''}"


def _of_children(cell: Compared, effect: Figure) -> Iterator[str]:
    """Units whose figure was perhaps taken over wrongly."""
    shown = 0
    for unit, figure in cell.children.items():
        slip = _slip(figure, plus(figure, effect))
        if slip and shown < _NAMED:
            shown += 1
            yield f"或是{unit}的 {number(figure)} {slip}"


def _slip(right: Figure, written: Figure) -> str:
    """How one figure may have become the other; "" where there is no telling."""
    if right == 0:
        return ""
    if written == 0:
        return "漏了"
    if isinstance(right, int) and isinstance(written, int) and written in swaps(right):
        return "相邻两位数字写颠倒了"
    if written == right * 10:
        return "多写了一个 0" if isinstance(right, int) else "小数点错了一位"
    if written * 10 == right:
        return "少写了一个 0" if isinstance(right, int) else "小数点错了一位"
    return ""


def zeros_text(units: Sequence[str]) -> str:
    """What is open about units that report nothing but zeros; "" where there are none."""
    if not units:
        return ""
    named = "、".join(units[:_NAMED])
    more = f"等 {len(units)} 个单位" if len(units) > _NAMED else ""
    return f"{named}{more}的数全是 0，是否汇入从数字上看不出来"
