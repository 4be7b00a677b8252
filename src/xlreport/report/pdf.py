"""A report as a tagged PDF, set by Typst after the skin's report.typ.

The document goes to Typst as data, never as markup. Fonts are those of the system; looking for
them is slow, so one compiler serves the whole process.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlreport.finding import Finding
from xlreport.report.document import Document, Part, Table, turned
from xlreport.report.errors import MissingFontError, SkinError
from xlreport.report.glyphs import without_glyph
from xlreport.report.templating import DRAFT_NOTICE, DRAFT_WORD, kind, single_label
from xlreport.report.value_text import printable
from xlreport.rule import own_rule

if TYPE_CHECKING:
    from typst import Compiler, Fonts

TEMPLATE = "report.typ"
EPOCH = 0
"""The creation time written into every file, so that the same report gives the same bytes."""

_CHINESE = re.compile("[\u4e00-\u9fff]|CJK|Song|Sung|Ming|Hei|Kai|Fang|Sim|Source Han|Sans SC|Serif SC")
_NO_FONT = (
    "没有找到中文字体，无法生成 PDF。请先安装字体："
    "Windows 请在“设置—个性化—字体”中安装仿宋、黑体、楷体、宋体；"
    "Debian、Ubuntu 请执行 apt install fonts-noto-cjk。"
    "Word（docx）和网页（html）格式不受影响，可以照常生成。"
)

_NO_GLYPH = (
    "请安装收字较多的字体（如宋体扩展 SimSun-ExtB、SimSun-ExtG）后重新生成，"
    "或者在有这些字的电脑上由 Word 文件打印。"
)
_MOST = 5
"""Characters that are named."""


def write_pdf(document: Document, skin: Path) -> bytes:
    """The PDF. Raises MissingFontError without any Chinese font, SkinError for a broken report.typ."""
    from typst import TypstError

    compiler = _compiler(skin)
    try:
        compiled = compiler.compile(format="pdf", sys_inputs={"report": _as_json(document)}, timestamp=EPOCH)
    except TypstError as error:
        raise SkinError(f"{TEMPLATE} 排版失败：{error.message}\n{error.diagnostic}".strip()) from error
    if not isinstance(compiled, bytes):
        raise SkinError(f"{TEMPLATE} 没有生成任何页面")
    return compiled


@lru_cache(maxsize=4)
def _compiler(skin: Path) -> Compiler:
    from typst import Compiler

    path = skin / TEMPLATE
    if not path.is_file():
        raise SkinError(f"缺少排版文件 {TEMPLATE}")
    require_font()
    return Compiler(input=str(path), root=str(skin), font_paths=_fonts())


def require_font() -> None:
    """Raises MissingFontError, which says what to install, where no Chinese font is found."""
    if not has_chinese(families()):
        raise MissingFontError(_NO_FONT)


def families() -> list[str]:
    """The fonts on this computer by their names, in order."""
    return sorted(_fonts().families())


def empty_boxes(document: Document) -> Finding | None:
    """What to say of characters that no installed font has; None where every one is printed."""
    paths = dict.fromkeys(Path(font.path) for font in _fonts().fonts() if font.path)
    missing = without_glyph(_as_json(document), paths)
    if not missing:
        return None
    named = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in missing[:_MOST])
    more = f"等 {len(missing)} 个字" if len(missing) > _MOST else ""
    return own_rule("SYS006").finding(f"PDF 中{named}{more}显示为空框：本机的字体都没有这些字。", _NO_GLYPH)


@lru_cache(maxsize=1)
def _fonts() -> Fonts:
    from typst import Fonts

    return Fonts()


def has_chinese(families: list[str]) -> bool:
    """True if any of the font families looks like one with Chinese characters."""
    return any(_CHINESE.search(family) for family in families)


def _as_json(document: Document) -> str:
    data = {
        "title": printable(document.title),
        "language": document.language,
        "draft": document.draft,
        "draft_word": DRAFT_WORD,
        "draft_notice": DRAFT_NOTICE,
        "parts": [
            _part(part) | {"turned": way}
            for part, way in zip(document.parts, turned(document.parts), strict=True)
        ],
    }
    return json.dumps(data, ensure_ascii=False)


def _part(part: Part) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": kind(part), **_clean(asdict(part))}
    if isinstance(part, Table):
        data |= {"single": single_label(part), "short": part.short}
    return data


def _clean(value: Any) -> Any:
    match value:
        case str():
            return printable(value)
        case dict():
            return {key: _clean(item) for key, item in value.items()}
        case list() | tuple():
            return [_clean(item) for item in value]
        case _:
            return value
