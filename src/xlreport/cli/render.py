"""xlreport render: the narrative report of returns."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from xlreport.cli.params import FILE, FOLDER, formats_option
from xlreport.cli.talk import CannotRun, Command, Talk, result, results
from xlreport.prose.personal import FILE_STAR, masked


@click.command(cls=Command)
@click.argument("files", metavar="FILE…", type=FILE, nargs=-1, required=True)
@formats_option
@click.option("-o", "--out", type=FOLDER, help="写到哪个文件夹，默认与工作簿相同。")
@click.option("--draft", is_flag=True, help="生成标明“草稿”的报告，有错误也生成。")
@click.pass_context
def render(ctx: click.Context, files: tuple[Path, ...], formats: str, out: Path | None, draft: bool) -> None:
    """由填好的工作簿生成文字报告。有错误的工作簿只能生成草稿。

    \b
    例：
      xlreport render 岚溪县水务局_2023.xlsx --to docx,pdf -o 报告
      xlreport render 岚溪县水务局_2023.xlsx --draft
    """
    from xlreport.batch.ask import failed
    from xlreport.batch.single import Rendered, rendered
    from xlreport.cli.given import formats_given, keep_inputs, save
    from xlreport.finding import Status
    from xlreport.run.guard import Failed, guarded

    names = formats_given(formats)
    targets = {file: {to: _target(file, out, to) for to in names} for file in files}
    every = [path for paths in targets.values() for path in paths.values()]
    keep_inputs(files, every)
    if len({path.resolve() for path in every}) < len(every):
        raise CannotRun("有两个文件同名，报告会写到同一处。请分开生成，或用 convert")
    opinions = []
    for file, answer in guarded(partial(rendered, formats=names, draft=draft), files, alone=True):
        made = Rendered(failed(file, answer.finding)) if isinstance(answer, Failed) else answer
        opinions.append(made.opinion)
        if made.opinion.status is not Status.ACCEPTED:
            results(made.opinion.lines, err=True)
        if made.trouble:
            raise CannotRun(made.trouble)
        if made.opinion.status is Status.RETURNED and not draft:
            ctx.ensure_object(Talk).tell("  有错误，没有生成报告。可以加 --draft 生成草稿")
        for remark in made.remarks:
            ctx.ensure_object(Talk).tell(f"  {remark.message}{remark.fix}")
        for to, data in made.documents.items():
            save(targets[file][to], data)
            result(str(targets[file][to]))
    if any(found.ours for found in opinions):
        ctx.exit(3)
    ctx.exit(0 if all(found.status is Status.ACCEPTED for found in opinions) else 1)


def _target(file: Path, out: Path | None, to: str) -> Path:
    return (out or file.parent) / f"{masked(file.stem, FILE_STAR)}.{to}"
