"""xlreport round decide, close, reopen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlreport.cli.engines import engine_given
from xlreport.cli.rounds import RoundCommand, clock, given_place, refresh, round_argument
from xlreport.cli.talk import Talk, result

if TYPE_CHECKING:
    from xlreport.round.opened import Round

_ACTIONS = ("exempt", "choose", "assign", "accept", "undo")


@click.command(cls=RoundCommand)
@round_argument
@click.argument("action", metavar="|".join(_ACTIONS), type=click.Choice(_ACTIONS))
@click.argument("words", metavar="UNIT|EVENT [SHA]", nargs=-1, required=True)
@click.option("--why", required=True, help="原因，写进记录和台账。")
@click.pass_context
def decide(ctx: click.Context, folder: Path, action: str, words: tuple[str, ...], why: str) -> None:
    """由办公室决定，并写明原因：免报、选定版本、指定文件归哪个单位、接受有错误的报表、撤销决定。

    \b
    SHA 是文件的 SHA-256（至少前六位），EVENT 是决定的编号；都见 台账.xlsx。

    \b
    例：
      xlreport round decide 2023年收表 exempt 岚溪县税务局 --why 垂直管理，向市局报送
      xlreport round decide 2023年收表 choose 岚溪县水务局 3f9a12c0 --why 单位来电，以这一份为准
      xlreport round decide 2023年收表 assign 岚溪县水务局 3f9a12c0 --why 由办公室代发
      xlreport round decide 2023年收表 accept 岚溪县水务局 --why 差额已核实，见来函
      xlreport round decide 2023年收表 undo 0c41d2e7a9b3 --why 看错了单位
    """
    from xlreport.round.decide import decide
    from xlreport.round.opened import changing

    with changing(given_place(folder), clock()) as round_, engine_given(None, stays=True) as engine:
        event = decide(round_, action, words, why)
        result(f"已记下，编号 {event.id}")
        refresh(ctx.ensure_object(Talk), round_, engine.here)


_EXCUSE = "确实不用报的，用 xlreport round decide … exempt 写明原因"


@click.command(cls=RoundCommand)
@round_argument
@click.pass_context
def close(ctx: click.Context, folder: Path) -> None:
    """结束收表：应报的单位都已通过才能结束，以后的改动要先重开。上报包随即打好，在“上报”里。

    结束以后没来得及打好上报包的（例如中途断电），再运行一次就接着打包。

    \b
    例：
      xlreport round close 2023年收表
    """
    from xlreport.round.bundle import lacks_bundle
    from xlreport.round.decide import close
    from xlreport.round.opened import changing

    talk = ctx.ensure_object(Talk)
    with changing(given_place(folder), clock(), closed=True) as round_:
        missing = [] if lacks_bundle(round_) else close(round_)
        path = None if missing else _hand_up(talk, round_)
    for unit in missing:
        result(f"{unit.line.name}  还没有通过  {unit.next}", "error")
    result(f"有 {len(missing)} 个单位还没有通过，没有结束。{_EXCUSE}" if missing else "已结束")
    if path is not None:
        result(str(path))
    ctx.exit(1 if missing else 0)


def _hand_up(talk: Talk, round_: Round) -> Path | None:
    """The bundle of a round that was closed; None, and why, where there is nothing to hand up."""
    from xlreport.cli.round_bundle import hand_up
    from xlreport.round.place import Refused

    try:
        return hand_up(talk, round_, lambda name: round_.place.handed_up / name)
    except Refused as error:
        talk.tell(f"没有打上报包：{error}", "warning")
        return None


@click.command(cls=RoundCommand)
@round_argument
@click.option("--why", required=True, help="原因，写进记录和台账。")
def reopen(folder: Path, why: str) -> None:
    """重开已经结束的收表。

    \b
    例：
      xlreport round reopen 2023年收表 --why 水务局更正
    """
    from xlreport.round.decide import reopen
    from xlreport.round.opened import changing

    with changing(given_place(folder), clock(), closed=True) as round_:
        reopen(round_, why)
    result("已重开")
