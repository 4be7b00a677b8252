"""The sum that a bundle carries: the office's own report where it has made one, else added up by the program.

The office's own report lies in the round's folder as 汇总.xlsx: `consolidate` makes it there, and the office
writes its texts into it. It has to be the sum of the returns that are handed up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from xlreport.consolidate.child import Child, NamedFile, judged_child, read_child
from xlreport.consolidate.choose import Chosen, WantedSum, choose
from xlreport.consolidate.parent import parent_of
from xlreport.consolidate.reconcile import reconcile
from xlreport.consolidate.sums import CannotSum
from xlreport.consolidate.told import told_of
from xlreport.consolidate.words import cause_text
from xlreport.frozen import frozen
from xlreport.round.opened import Round
from xlreport.round.place import SUM_FILE, Refused
from xlreport.round.summed import summands
from xlreport.run.guard import Failed, guarded
from xlreport.unit import Unit, key
from xlreport.workbook.write import write_workbook

_AGAIN = f"请重新汇总（xlreport consolidate），或把旧的 {SUM_FILE} 移走，由程序计算"


@frozen
class Total:
    """The sum as a workbook. `written`: it is the office's own report; `errors` are those found in it.

    `adjusted` are the changes of the sum that it names, in words.
    """

    data: bytes
    written: bool
    errors: int = 0
    adjusted: tuple[str, ...] = ()


def total_of(round_: Round, workers: int) -> Total:
    """The sum of all returns that are handed up. Raises Refused where there can be none, OSError."""
    children = list(_children(round_, workers))
    if not children:
        raise Refused("还没有一个单位通过，没有可以上报的")
    if round_.place.sum.is_file():
        return _written(round_, children)
    return _computed(round_, children)


def _children(round_: Round, workers: int) -> Sequence[Child]:
    """What the units report, each under its name in the list. Raises Refused where one cannot be read."""
    of = {each.file.file: each for each in summands(round_.state)}
    found = []
    read = partial(_read, originals=round_.place.originals)
    for file, child in guarded(read, of, workers):
        name = of[file].unit.line.name
        if isinstance(child, Failed):
            raise Refused(f"{name}的报表（原件 {file}）读不出来：{child.finding.message}")
        found.append(replace(child, unit=name, file=name, includes=of[file].includes))
    return found


def _read(file: str, originals: Path) -> Child:
    return read_child(NamedFile(originals / file, file))


def _written(round_: Round, children: Sequence[Child]) -> Total:
    """The office's own report, if it is the sum of the returns. Raises Refused."""
    path, settings = round_.place.sum, round_.settings
    data = path.read_bytes()
    ((_, found),) = guarded(judged_child, [NamedFile(path, path.name)])
    if isinstance(found, Failed):
        raise Refused(f"{SUM_FILE} 用不了：{found.finding.message}")
    if (found.form, found.year) != (settings.form.id, settings.year):
        raise Refused(f"{SUM_FILE} 是 {found.year} 年度的 {found.form}，不是本次收的。{_AGAIN}")
    if not Unit(found.unit).same(Unit(settings.office)):
        raise Refused(f"{SUM_FILE} 封面的单位是“{found.unit}”，不是{settings.office}。{_AGAIN}")
    compared = reconcile(found, children)
    if compared.differences:
        cells = "、".join(cell.label for cell in compared.differences[:3])
        causes = [cause_text(compared, r, cause) for r in compared.readings[:1] for cause in r]
        words = f"有 {len(compared.differences)} 个栏目（{cells}）与各单位之和不符"
        raise Refused("。".join([f"{SUM_FILE} {words}", *causes, _AGAIN]))
    stamped = found.sum.adjustments if found.sum is not None else ()
    adjusted = tuple(f"{each.label} {each.change}：{each.reason}" for each in stamped)
    return Total(data, True, found.errors, adjusted)


def _computed(round_: Round, children: Sequence[Child]) -> Total:
    """Added up now: figures, and nothing that only the office can write. Raises Refused."""
    settings = round_.settings
    own = next((child for child in children if child.key == key(settings.office)), None)
    others = [child for child in children if child is not own]
    wanted = WantedSum(settings.office, settings.year, own, round_.roster)
    chosen = choose(wanted, others)
    _check(chosen, children)
    assert chosen.form is not None
    try:
        total = parent_of(chosen.form, settings.office, settings.year, chosen.included)
    except CannotSum as error:
        raise Refused(str(error)) from error
    return Total(write_workbook(total.form, total.values, told=told_of(wanted, chosen, (), ())), False)


def _check(chosen: Chosen, children: Sequence[Child]) -> None:
    """Every return is in the sum. Raises Refused."""
    units = {child.unit for child in children}
    left = [each for each in chosen.decisions if not each.included and each.unit in units]
    if left:
        words = "；".join(f"{each.unit}：{each.why}" for each in left)
        raise Refused(f"各单位的数加不起来：{words}")
