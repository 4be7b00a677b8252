"""xlreport demo --round: a round of an invented county with the mail of one January, and three levels."""

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

from xlreport.cli.params import Out
from xlreport.cli.rounds import CLOCK
from xlreport.cli.talk import CannotRun, Talk, result


def demo_round(ctx: click.Context, out: Path) -> None:
    """Begin a round, issue, take the mails, answer, and show where it stands. Raises CannotRun."""
    from xlreport.cli.given import unwritable

    talk = ctx.ensure_object(Talk)
    sample, given, folder = _sample("make_round"), out / "来件", out / "收表"
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
    talk.tell("六、逐级上报：乡镇报县，县打包报市")
    city = _levels(ctx, out)
    _guide(folder, city)


def _levels(ctx: click.Context, out: Path) -> Path:
    """Two counties hand up to their city, in any order and not without mishaps; the city's round."""
    sample, given, all_ = _sample("make_levels"), out / "来件" / "逐级", out / "逐级上报"
    sample.write(given)
    when: Mapping[str, datetime] = sample.WORKED
    lanxi, yunze, city = (all_ / name for name in (sample.LANXI, sample.YUNZE, "栖川市"))
    for folder, name in ((lanxi, sample.LANXI), (yunze, sample.YUNZE)):
        listed = given / f"名单-{name}.csv"
        _do(ctx, "new", when["new"], folder=folder, office=sample.county(name), before=listed, **_new(sample))
        _do(ctx, "take", when["take"], folder=folder, places=(given / name,))
    _do(ctx, "bundle", when["bundle"], folder=lanxi, out=Out(lanxi / "上报", is_folder=True))
    _do(ctx, "take", when["correct"], folder=lanxi, places=(given / f"{sample.LANXI}-更正",))
    for folder in (lanxi, yunze):
        _do(ctx, "close", when["close"], folder=folder)
    first, second = sorted((lanxi / "上报").iterdir())
    (third,) = (yunze / "上报").iterdir()
    listed = given / "名单-栖川市.csv"
    _do(ctx, "new", when["city"], folder=city, office=sample.CITY, before=listed, **_new(sample))
    tampered, again = given / third.name, given / f"再发-{third.name}"
    sample.tamper(third, tampered)
    again.write_bytes(third.read_bytes())
    _do(ctx, "take", when["handed up"], folder=city, places=(second, first, tampered))
    _do(ctx, "reply", when["reply"], folder=city, is_sent=False, sent=(), more=())
    _do(ctx, "take", when["again"], folder=city, places=(third, again))
    _do(ctx, "status", when["status"], folder=city, as_json=False)
    return city


def _new(sample: ModuleType) -> dict[str, Any]:
    return {"year": sample.YEAR, "form_name": None}


def _do(ctx: click.Context, command: str, at: datetime, **given: Any) -> None:
    """One command of the round, as if it had been typed then; that it found errors ends nothing."""
    from xlreport.cli.round import round as group

    ctx.meta[CLOCK] = lambda: at
    found = group.get_command(ctx, command)
    assert found is not None
    with suppress(click.exceptions.Exit):
        ctx.invoke(found, **given)


def _sample(name: str) -> ModuleType:
    """A script that makes samples."""
    from xlreport.form.library import shipped

    spec = importlib.util.spec_from_file_location(name, shipped("samples") / f"{name}.py")
    assert spec is not None and spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = script
    spec.loader.exec_module(script)
    return script


def _guide(folder: Path, city: Path) -> None:
    result("")
    result("请先看：")
    result(f"  {folder / '台账.xlsx'}  应报、已到、通过、退回、未报")
    result(f"  {folder / '待发'}  邮件草稿，双击可以在邮件程序里打开寄出")
    result(f"  {folder / '报告'}  通过的单位的报告")
    result(f"  {city / '台账.html'}  市里看到的：各县上报的包，县以下每个乡镇")
    result("接着可以试：")
    result(f"    xlreport round status {folder}")
    result(f"    xlreport round decide {folder} exempt 石桥乡 --why 机构改革")
