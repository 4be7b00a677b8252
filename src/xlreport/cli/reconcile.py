"""xlreport reconcile: why a parent's figures are not the sums of its children's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlreport.cli.params import FILE
from xlreport.cli.sources import returns_in, sources_argument
from xlreport.cli.talk import Command, Talk, json_bytes, result, result_bytes

if TYPE_CHECKING:
    from xlreport.consolidate.child import Child
    from xlreport.consolidate.reconcile import Reconciled
    from xlreport.roster.line import Roster

_SHOWN = 20
"""Differences that are shown; `--json` has all."""


@click.command(cls=Command)
@click.argument("parent", metavar="PARENT", type=FILE)
@sources_argument
@click.option("--roster", "roster_path", type=FILE, help="单位名单：归别的上级的单位不算在内。")
@click.option("--adjust", "adjust_path", type=FILE, help="调整表：差额等于其中的调整时会指出。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序使用。")
@click.pass_context
def reconcile(
    ctx: click.Context,
    parent: Path,
    places: tuple[Path, ...],
    roster_path: Path | None,
    adjust_path: Path | None,
    as_json: bool,
) -> None:
    """上级的数与各单位之和不符的，逐格列出差额，并找出能解释全部差额的原因。

    \b
    原因有：漏了某个单位、某个单位汇入了两次、汇入的是旧的一份、汇入了别的上级的单位、
    计入了调整、某一格抄错；一处或两处。本机关自己的报表也作为一个单位给出。

    \b
    例：
      xlreport reconcile 岚溪县2023汇总.xlsx 回收的工作簿
      xlreport reconcile 岚溪县2023汇总.xlsx 2023年收表 岚溪县政府办.xlsx --json
      xlreport reconcile 岚溪县2023汇总.xlsx 全市报表 --roster 全市名单.xlsx
    """
    from xlreport.cli.adjust import adjustments_given
    from xlreport.cli.given import of_file
    from xlreport.consolidate.as_json import reconciled_json
    from xlreport.consolidate.child import read_child
    from xlreport.consolidate.reconcile import reconcile as compare

    talk = ctx.ensure_object(Talk)
    above = of_file(ctx, _read, parent)
    adjustments = adjustments_given(adjust_path, above) if adjust_path is not None else []
    roster = _roster(talk, roster_path, places, above)
    known = [path for path in (parent, roster_path, adjust_path) if path is not None]
    returns = returns_in(talk, places, read_child, known)
    found = compare(above, returns.children, roster, adjustments)
    for name, finding in returns.unread:
        talk.tell(f"{name} 没有比较：{finding.message}", "warning")
    for left in found.left:
        talk.tell(f"{left.file} 没有比较：{left.why}", "warning")
    if as_json:
        result_bytes(json_bytes(reconciled_json(found)))
    else:
        _tell(found)
    if returns.ours:
        ctx.exit(3)
    ctx.exit(1 if found.differences else 0)


def _read(path: Path) -> Child:
    from xlreport.consolidate.child import NamedFile, read_child

    return read_child(NamedFile(path, path.name))


def _roster(talk: Talk, given: Path | None, places: Sequence[Path], above: Child) -> Roster | None:
    """The list of units, else that of a round among the places. Raises CannotRun."""
    from xlreport.cli.given import roster_given
    from xlreport.round.place import RoundFolder

    rounds = [RoundFolder(place) for place in places if RoundFolder(place).settings.is_file()]
    path = given or next((place.list for place in rounds if place.list.is_file()), None)
    if path is None:
        return None
    roster = roster_given(talk, path, None)
    return roster if above.year is None else roster.for_year(above.year)


def _tell(found: Reconciled) -> None:
    from xlreport.consolidate.words import zeros_text
    from xlreport.form.naming import number

    differences = found.differences
    if not differences:
        result(f"{found.units} 个单位之和与上级相符，{len(found.cells)} 个栏目都没有差额", "accepted")
    for cell in differences[:_SHOWN]:
        sums = f"上级 {number(cell.parent)}，{found.units} 个单位合计 {number(cell.sum)}"
        result(f"{cell.label}：{sums}，相差 {number(cell.difference)}")
    if len(differences) > _SHOWN:
        result(f"另有 {len(differences) - _SHOWN} 个栏目也有差额")
    if differences:
        _tell_causes(found)
    if zeros_text(found.zeros):
        result(f"{zeros_text(found.zeros)}。", "note")


def _tell_causes(found: Reconciled) -> None:
    from xlreport.consolidate.words import cause_text

    if not found.readings:
        result("没有找到一两处原因就能解释全部差额的，请逐格核对")
    for number, reading in enumerate(found.readings, start=1):
        result(f"可能的原因{f'（之{number}）' if len(found.readings) > 1 else ''}：")
        for cause in reading:
            result(f"  {cause_text(found, reading, cause)}", "warning")
