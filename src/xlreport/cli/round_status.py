"""xlreport round status, rebuild."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlreport.cli.rounds import RoundCommand, clock, given_place, round_argument, warn_of_clock
from xlreport.cli.talk import CannotRun, Talk, json_bytes, result, result_bytes

if TYPE_CHECKING:
    from xlreport.round.opened import Round


@click.command(cls=RoundCommand)
@round_argument
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序使用。")
@click.option("--contacts", "people", is_flag=True, help="台账.html 里也写联系人和电话。")
@click.pass_context
def status(ctx: click.Context, folder: Path, as_json: bool, people: bool) -> None:
    """收表进行到哪一步：应报、已到、通过、退回、未报、逾期。写出 台账.xlsx 和 台账.html。

    \b
    例：
      xlreport round status 2023年收表
      xlreport round status 2023年收表 --json > 进度.json
    """
    from xlreport.round import as_json as plain
    from xlreport.round.opened import open_round

    talk = ctx.ensure_object(Talk)
    round_ = open_round(given_place(folder), clock())
    warn_of_clock(talk, round_)
    if as_json:
        result_bytes(json_bytes(plain.as_json(round_)))
    else:
        _tell(round_)
    _write(talk, round_, people)


def _write(talk: Talk, round_: Round, people: bool) -> None:
    """The board; who may only look gets none."""
    from xlreport.cli.trouble import reason
    from xlreport.round.board import write_board

    try:
        for path in write_board(round_, people=people):
            talk.tell(f"台账：{path}")
    except OSError as error:
        talk.tell(f"台账写不出来：{reason(error)}", "warning")


def _tell(round_: Round) -> None:
    """The terminal's view."""
    from xlreport.round.below import units_below
    from xlreport.round.file import FATE_WORDS
    from xlreport.round.state import STANDING_WORDS, Standing

    state = round_.state
    totals = state.totals
    counted = "，".join(f"{words} {totals[standing]}" for standing, words in STANDING_WORDS.items())
    result(f"{round_.settings.office}  {round_.settings.year} 年度{'（已结束）' if state.closed else ''}")
    result(f"应报 {totals['expected']}，已下发 {totals['issued']}，{counted}，逾期 {totals['late']}")
    tones = {Standing.ACCEPTED: "accepted", Standing.RETURNED: "returned"}
    for unit in state.units:
        late = "（逾期）" if unit.late else ""
        line = f"  {STANDING_WORDS[unit.standing]}{late}  {unit.line.name}  {unit.next}".rstrip()
        result(line, tones.get(unit.standing, ""))
        for each in units_below(round_, unit):
            line = f"{'  ' * len(each.offices)}  {STANDING_WORDS[each.standing]}  {each.name}  {each.why}"
            result(line.rstrip(), tones.get(each.standing, ""))
    for file in state.unassigned:
        result(f"  未归属：{file.name}（{FATE_WORDS[file.fate]}）{file.why}", "warning")


@click.command(cls=RoundCommand)
@round_argument
def rebuild(folder: Path) -> None:
    """由记录（事件.jsonl）重新生成 ledger.sqlite。

    \b
    例：
      xlreport round rebuild 2023年收表
    """
    import sqlite3

    from xlreport.cli.given import unwritable
    from xlreport.round.ledger import write_ledger
    from xlreport.round.opened import changing

    with changing(given_place(folder), clock(), closed=True) as round_:
        try:
            write_ledger(round_.place.ledger, round_.log.events, round_.state)
        except OSError as error:
            raise unwritable(round_.place.ledger, error) from error
        except sqlite3.Error as error:
            raise CannotRun(f"{round_.place.ledger.name} 没有写成，磁盘可能已满") from error
        result(f"{round_.place.ledger.name}：{len(round_.log.events)} 条记录")
