"""xlreport analyse: many returns at once: sums by year, charts, ranks, and what to look at first."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlreport.cli.params import FILE, FOLDER
from xlreport.cli.sources import returns_in, sources_argument
from xlreport.cli.talk import CannotRun, Command, Talk, result

if TYPE_CHECKING:
    from xlreport.consolidate.analyse import Picked
    from xlreport.roster.line import Roster

_FIGURES, _BOOK, _PAGE = "figures.csv", "分析.xlsx", "分析.html"


@click.command(cls=Command)
@sources_argument
@click.option("-o", "--out", type=FOLDER, required=True, help="结果写到哪个文件夹。")
@click.option("--roster", "roster_path", type=FILE, help="单位名单：从中得知各单位的上级。")
@click.pass_context
def analyse(ctx: click.Context, places: tuple[Path, ...], out: Path, roster_path: Path | None) -> None:
    """把各单位、各年度的数放在一起分析：合计、图表、排名，以及最该先核对的几份。

    \b
    写出 分析.xlsx（带图表）、分析.html（网页，可打印）、figures.csv（每个数一行）。
    只统计通过核对的；与上年比较的，把上年的报表也一并给出。

    \b
    例：
      xlreport analyse 回收的工作簿 -o 分析/
      xlreport analyse 2022年 2023年 -o 分析/ --roster 名单.xlsx
    """
    from xlreport.cli.given import save
    from xlreport.consolidate.analyse import candidate, pick
    from xlreport.consolidate.analysis_page import analysis_page
    from xlreport.tables.analysed import Analysis
    from xlreport.tables.analysis_book import analysis_book

    talk = ctx.ensure_object(Talk)
    roster = _roster(talk, roster_path)
    known = [roster_path] if roster_path is not None else []
    returns = returns_in(talk, places, candidate, known, single=True)
    picked = pick(returns.children, roster)
    for name, finding in returns.unread:
        talk.tell(f"{name} 没有统计：{finding.message}", "warning")
    for name, why in picked.left:
        talk.tell(f"{name} 没有统计：{why}", "warning")
    if not picked.returns:
        raise CannotRun("没有可以分析的报表：只统计通过核对的")
    analysis = Analysis(picked.form, picked.returns)
    title = f"{analysis.form.title}分析（{'、'.join(str(year) for year in analysis.years)}）"
    save(out / _FIGURES, _figures(picked))
    save(out / _BOOK, analysis_book(title, analysis))
    save(out / _PAGE, analysis_page(title, analysis).encode())
    for name in (_BOOK, _PAGE, _FIGURES):
        result(str(out / name))
    result(f"统计了 {len(picked.returns)} 份", "accepted")
    if returns.ours:
        ctx.exit(3)
    ctx.exit(1 if returns.unread or picked.left else 0)


def _roster(talk: Talk, path: Path | None) -> Roster | None:
    from xlreport.cli.given import roster_given

    return roster_given(talk, path, None) if path is not None else None


def _figures(picked: Picked) -> bytes:
    """The long form; the mark at the start tells Excel that it is UTF-8."""
    from xlreport.tables.long_form import write_long_form

    out = io.StringIO()
    write_long_form(out, picked.returns)
    return out.getvalue().encode("utf-8-sig")
