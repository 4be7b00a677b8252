"""xlreport form: what a form contains, and whether its author made mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from xlreport.cli.talk import Command, Talk, Wrong, in_chinese, json_bytes, result, result_bytes, verbosity

if TYPE_CHECKING:
    from xlreport.form.model import Form
    from xlreport.verify.cases import Failure


class FormGroup(click.Group):
    """The commands about forms, with help in Chinese."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The same option, in Chinese."""
        return in_chinese(super().get_help_option(ctx))


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
    from xlreport.form.library import SEARCHED, form_folders, searched
    from xlreport.form.reference import years_served

    for place in searched():
        if not place.is_dir():
            ctx.ensure_object(Talk).tell(f"环境变量 {SEARCHED} 里的文件夹 {place} 不存在", "warning")
    broken = []
    for folder in form_folders():
        try:
            found = form_given(str(folder))
        except Wrong as error:
            broken.append(error.message)
        else:
            result(f"{found.id}  {found.title}  {found.edition} 版  {years_served(found)}")
    if broken:
        raise Wrong("\n".join(broken))


@form.command(cls=Command)
@click.argument("name", metavar="F")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序使用。")
def show(name: str, as_json: bool) -> None:
    """显示一个报表的全部栏目、指标和校验规则。F 是报表编号或文件夹。

    \b
    例：
      xlreport form show ogi_annual_2021
      xlreport form show ogi_annual_2021 --json
    """
    from xlreport.cli.given import form_given
    from xlreport.form.reference import reference

    found = form_given(name)
    result_bytes(json_bytes(_as_json(found)) if as_json else reference(found).encode())


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
        "checks": [asdict(check) for check in found.checks],
        "facts": [asdict(fact) for fact in found.facts],
    }


@form.command(cls=Command)
@click.argument("folder", metavar="DIR")
@click.pass_context
def lint(ctx: click.Context, folder: str) -> None:
    """列出报表定义里的全部错误：文件、位置、怎么改。DIR 也可以是报表编号。

    \b
    例：
      xlreport form lint 我的报表/
    """
    mistakes = list(_mistakes(folder))
    for mistake in mistakes:
        result(mistake)
    if not mistakes:
        result("没有发现问题")
    ctx.exit(1 if mistakes else 0)


def _mistakes(folder: str) -> Iterator[str]:
    from xlreport.form.cases import read_cases, untested
    from xlreport.form.library import find_form
    from xlreport.form.load import read_form
    from xlreport.form.mistake import FormErrors
    from xlreport.report.lint import lint_narrative

    try:
        found = read_form(find_form(folder))
    except FileNotFoundError as error:
        raise Wrong(str(error)) from error
    except FormErrors as error:
        yield from map(str, error.mistakes)
        return
    cases = read_cases(found)
    yield from map(str, cases.mistakes)
    yield from map(str, untested(found, cases.cases))
    yield from lint_narrative(found)
    yield from _skin_mistakes(found)


def _skin_mistakes(found: Form) -> Iterator[str]:
    from xlreport.report import docx, html, pdf

    for name in (docx.REFERENCE, html.STYLE, pdf.TEMPLATE):
        if not (found.skin / name).is_file():
            yield f'skin/{name}: the file is missing: copy it from another form, or name one with skin = "…"'


@form.command(cls=Command)
@click.argument("folder", metavar="DIR")
@click.pass_context
def check(ctx: click.Context, folder: str) -> None:
    """运行报表 cases/ 里的例子，看每条规则该报的报、不该报的不报。

    \b
    例：
      xlreport form check ogi_annual_2021
    """
    from xlreport.cli.given import form_given
    from xlreport.form.cases import read_cases
    from xlreport.verify.cases import run_cases

    found = form_given(folder)
    cases = read_cases(found)
    failures = list(run_cases(found, cases))
    for mistake in cases.mistakes:
        result(str(mistake), "error")
    for failure in failures:
        _show(failure)
    result(f"{len(cases.cases)} 个例子，{len(failures)} 个不符")
    ctx.exit(1 if failures or cases.mistakes else 0)


def _show(failure: Failure) -> None:
    result(f"不符：{failure.case.check} {failure.case.title}".replace("  ", " "), "error")
    if failure.trouble:
        result(f"  数据与报表不符：{failure.trouble}")
        return
    result(f"  应报：{'、'.join(failure.case.expect) or '无'}")
    result(f"  实报：{'、'.join(failure.found) or '无'}")
