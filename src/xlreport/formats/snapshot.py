"""What stands in a workbook file, of whatever format: the one intermediate, without any meaning yet."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from typing import TypeAlias

from xlreport.area import Area
from xlreport.formats.extent import rows_of
from xlreport.formats.extras import NO_EXTRAS, Extras
from xlreport.frozen import frozen

Raw: TypeAlias = "str | float | bool | date | datetime | time | timedelta"
"""A cell as it is stored; a blank cell is ""."""


UNKNOWN_COLOUR = "?"
"""A colour that stands in the file in a way that no spreadsheet program writes."""


@frozen
class Appearance:
    """How a cell looks, as far as it decides what a person sees of its value.

    `number_format` is the format's text, "" for the usual one; `ink` and `ground` are colours as
    RRGGBB, "" for the usual black on white: of a ground that goes from one to another all of them,
    UNKNOWN_COLOUR where it cannot be said. `struck` text has a line through it, a `crossed` cell one from
    corner to corner, `tiny` text is too small to be read or begins outside its cell, `repeated` text fills
    its cell again and again, `raised` text stands higher or lower than the line, `pictorial` fonts have
    pictures for letters and digits, a `foreign` value stands for something else, which is shown in its
    place, `turned` text stands on its head, `leftward` text goes from right to
    left. `runs` are the looks of parts of the text that have their own.
    """

    number_format: str = ""
    ink: str = ""
    ground: str = ""
    struck: bool = False
    crossed: bool = False
    tiny: bool = False
    repeated: bool = False
    raised: bool = False
    pictorial: bool = False
    foreign: bool = False
    turned: bool = False
    leftward: bool = False
    runs: tuple[Appearance, ...] = ()

    @property
    def unseen(self) -> bool:
        """True where the text cannot be told from its ground, or is too small."""
        ink, grounds = self.ink or "000000", (self.ground or "FFFFFF").split()
        return self.tiny or any(
            UNKNOWN_COLOUR not in (ink, each) and _contrast(ink, each) < _CONTRAST for each in grounds
        )

    @property
    def unsure(self) -> bool:
        """True where nobody can say whether the text is seen."""
        return UNKNOWN_COLOUR in (self.ink, *self.ground.split())

    def over(self, under: Appearance) -> Appearance:
        """What a condition that gives this look makes of a cell."""
        ground = self.ground or under.ground
        return replace(
            under,
            number_format=self.number_format or under.number_format,
            ink=self.ink or under.ink,
            ground=ground,
            struck=self.struck or under.struck,
            tiny=self.tiny or under.tiny,
            pictorial=self.pictorial or under.pictorial,
            runs=tuple(replace(run, ground=ground) for run in under.runs),
        )


PLAIN = Appearance()
_CONTRAST = 1.2
"""The contrast (WCAG 2.2, 1.4.3) below which nobody tells a text from its ground; 4.5 reads well."""
_GLARE = 0.05
_REACH = 10_000
"""Rows of which it is remembered that they are out of reach; no form is longer."""


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_brightness(one), _brightness(other)))
    return (light + _GLARE) / (dark + _GLARE)


@lru_cache(maxsize=256)
def _brightness(colour: str) -> float:
    """The relative luminance of RRGGBB, from 0 to 1."""
    red, green, blue = (math.pow(int(colour[place : place + 2], 16) / 255, 2.2) for place in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@frozen(slots=False)
class SheetSnapshot:
    """One sheet: raw values and formula texts by 0-based (row, column).

    An error value (#REF!) is the text that is shown. `merged` are the merged areas, `hidden_columns` ranges
    of columns, first and last; `flat_rows` and `narrow_columns` have so little height or width that nothing
    of them is seen, and with `hides_zeros` nothing of a 0. `looks` are those of cells with a value or a
    formula, where the format tells them; `conditional` what conditions may make of areas, the winning first;
    `covered` are the kinds of what is drawn over cells.
    """

    name: str
    cells: Mapping[tuple[int, int], Raw]
    formulas: Mapping[tuple[int, int], str]
    protected: bool
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: Sequence[tuple[int, int]] = ()
    merged: Sequence[Area] = ()
    flat_rows: frozenset[int] = frozenset()
    narrow_columns: Sequence[tuple[int, int]] = ()
    hides_zeros: bool = False
    looks: Mapping[tuple[int, int], Appearance] = field(default_factory=dict)
    conditional: Sequence[tuple[Area, Appearance]] = ()
    covered: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @cached_property
    def rows(self) -> Sequence[Sequence[Raw]]:
        """The values as rows from A1 on, each as long as it needs."""
        return rows_of(self.cells, "")

    def raw(self, row: int, column: int) -> Raw:
        """The raw value, "" where there is none."""
        return self.cells.get((row, column), "")

    def out_of_reach(self, rows: int, columns: int) -> SheetSnapshot:
        """The same with its first rows and columns hidden, so many before the first of a frozen pane.

        Nobody can scroll to them.
        """
        if rows <= 0 and columns <= 0:
            return self
        return replace(
            self,
            hidden_rows=self.hidden_rows.union(range(min(rows, _REACH))),
            hidden_columns=(*self.hidden_columns, *([(0, columns - 1)] if columns > 0 else [])),
        )


@frozen
class Snapshot:
    """A workbook as it came, without any meaning yet. `properties` are those of the file: name and text."""

    sheets: Mapping[str, SheetSnapshot]
    extras: Extras = NO_EXTRAS
    properties: Sequence[tuple[str, str]] = ()
