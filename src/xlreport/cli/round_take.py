"""xlreport round take."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlreport.cli.engines import cluster_option, engine_given
from xlreport.cli.params import PLACE
from xlreport.cli.rounds import RoundCommand, clock, given_place, refresh, round_argument, warn_of_clock
from xlreport.cli.talk import Talk, result

if TYPE_CHECKING:
    from xlreport.archive.last_year import LastYear
    from xlreport.round.opened import Round
    from xlreport.round.sources import Source
    from xlreport.round.take import Taken
    from xlreport.run.engine import Engine


@click.command(cls=RoundCommand)
@round_argument
@click.argument("places", metavar="[SOURCE]…", type=PLACE, nargs=-1)
@cluster_option
@click.pass_context
def take(ctx: click.Context, folder: Path, places: tuple[Path, ...], cluster: str | None) -> None:
    """收表：把文件、文件夹、压缩包、邮件（.eml、.msg、mbox、Maildir）里的报表收进来并核对。

    \b
    不给 SOURCE 的，收“收件”文件夹。原来的文件不动；收过的不会重复收。

    \b
    例：
      xlreport round take 2023年收表
      xlreport round take 2023年收表 下载/年报.zip 邮件/
    """
    from xlreport.round.opened import changing, last_year_of
    from xlreport.round.sources import sources_in
    from xlreport.round.take import is_fine

    talk = ctx.ensure_object(Talk)
    place = given_place(folder)
    with changing(place, clock()) as round_:
        warn_of_clock(talk, round_)
        sources = sources_in(places or (place.inbox,), place)
        last = last_year_of(round_)
        with engine_given(cluster, stays=True) as engine:
            taken = take_sources(talk, round_, sources, last, engine)
            put_receipt(round_, last)
            result(f"打开 {len(sources)} 个文件，新收到 {len(taken)} 份")
            refresh(talk, round_, engine.here)
    ctx.exit(0 if all(map(is_fine, taken)) else 1)


def take_sources(
    talk: Talk, round_: Round, sources: Sequence[Source], last: LastYear | None, engine: Engine
) -> list[Taken]:
    """Take files in, and say what came of each piece. Raises CannotRun."""
    from xlreport.cli.given import unwritable
    from xlreport.cli.progress import progress
    from xlreport.round.take import is_fine, take

    try:
        with progress(talk, len(sources)) as step:
            steps = take(round_, sources, last, engine, lambda s: step(s.name, "已打开"))
            taken = list(steps)
    except OSError as error:
        raise unwritable(round_.place.root, error) from error
    for piece in taken:
        result(_line(piece), "" if is_fine(piece) else "warning")
    return taken


def put_receipt(round_: Round, last: LastYear | None) -> None:
    """Write the round's receipt. Raises CannotRun."""
    from xlreport.cli.given import unwritable
    from xlreport.round.receipt import write_receipt

    try:
        write_receipt(round_, last)
    except OSError as error:
        raise unwritable(round_.place.root, error) from error


def _line(taken: Taken) -> str:
    from xlreport.finding import STATUS_WORDS
    from xlreport.round.file import FATE_WORDS, Fate

    became = STATUS_WORDS[taken.status] if taken.fate is Fate.RETURN else FATE_WORDS[taken.fate]
    errors = f"，错误 {taken.errors}" if taken.errors else ""
    whose = f"  {taken.unit}" if taken.unit else ""
    why = f"  {taken.why}" if taken.why else ""
    return f"{taken.name}  {became}{errors}{whose}{why}"
