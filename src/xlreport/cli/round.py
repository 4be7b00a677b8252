"""xlreport round: a year's collection in one office; each command is a module of its own kind."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from xlreport.cli.talk import HelpInChinese, verbosity

_MODULES = {
    "new": "round_start",
    "check": "round_start",
    "issue": "round_issue",
    "take": "round_take",
    "fetch": "round_fetch",
    "status": "round_status",
    "reply": "round_mail",
    "remind": "round_mail",
    "decide": "round_decide",
    "close": "round_decide",
    "reopen": "round_decide",
    "rebuild": "round_status",
    "bundle": "round_bundle",
}
"""The commands in the order of work, each a function of that module."""


class RoundGroup(HelpInChinese, click.Group):
    """The commands of a round, loaded when they are called for, with help in Chinese."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """In the order of work."""
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, loaded now; None if there is none of that name."""
        if cmd_name not in _MODULES:
            return None
        command: click.Command = getattr(import_module(f"xlreport.cli.{_MODULES[cmd_name]}"), cmd_name)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """As click does, complaining in Chinese."""
        if args and args[0] not in _MODULES and not args[0].startswith("-"):
            ctx.fail(f"没有命令 round {args[0]}，可用：{'、'.join(_MODULES)}")
        return super().resolve_command(ctx, args)


@click.group(cls=RoundGroup, params=verbosity())
def round() -> None:  # noqa: A001 - named like its command
    """组织一年的收表：下发、收件、核对、退回、催报、台账。

    \b
    例：
      xlreport round new 2023年收表 --year 2023 --office 岚溪县人民政府 --from 名单.xlsx
      xlreport round check 2023年收表
      xlreport round issue 2023年收表
      xlreport round take 2023年收表
      xlreport round status 2023年收表
      xlreport round reply 2023年收表
      xlreport round remind 2023年收表
    """
