"""xlreport verify FOLDER -o DIR: many published reports, their findings in a table."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from xlreport.cli.talk import CannotRun, Talk, result
from xlreport.cli.trouble import reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlreport.archive.everything import Everything
    from xlreport.archive.last_year import LastYear
    from xlreport.run.outcome import Outcome


def run_audit(talk: Talk, places: Sequence[Path], out: Path, prior: LastYear | None) -> int:
    """Verify all reports in these places and say what came of it; the exit code. Raises CannotRun."""
    from tempfile import TemporaryDirectory

    from xlreport.archive.everything import everything

    if any(place.resolve() == out.resolve() for place in places):
        raise CannotRun("输出文件夹不能就是放报告的文件夹，请用 -o 另给一个")
    with TemporaryDirectory(prefix="xlreport-") as unpacked:
        try:
            found = everything(places, out, Path(unpacked), reports=True)
        except ValueError as error:
            raise CannotRun("这些文件不在同一个磁盘上，请分开处理") from error
        except OSError as error:
            raise CannotRun(f"压缩包解不开：{reason(error)}") from error
        if not found.jobs:
            raise CannotRun("没有找到报告")
        for name, shut in found.closed:
            talk.tell(f"{name}：{shut.message}。{shut.fix}", "warning")
        outcomes = _audited(talk, found, out, prior)
    _tell(outcomes, out)
    if any(outcome.faulty for outcome in outcomes):
        return 3
    return 0 if all(outcome.record["status"] == "accepted" for outcome in outcomes) else 1


def _audited(talk: Talk, found: Everything, out: Path, prior: LastYear | None) -> list[Outcome]:
    from xlreport.batch.audit import audit
    from xlreport.cleaning import one_line
    from xlreport.cli.given import unwritable
    from xlreport.cli.progress import progress
    from xlreport.finding import STATUS_WORDS

    try:
        with progress(talk, len(found.jobs)) as step:
            return audit(
                found.jobs,
                out,
                prior,
                os.cpu_count() or 1,
                lambda o: step(one_line(o.record["file"]), STATUS_WORDS[o.record["status"]]),
            )
    except OSError as error:
        raise unwritable(out, error) from error


def _tell(outcomes: Sequence[Outcome], out: Path) -> None:
    """How many reports have which trouble."""
    from xlreport.batch.convert import SUMMARY
    from xlreport.tables.audited import TroubleKind, troubles

    found = [troubles(outcome.record) for outcome in outcomes]
    sound = sum(not each for each in found)
    counts = [
        f"{kind} {count} 份" for kind in TroubleKind if (count := sum(each[kind] > 0 for each in found))
    ]
    result(f"共 {len(outcomes)} 份，没有问题 {sound} 份" + "".join(f"，{count}" for count in counts))
    result(f"汇总表：{out / SUMMARY}")
