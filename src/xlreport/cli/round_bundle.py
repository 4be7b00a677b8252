"""xlreport round bundle."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlreport.cli.params import OUT, Out
from xlreport.cli.rounds import RoundCommand, clock, given_place, round_argument
from xlreport.cli.talk import CannotRun, Talk, result

if TYPE_CHECKING:
    from xlreport.round.opened import Round


@click.command(cls=RoundCommand)
@round_argument
@click.option("-o", "--out", type=OUT, required=True, help="写到哪个 .zip 文件。")
@click.pass_context
def bundle(ctx: click.Context, folder: Path, out: Out) -> None:
    """打包上报：打成一个带编号的 .zip，由上级用 round take 收进去重新核对。

    \b
    包里有通过的报表、汇总、说明（谁没有报、为什么）和清单。
    每打一次编号加一，上级以编号大的为准。收表文件夹里有 汇总.xlsx（本级填好的年报）的，
    就用它作汇总，数要与各单位之和一致；没有的，由程序计算。

    \b
    例：
      xlreport round bundle 2023年收表 -o 上报/
      xlreport round bundle 2023年收表 -o 岚溪县2023年报.zip
    """
    if not out.is_folder and out.path.suffix.lower() != ".zip":
        raise CannotRun(f"文件名应以 .zip 结尾，而不是 {out.path}")
    from xlreport.round.opened import changing

    with changing(given_place(folder), clock(), closed=True) as round_:
        path = hand_up(ctx.ensure_object(Talk), round_, out.file)
    result(str(path))


def hand_up(talk: Talk, round_: Round, where: Callable[[str], Path]) -> Path:
    """Write the next bundle, and the draft of a mail with it; `where` it goes by its name. Raises Refused."""
    from xlreport.cli.given import save, unwritable
    from xlreport.cli.rounds import tell_drafts
    from xlreport.round.bundle import bundle
    from xlreport.round.drafts import HAND_UP, write_drafts
    from xlreport.round.up import letters_up

    try:
        made = bundle(round_, os.cpu_count() or 1)
    except OSError as error:
        raise unwritable(round_.place.originals, error) from error
    path = where(made.name)
    save(path, made.data)
    if made.open_units:
        talk.tell(f"还有 {made.open_units} 个单位没有通过，清单里写明了", "warning")
    if made.errors:
        talk.tell(f"汇总.xlsx 有 {made.errors} 处错误，上级会退回；请先 xlreport verify", "warning")
    try:
        tell_drafts(talk, write_drafts(round_, HAND_UP, letters_up(round_, made)))
    except OSError as error:
        raise unwritable(round_.place.outbox, error) from error
    return path
