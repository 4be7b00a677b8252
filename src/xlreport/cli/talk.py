"""How commands talk: results on stdout, messages on stderr, colours only on a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from xlreport.feedback.text_line import TextLine

_COLOURS: dict[str, dict[str, Any]] = {
    "accepted": {"fg": "green", "bold": True},
    "returned": {"fg": "red", "bold": True},
    "unreadable": {"fg": "red", "bold": True},
    "error": {"fg": "red"},
    "warning": {"fg": "yellow"},
    "note": {"fg": "cyan"},
    "fix": {"dim": True},
}


class CannotRun(click.ClickException):
    """A command that cannot be carried out as given; the message says why and what to do."""

    exit_code = 2


class Talk:
    """What the person asked to hear, gathered while the command line is read."""

    quiet = False
    verbose = False

    def tell(self, text: str, tone: str = "") -> None:
        """A message, unless the person asked for quiet."""
        if not self.quiet:
            click.secho(harmless(text), err=True, **_COLOURS.get(tone, {}))


def result(text: str, tone: str = "") -> None:
    """A line of the command's result."""
    click.secho(harmless(text), **_COLOURS.get(tone, {}))


def harmless(text: str) -> str:
    """A message without numbers of persons and without what a terminal would obey: names are others' text."""
    from xlreport.cleaning import one_line
    from xlreport.prose.personal import masked

    text = masked(text)
    if text.isprintable():
        return text
    return "\n".join(map(one_line, text.split("\n")))


def results(lines: Iterable[TextLine], *, err: bool = False) -> None:
    """What is to be said of returns; `err` where that is not what the command was asked for."""
    for line in lines:
        click.secho(harmless(line.text), err=err, **_COLOURS.get(line.tone, {}))


def result_bytes(data: bytes) -> None:
    """A text for programs: UTF-8 whatever the terminal speaks."""
    click.echo(data, nl=False)


def json_bytes(content: Any) -> bytes:
    """JSON as people can read it."""
    import json

    return f"{json.dumps(content, ensure_ascii=False, indent=2)}\n".encode(errors="backslashreplace")


class HelpInChinese(click.Command):
    """A command, or a group of them, whose --help is described in Chinese."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """click's own option with a Chinese text."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这段说明。"
        return option


class Command(HelpInChinese):
    """A command with -q, -v and help in Chinese."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += verbosity()


def verbosity() -> list[click.Parameter]:
    """The options -q and -v, which may stand before or after the command's name."""
    return [
        click.Option(
            ["-q", "--quiet"], is_flag=True, expose_value=False, callback=_quiet, help="只显示结果。"
        ),
        click.Option(
            ["-v", "--verbose"], is_flag=True, expose_value=False, callback=_verbose, help="显示更多细节。"
        ),
    ]


def _quiet(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    ctx.ensure_object(Talk).quiet |= value


def _verbose(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    ctx.ensure_object(Talk).verbose |= value
