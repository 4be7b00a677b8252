"""xlreport demo: the whole loop on the shipped samples."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from xlreport.cli.params import DEFAULT_FORM, FOLDER
from xlreport.cli.talk import Command, Talk, result, results

_UNITS = ("岚溪县水务局", "岚溪县青禾镇人民政府")
_YEAR = 2023


@click.command(cls=Command)
@click.option("-o", "--out", type=FOLDER, default="demo-output", show_default=True, help="写到哪个文件夹。")
@click.option("--round", "is_round", is_flag=True, help="改走一遍收表：名单、下发、邮件、退回、催报、台账。")
@click.pass_context
def demo(ctx: click.Context, out: Path, is_round: bool) -> None:
    """用自带的样例走一遍：生成模板、回收、核对、生成报告。

    \b
    例：
      xlreport demo
      xlreport demo -o 试用
      xlreport demo --round -o 试用收表
    """
    if is_round:
        from xlreport.cli.demo_round import demo_round

        demo_round(ctx, out)
        return
    from xlreport.archive.gather import gather
    from xlreport.batch.work import Plan
    from xlreport.cli.convert import run
    from xlreport.cli.given import unwritable
    from xlreport.feedback.lines import describe
    from xlreport.run.engine import Local
    from xlreport.verify.verdict import verify_file

    talk = ctx.ensure_object(Talk)
    templates, returns, reports = out / "1-空白模板", out / "2-回收的工作簿", out / "3-报告"
    try:
        talk.tell("一、生成空白模板")
        _templates(templates)
        talk.tell("二、放入样例：别的单位填好报来的工作簿")
        _samples(returns)
    except OSError as error:
        raise unwritable(out, error) from error
    talk.tell("三、逐个核对")
    for job in gather([returns], reports).jobs:
        results(describe(verify_file(returns / job.name)))
        result("")
    talk.tell("四、生成报告和汇总表（退回的生成草稿）")
    run(talk, (returns,), Plan(reports.resolve(), _formats(talk), draft=True), Local(1))
    _guide(templates, returns, reports)


def _templates(folder: Path) -> None:
    from xlreport.cli.given import form_given
    from xlreport.files import safe_name, write_whole
    from xlreport.workbook.write import write_workbook

    form = form_given(DEFAULT_FORM)
    for unit in _UNITS:
        book = write_workbook(form, {form.unit_field: unit, form.year_field: _YEAR})
        write_whole(folder / f"{safe_name(f'{unit}_{_YEAR}_{form.id}')}.xlsx", book)


def _samples(folder: Path) -> None:
    from xlreport.form.library import shipped

    shutil.copytree(shipped("samples") / "returns", folder, dirs_exist_ok=True)


def _formats(talk: Talk) -> tuple[str, ...]:
    """All formats; without PDF, and a word why, where no Chinese font is installed."""
    from xlreport.cli.given import formats_given
    from xlreport.cli.talk import CannotRun

    try:
        return formats_given("docx,html,pdf,md")
    except CannotRun as error:
        talk.tell(error.message, "warning")
        return formats_given("docx,html,md")


def _guide(templates: Path, returns: Path, reports: Path) -> None:
    result("")
    result("请先看：")
    result(f"  {reports / 'summary.xlsx'}  汇总表，点其中的链接打开各份报告")
    result(f"  {next(iter(sorted(templates.glob('*.xlsx'))))}  空白模板，发给填报单位的就是它")
    result(f"  {returns}  报来的工作簿，可以打开改正后再运行：")
    result(f"    xlreport convert {returns} -o {reports}")
