"""xlreport verify: what is wrong with returns."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlreport.cli.params import FOLDER, PLACE, prior_option
from xlreport.cli.talk import CannotRun, Command, Talk, json_bytes, result, result_bytes, results

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlreport.archive.last_year import LastYear
    from xlreport.batch.opinion import Opinion


@click.command(cls=Command)
@click.argument("files", metavar="FILE…", type=PLACE, nargs=-1, required=True)
@prior_option
@click.option("-o", "--out", type=FOLDER, help="文件夹里的报告全部核对，汇总表写到这个文件夹。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序使用。")
@click.option("--annotate", "copies", type=FOLDER, help="问题标注在副本上，写到这个文件夹，供退回。")
@click.pass_context
def verify(
    ctx: click.Context,
    files: tuple[Path, ...],
    prior_place: Path | None,
    out: Path | None,
    as_json: bool,
    copies: Path | None,
) -> None:
    """核对填好的工作簿，列出全部问题。不改动文件。

    发布的报告（Word、网页、PDF）核对表里的数字和正文，文字与表不符的指出第几段第几字。

    \b
    例：
      xlreport verify 岚溪县水务局_2023.xlsx
      xlreport verify 岚溪县水务局_2023.xlsx --prior 2022年回收的工作簿
      xlreport verify *.xlsx --json > 问题.json
      xlreport verify *.xlsx --annotate 退回
      xlreport verify 岚溪县水务局2023年度报告.docx
      xlreport verify 各单位发布的报告 --prior 上年发布的报告 -o 审查
    """
    from xlreport.finding import Status

    talk = ctx.ensure_object(Talk)
    prior = _last_year(talk, prior_place) if prior_place else None
    if out is not None:
        from xlreport.cli.audit import run_audit

        if as_json or copies is not None:
            raise CannotRun("-o 与 --json、--annotate 不能同时用")
        ctx.exit(run_audit(talk, files, out, prior))
    opinions = list(_opinions(talk, files, prior, copies, shown=not as_json))
    if as_json:
        result_bytes(json_bytes([found.record for found in opinions]))
    if any(found.ours for found in opinions):
        ctx.exit(3)
    ctx.exit(0 if all(found.status is Status.ACCEPTED for found in opinions) else 1)


def _opinions(
    talk: Talk, files: Sequence[Path], prior: LastYear | None, copies: Path | None, *, shown: bool
) -> Iterator[Opinion]:
    """What is wrong with each file, shown and annotated as soon as it is known. Raises CannotRun."""
    import xlreport.prose.personal  # noqa: F401 - shown lines go through it: loaded here, a worker has it too
    from xlreport.batch.ask import failed, opinion
    from xlreport.cli.copies import names_of_copies, write_copy
    from xlreport.run.guard import Failed, guarded

    folder = next((file for file in files if file.is_dir()), None)
    if folder is not None:
        raise CannotRun(f"{folder} 是文件夹，要全部核对，请用 -o 给出写汇总表的文件夹")
    names = names_of_copies(files, copies) if copies is not None else {}
    work = partial(opinion, prior=prior, annotate=bool(names))
    for number, (path, answer) in enumerate(guarded(work, files, alone=True)):
        found = failed(path, answer.finding) if isinstance(answer, Failed) else answer
        if shown:
            if number:
                result("")
            results(found.lines)
        if path in names:
            write_copy(path, found, names[path], talk)
        yield found


def _last_year(talk: Talk, place: Path) -> LastYear:
    from xlreport.cli.given import last_year_given  # which loads forms, as the worker does for itself

    return last_year_given(talk, place)
