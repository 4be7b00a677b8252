"""The templates of the writers. Everything they print is cleaned and escaped for XML or HTML."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from xlreport.report.document import Heading, Notes, Paragraph, Part, SignOff, Table, Title
from xlreport.report.printed import printable

DRAFT_WORD = "草稿"
DRAFT_NOTICE = "草稿（未通过校验，不得公开）"

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


def verbatim(text: str) -> Markup:
    """A text of our own, such as a style sheet, that a template prints as it is."""
    return Markup(text)


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
