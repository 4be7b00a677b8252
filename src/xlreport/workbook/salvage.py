"""Reading what can be read: also without a stamp, and where codes are gone. For filling in anew only."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from xlreport.finding import UnreadableWorkbook
from xlreport.layout import lay_out
from xlreport.layout.stamp import make_stamp
from xlreport.workbook.kinship import form_of
from xlreport.workbook.read import open_snapshot, recognise, understand
from xlreport.workbook.relocate import relocate
from xlreport.workbook.submission import Submission

_STAMPLESS = ("WBK002", "WBK006")


def salvage(path: str | Path) -> Submission:
    """A return read as far as possible; a stamp that is gone names neither unit nor year.

    Raises UnreadableWorkbook where not even the form can be told.
    """
    file = Path(path)
    snapshot = open_snapshot(file)
    try:
        stamp, form = recognise(file, snapshot)
    except UnreadableWorkbook as error:
        known = form_of(snapshot) if error.finding.code in _STAMPLESS else None
        if known is None:
            raise
        form = known
        stamp = replace(make_stamp(form, "", None, {}), definition="")
    tabs = frozenset(sheet.name for sheet in lay_out(form).sheets)
    return understand(file, snapshot, stamp, form, partial(relocate, tabs=tabs))
