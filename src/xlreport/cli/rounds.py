"""What all commands of a round have in common: their folder, their refusals, and who they work with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xlreport.cli.params import FOLDER
from xlreport.cli.talk import Command, Talk, Wrong

if TYPE_CHECKING:
    from xlreport.round.opened import Round
    from xlreport.round.place import Place

round_argument = click.argument("folder", metavar="DIR", type=FOLDER)


class RoundCommand(Command):
    """A command of a round: what the round refuses is said, with exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """See click.Command."""
        from xlreport.round.place import Refused

        try:
            return super().invoke(ctx)
        except Refused as error:
            raise Wrong(str(error)) from error


def given_place(folder: Path) -> Place:
    """The round in the folder that was given. Raises Refused."""
    from xlreport.round.place import place_of

    return place_of(folder)


def warn_of_clock(talk: Talk, round_: Round) -> None:
    """The machine's clock decides which version is newer where a mail does not."""
    if round_.state.clock_went_back:
        talk.tell("电脑的时钟走过回头路：先后以记录的次序为准，请核对系统时间", "warning")
