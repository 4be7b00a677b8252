"""A sheet while it is being laid out: a cursor that goes down, and helpers that place things."""

from __future__ import annotations

from xlreport.area import Area
from xlreport.layout.cells import EXCEL_ROWS, Alarm, Cell, Constant, Formula, Input, Link, Look, Sheet
from xlreport.layout.heights import LINE, width_of
from xlreport.subject import Subject

CODES = 0
"""The hidden column of names."""
FIRST = 1
"""The first column people see."""


class SheetBuilder:
    """Collects the cells of one sheet. `row` is the next free row."""

    def __init__(self, name: str, widths: dict[int, int]) -> None:
        self.name = name
        self.row = 0
        self.widths = {CODES: 4} | widths
        self._least: dict[int, int] = {}
        self._needs: list[tuple[Area, str, int]] = []
        self.codes: dict[tuple[int, int], Subject] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns = {CODES}
        self.prior = False
        self.prior_rows: set[int] = set()
        self.prior_columns: set[int] = set()
        self.folded_rows: set[int] = set()
        self.freeze = (0, 0)
        self.repeat: tuple[int, int] | None = None
        self.filter: Area | None = None
        self.loose = EXCEL_ROWS
        self._cells: list[Cell] = []
        self._alarms: list[Alarm] = []

    @property
    def last(self) -> int:
        """The last column."""
        return max(self.widths)

    def area(self, left: int, right: int | None = None, rows: int = 1) -> Area:
        """An area from the current row down, from column `left` to `right` (default: one column)."""
        return Area(self.name, self.row, left, self.row + rows - 1, left if right is None else right)

    def width(self, area: Area) -> int:
        """The width of an area in column units."""
        return width_of(area, self.widths)

    def add(self, cell: Cell) -> None:
        """Place a cell; text that people see makes its row as high as needed."""
        self._cells.append(cell)
        if (
            isinstance(cell, (Constant, Link))
            and cell.area.top == cell.area.bottom
            and cell.look != Look.CODE
        ):
            self.need(cell.area, cell.text, 22 if cell.look is Look.TITLE else LINE)

    def text(
        self, area: Area, look: Look, text: str, guarded: bool = False, subject: Subject | None = None
    ) -> None:
        """Place a constant text."""
        self.add(Constant(area, look, text, guarded, subject))

    def input(self, cell: Input, code: Subject) -> None:
        """Place an input with its hidden code in the row's code cell."""
        self.add(cell)
        self.code(code)

    def code(self, code: Subject) -> None:
        """Name the current row."""
        self.codes[self.row, CODES] = code

    def areas(self) -> dict[Subject, Area]:
        """Where each subject placed so far stands."""
        return {cell.subject: cell.area for cell in self._cells if isinstance(cell, (Input, Formula))}

    def alarm(self, alarm: Alarm) -> None:
        """Let an area show the failing of a check."""
        self._alarms.append(alarm)

    def need(self, area: Area, text: str, line: int = LINE) -> None:
        """Make the row of a one-row area high enough for the text, with lines so high (points)."""
        self._needs.append((area, text, line))

    def at_least(self, row: int, height: int) -> None:
        """Make a row at least so high (points)."""
        self._least[row] = max(self._least.get(row, 0), height)

    def build(self, wide: bool = False) -> Sheet:
        """The finished sheet."""
        return Sheet(
            name=self.name,
            cells=tuple(self._cells),
            alarms=tuple(self._alarms),
            widths=self.widths,
            least=self._least,
            needs=tuple(self._needs),
            codes=self.codes,
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
            freeze=self.freeze,
            repeat=self.repeat,
            wide=wide,
            filter=self.filter,
            loose=self.loose,
            prior=self.prior,
            prior_rows=frozenset(self.prior_rows),
            prior_columns=frozenset(self.prior_columns),
            folded_rows=frozenset(self.folded_rows),
        )
