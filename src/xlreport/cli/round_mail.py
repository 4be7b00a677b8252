"""xlreport round reply, remind."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xlreport.cli.rounds import RoundCommand, given_place, round_argument, send, tell_drafts
from xlreport.cli.talk import CannotRun, Talk, result

if TYPE_CHECKING:
    from xlreport.round.drafts import Letter
    from xlreport.round.opened import Round


def _options(command: Callable[..., Any]) -> Any:
    """What both commands take."""
    for option in (
        click.argument("more", metavar="", nargs=-1),
        click.option(
            "--sent", metavar="UNIT…", multiple=True, help="草稿已由自己寄出的单位：记下，不再重写。"
        ),
        click.option(
            "--send", "is_sent", is_flag=True, help="直接寄出（要在 round.toml 里设好寄信服务器）。"
        ),
        round_argument,
    ):
        command = option(command)
    return command


@click.command(cls=RoundCommand)
@_options
@click.pass_context
def reply(
    ctx: click.Context, folder: Path, is_sent: bool, sent: tuple[str, ...], more: tuple[str, ...]
) -> None:
    """退回：给报表有错误、或报来的不是工作簿的单位写邮件草稿，附标注了问题的副本。

    \b
    例：
      xlreport round reply 2023年收表
      xlreport round reply 2023年收表 --send
      xlreport round reply 2023年收表 --sent 岚溪县水务局
    """
    from xlreport.round.drafts import REPLY
    from xlreport.round.letters_due import replies
    from xlreport.round.opened import last_year_of

    def letters(round_: Round) -> Iterable[Letter]:
        return replies(round_, last_year_of(round_), os.cpu_count() or 1)

    units = _sent_units(is_sent, sent, more)
    _write(ctx.ensure_object(Talk), folder, REPLY, letters, units, is_sent=is_sent)


@click.command(cls=RoundCommand)
@_options
@click.pass_context
def remind(
    ctx: click.Context, folder: Path, is_sent: bool, sent: tuple[str, ...], more: tuple[str, ...]
) -> None:
    """催报：给还没有报来的单位写邮件草稿。

    \b
    例：
      xlreport round remind 2023年收表
      xlreport round remind 2023年收表 --send
      xlreport round remind 2023年收表 --sent 岚溪县水务局
    """
    from xlreport.round.drafts import REMIND
    from xlreport.round.letters_due import reminders

    def letters(round_: Round) -> Iterable[Letter]:
        return list(reminders(round_, round_.clock().date()))

    _write(
        ctx.ensure_object(Talk), folder, REMIND, letters, _sent_units(is_sent, sent, more), is_sent=is_sent
    )


def _write(
    talk: Talk,
    folder: Path,
    what: str,
    letters: Callable[[Round], Iterable[Letter]],
    units: Sequence[str],
    *,
    is_sent: bool,
) -> None:
    """Write the drafts, and send them if asked to; or only note that those of `units` went.

    Raises CannotRun.
    """
    from xlreport.cli.given import unwritable
    from xlreport.round.drafts import write_drafts
    from xlreport.round.opened import changing

    with changing(given_place(folder)) as round_:
        if units:
            _mark(round_, what, units)
            return
        try:
            tell_drafts(talk, write_drafts(round_, what, letters(round_)))
        except OSError as error:
            raise unwritable(round_.place.outbox, error) from error
        if is_sent:
            send(talk, round_, what)


def _sent_units(is_sent: bool, sent: Sequence[str], more: Sequence[str]) -> list[str]:
    """The units after --sent. Raises CannotRun."""
    if more and not sent:
        raise CannotRun(f"多出了参数：{' '.join(more)}")
    if is_sent and sent:
        raise CannotRun("--send 和 --sent 只能用一样")
    return [*sent, *more]


def _mark(round_: Round, what: str, names: Sequence[str]) -> None:
    from xlreport.round.issue import found_unit
    from xlreport.round.send import mark_sent

    for line in mark_sent(round_, what, [found_unit(round_, name) for name in names]):
        result(f"{line.name}：已记下寄出")
