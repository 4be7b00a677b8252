"""The templates of the writers. Everything they print is cleaned and escaped for XML or HTML."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from xlreport.report.document import Heading, Notes, Paragraph, Part, SignOff, Table, Title
from xlreport.report.value_text import printable

DRAFT_WORD = "草稿"
DRAFT_NOTICE = "草稿（未通过校验，不得公开）"

_MARKUP = re.compile("[&<>'\"]")
_KINDS: dict[type, str] = {
    Title: "title",
    Heading: "heading",
    Paragraph: "paragraph",
    Table: "table",
    Notes: "notes",
    SignOff: "signoff",
}


def kind(part: Part) -> str:
    """What a part is called in the templates and in the skin's report.typ."""
    return _KINDS[type(part)]


@lru_cache(maxsize=16)
def writer_template(name: str) -> Template:
    """A writer's template, compiled once."""
    environment = _environment(Path(__file__).parent / "templates")
    environment.filters["kind"] = kind
    environment.globals["draft_word"] = DRAFT_WORD
    environment.globals["draft_notice"] = DRAFT_NOTICE
    return environment.get_template(name)


@lru_cache(maxsize=16)
def page_template(path: Path) -> Template:
    """The template of another page than the report, compiled once."""
    return _environment(path.parent).get_template(path.name)


class FaultyTemplate(Exception):
    """A template that somebody changed and that cannot be filled any more; `line` is where, from 1."""

    def __init__(self, words: str, line: int) -> None:
        super().__init__(words)
        self.line = line


def filled_text(source: str, values: Mapping[str, Any]) -> str:
    """A plain text from a template of an office, which may print values but run nothing of ours.

    Values are printed as they are, without control characters. Raises FaultyTemplate.
    """
    try:
        return _text_template(source).render(values)
    except TemplateSyntaxError as error:
        raise FaultyTemplate("“{{ }}”或“{% %}”没有写对", error.lineno) from error
    except UndefinedError as error:
        name = re.search("'(.+)' is undefined", str(error))
        words = f"没有“{name[1]}”这一项" if name else "有一项不存在"
        raise FaultyTemplate(words, _line_of(error)) from error
    except (SecurityError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        raise FaultyTemplate("这里不能这样写", _line_of(error)) from error


@lru_cache(maxsize=16)
def _text_template(source: str) -> Template:
    """A template of an office, compiled once for all units."""
    environment = SandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_cleaned
    )
    return environment.from_string(source)


def _line_of(error: Exception) -> int:
    """The line of the template in which it failed: the last frame that is a template's."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == "<template>"]
    return (lines[-1] or 1) if lines else 1


def verbatim(text: str) -> Markup:
    """A text of our own, such as a style sheet, that a template prints as it is."""
    return Markup(text)


def escaped(text: str) -> str:
    """A text as a template prints it, for what is too small and too frequent for one."""
    shown = printable(text)
    return escape(shown) if _MARKUP.search(shown) else shown


def _environment(folder: Path) -> Environment:
    """Templates of a folder whose every value is cleaned and escaped."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_cleaned,
    )


def single_label(table: Table) -> bool:
    """True if every row has one label only: then labels are centred, as in the official form."""
    return all(cell.header != "row" for row in table.rows for cell in row[1:])


def _cleaned(value: object) -> object:
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value
