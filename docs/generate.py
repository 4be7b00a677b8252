"""`make docs`: everything in the repository that is made from something else in it, pictures aside.

The command reference comes from `--help`, a form's README.md and blank.xlsx from its declaration.
The tests compare what is there with what would be written now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import damage_page
import evidence
import idioms_page

import message_list
import shared
from xlreport.authoring.catalogue import catalogue
from xlreport.authoring.reference import reference
from xlreport.cli.program import cli
from xlreport.form.library import shipped
from xlreport.form.load import load_form
from xlreport.workbook.write import write_workbook

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = "docs/commands.md"
_WIDTH = 100
_INTRO = """\
# Commands

<!-- Generated from `xlreport --help` by `make docs`. -->

Exit codes: 0 no errors found, 1 errors found in a return, 2 wrong usage, 3 internal failure.
"""


def main() -> None:
    """Write all of them."""
    with TemporaryDirectory() as results:
        shared.keep_results(Path(results))
        _write()


def _write() -> None:
    for path, content in generated().items():
        Path(ROOT, path).write_bytes(content())
    Path(ROOT, damage_page.PAGE).write_text(damage_page.page(), encoding="utf-8")
    Path(ROOT, idioms_page.PAGE).write_text(idioms_page.page(), encoding="utf-8")
    Path(ROOT, evidence.PAGE).write_text(evidence.page(), encoding="utf-8")
    message_list.LIST.write_text(message_list.text(), encoding="utf-8")


@cache
def generated() -> Mapping[str, Callable[[], bytes]]:
    """What makes the contents, by path below the root."""
    pages = {COMMANDS: lambda: _commands().encode()}
    for folder in forms():
        place = folder.relative_to(ROOT).as_posix()
        pages[f"{place}/README.md"] = partial(_about, folder)
        pages[f"{place}/blank.xlsx"] = partial(_blank, folder)
    return pages


def _about(folder: Path) -> bytes:
    form = load_form(folder)
    return f"{reference(form)}\n{catalogue(form)}".encode()


def _blank(folder: Path) -> bytes:
    return write_workbook(load_form(folder), {})


def forms() -> list[Path]:
    """The folders of the shipped forms, the sample one included."""
    places = (shipped("workbook_templates"), shipped("samples"))
    return sorted(path.parent for place in places for path in place.glob("*/form.toml"))


def commands() -> Iterator[tuple[str, str]]:
    """Every command and subcommand with its help, as a terminal of fixed width shows it."""
    yield from _helps(cli, None, "xlreport")


def _helps(command: click.Command, parent: click.Context | None, name: str) -> Iterator[tuple[str, str]]:
    info = name if parent is None else name.rpartition(" ")[2]
    context = command.make_context(info, [], parent, resilient_parsing=True, max_content_width=_WIDTH)
    context.terminal_width = _WIDTH
    yield name, command.get_help(context)
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            assert found is not None
            yield from _helps(found, context, f"{name} {child}")


def _commands() -> str:
    parts = [_INTRO]
    parts += [f"## {name}\n\n```\n{text.strip()}\n```\n" for name, text in commands()]
    return "\n".join(parts)


if __name__ == "__main__":
    main()
