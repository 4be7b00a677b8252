"""Formula texts of a sheet by place, those that cells share or fill together included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xlreport.area import Area, a1
from xlreport.formats.extent import check_cells

Position = tuple[int, int]
"""0-based row and column."""
_LONGEST_SHARED = 1_000
"""Characters of a shared formula; ours are far shorter, a longer one differs in any case."""


class Formulas(Mapping[Position, str]):
    """Formula texts by 0-based position.

    One that several cells share is worked out when it is asked for: a file may have a hundred thousand
    of them, of which a form needs a hundred.
    """

    def __init__(self, own: Mapping[Position, str], shared: Mapping[Position, tuple[str, str]]) -> None:
        self._own = own
        self._shared = shared

    def __getitem__(self, place: Position) -> str:
        shared = self._shared.get(place)
        return self._own[place] if shared is None else _moved(*shared, a1(*place))

    def __contains__(self, place: object) -> bool:
        return place in self._own

    def __iter__(self) -> Iterator[Position]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)


class FormulaTexts:
    """Formulas while a sheet is read.

    `shared` cells name a formula by its number, whose text may stand in any cell of its area; an array
    formula stands in the first cell of its area and gives the values of all.
    """

    def __init__(self) -> None:
        self.own: dict[Position, str] = {}
        self._shared: dict[Position, str] = {}
        self._origins: dict[str, tuple[str, str]] = {}
        self._arrays: list[tuple[Area, str]] = []

    def add(self, place: Position, text: str) -> None:
        """A cell's own formula."""
        self.own[place] = text

    def share(self, place: Position, number: str, text: str) -> None:
        """A cell with a shared formula; the one that has its text says how it reads there."""
        self.own[place] = text
        if text:
            self._origins.setdefault(number, (text, a1(*place)))
        else:
            self._shared[place] = number

    def fill(self, area: Area, text: str) -> None:
        """An array formula, or a table of what-ifs."""
        self._arrays.append((area, text))

    def finished(self, bottom: int, right: int) -> Formulas:
        """All formulas of the sheet, arrays as far as the sheet is used. Raises Unopened for too many."""
        for area, text in self._arrays:
            rows = range(area.top, min(area.bottom, max(bottom, area.top)) + 1)
            columns = range(area.left, min(area.right, max(right, area.left)) + 1)
            check_cells(len(self.own) + len(rows) * len(columns))
            for row in rows:
                self.own |= dict.fromkeys(((row, column) for column in columns), text)
        known = {place: self._origins[n] for place, n in self._shared.items() if n in self._origins}
        return Formulas(self.own, known)


def _moved(text: str, origin: str, target: str) -> str:
    """A formula that several cells share, as it reads in another of them.

    openpyxl is slow to load and shared formulas are rare.
    """
    if len(text) > _LONGEST_SHARED:
        return text
    from openpyxl.formula.tokenizer import TokenizerError
    from openpyxl.formula.translate import Translator, TranslatorError

    try:
        return str(Translator(f"={text}", origin=origin).translate_formula(target)).removeprefix("=")
    except (TokenizerError, TranslatorError):
        return text  # it is not the template's, and will be found to differ
