"""What convert gives back to units, and who it says has not sent anything."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from xlreport.cli.talk import CannotRun, Talk, result

if TYPE_CHECKING:
    from xlreport.archive.gather import Job
    from xlreport.batch.convert import Totals
    from xlreport.batch.work import Plan
    from xlreport.run.engine import Engine
    from xlreport.run.outcome import Outcome
    from xlreport.tables.expected import Expected

_NAMED = 5
"""Units named that have not reported; the summary has them all."""


def refuse_among_returns(back: Path | None, places: Sequence[Path], out: Path) -> None:
    """Copies among the returns would be taken for returns the next time. Raises CannotRun."""
    if back is None or back.resolve().is_relative_to(out):
        return
    if any(place.is_dir() and back.resolve().is_relative_to(place.resolve()) for place in places):
        raise CannotRun(
            "--return 的文件夹不能放在收表的文件夹里：里面的副本下次会被当成报来的工作簿。请另给一个"
        )


def give_back(
    talk: Talk,
    jobs: Sequence[Job],
    closed: Sequence[Outcome],
    plan: Plan,
    back: Path,
    totals: Totals,
    engine: Engine,
) -> None:
    """Write annotated copies and texts for mails, and say how many. Raises CannotRun."""
    from xlreport.batch.giving_back import give_back
    from xlreport.batch.ledger import Ledger
    from xlreport.cleaning import one_line
    from xlreport.cli.given import unwritable

    seen = totals.attendance
    due, instead = (seen.due, seen.instead) if seen is not None else ({}, {})
    try:
        with closing(Ledger(plan)) as ledger:
            given = give_back(jobs, ledger, back, due, totals.superseded, instead, engine, closed)
    except OSError as error:
        raise unwritable(back, error) from error
    for file, why in given.without.items():
        talk.tell(f"{one_line(file)}：{why}", "warning")
    result(f"要退回的 {given.returns} 份：{back}")


def attended(expected: Expected) -> str:
    """How many units have reported, and the first that have not."""
    from xlreport.cleaning import one_line

    names = "、".join(one_line(unit.unit) for unit in expected.missing[:_NAMED])
    more = "等" if len(expected.missing) > _NAMED else ""
    named = f"（{names}{more}）" if names else ""
    return f"应报 {expected.units}，已报 {expected.reported}，未报 {len(expected.missing)}{named}"
