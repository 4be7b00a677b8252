"""A sheet while its records are read, as both binary formats (.xls and .xlsb) need it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from xlreport.area import Area, a1
from xlreport.formats.binary_looks import BinaryLooks
from xlreport.formats.extent import Extent
from xlreport.formats.foreign import RESAVE, Unopened
from xlreport.formats.formula_texts import Position
from xlreport.formats.number_formats import NumberFormats
from xlreport.formats.sheet_grid import POINT, USUAL_HEIGHT, USUAL_WIDTH, Lines, SheetGrid, width
from xlreport.formats.snapshot import PLAIN, Appearance, Raw, SheetSnapshot
from xlreport.formats.xlsx_areas import LOW, NARROW


class TokenFormulas(Mapping[Position, str]):
    """Formula texts by place, each written when it is asked for: of a hundred thousand a form needs few."""

    def __init__(self, tokens: Mapping[Position, bytes], written: Callable[[Position], str]) -> None:
        self._tokens = tokens
        self._written = written

    def __getitem__(self, place: Position) -> str:
        if place not in self._tokens:
            raise KeyError(place)
        return self._written(place)

    def __iter__(self) -> Iterator[Position]:
        return iter(self._tokens)

    def __len__(self) -> int:
        return len(self._tokens)


@dataclass
class SheetRecords:
    """What has been read of a sheet so far: values, formulas as tokens, what is said of its lines.

    `shared` are the tokens that several cells share, by the first of them; `last` is the formula that
    came last: what belongs to it follows it. `merged` are first row, last row, first column, last column.
    `first` is the cell that is seen first, `frozen` whether rows and columns have a pane of their own that is
    never scrolled.
    """

    formats: NumberFormats = field(default_factory=NumberFormats)
    looks: BinaryLooks = field(default_factory=BinaryLooks)
    cells: dict[Position, Raw] = field(default_factory=dict)
    styles: dict[Position, int] = field(default_factory=dict)
    tokens: dict[Position, bytes] = field(default_factory=dict)
    shared: dict[Position, bytes] = field(default_factory=dict)
    last: Position = (0, 0)
    protected: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    narrow_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    row_sizes: list[tuple[int, int, float]] = field(default_factory=list)
    column_sizes: list[tuple[int, int, float]] = field(default_factory=list)
    hides_zeros: bool = False
    first: Position = (0, 0)
    frozen: tuple[bool, bool] = (False, False)
    runs: dict[Position, tuple[int, ...]] = field(default_factory=dict)

    def number(self, place: Position, style: int, number: float) -> None:
        """A cell with a number, or with the day or time that its style makes of it."""
        self.put(place, style, self.formats.shown(number, style))

    def put(self, place: Position, style: int, value: Raw) -> None:
        """A cell with a value. Raises Unopened as `blank` does."""
        self.blank(place)
        self.cells[place], self.styles[place] = value, style

    def blank(self, place: Position) -> None:
        """A cell without one. Raises Unopened for one that is there already: programs take either."""
        if place in self.styles:
            raise Unopened(f"文件已损坏，{a1(*place)} 有两份，各种软件读法不一", RESAVE)

    def row(self, row: int, height: float, *, hidden: bool) -> None:
        """A row and its height in points."""
        if hidden:
            self.hidden_rows.add(row)
        self.row_sizes.append((row, row, 0.0 if hidden else height * POINT))

    def columns(self, first: int, last: int, characters: float, *, hidden: bool) -> None:
        """Columns and their width."""
        if hidden:
            self.hidden_columns.append((first, last))
        elif characters < NARROW:
            self.narrow_columns.append((first, last))
        self.column_sizes.append((first, last, 0.0 if hidden else width(characters)))

    def grid(self) -> SheetGrid:
        """Where the cells lie."""
        return SheetGrid(Lines(USUAL_WIDTH, self.column_sizes), Lines(USUAL_HEIGHT, self.row_sizes))

    def _looks(self) -> Mapping[Position, Appearance]:
        """How cells look, conditions aside."""
        known = {
            style: self.looks.look(style, self.formats.code(style)) for style in set(self.styles.values())
        }
        looks = {place: known[style] for place, style in self.styles.items() if known[style] is not PLAIN}
        for place, fonts in self.runs.items():
            look = looks.get(place, PLAIN)
            runs = (replace(self.looks.font(font), ground=look.ground) for font in fonts)
            looks[place] = replace(look, runs=tuple(dict.fromkeys(runs)))
        return looks

    def snapshot(
        self, name: str, hidden: bool, extent: Extent, written: Callable[[Position], str]
    ) -> SheetSnapshot:
        """The sheet when all is read; `written` gives a formula's text. Raises Unopened for a vast sheet."""
        extent.add(name, self.cells)
        rows, columns = (at if frozen else 0 for at, frozen in zip(self.first, self.frozen, strict=True))
        return SheetSnapshot(
            name,
            self.cells,
            TokenFormulas(self.tokens, written),
            self.protected,
            hidden=hidden,
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=tuple(self.hidden_columns),
            merged=tuple(Area(name, top, left, bottom, right) for top, bottom, left, right in self.merged),
            flat_rows=frozenset(row for row, _, high in self.row_sizes if high < LOW * POINT)
            - self.hidden_rows,
            narrow_columns=tuple(self.narrow_columns),
            hides_zeros=self.hides_zeros,
            looks=self._looks(),
        ).out_of_reach(rows, columns)
