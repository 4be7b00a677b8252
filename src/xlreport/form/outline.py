"""What a form consists of: sections with blocks, found by the names of blocks and of cells."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TypeAlias

from xlreport.form.field import Field
from xlreport.form.fields import Fields
from xlreport.form.grid import Grid
from xlreport.form.listing import Listing
from xlreport.frozen import frozen
from xlreport.subject import Subject

Block: TypeAlias = Fields | Listing | Grid
"""The kinds of block. All say alike what their cells are, and what these are called."""


@frozen
class Section:
    """One sheet of the workbook: a title, an introduction for the clerk, and blocks in order.

    `tab` is the name on the sheet's tab; `wide` prints the sheet in landscape.
    """

    name: str
    title: str
    tab: str
    blocks: tuple[Block, ...]
    intro: str = ""
    wide: bool = False

    @property
    def grids(self) -> tuple[Grid, ...]:
        """Its grids, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Grid))

    @property
    def listings(self) -> tuple[Listing, ...]:
        """Its growing lists, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Listing))


@frozen(eq=False, slots=False)
class Outline:
    """Sections and their blocks, without any rules. Outlines are equal only to themselves."""

    sections: tuple[Section, ...]

    @cached_property
    def blocks(self) -> Mapping[str, Block]:
        """Blocks by name, in the order of the form; the names are the keys of the values JSON."""
        return {block.name: block for section in self.sections for block in section.blocks}

    @cached_property
    def grids(self) -> Mapping[str, Grid]:
        """Grids by name."""
        return {grid.name: grid for section in self.sections for grid in section.grids}

    @cached_property
    def listings(self) -> Mapping[str, Listing]:
        """Growing lists by name."""
        return {listing.name: listing for section in self.sections for listing in section.listings}

    @cached_property
    def fields(self) -> Mapping[Subject, Field]:
        """Single fields by name."""
        blocks = (block for block in self.blocks.values() if isinstance(block, Fields))
        return {subject: field for block in blocks for subject, field in block.cells()}

    @cached_property
    def figures(self) -> Mapping[Subject, Field]:
        """The cells of all grids, computed ones included."""
        return {subject: field for grid in self.grids.values() for subject, field in grid.figures()}

    @cached_property
    def tables(self) -> Mapping[str, tuple[Grid, ...]]:
        """Official tables by name, each the grids stacked in it."""
        tables: dict[str, list[Grid]] = {}
        for grid in self.grids.values():
            tables.setdefault(grid.table, []).append(grid)
        return {name: tuple(grids) for name, grids in tables.items()}

    @cached_property
    def mandatory(self) -> Mapping[Subject, Field]:
        """The cells that must not stay blank in any return."""
        return {subject: field for block in self.blocks.values() for subject, field in block.mandatory()}

    def block_of(self, cell: Subject) -> Block:
        """The block in which a cell stands. Raises KeyError."""
        return self._homes[cell.block or cell][1]

    def section_of(self, cell: Subject) -> Section:
        """The section in which a cell stands. Raises KeyError."""
        return self._homes[cell.block or cell][0]

    @cached_property
    def _homes(self) -> Mapping[str, tuple[Section, Block]]:
        """Section and block by the names of single fields, lists and grids."""
        return {
            name: (section, block)
            for section in self.sections
            for block in section.blocks
            for name in block.names
        }
