"""xlreport template --units: a workbook for every unit of a list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xlreport.cli.talk import CannotRun, Talk, result

if TYPE_CHECKING:
    from xlreport.cli.params import Out
    from xlreport.form.model import Form
    from xlreport.roster.line import ListedUnit, Roster


def refuse_with_list(units: Sequence[str], values_path: Path | None, out: Out | None) -> None:
    """What makes no sense for many units. Raises CannotRun."""
    if units:
        raise CannotRun("--unit 和 --units 只能给一样：单位都写在名单里")
    if values_path is not None:
        raise CannotRun("--values 是一个单位的数据，不能和 --units 一起用")
    if out is not None and not out.is_folder and out.path.suffix.lower() == ".xlsx":
        raise CannotRun("有 --units 时 -o 要给出文件夹，如 -o 模板/")


def for_list(
    talk: Talk,
    form: Form,
    year: int,
    list_path: Path,
    prior_place: Path | None,
    password: str,
    out: Out | None,
) -> None:
    """Write the workbooks and name each. Raises CannotRun."""
    from xlreport.batch.issue import file_names, prepare, write_issued
    from xlreport.cli.given import keep_inputs, last_year_given, roster_given, save

    roster = roster_given(talk, list_path, form).for_year(year)
    last = last_year_given(talk, prior_place) if prior_place else None
    lines = _reporting(talk, roster, year)
    folder = out.path if out else Path()
    targets = [(line, folder / name) for line, name in file_names(form, year, lines)]
    read = [candidate.path for candidate in last.candidates] if last else []
    keep_inputs([list_path, *read], [path for _, path in targets])
    for line, path in targets:
        prepared = prepare(form, year, line, roster, last)
        for remark in prepared.remarks:
            talk.tell(f"{line.name}：{remark}", "warning")
        save(path, write_issued(form, prepared, password))
        result(str(path))
    talk.tell(f"共 {len(lines)} 个单位")


def _reporting(talk: Talk, roster: Roster, year: int) -> list[ListedUnit]:
    """The lines that report on the year; of the others it is said why they do not. Raises CannotRun."""
    lines = []
    for line in roster:
        why = line.excused(year)
        if why:
            talk.tell(f"{line.name}：{why}，没有生成工作簿")
        else:
            lines.append(line)
    if not lines:
        raise CannotRun(f"名单里没有要报 {year} 年度的单位")
    return lines
