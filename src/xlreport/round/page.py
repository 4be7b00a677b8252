"""The board as a page of its own: progress as a picture, the units with their history, search and sort.

It needs no network and shows no telephone numbers unless asked. Its one script is named by its hash, so that
nothing a unit wrote can ever run.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from itertools import chain
from pathlib import Path

from xlreport.frozen import frozen
from xlreport.prose.personal import masked
from xlreport.report.templating import page_template, verbatim
from xlreport.round.below import ALL_BELOW, BelowUnit, of_below, units_below
from xlreport.round.history import histories
from xlreport.round.opened import Round
from xlreport.round.page_cells import LATE, UnitRow, plain_cell, written_cell
from xlreport.round.state import STANDING_WORDS, Standing, UnitState
from xlreport.round.tree import BranchProgress, Tree, branch_progress
from xlreport.tables.book_of_tables import OfficeTable, plain_text
from xlreport.unit import key

_FOLDER = Path(__file__).parent / "templates"
_PRIVATE = ("联系人", "电话", "发件人", "SHA-256")
"""What a clerk needs and a page that is passed on must not show."""
_WRITTEN = ("文件", "来源", "说明", "原因", "上一份", "这一份", "原来", "现在")
"""Columns that people wrote, in which telephone numbers may stand."""
_OTHERS = ("下级单位", "文件", "未归属", "改动", "决定")
"""Sheets of the workbook that the page has too; of units it has one list."""
_HEADINGS = ("单位", "机关代码", "状态", "期限", "逾期", "下一步", "以哪份为准")
_PEOPLE = ("联系人", "电话")
_UNKNOWN = ("", "")
"""Contact and telephone of units below others, which this office's list does not have."""


@frozen
class _Other:
    title: str
    headings: tuple[str, ...]
    count: int
    rows: str


def page(title: str, tables: Sequence[OfficeTable], round_: Round, *, people: bool = False) -> str:
    """The page; everything in it is text, whoever wrote it. `people` shows names and telephone numbers."""
    tree = Tree(round_)
    rows = _Rows(round_, tree, people)
    script = f"\n{_file('board.js')}\n"
    return page_template(_FOLDER / "board.html.j2").render(
        title=title,
        at=round_.clock().strftime("%Y-%m-%d %H:%M"),
        closed=round_.state.closed,
        totals=list(_totals(round_)),
        bars=[*tree.progress(), *rows.progress_below()],
        standings=list(STANDING_WORDS.values()),
        branches=rows.branches,
        headings=[*_HEADINGS, *(_PEOPLE if people else ())],
        units=verbatim("".join(rows.units)),
        others=[_other(table, people) for table in tables if table.title in _OTHERS],
        style=verbatim(_file("board.css")),
        script=verbatim(script),
        script_hash=f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}",
    )


def _totals(round_: Round) -> Iterator[tuple[str, int]]:
    totals = round_.state.totals
    yield "应报", totals["expected"]
    yield "已到", totals["expected"] - totals[Standing.NOT_SENT]
    for standing, words in STANDING_WORDS.items():
        yield words, totals[standing]
    yield LATE, totals["late"]


class _Rows:
    """The units of the tree as rows, each with those in its bundle behind it; `branches` by number of row."""

    def __init__(self, round_: Round, tree: Tree, people: bool) -> None:
        self.units: list[str] = []
        self._below: dict[str, list[BelowUnit]] = {}
        self._history = histories(round_)
        rows: list[int] = []
        deep: dict[int, str] = {}
        for unit, above in zip(tree.units, tree.above, strict=True):
            rows.append(len(self.units))
            places = tuple(rows[number] for number in above)
            self._add(unit, places, people)
            below = list(units_below(round_, unit))
            if below:
                self._below[unit.line.name] = below
                deep[rows[-1]] = masked(unit.line.name)
            self._add_below(below, (*places, rows[-1]), people)
        listed = {rows[number]: name for number, name in tree.branches()}
        self.branches = sorted({**listed, **deep}.items())

    def progress_below(self) -> Iterator[BranchProgress]:
        """How far the units have come that are in bundles: all of them, then those of each office."""
        if self._below:
            yield branch_progress(ALL_BELOW, chain.from_iterable(self._below.values()))
        for name, units in self._below.items() if len(self._below) > 1 else ():
            yield branch_progress(of_below(masked(name)), units)

    def _add(self, unit: UnitState, above: tuple[int, ...], people: bool) -> None:
        line, counting = unit.line, unit.counting
        cells = [
            plain_cell(line.unit.code),
            plain_cell(STANDING_WORDS[unit.standing], toned=True),
            plain_cell("" if unit.due is None else unit.due.isoformat()),
            plain_cell(LATE if unit.late else "", toned=True),
            written_cell(unit.next, toned=True),
            written_cell(counting.name if counting is not None else "", toned=True),
            *((plain_cell(line.contact), plain_cell(line.phone)) if people else ()),
        ]
        history = self._history.get(key(line.name), ())
        about = UnitRow(masked(line.name), above, STANDING_WORDS[unit.standing], unit.late)
        self.units.append(about.html(len(self.units), cells, history))

    def _add_below(self, units: Sequence[BelowUnit], above: tuple[int, ...], people: bool) -> None:
        """Rows of units below, each behind the office that counts it."""
        places: dict[tuple[str, ...], tuple[int, ...]] = {}
        for unit in units:
            over = places.get(unit.offices, above)
            places[(*unit.offices, unit.name)] = (*over, len(self.units))
            file = unit.file.name.rpartition("/")[2] if unit.file else ""
            cells = [unit.code, STANDING_WORDS[unit.standing], "", "", unit.why, file]
            shown = [written_cell(cell, toned=True) for cell in (*cells, *(_UNKNOWN if people else ()))]
            about = UnitRow(masked(unit.name), over, STANDING_WORDS[unit.standing])
            self.units.append(about.html(len(self.units), shown, unit.history))


def _other(table: OfficeTable, people: bool) -> _Other:
    shown = [n for n, heading in enumerate(table.headings) if people or heading not in _PRIVATE]
    headings = tuple(table.headings[number] for number in shown)
    writers = [(n, written_cell if table.headings[n] in _WRITTEN else plain_cell) for n in shown]
    rows = ("".join([cell(plain_text(row[n])) for n, cell in writers]) for row in table.rows)
    return _Other(
        table.title, headings, len(table.rows), verbatim("".join(f"<tr>{row}</tr>\n" for row in rows))
    )


@cache
def _file(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8").strip()
