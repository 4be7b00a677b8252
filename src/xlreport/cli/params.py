"""What may stand on the command line, checked before anything heavy is loaded."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from xlreport.cleaning import clean
from xlreport.cli.trouble import reason
from xlreport.frozen import frozen

DEFAULT_FORM = "ogi_annual_2021"


class Parsed(click.ParamType):  # type: ignore[type-arg]  # not generic before click 8.5
    """A parameter parsed by a function that raises ValueError with a Chinese message."""

    def __init__(self, name: str, parse: Callable[[str], Any]) -> None:
        self.name = name
        self._parse = parse

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """See click.ParamType."""
        if not isinstance(value, str):
            return value
        try:
            return self._parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


@frozen
class Out:
    """Where a person wants one file: under this path, or in it where it is a folder."""

    path: Path
    is_folder: bool

    def file(self, name: str) -> Path:
        """The file's path; `name` is what it is called in a folder."""
        return self.path / name if self.is_folder else self.path


def _out(text: str) -> Out:
    """A separator at the end makes it a folder, there or not."""
    ends = tuple(separator for separator in (os.sep, os.altsep) if separator)
    return Out(Path(text), text.endswith(ends) or _is_dir(Path(text)))


def _workbook_out(text: str) -> Out:
    out = _out(text)
    check_workbook_name(out)
    return out


def check_workbook_name(out: Out) -> None:
    """Raises ValueError where a workbook cannot be called so."""
    if not out.is_folder and out.path.suffix.lower() != ".xlsx":
        raise ValueError(f"工作簿的文件名应以 .xlsx 结尾，而不是 {out.path}；要给出文件夹，请在末尾加 /")


def _json_out(text: str) -> Out:
    out = _out(text)
    if not out.is_folder and out.path.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".docx", ".pdf"):
        raise ValueError(f"数据的文件名应以 .json 结尾，而不是 {text}")
    return out


def _is_dir(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError as error:
        raise ValueError(f"{path} 不能用：{reason(error)}") from error


def _file(text: str) -> Path:
    path = _existing(text)
    if path.is_dir():
        raise ValueError(f"{text} 是文件夹，这里要给出文件")
    return path


def _existing(text: str) -> Path:
    path = Path(text)
    try:
        found = path.exists()
    except (OSError, ValueError):
        found = False
    if not found:
        raise ValueError(f"找不到 {text}")
    return path


def _folder(text: str) -> Path:
    path = Path(text)
    if not _is_dir(path) and path.exists():
        raise ValueError(f"{text} 不是文件夹")
    return path


def _year(text: str) -> int:
    if not (text.isdecimal() and len(text) == 4):
        raise ValueError(f"年度应写成四位数字，如 2023，而不是 {text}")
    return int(text)


def _unit(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise ValueError("--unit 给出的单位名称是空的")
    if clean(name) != name:
        raise ValueError("--unit 给出的单位名称里有看不见的控制字符，请去掉")
    return name


def _jobs(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= 256):
        raise ValueError(f"并行数应为 1 至 256 的整数，而不是 {text}")
    return int(text)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) > 0):
        raise ValueError(f"份数应为 1 以上的整数，而不是 {text}")
    return int(text)


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise ValueError(f"随机种子应为整数，而不是 {text}")
    return int(text)


FILE = Parsed("file", _file)
PLACE = Parsed("path", _existing)
FOLDER = Parsed("folder", _folder)
JSON_OUT = Parsed("path", _json_out)
OUT = Parsed("path", _out)
WORKBOOK_OUT = Parsed("path", _workbook_out)
YEAR = Parsed("year", _year)
UNIT = Parsed("text", _unit)
JOBS = Parsed("number", _jobs)
COUNT = Parsed("number", _count)
SEED = Parsed("number", _seed)

prior_option = click.option(
    "--prior",
    "prior_place",
    type=PLACE,
    help="上年通过核对的工作簿、发布的报告或数据表（文件或文件夹），用来与上年核对。",
)
formats_option = click.option(
    "--to", "formats", default="docx,html", show_default=True, help="格式，用逗号分开：docx,html,pdf,md。"
)
