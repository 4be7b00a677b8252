"""xlreport verify: what is wrong with returns."""

from __future__ import annotations

from pathlib import Path

import click

from xlreport.cli.params import FILE, FOLDER, prior_option
from xlreport.cli.talk import Command, Talk, json_bytes, result, result_bytes, results


@click.command(cls=Command)
@click.argument("files", metavar="FILE…", type=FILE, nargs=-1, required=True)
@prior_option
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序使用。")
@click.option("--annotate", "copies", type=FOLDER, help="问题标注在副本上，写到这个文件夹，供退回。")
@click.pass_context
def verify(
    ctx: click.Context,
    files: tuple[Path, ...],
    prior_place: Path | None,
    as_json: bool,
    copies: Path | None,
) -> None:
    """核对填好的工作簿，列出全部问题。不改动文件。

    \b
    例：
      xlreport verify 岚溪县水务局_2023.xlsx
      xlreport verify 岚溪县水务局_2023.xlsx --prior 2022年回收的工作簿
      xlreport verify *.xlsx --json > 问题.json
      xlreport verify *.xlsx --annotate 退回
    """
    from xlreport.cli.copies import names_of_copies, write_copy
    from xlreport.cli.given import last_year_given, tell_skipped
    from xlreport.feedback.record import record
    from xlreport.feedback.text import describe
    from xlreport.finding import Status
    from xlreport.verify.gates import verify_file

    prior = last_year_given(prior_place) if prior_place else None
    if prior is not None:
        tell_skipped(ctx.ensure_object(Talk), prior)
    names = names_of_copies(files, copies) if copies is not None else {}
    refused = False
    records = []
    for number, path in enumerate(files):
        verdict = verify_file(path, prior)
        refused |= verdict.status is not Status.ACCEPTED
        if as_json:
            records.append(record(verdict))
        else:
            if number:
                result("")
            results(describe(verdict))
        if path in names:
            write_copy(verdict, names[path], ctx.ensure_object(Talk))
    if as_json:
        result_bytes(json_bytes(records))
    ctx.exit(1 if refused else 0)
