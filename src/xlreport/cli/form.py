"""xlreport form: what a form contains, and whether its author made mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xlreport.cli.params import PLACE
from xlreport.cli.talk import (
    CannotRun,
    Command,
    HelpInChinese,
    Talk,
    json_bytes,
    result,
    result_bytes,
    verbosity,
)

if TYPE_CHECKING:
    from xlreport.authoring.cases import Cases
    from xlreport.form.model import Form


class FormGroup(HelpInChinese, click.Group):
    """The commands about forms, with help in Chinese."""


@click.group(cls=FormGroup, params=verbosity())
def form() -> None:
    """查看和检查报表定义。

    \b
    例：
      xlreport form list
      xlreport form show ogi_annual_2021
      xlreport form lint 我的报表/
    """


@form.command("list", cls=Command)
@click.pass_context
def list_(ctx: click.Context) -> None:
    """列出可用的报表：编号、名称、版本、适用年度。

    \b
    环境变量 XLREPORT_FORMS 可以给出另外存放报表的文件夹。

    \b
    例：
      xlreport form list
    """
    from xlreport.cli.given import form_given
    from xlreport.form.editions import years_served
    from xlreport.form.library import SEARCHED, form_folders, searched

    for place in searched():
        if not place.is_dir():
            ctx.ensure_object(Talk).tell(f"环境变量 {SEARCHED} 里的文件夹 {place} 不存在", "warning")
    broken = []
    for folder in form_folders():
        try:
            found = form_given(str(folder))
        except CannotRun as error:
            broken.append(error.message)
        else:
            result(f"{found.id}  {found.title}  {found.edition} 版  {years_served(found)}")
    if broken:
        raise CannotRun("\n".join(broken))


@form.command(cls=Command)
@click.argument("name", metavar="F")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序使用。")
@click.option("--checks", is_flag=True, help="只显示校验规则：内容、理由、依据、例子、改法。")
def show(name: str, as_json: bool, checks: bool) -> None:
    """显示一个报表的全部栏目、指标和校验规则。F 是报表编号或文件夹。

    \b
    例：
      xlreport form show ogi_annual_2021
      xlreport form show ogi_annual_2021 --checks
      xlreport form show ogi_annual_2021 --json
    """
    from xlreport.authoring.catalogue import catalogue
    from xlreport.authoring.reference import reference
    from xlreport.cli.given import form_given

    if as_json and checks:
        raise CannotRun("--json 已经包括全部校验规则，不用再加 --checks")
    found = form_given(name)
    if as_json:
        result_bytes(json_bytes(_as_json(found)))
    else:
        result_bytes((catalogue(found) if checks else f"{reference(found)}\n{catalogue(found)}").encode())


def _as_json(found: Form) -> dict[str, Any]:
    from xlreport.form.indicators import indicators

    return {
        "id": found.id,
        "title": found.title,
        "edition": found.edition,
        "first_year": found.years[0],
        "last_year": found.years[1],
        "definition": found.definition,
        "sections": [asdict(section) for section in found.sections],
        "indicators": [asdict(indicator) for indicator in indicators(found)],
        "checks": [{**asdict(check), "state": check.rule.state} for check in found.checks],
        "facts": [{**asdict(fact), "state": fact.rule.state} for fact in found.facts],
    }


@form.command(cls=Command)
@click.argument("folder", metavar="DIR")
@click.pass_context
def lint(ctx: click.Context, folder: str) -> None:
    """列出报表定义里的全部错误：文件、位置、怎么改。DIR 也可以是报表编号。

    \b
    另外列出值得看一看的地方（hint）：没有用到的数字格、怎样填都不会报的校验规则。

    \b
    例：
      xlreport form lint 我的报表/
    """
    from xlreport.authoring.cases import read_cases
    from xlreport.authoring.hints import hints
    from xlreport.authoring.where import placed
    from xlreport.form.library import find_form
    from xlreport.form.load import read_form
    from xlreport.form.mistake import FormErrors

    try:
        found = read_form(find_form(folder))
    except FileNotFoundError as error:
        raise CannotRun(str(error)) from error
    except FormErrors as error:
        place = find_form(folder)
        for mistake in error.mistakes:
            result(placed(mistake, place))
        ctx.exit(1)
    cases = read_cases(found)
    mistakes = list(_mistakes(found, cases))
    hinted = list(hints(found, cases.cases))
    for line in mistakes:
        result(line)
    for hint in hinted:
        result(f"hint: {hint}", "note")
    if not mistakes:
        result(f"没有发现错误，{len(hinted)} 处值得看一看" if hinted else "没有发现问题")
    ctx.exit(1 if mistakes else 0)


def _mistakes(found: Form, cases: Cases) -> Iterator[str]:
    """What is wrong in a form that can be read."""
    from xlreport.authoring.cases import untested
    from xlreport.authoring.report_lint import lint_narrative
    from xlreport.authoring.where import placed

    yield from (placed(mistake, found.folder) for mistake in cases.mistakes)
    yield from map(str, untested(found, cases.cases))
    yield from lint_narrative(found)
    yield from _skin_mistakes(found)


def _skin_mistakes(found: Form) -> Iterator[str]:
    from xlreport.report import docx, html, pdf

    for name in (docx.REFERENCE, html.STYLE, pdf.TEMPLATE):
        if not (found.skin / name).is_file():
            yield f'skin/{name}: the file is missing: copy it from another form, or name one with skin = "…"'


@form.command(cls=Command)
@click.argument("folder", metavar="F")
@click.option("--against", metavar="DIR", type=PLACE, help="改在以往报来的工作簿上试用规则。")
@click.pass_context
def check(ctx: click.Context, folder: str, against: Path | None) -> None:
    """运行报表 cases/ 里的例子，看每条规则该报的报、不该报的不报。F 是报表编号或文件夹。

    \b
    加 --against 的，不运行例子，而是用 F 的规则（试行的按正式级别）核对 DIR 里以往报来的工作簿，
    列出每条规则有几份不符、哪些按现行的规则没有报而会新报出来。只供参考，不改动文件。

    \b
    例：
      xlreport form check ogi_annual_2021
      xlreport form check 修改稿/ogi_annual_2021 --against 往年工作簿
    """
    from xlreport.cli.form_check import check_against, check_cases
    from xlreport.cli.given import form_given

    found = form_given(folder)
    if against is not None:
        check_against(ctx.ensure_object(Talk), found, against)
    elif not check_cases(found):
        ctx.exit(1)
