"""xlreport consolidate: the parent's workbook, filled with the sums of its units' returns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlreport.cli.engines import cluster_option, engine_given
from xlreport.cli.params import FILE, PLACE, UNIT, WORKBOOK_OUT, YEAR, Out
from xlreport.cli.sources import Returns, returns_in, returns_of, sources_argument
from xlreport.cli.talk import CannotRun, Command, Talk, json_bytes, result, result_bytes

if TYPE_CHECKING:
    from xlreport.consolidate.child import Child
    from xlreport.consolidate.choose import Chosen, WantedSum
    from xlreport.consolidate.share import MissingShare
    from xlreport.run.engine import Engine


@click.command(cls=Command)
@sources_argument
@click.option("-o", "--out", type=WORKBOOK_OUT, required=True, help="汇总的工作簿写到哪个文件或文件夹。")
@click.option("--unit", type=UNIT, required=True, help="上级单位全称。")
@click.option("--year", type=YEAR, required=True, help="报告年度，如 2023。")
@click.option("--own", "own_path", type=FILE, help="本机关自己的报表，作为一个单位汇入。")
@click.option("--roster", "roster_path", type=FILE, help="单位名单：只汇入名单里的，缺哪个都会列出。")
@click.option("--prior", "last_year", type=PLACE, help="上年各单位的报表：算出缺的单位上年占多少。")
@click.option("--adjust", "adjust_path", type=FILE, help="调整表：对汇总数的增减，逐处写明原因。")
@cluster_option
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序使用。")
@click.pass_context
def consolidate(
    ctx: click.Context,
    places: tuple[Path, ...],
    out: Out,
    unit: str,
    year: int,
    own_path: Path | None,
    roster_path: Path | None,
    last_year: Path | None,
    adjust_path: Path | None,
    cluster: str | None,
    as_json: bool,
) -> None:
    """把各单位的数加起来，填到上级的工作簿里。文字、封面由上级自己填写。

    \b
    只汇入通过核对的；没有汇入的逐个说明原因。同一单位有几份不同的，请先只留一份。

    \b
    例：
      xlreport consolidate 回收的工作簿 -o 汇总/ --unit 岚溪县人民政府 --year 2023
      xlreport consolidate 2023年收表 -o 汇总.xlsx --unit 岚溪县人民政府 --year 2023 --own 政府办.xlsx
      xlreport consolidate 回收的工作簿 -o 汇总/ --unit 岚溪县人民政府 --year 2023 --roster 名单.xlsx
      xlreport consolidate 回收的工作簿 -o 汇总/ --unit 岚溪县人民政府 --year 2023 --adjust 调整.xlsx
    """
    from xlreport.cli.given import roster_given
    from xlreport.consolidate.as_json import consolidated_json
    from xlreport.consolidate.child import judged_child
    from xlreport.consolidate.choose import WantedSum, choose

    talk = ctx.ensure_object(Talk)
    if not out.is_folder:
        _refuse_existing(out.path, _detail(out.path))
    roster = roster_given(talk, roster_path, None).for_year(year) if roster_path is not None else None
    own = _own(own_path) if own_path is not None else None
    known = [path for path in (own_path, roster_path, adjust_path) if path is not None]
    with engine_given(cluster, alone=True) as engine:
        returns = returns_in(talk, places, judged_child, known, engine)
        wanted = WantedSum(unit, year, own or _own_in_round(places, unit, returns.children), roster)
        others = [child for child in returns.children if child is not wanted.own]
        chosen = choose(wanted, others, _unread(returns))
        missing_shares = _shares(talk, last_year, wanted, chosen, engine) if last_year is not None else []
    path = _written(out, wanted, chosen, missing_shares, adjust_path)
    if as_json:
        result_bytes(json_bytes(consolidated_json(wanted, chosen, str(path) if path else None)))
    else:
        _tell(wanted, chosen, path, missing_shares)
    if returns.ours:
        ctx.exit(3)
    ctx.exit(0 if path is not None and chosen.complete else 1)


def _own(path: Path) -> Child:
    """The own organ's return. Raises CannotRun where it cannot be read."""
    from xlreport.consolidate.child import NamedFile, judged_child

    returns = returns_of([NamedFile(path, path.name)], judged_child)
    for _, finding in returns.unread:
        raise CannotRun(f"--own 给出的 {path} 用不了：{finding.message}")
    return returns.children[0]


def _own_in_round(places: Sequence[Path], unit: str, children: Sequence[Child]) -> Child | None:
    """The own organ's return, where the round of the unit itself has it in its list by that name."""
    from xlreport.round.opened import open_round
    from xlreport.round.place import RoundFolder
    from xlreport.unit import key

    rounds = (place for place in map(RoundFolder, places) if place.settings.is_file())
    if any(key(open_round(place).settings.office) == key(unit) for place in rounds):
        return next((child for child in children if child.key == key(unit)), None)
    return None


def _unread(returns: Returns[Child]) -> list[tuple[str, str]]:
    return [(name, finding.message.rstrip("。")) for name, finding in returns.unread]


def _shares(
    talk: Talk, last_year: Path, wanted: WantedSum, chosen: Chosen, engine: Engine
) -> list[MissingShare]:
    """How much the missing units had last year. Raises CannotRun where nothing is known of last year."""
    from xlreport.consolidate.child import read_child
    from xlreport.consolidate.share import missing_shares, of_last_year
    from xlreport.unit import key

    if chosen.form is None or not chosen.missing:
        return []
    returns = returns_in(talk, [last_year], read_child, engine=engine)
    known = of_last_year(wanted.unit, wanted.year, returns.children)
    if not known:
        raise CannotRun(f"--prior 给出的 {last_year} 里没有 {wanted.year - 1} 年度的报表")
    missing = {key(each.unit) for each in chosen.missing}
    if wanted.roster is not None:
        lines = (line for each in chosen.missing for line in wanted.roster.named(each.unit))
        missing |= {key(name) for line in lines for name in line.unit.names}
    return list(missing_shares(chosen.form, known, missing))


def _written(
    out: Out,
    wanted: WantedSum,
    chosen: Chosen,
    missing_shares: Sequence[MissingShare],
    adjust_path: Path | None,
) -> Path | None:
    """The parent's workbook; None where there is nothing to add up. Raises CannotRun."""
    from xlreport.cli.adjust import adjustments_of
    from xlreport.cli.given import save
    from xlreport.consolidate.adjust import adjusted
    from xlreport.consolidate.detail import detail_workbook
    from xlreport.consolidate.parent import parent_of
    from xlreport.consolidate.sums import CannotSum
    from xlreport.consolidate.told import told_of
    from xlreport.files import safe_name
    from xlreport.prose.personal import FILE_STAR, masked
    from xlreport.workbook.write import write_workbook

    if chosen.form is None or chosen.refused or not chosen.included:
        return None
    name = safe_name(masked(f"{wanted.unit}_{wanted.year}_{chosen.form.id}", FILE_STAR))
    path = out.file(f"{name}.xlsx")
    _refuse_existing(path, _detail(path))
    try:
        total = parent_of(chosen.form, wanted.unit, wanted.year, chosen.included, wanted.own)
    except CannotSum as error:
        raise CannotRun(str(error)) from error
    adjustments = adjustments_of(adjust_path, total) if adjust_path is not None else []
    total = adjusted(total, adjustments)
    told = told_of(wanted, chosen, missing_shares, adjustments)
    save(path, write_workbook(total.form, total.values, told=told))
    title = f"{wanted.unit}{wanted.year}年汇总明细"
    save(_detail(path), detail_workbook(title, chosen, total, adjustments))
    return path


def _detail(path: Path) -> Path:
    """Where the figures of each unit stand, beside the parent's workbook."""
    return path.with_name(f"{path.stem}_汇总明细.xlsx")


def _refuse_existing(*paths: Path) -> None:
    for path in paths:
        if path.exists():
            raise CannotRun(f"{path} 已经有了，没有覆盖。请用 -o 换一个名字")


def _tell(
    wanted: WantedSum, chosen: Chosen, path: Path | None, missing_shares: Sequence[MissingShare]
) -> None:
    from xlreport.consolidate.told import missing_text

    if path is not None:
        result(str(path))
        result(str(_detail(path)))
    count = len(chosen.included)
    if path is None:
        result(f"{wanted.unit} {wanted.year} 年：没有汇总", "error")
    elif chosen.complete:
        result(f"{wanted.unit} {wanted.year} 年：汇入 {count} 份，没有缺的", "accepted")
    else:
        result(f"{wanted.unit} {wanted.year} 年：汇入 {count} 份，合计不完整", "warning")
    if missing_shares:
        result(f"{missing_text(chosen, missing_shares)}。", "warning")
    left = [each for each in chosen.decisions if not each.included]
    if left:
        result(f"没有汇入（{len(left)}）：")
    for each in left:
        result(f"  {each.unit}：{each.why}", "error" if each.refused else "warning")
    for each in chosen.decisions:
        if each.included and each.why:
            result(f"{each.unit}：{each.why}", "note")
