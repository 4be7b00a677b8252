"""The corpus: returns built from the figures and the kinds of mistakes of real reports, as files.

`corpus/bases/` holds whole returns, `corpus/should_pass/` and `corpus/should_fail/` one return a file,
laid over a base:

    title = "各列分别平衡，总计相符"
    base = "bureau"
    expect = ["REQ001:requests[,natural_person]"]   # every finding, in any order
    [overview]
    proactive = "…"
    [requests]                       # a row of figures is a list in the order of the input columns
    new_requests = [60, 0, 0, 0, 0, 0]
    [prior.requests]                 # what is known of last year, in the same shape
    [typed]                          # what someone typed over a cell, locked ones included
    "cases[review,total]" = "0"

`expect` lists every defect. What is known to be missed stands in `missed` as well, a finding that is
no defect in `false_alarms`: docs/verification.md counts both. Rows of figures that neither the file nor
its base names are 0. A passing return may carry notes and warnings, never errors.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import returns
from shared import once
from xlreport.finding import Finding
from xlreport.form.calculate import complete, without_partial_sums
from xlreport.form.grid import Grid
from xlreport.form.listing import Listing
from xlreport.form.load import load_form, resize
from xlreport.form.model import Form
from xlreport.form.values import Values, from_json, rows_needed
from xlreport.layout import lay_out
from xlreport.verify.verdict import verify
from xlreport.workbook.read import read

CORPUS = Path(__file__).parent / "corpus"
_OWN_KEYS = ("title", "form", "base", "expect", "missed", "false_alarms", "prior", "typed")


@dataclass(frozen=True, slots=True)
class Entry:
    """One return of the corpus. `name` is its path below the corpus, `typed` maps cells to raw text."""

    name: str
    title: str
    form: Form
    values: Values
    prior: Values
    typed: Mapping[str, str]
    expect: tuple[str, ...]
    missed: tuple[str, ...]
    false_alarms: tuple[str, ...]

    @property
    def passes(self) -> bool:
        """True if no office may send it back."""
        return self.name.startswith("should_pass/")


def entries() -> Iterator[Entry]:
    """All returns of the corpus, in the order of their names."""
    return map(entry_of, names())


def names() -> list[str]:
    """Their names."""
    return [path.relative_to(CORPUS).as_posix() for path in sorted(CORPUS.glob("should_*/*.toml"))]


def findings(entry: Entry) -> list[Finding]:
    """What is said of a return of the corpus: typed into its template as a unit does, and read."""
    return once(f"corpus {entry.name}", lambda: _findings(entry))


def _findings(entry: Entry) -> list[Finding]:
    with TemporaryDirectory() as folder:
        submission = read(filled_in(entry, Path(folder) / f"{Path(entry.name).stem}.xlsx"))
        return verify(replace(submission, prior=entry.prior) if entry.prior else submission)


def filled_in(entry: Entry, path: Path) -> Path:
    """The workbook of a return."""
    returns.fill_in(path, entry.form, entry.values)
    return returns.edit(path, entry.typed, layout=lay_out(entry.form))


@cache
def entry_of(name: str) -> Entry:
    """The return of that name."""
    path = CORPUS / name
    own = tomllib.loads(path.read_text(encoding="utf-8"))
    base = _base(own["base"])
    form = load_form(own.get("form") or base.get("form", "ogi_annual_2021"))
    data = _laid(_content(base), _content(own))
    sized = resize(form, tuple(rows_needed(form, _whole(form, data)).items()))
    return Entry(
        name=name,
        title=own["title"],
        form=sized,
        values=from_json(sized, _whole(sized, data)),
        prior=_prior(sized, own.get("prior")),
        typed=own.get("typed", {}),
        expect=tuple(own["expect"]),
        missed=tuple(own.get("missed", ())),
        false_alarms=tuple(own.get("false_alarms", ())),
    )


@cache
def _base(name: str) -> Mapping[str, Any]:
    return tomllib.loads((CORPUS / "bases" / f"{name}.toml").read_text(encoding="utf-8"))


def _content(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key not in _OWN_KEYS}


def _laid(under: Any, over: Any) -> Any:
    """One table over another; what is keyed by Chinese labels is a list, and replaced whole."""
    if isinstance(under, Mapping) and isinstance(over, Mapping) and all(map(str.isascii, over)):
        return {key: _laid(under.get(key), over.get(key, under.get(key))) for key in {**under, **over}}
    return over


def _prior(form: Form, table: Mapping[str, Any] | None) -> Values:
    """Last year's values, a whole base or only what the file gives; what is not given is not known."""
    if table is None:
        return {}
    base = _content(_base(table["base"])) if "base" in table else None
    data = _content(table)
    whole = _whole(form, _laid(base, data)) if base is not None else _rows_named(form, data)
    return without_partial_sums(form, complete(form, from_json(form, whole)))


def _whole(form: Form, data: Mapping[str, Any]) -> dict[str, Any]:
    """The values JSON: rows as lists become cells, rows not named become zeros, lists their lines."""
    result = _rows_named(form, data)
    for grid in form.grids.values():
        rows = result.setdefault(grid.name, {})
        for row in grid.rows:
            if not row.formula:
                rows.setdefault(row.name, _cells(grid, [0] * len(_columns(grid))))
    return result


def _rows_named(form: Form, data: Mapping[str, Any]) -> dict[str, Any]:
    result = dict(data)
    for name, block in form.blocks.items():
        content = data.get(name)
        if isinstance(block, Grid) and content is not None:
            result[name] = {row: _cells(block, cells) for row, cells in content.items()}
        elif isinstance(block, Listing) and isinstance(content, Mapping):
            first, second = (column.name for column in block.columns)
            result[name] = [{first: label, second: count} for label, count in content.items()]
    return result


def _columns(grid: Grid) -> list[str]:
    return [column.name for column in grid.columns if not column.formula]


def _cells(grid: Grid, cells: Any) -> Any:
    return dict(zip(_columns(grid), cells, strict=True)) if isinstance(cells, list) else cells
