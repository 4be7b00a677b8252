"""The command line: which commands there are, and how every one of them ends.

Exit codes: 0 no errors found, 1 errors found in a return, 2 wrong usage, 3 internal failure, 130 stopped
from the keyboard.
A command's module is loaded when it is called for; this one loads nothing but click.
"""

from __future__ import annotations

import codecs
import gc
import os
import sys
from importlib import import_module
from typing import Any

import click

from xlreport import __version__
from xlreport.cli.talk import HelpInChinese, Talk, harmless, verbosity
from xlreport.cli.trouble import reason
from xlreport.formats.limits import LimitsError, limits

_COMMANDS = (
    "template",
    "verify",
    "render",
    "extract",
    "convert",
    "refill",
    "round",
    "consolidate",
    "reconcile",
    "analyse",
    "check-run",
    "form",
    "demo",
)
_WRONG = 2
_FAILED = 3
_INTERRUPTED = 130
_OBJECTS = 1_000_000
"""New objects between two searches for garbage: loading modules makes many that all stay."""


class Xlreport(HelpInChinese, click.Group):
    """The commands, each a module of this package with a function of the same name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """In the order of work."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, loaded now; None if there is none of that name."""
        if cmd_name not in _COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(import_module(f"xlreport.cli.{name}"), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, complaining in Chinese."""
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            ctx.fail(f"没有命令 {args[0]}，可用：{'、'.join(_COMMANDS)}")
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run one command and leave with its exit code. Whatever happens, a short Chinese message."""
        talk = Talk()
        _open_closed_streams()
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors=_LEGIBLE)
        try:
            limits()  # a wrong setting is reported once, not with every file
            code = super().main(*args, **{**kwargs, "standalone_mode": False, "obj": talk})
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            code = _WRONG
        except click.ClickException as error:
            code = _refuse(error)
        except LimitsError as error:
            code = _refuse(click.ClickException(str(error)))
        except (click.Abort, KeyboardInterrupt):
            click.echo("已中断。", err=True)
            code = _INTERRUPTED
        except BrokenPipeError:
            sys.stdout = None  # the reader has gone: nothing to flush
            code = 0
        except OSError as error:
            code = _unwritten(error, talk)
        except Exception as error:  # noqa: BLE001 - the last resort: say so shortly and exit 3
            code = _fail(error, talk)
        sys.exit(code)


def _legible(error: UnicodeError) -> tuple[str, int]:
    """Characters that an old code page lacks: a minus sign stays one, the others become "?"."""
    assert isinstance(error, UnicodeEncodeError)
    lost = error.object[error.start : error.end]
    return "".join("-" if char == "−" else "?" for char in lost), error.end


_LEGIBLE = "xlreport.legible"
codecs.register_error(_LEGIBLE, _legible)


def _open_closed_streams() -> None:
    """Give a program started without stdout or stderr (`2>&-`) somewhere to write: nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123


def _unwritten(error: OSError, talk: Talk) -> int:
    """What no command foresaw: a named file, or else the stream that results go to."""
    if error.filename is None:
        sys.stdout = None  # what is left in it cannot be written either
        message = f"结果写不出来（屏幕或接收输出的文件）：{reason(error)}"
    else:
        message = f"{os.fsdecode(error.filename)} 不能读写：{reason(error)}"
    _trace(error, talk)
    click.secho(f"错误：{harmless(message)}", fg="red", err=True)
    return _WRONG


def _refuse(error: click.ClickException) -> int:
    click.secho(f"错误：{harmless(_words(error))}", fg="red", err=True)
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    if ctx is not None:
        click.echo(f"用法见 {ctx.command_path} --help", err=True)
    return _WRONG


def _words(error: click.ClickException) -> str:
    """click's own complaints in Chinese; ours are already."""
    if isinstance(error, click.NoSuchOption):
        return f"没有选项 {error.option_name}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 的用法不对：{error.message}"
    if isinstance(error, click.MissingParameter):
        name = error.param.get_error_hint(error.ctx) if error.param and error.ctx else error.param_hint
        return f"缺少 {name}"
    if isinstance(error, click.UsageError) and error.message.startswith("Got unexpected extra"):
        return f"多出了参数：{error.message.partition('(')[2].removesuffix(')').rstrip(').')}"
    return error.message


def _fail(error: Exception, talk: Talk) -> int:
    _trace(error, talk)
    hint = "" if talk.verbose else "加 -v 再运行一次可以看到细节。"
    click.secho(f"程序内部出错（{type(error).__name__}），不是填报的问题。{hint}", fg="red", err=True)
    return _FAILED


def _trace(error: Exception, talk: Talk) -> None:
    if talk.verbose:
        import traceback

        click.echo(harmless("".join(traceback.format_exception(error))), err=True)


@click.command(cls=Xlreport, params=verbosity(), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(version)s", help="显示版本号。")
def cli() -> None:
    """政务公开年报等统计报表：生成填报工作簿、核对数字、生成报告。

    \b
    例：
      xlreport template --year 2023 --unit 岚溪县水务局
      xlreport verify 岚溪县水务局_2023.xlsx
      xlreport render 岚溪县水务局_2023.xlsx --to docx,pdf
      xlreport convert 回收的工作簿 -o 报告
    """


def main() -> None:
    """The entry point of the command `xlreport`."""
    gc.set_threshold(_OBJECTS)
    try:
        cli()
    finally:
        gc.freeze()  # Python's own end would search all that is loaded for garbage, several times
