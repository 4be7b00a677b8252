"""Locked formula cells: as a block declares them, and bound to the cells they read."""

from __future__ import annotations

from xlreport.formula.nodes import Node
from xlreport.frozen import frozen
from xlreport.subject import Subject


@frozen
class DeclaredFormula:
    """The formula of one cell. In the formula of a row bare names mean cells of the same `column`, and so on.

    `path` is where it stands in the block's declaration.
    """

    subject: Subject
    source: str
    path: str = ""
    row: str = ""
    column: str = ""


@frozen
class Computed:
    """A locked formula cell: `source` is the formula as declared, `node` the same bound to its cells.

    `inputs` are the input cells that decide it, those behind other computed cells included.
    """

    subject: Subject
    source: str
    node: Node
    inputs: tuple[Subject, ...] = ()
