"""xlreport round new, check."""

from __future__ import annotations

from pathlib import Path

import click

from xlreport.cli.params import FOLDER, PLACE, YEAR
from xlreport.cli.rounds import RoundCommand, clock, given_place, round_argument
from xlreport.cli.talk import CannotRun, Talk, result


@click.command(cls=RoundCommand)
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--year", type=YEAR, required=True, help="报告年度，如 2023。")
@click.option("--office", required=True, help="收表的机关或办公室。")
@click.option("--form", "form_name", help="报表编号或报表文件夹。默认：年度报告中适用于该年度的版本。")
@click.option("--from", "before", type=PLACE, help="上年的收表文件夹，或一份单位名单。")
def new(folder: Path, year: int, office: str, form_name: str | None, before: Path | None) -> None:
    """新建一次收表：文件夹、设置、带填写说明的单位名单。

    \b
    例：
      xlreport round new 2023年收表 --year 2023 --office 岚溪县人民政府
      xlreport round new 2023年收表 --year 2023 --office 岚溪县人民政府 --from 名单.xlsx
      xlreport round new 2024年收表 --year 2024 --office 岚溪县人民政府 --from 2023年收表
    """
    from xlreport.cleaning import one_line
    from xlreport.cli.given import unwritable
    from xlreport.cli.template import serving
    from xlreport.round.start import new_round

    office = one_line(office).strip()
    if not office:
        raise CannotRun("--office 给出的名称是空的")
    form = serving(form_name, year)
    named = str(Path(form_name).resolve()) if form_name and Path(form_name).is_dir() else form.id
    try:
        place = new_round(folder, form, named, year, office, before, clock())
    except OSError as error:
        raise unwritable(folder, error) from error
    result(str(folder / place.list.name))
    result(str(folder / place.settings.name))


@click.command(cls=RoundCommand)
@round_argument
@click.pass_context
def check(ctx: click.Context, folder: Path) -> None:
    """查对收表的设置和单位名单，列出全部问题。

    \b
    例：
      xlreport round check 2023年收表
    """
    from xlreport.round.start import mistakes

    found = list(mistakes(given_place(folder)))
    for words, is_remark in found:
        result(f"提示：{words}" if is_remark else words, "" if is_remark else "error")
    wrong = sum(not is_remark for _, is_remark in found)
    ctx.ensure_object(Talk).tell(f"有 {wrong} 处要改" if wrong else "没有发现问题")
    ctx.exit(1 if wrong else 0)
