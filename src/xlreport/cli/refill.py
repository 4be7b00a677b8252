"""xlreport refill: what can be read of a damaged or older return, in a fresh template."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlreport.cli.params import FILE, UNIT, WORKBOOK_OUT, YEAR, prior_option
from xlreport.cli.talk import CannotRun, Command, Talk, result

if TYPE_CHECKING:
    from xlreport.archive.last_year import LastYear
    from xlreport.batch.refill import CannotRefill, Refilled
    from xlreport.cli.params import Out


@click.command(cls=Command)
@click.argument("file", type=FILE)
@click.option("-o", "--out", type=WORKBOOK_OUT, help="写到哪个文件或文件夹。")
@click.option("--unit", type=UNIT, help="填报单位全称，默认与原文件相同。")
@click.option("--year", type=YEAR, help="报告年度，默认与原文件相同。")
@prior_option
@click.pass_context
def refill(
    ctx: click.Context,
    file: Path,
    out: Out | None,
    unit: str | None,
    year: int | None,
    prior_place: Path | None,
) -> None:
    """把损坏的、旧版的、取消了保护的工作簿里读得出的内容，填到新模板里。原文件不动。

    发布的报告（Word、网页、PDF）也可以：能证实的数字和各段文字填入新工作簿，不能确认的留空标红，
    “核对意见”表列出每一格取自报告何处、如何证实。

    逐条说明没有带入的内容：原在哪格、填的什么、为什么、在新工作簿哪格重填。

    \b
    例：
      xlreport refill 岚溪县水务局_改坏.xlsx -o 岚溪县水务局_2023.xlsx
      xlreport refill 岚溪县水务局2022年度报告.docx -o 岚溪县水务局_2022.xlsx
      xlreport refill 没有标识.xlsx --unit 岚溪县水务局 --year 2023 -o 新/
    """
    from xlreport.batch.refill import CannotRefill
    from xlreport.cli.given import keep_inputs, last_year_given, of_file, save
    from xlreport.files import safe_name
    from xlreport.prose.personal import FILE_STAR, masked

    last = last_year_given(ctx.ensure_object(Talk), prior_place) if prior_place else None
    refilled = of_file(ctx, partial(_refilled, unit=unit or "", year=year, last=last), file)
    if isinstance(refilled, CannotRefill):
        raise CannotRun(str(refilled))
    name = f"{safe_name(masked(f'{refilled.unit}_{refilled.year}_{refilled.form.id}', FILE_STAR))}.xlsx"
    path = out.file(name) if out else Path(name)
    keep_inputs([file], [path])
    if path.exists():
        raise CannotRun(f"{path} 已经有了，没有覆盖。请用 -o 换一个名字")
    save(path, refilled.workbook())
    result(str(path))
    _tell(refilled)
    ctx.exit(0 if refilled.complete else 1)


def _refilled(file: Path, unit: str, year: int | None, last: LastYear | None) -> Refilled | CannotRefill:
    """The fresh template, or why there is none. Raises UnreadableWorkbook."""
    from xlreport.batch import refill
    from xlreport.prose.personal import masked
    from xlreport.verify.published import open_published
    from xlreport.workbook.salvage import salvage

    try:
        published = open_published(file)
        if published is not None:
            from xlreport.batch.published_refill import refill_published

            found = refill_published(published, masked(file.name), unit, year)
        else:
            found = refill.refill(salvage(file), unit, year)
        return found if last is None else refill.with_last_year(found, last)
    except refill.CannotRefill as error:
        return error


def _tell(refilled: Refilled) -> None:
    from xlreport.cleaning import one_line

    counts = f"原有 {refilled.filled} 格填了内容，带入 {refilled.carried} 格"
    result(one_line(f"{refilled.unit}  {refilled.year} 年  {counts}"))
    for lost, head, tone in ((True, "没有带入", "error"), (False, "已处理，请核对", "note")):
        remarks = [remark for remark in refilled.remarks if remark.lost is lost]
        if remarks:
            result(f"{head}（{len(remarks)} 处）：", tone)
        for remark in remarks:
            result(f"  {one_line(remark.text)}。", tone)
            if remark.fix:
                result(f"    改法：{one_line(remark.fix)}", "fix")
