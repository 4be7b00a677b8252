"""What may stand on the command line, checked before anything heavy is loaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

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
    if path.exists() and not path.is_dir():
        raise ValueError(f"{text} 不是文件夹")
    return path


def _year(text: str) -> int:
    if not (text.isdecimal() and len(text) == 4):
        raise ValueError(f"年度应写成四位数字，如 2023，而不是 {text}")
    return int(text)


def _unit(text: str) -> str:
    name = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if not name:
        raise ValueError("单位名称是空的")
    return name


def _jobs(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= 256):
        raise ValueError(f"并行数应为 1 至 256 的整数，而不是 {text}")
    return int(text)


FILE = Parsed("file", _file)
PLACE = Parsed("path", _existing)
FOLDER = Parsed("folder", _folder)
OUT = Parsed("path", Path)
YEAR = Parsed("year", _year)
UNIT = Parsed("text", _unit)
JOBS = Parsed("number", _jobs)

formats_option = click.option(
    "--to", "formats", default="docx,html", show_default=True, help="格式，用逗号分开：docx,html,pdf,md。"
)
