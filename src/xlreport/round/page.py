"""The board as a page of its own: progress as a picture, the units with their history, search and sort.

It needs no network and shows no telephone numbers unless asked. Its one script is named by its hash, so that
nothing a unit wrote can ever run.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from xlreport.frozen import frozen
from xlreport.prose.personal import masked
from xlreport.report.templating import page_template, verbatim
from xlreport.round.below import BelowUnit, below
from xlreport.round.contacts import without_contacts
from xlreport.round.history import Happened, histories
from xlreport.round.opened import Round
from xlreport.round.state import STANDING_WORDS, Standing, UnitState
from xlreport.round.tree import Tree
from xlreport.tables.book_of_tables import CellContent, OfficeTable, plain_text
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
_LONG = 14
"""Characters of what people wrote from which on it is broken into lines; all else stays in one."""
_LATE = "逾期"
_DEEPEST = 4
"""Steps of the tree that are set in further; deeper ones stand below each other."""


@frozen
class _Cell:
    text: str
    wide: bool = False


_BLANK = _Cell("")


@frozen
class _Line:
    """A moment of a unit's history, in print."""

    at: str
    words: str
    why: str


@frozen
class _Unit:
    """A unit of the tree. `above` has the numbers of the units above it, in the order of the page."""

    name: str
    above: tuple[int, ...]
    standing: str
    late: bool
    cells: tuple[_Cell, ...]
    history: tuple[_Line, ...]

    @property
    def depth(self) -> int:
        return min(len(self.above), _DEEPEST)


@frozen
class _Other:
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[_Cell, ...], ...]


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
        bars=list(tree.progress()),
        standings=list(STANDING_WORDS.values()),
        tones={*STANDING_WORDS.values(), _LATE},
        branches=rows.branches,
        headings=[*_HEADINGS, *(_PEOPLE if people else ())],
        units=rows.units,
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
    yield _LATE, totals["late"]


class _Rows:
    """The units of the tree as rows, each with those in its bundle behind it; `branches` by number of row."""

    def __init__(self, round_: Round, tree: Tree, people: bool) -> None:
        self.units: list[_Unit] = []
        self._history = histories(round_)
        rows: list[int] = []
        deep: dict[int, str] = {}
        for unit, above in zip(tree.units, tree.above, strict=True):
            rows.append(len(self.units))
            chain = tuple(rows[number] for number in above)
            self.units.append(self._unit(unit, chain, people))
            units_below = list(below(round_, unit))
            if units_below:
                deep[rows[-1]] = masked(unit.line.name)
            self._add_below(units_below, (*chain, rows[-1]), people)
        listed = {rows[number]: name for number, name in tree.branches()}
        self.branches = sorted({**listed, **deep}.items())

    def _unit(self, unit: UnitState, above: tuple[int, ...], people: bool) -> _Unit:
        line, counting = unit.line, unit.counting
        cells = [
            _Cell(line.unit.code),
            _Cell(STANDING_WORDS[unit.standing]),
            _Cell("" if unit.due is None else unit.due.isoformat()),
            _Cell(_LATE if unit.late else ""),
            _written(unit.next),
            _written(counting.name if counting is not None else ""),
            *((_Cell(line.contact), _Cell(line.phone)) if people else ()),
        ]
        lines = tuple(map(_line, self._history.get(key(line.name), ())))
        name, standing = masked(line.name), STANDING_WORDS[unit.standing]
        return _Unit(name, above, standing, unit.late, tuple(cells), lines)

    def _add_below(self, units: Sequence[BelowUnit], above: tuple[int, ...], people: bool) -> None:
        """Rows of units below, each behind the office that counts it."""
        places: dict[tuple[str, ...], tuple[int, ...]] = {}
        for unit in units:
            chain = places.get(unit.offices, above)
            places[(*unit.offices, unit.name)] = (*chain, len(self.units))
            standing, file = STANDING_WORDS[unit.standing], unit.file
            cells = [unit.code, standing, "", "", unit.why, file.name.rpartition("/")[2] if file else ""]
            shown = (*map(_written, cells), *((_Cell(""), _Cell("")) if people else ()))
            lines = tuple(map(_line, unit.history))
            self.units.append(_Unit(masked(unit.name), chain, standing, False, shown, lines))


def _line(happened: Happened) -> _Line:
    return _Line(
        happened.at.strftime("%Y-%m-%d %H:%M"), _written(happened.words).text, _written(happened.why).text
    )


def _other(table: OfficeTable, people: bool) -> _Other:
    shown = [n for n, heading in enumerate(table.headings) if people or heading not in _PRIVATE]
    headings = tuple(table.headings[number] for number in shown)
    rows = (tuple(_cell(table.headings[number], row[number]) for number in shown) for row in table.rows)
    return _Other(table.title, headings, tuple(rows))


def _cell(heading: str, content: CellContent) -> _Cell:
    text = plain_text(content)
    return _written(text) if heading in _WRITTEN else _Cell(text)


def _written(text: str) -> _Cell:
    """What people wrote, without the numbers of persons and telephones."""
    if not text:
        return _BLANK
    return _Cell(without_contacts(text), wide=len(text) > _LONG)


@cache
def _file(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8").strip()
