"""xlreport check-run: some files of a run done again, to see whether the run is what its receipt says."""

from __future__ import annotations

import secrets
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlreport.cli.engines import engine_given
from xlreport.cli.params import COUNT, FILE, JOBS, PLACE, SEED, prior_option
from xlreport.cli.talk import CannotRun, Command, Talk, result

if TYPE_CHECKING:
    from xlreport.archive.last_year import LastYear
    from xlreport.batch.receipt import Receipt

_SEEDS = 1_000_000


@click.command("check-run", cls=Command)
@click.argument("manifest", metavar="MANIFEST", type=FILE)
@click.argument("places", metavar="[PLACE]…", type=PLACE, nargs=-1)
@click.option("--sample", type=COUNT, default="20", show_default=True, help="随机抽查几份。")
@click.option("--seed", type=SEED, help="随机种子：同一个种子抽到同样的文件。")
@prior_option
@click.option("--jobs", type=JOBS, help="同时处理几个文件，默认为处理器个数。")
@click.pass_context
def check_run(
    ctx: click.Context,
    manifest: Path,
    places: tuple[Path, ...],
    sample: int,
    seed: int | None,
    prior_place: Path | None,
    jobs: int | None,
) -> None:
    """抽查一次运行：按运行凭据（convert 和 round take 写的 run.json）随机重做几份，看结果是否相同。

    \b
    PLACE 是原来的工作簿所在的文件夹；不给的，在凭据所在的文件夹里找。在哪台电脑上都能查。
    凭据旁边的报告还在的，也看它们后来改动过没有。

    \b
    例：
      xlreport check-run 报告/run.json 回收的工作簿
      xlreport check-run 2023年收表/run.json --sample 50
    """
    from xlreport.batch.recheck import Rechecked, differing, recheck
    from xlreport.batch.recheck import sample as drawn

    talk = ctx.ensure_object(Talk)
    receipt = _receipt(manifest)
    prior = _prior(talk, receipt, prior_place)
    seed = secrets.randbelow(_SEEDS) if seed is None else seed
    lines = drawn(receipt, sample, seed)
    if differences := "、".join(differing(receipt, lines)):
        talk.tell(f"与当时不同的有：{differences}。结果不同的，可能由此而来", "warning")
    counted: Counter[Rechecked] = Counter()
    with engine_given(None, jobs) as engine:
        for checked in recheck(receipt, lines, places or (manifest.parent,), prior, engine, manifest.parent):
            counted[checked.again] += 1
            if checked.again is not Rechecked.SAME:
                result(f"{checked.line.file}：{checked.again.value}", "error")
    if counted[Rechecked.MISSING] and not places:
        talk.tell("请在命令后面写上当时的工作簿现在所在的文件夹", "warning")
    other = "".join(
        f"，{again.value} {counted[again]}"
        for again in Rechecked
        if counted[again] and again != Rechecked.SAME
    )
    said = f"共 {len(receipt.lines)} 份，抽查 {len(lines)} 份：相同 {counted[Rechecked.SAME]}{other}"
    same = counted[Rechecked.SAME] == len(lines)
    result(f"{said}（再抽同样的这几份：--seed {seed}）", "accepted" if same else "error")
    ctx.exit(0 if same else 1)


def _receipt(path: Path) -> Receipt:
    from xlreport.batch.receipt import DamagedReceipt, read_receipt
    from xlreport.cli.trouble import reason

    try:
        receipt = read_receipt(path.read_bytes())
    except DamagedReceipt as error:
        raise CannotRun(f"{path} {error}") from error
    except OSError as error:
        raise CannotRun(f"{path} 读不出来：{reason(error)}") from error
    if not receipt.lines:
        raise CannotRun(f"{path} 里没有可以抽查的文件")
    return receipt


def _prior(talk: Talk, receipt: Receipt, place: Path | None) -> LastYear | None:
    """Last year's files, which must be those that the run had. Raises CannotRun."""
    from xlreport.cli.given import last_year_given
    from xlreport.round.opened import last_year_in
    from xlreport.round.place import RoundFolder

    if place is None and receipt.prior:
        raise CannotRun("当时与上年核对过，请用 --prior 给出当时的上年文件（文件夹，或上年的收表文件夹）")
    if place is None:
        return None
    is_round = RoundFolder(place).settings.is_file()
    prior = last_year_in(RoundFolder(place)) if is_round else last_year_given(talk, place.resolve())
    if prior.key != receipt.prior:
        raise CannotRun(
            f"--prior 给出的 {place} 与当时的不同" if receipt.prior else "当时没有与上年核对，请去掉 --prior"
        )
    return prior
