"""What all commands of a round have in common: their folder, their refusals, and who they work with."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xlreport.cli.params import FOLDER
from xlreport.cli.talk import CannotRun, Command, Talk, result

if TYPE_CHECKING:
    from xlreport.round.drafts import Letter
    from xlreport.round.opened import Clock, Round
    from xlreport.round.place import RoundFolder
    from xlreport.run.engine import Local

CLOCK = f"{__name__}.clock"
"""What tells another time than this computer does, in the context of a command."""
round_argument = click.argument("folder", metavar="DIR", type=FOLDER)


class RoundCommand(Command):
    """A command of a round: what the round refuses is said, with exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """See click.Command."""
        from xlreport.round.place import Refused

        try:
            return super().invoke(ctx)
        except Refused as error:
            raise CannotRun(str(error)) from error


def given_place(folder: Path) -> RoundFolder:
    """The round in the folder that was given. Raises Refused."""
    from xlreport.round.place import round_folder

    return round_folder(folder)


def clock() -> Clock:
    """The time by which a round goes: that of this computer, or in a demo that of its sample."""
    from xlreport.round.opened import now

    told: Clock = click.get_current_context().meta.get(CLOCK, now)
    return told


def warn_of_clock(talk: Talk, round_: Round) -> None:
    """The machine's clock decides which version is newer where a mail does not."""
    if round_.state.clock_went_back:
        talk.tell("电脑的时钟走过回头路：先后以记录的次序为准，请核对系统时间", "warning")


def tell_drafts(talk: Talk, written: Iterable[tuple[Letter, Path | None]]) -> None:
    """Where each draft stands, and for which units there is none."""
    count = 0
    for letter, path in written:
        if path is None:
            talk.tell(f"{letter.line.name}：名单里没有邮箱，没有写草稿", "warning")
        else:
            count += 1
    if count:
        result(f"邮件草稿 {count} 份，在 待发")


def send(talk: Talk, round_: Round, what: str) -> None:
    """Send the drafts of a kind, and say what became of each. Raises Refused."""
    from xlreport.round.send import send_pending

    sent = 0
    for line, words in send_pending(round_, what):
        sent += words == "已寄出"
        talk.tell(f"{line.name}：{words}")
    result(f"寄出 {sent} 封")


def refresh(talk: Talk, round_: Round, here: Local) -> None:
    """Make the reports of what is accepted now, compare versions that follow each other, and put drafts
    aside that nobody has to send any more.
    """
    from xlreport.cli.given import unwritable
    from xlreport.round.drafts import MAIL_WORDS
    from xlreport.round.letters_due import withdrawn
    from xlreport.round.place import DRAFTS_ASIDE, OUTBOX
    from xlreport.round.reports import bring_up_to_date
    from xlreport.round.versions import compare_versions

    try:
        for unit, trouble in bring_up_to_date(round_, here):
            talk.tell(f"{unit}：{trouble or '报告已生成'}", "warning" if trouble else "")
        for pair in compare_versions(round_, here):
            talk.tell(f"{pair.unit}：{pair.newer} 与 {pair.older} 相比，改动 {pair.count} 处，见台账“改动”")
        for what, name in withdrawn(round_):
            talk.tell(f"{name}：{MAIL_WORDS[what]}邮件已不需要，草稿移到 {OUTBOX}/{DRAFTS_ASIDE}")
    except OSError as error:
        raise unwritable(round_.place.reports, error) from error
