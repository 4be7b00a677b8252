"""What a cell of an .xlsx holds, from what is written there: a number, a text that all sheets share, a day.

Format: ECMA-376 part 1, 18.18.11 (types of cells).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from itertools import count

from lxml import etree

from xlreport.expression import Expression
from xlreport.formats.snapshot import Appearance, Raw
from xlreport.formats.xlsx_styles import CellStyles, runs_of
from xlreport.formats.xlsx_text import have_runs, text_of, unescaped

_TRUE, _FALSE = ("1", "true"), ("0", "false")
_NUMBER = Expression(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_MOMENT = Expression(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)[0-9.:Z+-]*)?")
_SOME_ERROR = "#VALUE!"


class Shared:
    """What all sheets of a workbook share; its texts are read when the first cell asks for one.

    Each is an element, or its text alone where none of them has more than that.
    """

    def __init__(
        self, read_items: Callable[[], Sequence[etree._Element] | Sequence[str]], styles: CellStyles
    ) -> None:
        self._read_items, self.styles = read_items, styles

    @cached_property
    def _items(self) -> Sequence[etree._Element] | Sequence[str]:
        return self._read_items()

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The shared texts by number, as cells write it."""
        texts = (unescaped(item) if isinstance(item, str) else text_of(item) for item in self._items)
        return dict(zip(map(str, count()), texts, strict=False))

    @cached_property
    def runs(self) -> Mapping[str, tuple[Appearance, ...]]:
        """The looks of parts of shared texts, by the texts' numbers."""
        items = [item for item in self._items if not isinstance(item, str)]
        if not have_runs(items):  # what nearly every workbook is
            return {}
        looks = ((str(number), runs_of(item, self.styles.colours)) for number, item in enumerate(items))
        return {number: found for number, found in looks if found}

    def text(self, number: str) -> str | None:
        """The text of that number; None where there is none."""
        found = self.texts.get(number)
        return self.texts.get(number.lstrip("0") or "0") if found is None and number.isdecimal() else found


def written_value(text: str, kind: str, style: str, shared: Shared) -> Raw | None:
    """The value of a cell of that kind and style, "" for a blank one; None where it is none."""
    if kind == "n" and _NUMBER.fullmatch(text) is not None:  # what most cells hold
        return shared.styles.shown(float(text), style)
    if kind == "str":
        return unescaped(text)
    text = text.strip()
    if not text:
        return _SOME_ERROR if kind == "e" else ""
    match kind:
        case "s":
            return shared.text(text)
        case "n":
            return shared.styles.shown(float(text), style) if _NUMBER.fullmatch(text) else None
        case "b":
            return text in _TRUE if text in (*_TRUE, *_FALSE) else None
        case "d":
            return _moment(text)
        case "e":
            return text if text.startswith(("#", "Err:")) else _SOME_ERROR
    return None


def _moment(text: str) -> Raw | None:
    """A date as ISO 8601 writes it; of a time its zone is not told apart, as in Excel."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    try:
        moment = datetime.fromisoformat(f"{found[1]}T{found[2] or '00:00:00'}")
    except ValueError:
        return None
    return moment.date() if moment == datetime.combine(moment.date(), datetime.min.time()) else moment
