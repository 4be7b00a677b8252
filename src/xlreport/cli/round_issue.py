"""xlreport round issue."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlreport.cli.params import PLACE
from xlreport.cli.rounds import RoundCommand, given_place, round_argument, send, tell_drafts
from xlreport.cli.talk import Talk, result

if TYPE_CHECKING:
    from xlreport.archive.last_year import LastYear
    from xlreport.round.opened import Round


@click.command(cls=RoundCommand)
@round_argument
@click.option("--unit", "units", metavar="NAME", multiple=True, help="只给这些单位；已下发过的再发一次。")
@click.option("--prior", "prior_place", type=PLACE, help="上年的工作簿（文件或文件夹）或上年的收表文件夹。")
@click.option("--send", "is_sent", is_flag=True, help="草稿直接寄出（要在 round.toml 里设好寄信服务器）。")
@click.pass_context
def issue(
    ctx: click.Context, folder: Path, units: tuple[str, ...], prior_place: Path | None, is_sent: bool
) -> None:
    """下发：给还没有下发的单位各生成一本预填了上年数据、带封签的工作簿，并写好邮件草稿。

    \b
    例：
      xlreport round issue 2023年收表
      xlreport round issue 2023年收表 --unit 岚溪县水务局
      xlreport round issue 2023年收表 --prior 2022年回收的工作簿 --send
    """
    from xlreport.cli.given import unwritable
    from xlreport.cli.progress import progress
    from xlreport.round.drafts import ISSUE, write_drafts
    from xlreport.round.issue import issue, letters, to_issue
    from xlreport.round.opened import changing

    talk = ctx.ensure_object(Talk)
    with changing(given_place(folder)) as round_:
        works = to_issue(round_, units)
        last = _last_year(talk, round_, prior_place) if works else None
        try:
            with progress(talk, len(works)) as step:
                for work, _, said in issue(round_, works, last, os.cpu_count() or 1):
                    step(work.line.name, "已生成")
                    if said:
                        talk.tell(f"{work.line.name}：{said}", "warning")
            result(f"下发 {len(works)} 个单位：{round_.place.issued}")
            tell_drafts(talk, write_drafts(round_, ISSUE, letters(round_)))
        except OSError as error:
            raise unwritable(round_.place.root, error) from error
        if is_sent:
            send(talk, round_, ISSUE)


def _last_year(talk: Talk, round_: Round, prior_place: Path | None) -> LastYear | None:
    """As given, else as the settings say. Raises Refused, CannotRun."""
    from xlreport.cli.given import last_year_given
    from xlreport.round.opened import last_year_in, last_year_of
    from xlreport.round.place import RoundFolder

    if prior_place is None:
        return last_year_of(round_)
    place = RoundFolder(prior_place.resolve())
    return last_year_in(place) if place.settings.is_file() else last_year_given(talk, place.root)
