"""From what was given on the command line to what the packages below work on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from xlreport.cli.talk import CannotRun, Talk, results
from xlreport.cli.trouble import reason
from xlreport.files import write_whole
from xlreport.form.load import load_form
from xlreport.form.mistake import FormErrors
from xlreport.form.model import Form

if TYPE_CHECKING:
    from xlreport.archive.last_year import LastYear
    from xlreport.roster.line import Roster

R = TypeVar("R")


def form_given(name: str) -> Form:
    """The form of an id or a folder. Raises CannotRun."""
    try:
        return load_form(name)
    except FileNotFoundError as error:
        raise CannotRun(str(error)) from error
    except FormErrors as error:
        raise CannotRun(f"报表“{name}”的定义有 {len(error.mistakes)} 处错误：\n{error}") from error


def json_given(path: Path) -> Any:
    """A JSON file, its decimals exact, no name given twice. Raises CannotRun."""

    def unique(members: list[tuple[str, Any]]) -> dict[str, Any]:
        content = dict(members)
        if len(content) < len(members):
            counts = Counter(name for name, _ in members)
            twice = "、".join(name for name, count in counts.items() if count > 1)
            raise CannotRun(f"{path} 里同一处重复写了：{twice}。请只留一个")
        return content

    try:
        text = path.read_text(encoding="utf-8-sig")
        return json.loads(text, parse_float=Decimal, object_pairs_hook=unique)
    except OSError as error:
        raise CannotRun(f"{path} 读不出来：{reason(error)}") from error
    except UnicodeDecodeError as error:
        raise CannotRun(f"{path} 不是 UTF-8 编码，请另存为 UTF-8") from error
    except json.JSONDecodeError as error:
        raise CannotRun(f"{path} 第 {error.lineno} 行第 {error.colno} 列写得不合 JSON 的规定") from error
    except ValueError as error:
        raise CannotRun(f"{path} 里有长得读不了的数字") from error
    except RecursionError as error:
        raise CannotRun(f"{path} 里的括号嵌套太深") from error


def last_year_given(talk: Talk, place: Path) -> LastYear:
    """Last year's workbooks in a file or folder; how many files are none is told. Raises CannotRun."""
    from xlreport.batch.glancing import guarded_last_year
    from xlreport.finding import UnreadableWorkbook

    try:
        last = guarded_last_year(place)
    except UnreadableWorkbook as error:
        raise CannotRun(f"--prior 给出的 {place} 用不了：{error.finding.message}") from error
    except OSError as error:
        raise CannotRun(f"--prior 给出的 {place} 读不出来：{reason(error)}") from error
    if last.skipped:
        talk.tell(f"上年文件夹里跳过 {last.skipped} 个其他文件")
    return last


def roster_given(talk: Talk, path: Path, form: Form | None) -> Roster:
    """The list of units in a file; remarks are told. Raises CannotRun where anything is wrong with it.

    Without a form nothing is said of the form's own words, such as 层级.
    """
    from xlreport.roster.mistake import ListErrors
    from xlreport.roster.read import usable_roster

    try:
        found = usable_roster(path, form)
    except ListErrors as error:
        raise CannotRun(str(error)) from error
    except OSError as error:
        raise CannotRun(f"{path} 读不出来：{reason(error)}") from error
    for remark in found.mistakes:
        talk.tell(f"名单：{remark}")
    return found.roster


def of_file(ctx: click.Context, function: Callable[[Path], R], file: Path) -> R:
    """What the function makes of one return, in a worker; ends the command where it cannot be read."""
    from xlreport.batch.ask import failed
    from xlreport.run.guard import Failed, guarded

    ((_, answer),) = guarded(function, [file], alone=True)
    if isinstance(answer, Failed):
        results(failed(file, answer.finding).lines, err=True)
        ctx.exit(3 if answer.ours else 1)
    return answer


def formats_given(text: str) -> tuple[str, ...]:
    """The formats of a report, each once, in the order given. Raises CannotRun."""
    from xlreport.report.errors import ReportError
    from xlreport.report.pdf import require_font
    from xlreport.report.render import FORMATS

    names = tuple(dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip()))
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        raise CannotRun(f"没有“{'、'.join(unknown)}”格式，可用：{'、'.join(FORMATS)}")
    if "pdf" in names:
        try:
            require_font()
        except ReportError as error:
            raise CannotRun(str(error)) from error
    return names


def keep_inputs(inputs: Iterable[Path], targets: Iterable[Path]) -> None:
    """Refuse to write over what is read. Raises CannotRun."""
    resolved = lru_cache(maxsize=None)(Path.resolve)
    read = {_real(path, resolved) for path in inputs}
    for target in targets:
        if _real(target, resolved) in read:
            raise CannotRun(f"{target} 是要读取的文件，不能写到它上面。请用 -o 换一个位置")


def _real(path: Path, resolved: Callable[[Path], Path]) -> Path:
    """The file itself; thousands stand in a few folders, which are resolved once."""
    return path.resolve() if path.is_symlink() else resolved(path.parent) / path.name


def save(path: Path, data: bytes) -> None:
    """Write a result whole or not at all. Raises CannotRun."""
    try:
        write_whole(path, data)
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> CannotRun:
    """Why nothing can be written there."""
    return CannotRun(f"不能写入 {path}：{reason(error)}")
