"""From what was given on the command line to what the packages below work on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from xlreport.cli.talk import Wrong
from xlreport.form.load import load_form
from xlreport.form.mistake import FormErrors
from xlreport.form.model import Form
from xlreport.round.files import write_whole


def form_given(name: str) -> Form:
    """The form of an id or a folder. Raises Wrong."""
    try:
        return load_form(name)
    except FileNotFoundError as error:
        raise Wrong(str(error)) from error
    except FormErrors as error:
        raise Wrong(f"报表“{name}”的定义有 {len(error.mistakes)} 处错误：\n{error}") from error


def json_given(path: Path) -> Any:
    """A JSON file, its decimals exact. Raises Wrong."""
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except OSError as error:
        raise Wrong(f"{path} 读不出来：{error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Wrong(f"{path} 不是 UTF-8 编码，请另存为 UTF-8") from error
    except json.JSONDecodeError as error:
        raise Wrong(f"{path} 第 {error.lineno} 行第 {error.colno} 列不是正确的 JSON：{error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise Wrong(f"{path} 不是正确的 JSON：{error}") from error


def formats_given(text: str) -> tuple[str, ...]:
    """The formats of a report, each once, in the order given. Raises Wrong."""
    from xlreport.report.errors import ReportError
    from xlreport.report.pdf import require_font
    from xlreport.report.render import FORMATS

    names = tuple(dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip()))
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        raise Wrong(f"没有“{'、'.join(unknown)}”格式，可用：{'、'.join(FORMATS)}")
    if "pdf" in names:
        try:
            require_font()
        except ReportError as error:
            raise Wrong(str(error)) from error
    return names


def keep_inputs(inputs: Iterable[Path], targets: Iterable[Path]) -> None:
    """Refuse to write over what is read. Raises Wrong."""
    read = {path.resolve() for path in inputs}
    for target in targets:
        if target.resolve() in read:
            raise Wrong(f"{target} 是要读取的文件，不能写到它上面。请用 -o 换一个位置")


def save(path: Path, data: bytes) -> None:
    """Write a result whole or not at all. Raises Wrong."""
    try:
        write_whole(path, data)
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> Wrong:
    """Why nothing can be written there."""
    return Wrong(f"不能写入 {path}：{error.strerror or error}")
