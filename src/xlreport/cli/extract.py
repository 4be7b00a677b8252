"""xlreport extract: the values of a return by name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xlreport.cli.params import FILE, JSON_OUT
from xlreport.cli.talk import Command, Talk, json_bytes, result, result_bytes
from xlreport.prose.personal import FILE_STAR, masked
from xlreport.subject import Subject

if TYPE_CHECKING:
    from xlreport.cli.params import Out
    from xlreport.formula.nodes import Value
    from xlreport.workbook.submission import Submission


@click.command(cls=Command)
@click.argument("file", type=FILE)
@click.option("-o", "--out", type=JSON_OUT, help="写到哪个文件或文件夹，默认显示出来。")
@click.pass_context
def extract(ctx: click.Context, file: Path, out: Out | None) -> None:
    """取出工作簿里填的全部内容（JSON），备注和说明在内。不核对。

    发布的报告（Word、网页、PDF）取出文字和表里的数字，数字用合计验证；不能确认的列在 findings 里。

    \b
    例：
      xlreport extract 岚溪县水务局_2023.xlsx -o 数据.json
      xlreport extract 岚溪县水务局2022年度报告.docx -o 上年数据.json
    """
    from xlreport.cli.given import keep_inputs, of_file, save

    content, odd, doubts = of_file(ctx, _content, file)
    if doubts:
        ctx.ensure_object(Talk).tell(f"报告里有 {doubts} 处不能确认，见 findings")
    if odd:
        ctx.ensure_object(Talk).tell(f"有 {len(odd)} 格填的不是有效内容，按原文给出：{'、'.join(odd)}")
    if out is None:
        result_bytes(json_bytes(content))
    else:
        path = out.file(f"{masked(file.stem, FILE_STAR)}.json")
        keep_inputs([file], [path])
        save(path, json_bytes(content))
        result(str(path))
    ctx.exit(1 if doubts else 0)


def _content(file: Path) -> tuple[Mapping[str, Any], tuple[str, ...], int]:
    """All that is filled in, which cells stand as they are, and how many findings a published report has.

    Raises UnreadableWorkbook.
    """
    from xlreport.batch.published_values import published_values
    from xlreport.form.values import to_json
    from xlreport.workbook.read import read

    published = published_values(file)
    if published is not None:
        return published, (), len(published.get("findings", ()))
    submission = read(file)
    odd = _as_they_stand(submission)
    return to_json(submission.form, {**submission.inputs, **odd}), tuple(odd), 0


def _as_they_stand(submission: Submission) -> dict[Subject, Value]:
    """What stands in inputs that could not be understood: their text, so that nothing is lost."""
    from xlreport.stored import shown

    return {
        subject: shown(reading.raw)
        for subject, reading in submission.readings.items()
        if not reading.understood.usable and subject not in submission.form.computed
    }
