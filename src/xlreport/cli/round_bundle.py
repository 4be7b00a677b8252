"""xlreport round bundle."""

from __future__ import annotations

from pathlib import Path

import click

from xlreport.cli.params import OUT, Out
from xlreport.cli.rounds import RoundCommand, given_place, round_argument
from xlreport.cli.talk import CannotRun, Talk, result


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
    from xlreport.cli.given import save, unwritable
    from xlreport.files import safe_name
    from xlreport.round.bundle import bundle
    from xlreport.round.opened import open_round

    round_ = open_round(given_place(folder))
    path = out.file(f"{safe_name(f'{round_.settings.office}_{round_.settings.year}')}.zip")
    if path.suffix.lower() != ".zip":
        raise CannotRun(f"文件名应以 .zip 结尾，而不是 {path}")
    try:
        data = bundle(round_)
    except OSError as error:
        raise unwritable(round_.place.originals, error) from error
    save(path, data)
    totals = round_.state.totals
    missing = totals["expected"] - totals["accepted"]
    if missing:
        ctx.ensure_object(Talk).tell(f"还有 {missing} 个单位没有通过，清单里写明了", "warning")
    result(str(path))
