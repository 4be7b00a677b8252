"""xlreport convert: a folder of returns to reports, findings and a summary."""

from __future__ import annotations

from contextlib import closing
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from xlreport.cli.engines import cluster_option, engine_given
from xlreport.cli.giving_back import attended, give_back, refuse_among_returns
from xlreport.cli.params import FILE, FOLDER, JOBS, PLACE, formats_option, prior_option
from xlreport.cli.talk import CannotRun, Command, Talk, result
from xlreport.cli.trouble import reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlreport.archive.everything import Everything
    from xlreport.archive.gather import Job
    from xlreport.batch.convert import Totals
    from xlreport.batch.work import Plan
    from xlreport.roster.line import Roster
    from xlreport.run.engine import Engine
    from xlreport.run.outcome import Outcome


@click.command(cls=Command)
@click.argument("places", metavar="FOLDER|FILE…", type=PLACE, nargs=-1, required=True)
@click.option("-o", "--out", type=FOLDER, required=True, help="写到哪个文件夹。")
@prior_option
@formats_option
@click.option("--roster", "roster_path", type=FILE, help="单位名单，用来列出应报、未报的单位。")
@click.option("--draft", is_flag=True, help="退回的工作簿也生成标明“草稿”的报告。")
@click.option("--return", "back", type=FOLDER, help="有错误的，标注了问题的副本和可贴进邮件的说明写到这里。")
@click.option("--jobs", type=JOBS, help="同时处理几个文件，默认为处理器个数。")
@cluster_option
@click.pass_context
def convert(
    ctx: click.Context,
    places: tuple[Path, ...],
    out: Path,
    prior_place: Path | None,
    formats: str,
    roster_path: Path | None,
    draft: bool,
    back: Path | None,
    jobs: int | None,
    cluster: str | None,
) -> None:
    """成批核对并生成报告，另有汇总表 summary.xlsx 和问题清单 findings.jsonl。

    \b
    再次运行时只处理新增和改动过的文件。输出文件夹由程序管理，手工修改请另存。
    不是工作簿的文件（.txt、.exe 等）也列在汇总表里，算作无法读取，写明怎么办。给了名单的，
    文件名是名单里某个单位的、这个单位又没有报来别的，--return 也为它写一份说明。

    \b
    例：
      xlreport convert 回收的工作簿 -o 报告
      xlreport convert 回收的工作簿 -o 报告 --prior 2022年回收的工作簿
      xlreport convert 回收的工作簿 -o 报告 --roster 名单.xlsx --return 退回
      xlreport convert 回收的工作簿 -o 报告 --to docx,pdf --draft --jobs 4
    """
    from xlreport.batch.work import Plan
    from xlreport.cli.given import formats_given, last_year_given, roster_given

    talk = ctx.ensure_object(Talk)
    names = formats_given(formats)
    prior = last_year_given(talk, prior_place.resolve()) if prior_place else None
    plan = Plan(out.resolve(), names, draft, prior)
    roster = roster_given(talk, roster_path, None) if roster_path is not None else None
    with engine_given(cluster, jobs, pdf="pdf" in names) as engine:
        totals = run(talk, places, plan, engine, roster, back, without=roster_path)
    if totals.faulty:
        ctx.exit(3)
    ctx.exit(0 if totals.by_status.total() == totals.by_status["accepted"] else 1)


def run(
    talk: Talk,
    places: tuple[Path, ...],
    plan: Plan,
    engine: Engine,
    roster: Roster | None = None,
    back: Path | None = None,
    *,
    without: Path | None = None,
) -> Totals:
    """Gather but for one file, convert, and say what came of it. Raises CannotRun."""
    from xlreport.archive.everything import everything

    if any(place.resolve() == plan.out for place in places):
        raise CannotRun("输出文件夹不能就是放工作簿的文件夹，请用 -o 另给一个")
    refuse_among_returns(back, places, plan.out)
    with TemporaryDirectory(prefix="xlreport-") as unpacked:
        try:
            found = everything(places, plan.out, Path(unpacked), without=without)
        except ValueError as error:
            raise CannotRun("这些文件不在同一个磁盘上，请分开处理") from error
        except OSError as error:
            raise CannotRun(f"压缩包解不开：{reason(error)}") from error
        return _convert(talk, found, plan, engine, roster, back)


def _convert(
    talk: Talk, found: Everything, plan: Plan, engine: Engine, roster: Roster | None, back: Path | None
) -> Totals:
    from xlreport.batch.convert import FINDINGS, SUMMARY
    from xlreport.batch.receipt import RECEIPT
    from xlreport.batch.work import shut
    from xlreport.cleaning import one_line
    from xlreport.cli.given import keep_inputs, unwritable

    if found.own:
        names = f"{one_line(found.own[0])}{'等' if found.own[1:] else ''}"
        talk.tell(f"跳过 {len(found.own)} 个本程序生成的文件（{names}）")
    if not found.jobs and not found.closed:
        raise CannotRun("没有找到工作簿")
    made = (plan.out / f"{job.target}.{to}" for job in found.jobs for to in plan.formats)
    tables = (plan.out / name for name in (FINDINGS, SUMMARY, RECEIPT))
    keep_inputs((job.path for job in found.jobs), chain(made, tables))
    closed = [shut(name, trouble) for name, trouble in found.closed]
    try:
        totals = _with_progress(talk, found.jobs, plan, engine, closed, roster)
    except OSError as error:
        raise unwritable(plan.out, error) from error
    _tell(talk, totals)
    result(f"汇总表：{plan.out / SUMMARY}")
    if back is not None:
        give_back(talk, found.jobs, closed, plan, back, totals, engine)
    return totals


def _with_progress(
    talk: Talk,
    jobs: Sequence[Job],
    plan: Plan,
    engine: Engine,
    closed: Sequence[Outcome],
    roster: Roster | None,
) -> Totals:
    """Convert file by file, each shown as it is done. Raises OSError where nothing can be written."""
    from xlreport.batch.convert import convert
    from xlreport.batch.ledger import Ledger
    from xlreport.cleaning import one_line
    from xlreport.cli.progress import progress
    from xlreport.finding import STATUS_WORDS

    with closing(Ledger(plan)) as ledger:
        if ledger.said:
            talk.tell(ledger.said, "warning")
        with progress(talk, len(jobs)) as step:

            def shown(outcome: Outcome) -> None:
                step(one_line(outcome.record["file"]), STATUS_WORDS[outcome.record["status"]])

            return convert(jobs, ledger, engine, shown, closed, roster)


def _tell(talk: Talk, totals: Totals) -> None:
    """What came of the files."""
    from xlreport.finding import STATUS_WORDS

    counted = "，".join(f"{words} {totals.by_status[status]}" for status, words in STATUS_WORDS.items())
    again = f"（其中 {totals.reused} 个没有变化，不用重做）" if totals.reused else ""
    result(f"共 {totals.by_status.total()} 个文件{again}：{counted}")
    if totals.attendance is not None:
        result(attended(totals.attendance.expected))
    if totals.outdated:
        differing = "程序版本、选项、上年数据或报表定义与上次不同"
        talk.tell(f"有 {totals.outdated} 个工作簿没有变化，但{differing}，已重新处理")
    if totals.repeated:
        talk.tell(f"有 {totals.repeated} 个工作簿是同一单位同一年度报来的多份，见汇总表", "warning")
