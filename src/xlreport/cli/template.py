"""xlreport template: the locked workbook of one unit and year, or of every unit of a list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlreport.cli.params import DEFAULT_FORM, FILE, OUT, PLACE, UNIT, YEAR, Out, check_workbook_name
from xlreport.cli.talk import CannotRun, Command, Talk, result, results

if TYPE_CHECKING:
    from xlreport.archive.last_year import LastYear
    from xlreport.form.model import Form
    from xlreport.form.values import Values


@click.command(cls=Command)
@click.option("--form", "form_name", help="报表编号或报表文件夹。默认：年度报告中适用于该年度的版本。")
@click.option("--year", type=YEAR, required=True, help="报告年度，如 2023。")
@click.option("--unit", "units", type=UNIT, multiple=True, help="填报单位全称。只能给一个。")
@click.option("--units", "list_path", type=FILE, help="单位名单（.xlsx、.csv 等）：一个单位生成一本。")
@click.option("--values", "values_path", type=FILE, help="预先填入的数据（JSON）。")
@click.option(
    "--prior",
    "prior_place",
    type=PLACE,
    help="上年通过核对的工作簿，或上年发布的报告（文件或文件夹），用来预填上年结转等。",
)
@click.option("--password", default="", help="工作表保护密码，默认没有。")
@click.option("-o", "--out", type=OUT, help="写到哪个文件或文件夹。")
@click.pass_context
def template(
    ctx: click.Context,
    form_name: str | None,
    year: int,
    units: tuple[str, ...],
    list_path: Path | None,
    values_path: Path | None,
    prior_place: Path | None,
    password: str,
    out: Out | None,
) -> None:
    """生成一个单位一个年度的填报工作簿；给出名单的，名单里的单位各生成一本。

    \b
    例：
      xlreport template --year 2023 --unit 岚溪县水务局
      xlreport template --year 2023 --unit 岚溪县水务局 --values 数据.json -o 模板/
      xlreport template --year 2024 --unit 岚溪县水务局 --prior 岚溪县水务局_2023.xlsx
      xlreport template --year 2024 --units 名单.xlsx --prior 2023年回收的工作簿 -o 模板/
    """
    if list_path is not None:
        from xlreport.cli.templates import for_list, refuse_with_list

        refuse_with_list(units, values_path, out)
        form = serving(form_name, year)
        for_list(ctx.ensure_object(Talk), form, year, list_path, prior_place, password, out)
        return
    unit = _only(units)
    try:
        check_workbook_name(out or Out(Path(), is_folder=True))
    except ValueError as error:
        raise CannotRun(str(error)) from error
    _single(ctx, form_name, year, unit, values_path, prior_place, password, out)


def _only(units: Sequence[str]) -> str:
    if not units:
        raise CannotRun("缺少 --unit（一个单位）或 --units（一份名单）")
    if len(units) > 1:
        raise CannotRun("--unit 只能给一个单位；要为几个单位生成，请把单位写进名单，用 --units 给出")
    return units[0]


def _single(
    ctx: click.Context,
    form_name: str | None,
    year: int,
    unit: str,
    values_path: Path | None,
    prior_place: Path | None,
    password: str,
    out: Out | None,
) -> None:
    """The workbook of one unit."""
    from xlreport.cli.given import json_given, keep_inputs, last_year_given, save
    from xlreport.cli.values_given import values_given
    from xlreport.files import safe_name
    from xlreport.form.last_year import beforehand
    from xlreport.prose.personal import FILE_STAR, masked
    from xlreport.workbook.write import write_workbook

    form = serving(form_name, year)
    form, values = values_given(form, json_given(values_path) if values_path else {}, unit, year)
    name = f"{safe_name(masked(f'{unit}_{year}_{form.id}', FILE_STAR))}.xlsx"
    path = out.file(name) if out else Path(name)
    talk = ctx.ensure_object(Talk)
    last = last_year_given(talk, prior_place) if prior_place else None
    read = [candidate.path for candidate in last.candidates] if last else []
    keep_inputs([values_path, *read] if values_path else read, [path])
    prior: Values = {}
    if prior_place and last:
        prior = _last_year(talk, prior_place, last, form, values)
        values = {**beforehand(form, prior, values), **values}
    save(path, write_workbook(form, values, password, prior))
    result(str(path))
    if _totals_differ(talk, form, values):
        ctx.exit(1)


def _totals_differ(talk: Talk, form: Form, values: Values) -> bool:
    """True, and said, where totals among the values are not those of the parts."""
    from xlreport.feedback.lines import describe_findings
    from xlreport.layout import lay_out
    from xlreport.verify.figures.given_totals import given_totals

    findings = given_totals(form, values, lay_out(form).origins)
    if findings:
        talk.tell("工作簿已生成，但给出的合计与分项不符：")
        results(describe_findings(findings), err=True)
    return bool(findings)


def serving(name: str | None, year: int) -> Form:
    """The form of that name, or the edition for the year if nobody chose one. Raises CannotRun."""
    from xlreport.cli.given import form_given
    from xlreport.form.editions import edition_for, years_served

    form = form_given(name or DEFAULT_FORM)
    right = edition_for(form, year)
    if right is not None and (right is form or name is None):
        return right
    words = f"“{form.title}”（{form.edition} 版）适用于 {years_served(form)}，不适用于 {year} 年"
    raise CannotRun(f"{words}，请用 --form {right.id}" if right else words)


def _last_year(talk: Talk, place: Path, last: LastYear, form: Form, values: Values) -> Values:
    """What is known of the unit's last year. A file that is not the unit's own is refused: CannotRun."""
    from xlreport.batch.issue import on_last_year
    from xlreport.form.last_year import wanted_by
    from xlreport.run.guard import Failed, guarded

    unit, year = str(values[form.unit_field]), values[form.year_field]
    assert isinstance(year, int)
    ((_, known),) = guarded(last.find, [wanted_by(form, values, unit, year)], alone=True)
    if isinstance(known, Failed):
        raise CannotRun(f"--prior 用不了：{known.finding.message}")
    if known is None:
        return {}
    for finding in known.findings:
        if not place.is_dir() and (not known.values or finding.code == "YOY902"):
            of_another = finding.code in ("YOY901", "YOY907") and last.candidates[0].glance.year == year - 1
            raise CannotRun(f"--prior 用不了：{finding.message}{_declare(form) if of_another else ''}")
        talk.tell(on_last_year(finding, known.values), "warning")
    return known.values


def _declare(form: Form) -> str:
    """How to say which units the unit comes from; nothing where the form does not ask."""
    from xlreport.form.last_year import changes_asked
    from xlreport.subject import Subject

    if not form.succession.predecessors:
        return ""
    field = Subject.field(form.succession.predecessors)
    changes = changes_asked(form) or "名称变动"
    return f"机关有{changes}的，在 --values 的数据里写明 {form.block_of(field).name}.{field}"
