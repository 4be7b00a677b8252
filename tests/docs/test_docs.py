"""The documentation cannot lie: commands exist, links lead somewhere, generated pages are current."""

from __future__ import annotations

import io
import re
import shlex
import sys
import zipfile
from pathlib import Path

import click
import pytest

from xlreport.cli.program import cli
from xlreport.rule import OWN_RULES
from xlreport.verify.registry import FAMILIES, Elsewhere

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "docs"))
import generate  # noqa: E402

PAGES = [
    ROOT / "README.md",
    ROOT / "README.zh-CN.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
COMMANDS = [name for name, _ in generate.commands()]
REMEDY = "it is out of date: run make docs"

page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())


def blocks(text: str) -> list[str]:
    """The lines of all fenced shell blocks, comments cut off."""
    fenced = re.findall(r"^```(?:sh)?\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
    return [line.partition(" #")[0].strip() for block in fenced for line in block.splitlines()]


def parts(data: bytes) -> dict[str, bytes]:
    """What a workbook holds; how well it is packed depends on the system's zlib."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name) for name in book.namelist()}


@pytest.mark.parametrize("path", generate.generated())
def test_generated_pages_and_workbooks_are_what_would_be_generated_now(path: str) -> None:
    there, now = (ROOT / path).read_bytes(), generate.generated()[path]()
    if path.endswith(".xlsx"):
        assert parts(there) == parts(now), REMEDY
    else:
        assert there.decode() == now.decode(), REMEDY


@page
def test_links_lead_to_files_that_exist(path: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))

    assert [target for target in targets if not (path.parent / target).exists()] == []


@page
def test_commands_in_examples_exist_with_their_options(path: Path) -> None:
    for line in blocks(path.read_text(encoding="utf-8")):
        if line.startswith("xlreport ") and "FILE" not in line:
            assert_understood(shlex.split(line)[1:])


def assert_understood(words: list[str]) -> None:
    command: click.Command = cli
    context = command.make_context("xlreport", [], resilient_parsing=True)
    while isinstance(command, click.Group):
        found = command.get_command(context, words.pop(0))
        assert found is not None
        command = found
    known = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    known.add("--help")
    assert [word for word in words if word.startswith("-") and word not in known] == []


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_two_commands_of_the_readmes_and_all_others_are_in_the_makefile(name: str) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    text = (ROOT / name).read_text(encoding="utf-8")
    commands = {line for line in blocks(text) if line.startswith("make ")}
    commands |= set(re.findall(r"`(make [a-z]+)`", text))

    assert {"make demo", "make test"} <= commands <= {f"make {target}" for target in targets}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_an_example(command: str) -> None:
    text = dict(generate.commands())[command]

    assert re.search(rf"^ +{re.escape(command)}", text, flags=re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_chinese_readme_mentions_every_command(command: str) -> None:
    assert command in (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")


@page
def test_codes_of_findings_that_pages_mention_are_rules_of_the_program(path: Path) -> None:
    mentioned = re.findall(r"\b(?:WBK|VAL|FIG|SYS)\d{3}\b", path.read_text(encoding="utf-8"))

    assert set(mentioned) <= {rule.code for rule in OWN_RULES}


@page
def test_every_decision_and_page_is_reachable(path: Path) -> None:
    if path.parent == ROOT:
        return
    index = {
        "docs": [ROOT / "README.md", ROOT / "docs" / "limits.md"],
        "decisions": [ROOT / "docs" / "decisions" / "README.md"],
    }
    listed = "".join(page.read_text(encoding="utf-8") for page in index[path.parent.name])

    assert path.name == "README.md" or path.name in listed


# The architecture --------------------------------------------------------------------------------------

ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_modules_that_the_architecture_names_exist() -> None:
    named = set(re.findall(r"`((?:\w+/)*\w+\.py)`", ARCHITECTURE))
    ours = (*ROOT.glob("src/**/*.py"), *ROOT.glob("tests/*.py"), *ROOT.glob("docs/*.py"))
    there = [f"/{path.relative_to(ROOT).as_posix()}" for path in ours]

    assert [name for name in named if not any(path.endswith(f"/{name}") for path in there)] == []


def test_the_architecture_lists_the_families_of_rules_in_their_order() -> None:
    table = ARCHITECTURE.partition("| family | judges | asks |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| `(\w+)`(?: … `(\w+)`)?", table, flags=re.MULTILINE)
    running = [family.run.__name__ for family in FAMILIES if not isinstance(family, Elsewhere)]
    listed = [running[running.index(a) : running.index(b or a) + 1] for a, b in rows]

    assert [name for names in listed for name in names] == running
