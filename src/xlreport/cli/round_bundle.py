"""xlreport round bundle."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlreport.cli.params import OUT, Out
from xlreport.cli.rounds import RoundCommand, given_place, round_argument
from xlreport.cli.talk import CannotRun, Talk, result

if TYPE_CHECKING:
    from xlreport.round.bundle import Bundled
    from xlreport.round.opened import Round


@click.command(cls=RoundCommand)
@round_argument
@click.option("-o", "--out", type=OUT, required=True, help="写到哪个 .zip 文件。")
@click.pass_context
def bundle(ctx: click.Context, folder: Path, out: Out) -> None:
    """打包上报：把通过的工作簿和清单打成一个 .zip，由上级用 round take 收进去重新核对。

    \b
    例：
      xlreport round bundle 2023年收表 -o 岚溪县2023年报.zip
    """
    from xlreport.cli.given import save
    from xlreport.round.opened import changing

    if not out.is_folder and out.path.suffix.lower() != ".zip":
        raise CannotRun(f"文件名应以 .zip 结尾，而不是 {out.path}")
    with changing(given_place(folder), closed=True) as round_:
        made = bundled(ctx.ensure_object(Talk), round_)
        path = out.file(made.name)
        save(path, made.data)
    result(str(path))


def bundled(talk: Talk, round_: Round) -> Bundled:
    """The next bundle, with what is to be said of it. Raises Refused, CannotRun."""
    from xlreport.cli.given import unwritable
    from xlreport.round.bundle import bundle

    try:
        made = bundle(round_, os.cpu_count() or 1)
    except OSError as error:
        raise unwritable(round_.place.originals, error) from error
    if made.open_units:
        talk.tell(f"还有 {made.open_units} 个单位没有通过，清单里写明了", "warning")
    if made.errors:
        talk.tell(f"汇总.xlsx 有 {made.errors} 处错误，上级会退回；请先 xlreport verify", "warning")
    return made
