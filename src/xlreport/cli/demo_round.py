"""xlreport demo --round: a round of an invented county, with the mail of one January."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from xlreport.cli.rounds import CLOCK
from xlreport.cli.talk import CannotRun, Talk, result


def demo_round(ctx: click.Context, out: Path) -> None:
    """Begin a round, issue, take the mails, answer, and show where it stands. Raises CannotRun."""
    from xlreport.cli.given import unwritable

    talk = ctx.ensure_object(Talk)
    sample, given, folder = _sample(), out / "来件", out / "收表"
    when: Mapping[str, datetime] = sample.WORKED
    if folder.exists():
        raise CannotRun(f"{folder} 已经存在，请用 -o 换一个位置")
    try:
        sample.write(given)
    except OSError as error:
        raise unwritable(out, error) from error
    talk.tell("一、由单位名单新建收表")
    listed = given / "名单.csv"
    office: Mapping[str, Any] = {"year": sample.YEAR, "office": sample.OFFICE, "form_name": None}
    _do(ctx, "new", when["new"], folder=folder, before=listed, **office)
    talk.tell("二、下发填报工作簿，写好邮件草稿")
    _do(ctx, "issue", when["issue"], folder=folder, units=(), prior_place=None, is_sent=False)
    talk.tell("三、收进一月份的邮件，逐个核对")
    _do(ctx, "take", when["take"], folder=folder, places=(given / "邮件",))
    talk.tell("四、退回有错误的，催报没有报的（只写草稿）")
    for command in ("reply", "remind"):
        _do(ctx, command, when[command], folder=folder, is_sent=False, sent=(), more=())
    talk.tell("五、台账")
    _do(ctx, "status", when["status"], folder=folder, as_json=False)
    _guide(folder)


def _do(ctx: click.Context, command: str, at: datetime, **given: Any) -> None:
    """One command of the round, as if it had been typed then; that it found errors ends nothing."""
    from xlreport.cli.round import round as group

    ctx.meta[CLOCK] = lambda: at
    found = group.get_command(ctx, command)
    assert found is not None
    with suppress(click.exceptions.Exit):
        ctx.invoke(found, **given)


def _sample() -> ModuleType:
    """The script that makes the sample."""
    from xlreport.form.library import shipped

    spec = importlib.util.spec_from_file_location("make_round", shipped("samples") / "make_round.py")
    assert spec is not None and spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = script
    spec.loader.exec_module(script)
    return script


def _guide(folder: Path) -> None:
    result("")
    result("请先看：")
    result(f"  {folder / '台账.xlsx'}  应报、已到、通过、退回、未报")
    result(f"  {folder / '待发'}  邮件草稿，双击可以在邮件程序里打开寄出")
    result(f"  {folder / '报告'}  通过的单位的报告")
    result("接着可以试：")
    result(f"    xlreport round status {folder}")
    result(f"    xlreport round decide {folder} exempt 石桥乡 --why 机构改革")
