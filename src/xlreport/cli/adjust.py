"""--adjust 调整.xlsx on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xlreport.cli.talk import CannotRun
from xlreport.cli.trouble import reason

if TYPE_CHECKING:
    from xlreport.consolidate.adjust import Adjustment
    from xlreport.consolidate.child import Child
    from xlreport.consolidate.sums import Summed


def adjustments_of(path: Path, total: Summed, *, made: bool = False) -> list[Adjustment]:
    """The adjustments in a file; `made` where the figures have them already. Raises CannotRun."""
    from xlreport.consolidate.adjust_file import AdjustErrors, read_adjustments

    try:
        return read_adjustments(path, total, made=made)
    except AdjustErrors as error:
        raise CannotRun(str(error)) from error
    except OSError as error:
        raise CannotRun(f"{path} 读不出来：{reason(error)}") from error


def adjustments_given(path: Path, parent: Child) -> list[Adjustment]:
    """The adjustments of a parent that may have been made in it. Raises CannotRun."""
    from xlreport.consolidate.child import resized_form
    from xlreport.consolidate.sums import Summed

    return adjustments_of(path, Summed(resized_form(parent), parent.inputs), made=True)
