"""The narrative: a form's report.md.j2 and the values of one return become a document.

The template is the author's and trusted to say what the report says; the values are other
people's. What an expression prints is set aside as text before Markdown is read, so a value is
never Markdown, markup or template code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from jinja2 import (
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    pass_context,
)
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from markdown_it import MarkdownIt
from markupsafe import Markup

from xlreport.finding import Finding
from xlreport.form.calculate import without_partial_sums
from xlreport.form.model import Form
from xlreport.form.values import Values
from xlreport.report.context import template_names
from xlreport.report.document import Document, Heading, Paragraph, Part, Title
from xlreport.report.errors import NarrativeError
from xlreport.report.helpers import helpers
from xlreport.report.slots import Slots
from xlreport.report.value_text import BlankNumber, BlankText, printed_value, trim

if TYPE_CHECKING:
    from markdown_it.token import Token

NARRATIVE = "report.md.j2"
NO_FILE = "the file is missing"
LANGUAGE = "zh-CN"

_SLOTS = "_slots"
# Filters whose result counts as markup would let a typed text through unchanged.
_MARKUP_FILTERS = ("safe", "e", "escape", "forceescape", "tojson", "urlize", "xmlattr")


def compose(form: Form, values: Values, *, draft: bool = False, findings: Sequence[Finding] = ()) -> Document:
    """The report of one return.

    `values` maps subjects to values, computed cells included; days are `YYYY-MM-DD` texts. A draft
    shows ＿＿ where required text is missing; a sum with a blank part is blank. `findings` are those of
    the return: answers to its warnings may be printed. Raises NarrativeError for a mistake in the template.
    """
    values = without_partial_sums(form, values)
    slots = Slots()
    names = template_names(form, values, draft)
    markdown = _render(form, {**helpers(form, values, slots, draft, findings), **names, _SLOTS: slots})
    parts = tuple(_parts(_markdown().parse(markdown), slots))
    lines = next((part.lines for part in parts if isinstance(part, Title)), (form.title,))
    return Document("".join(lines), LANGUAGE, draft, parts)


@lru_cache(maxsize=16)
def environment(folder: Path) -> SandboxedEnvironment:
    """The sandbox a form's template runs in; compiled templates stay in it."""
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    for name in _MARKUP_FILTERS:
        del environment.filters[name]
    environment.tests["blank"] = lambda value: isinstance(value, BlankNumber | BlankText)
    return environment


def _render(form: Form, names: Mapping[str, object]) -> str:
    try:
        return environment(form.folder).get_template(NARRATIVE).render(names)
    except TemplateNotFound as error:
        raise NarrativeError(NO_FILE) from error
    except TemplateSyntaxError as error:
        raise NarrativeError(error.message or "", error.lineno) from error
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        raise NarrativeError(str(error), _line(error.__traceback__)) from error


def _line(traceback: TracebackType | None) -> int:
    """The innermost line of the template in a traceback, 0 if there is none."""
    line = 0
    while traceback:
        if Path(traceback.tb_frame.f_code.co_filename).name == NARRATIVE:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


@pass_context
def _finalize(context: Context, value: object) -> Markup:
    if isinstance(value, Markup):
        return value
    if isinstance(value, Undefined):
        return Markup(str(value))  # "" for an `if` without `else`; an unknown name raises its own error
    slots: Slots = context[_SLOTS]
    return slots.text(printed_value(value))


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    return MarkdownIt("zero").enable("heading").disable("inline")


def _parts(tokens: list[Token], slots: Slots) -> list[Part]:
    parts: list[Part] = []
    for opening, token in pairwise(tokens):
        if token.type != "inline":
            continue
        if opening.type == "paragraph_open" and (set_aside := slots.parts_of(token.content)) is not None:
            parts.extend(set_aside)
        elif text := _text(token.content, slots):
            _append(parts, opening.tag, text)
    return parts


def _text(content: str, slots: Slots) -> str:
    """The text of a block. Its lines are joined without a space, as Chinese is written."""
    return trim(slots.fill("".join(line.strip() for line in content.split("\n"))))


def _append(parts: list[Part], tag: str, text: str) -> None:
    """`#` lines that follow each other are the lines of one title; `##` is a heading of level 1."""
    if tag == "p":
        parts.append(Paragraph(text))
    elif tag != "h1":
        parts.append(Heading(min(int(tag[1]) - 1, 3), text))
    elif parts and isinstance(parts[-1], Title):
        parts[-1] = Title((*parts[-1].lines, text))
    else:
        parts.append(Title((text,)))
