"""xlreport round fetch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from xlreport.cli.engines import engine_given
from xlreport.cli.round_take import put_receipt, take_sources
from xlreport.cli.rounds import RoundCommand, clock, given_place, refresh, round_argument, warn_of_clock
from xlreport.cli.talk import Talk, result

if TYPE_CHECKING:
    from xlreport.archive.last_year import LastYear
    from xlreport.round.fetch import NewMail
    from xlreport.round.opened import Round
    from xlreport.round.sources import Source
    from xlreport.round.take import Taken
    from xlreport.run.engine import Engine

_AT_ONCE = 20
"""Mails fetched before their attachments are taken: what a broken connection costs at most."""


@click.command(cls=RoundCommand)
@round_argument
@click.pass_context
def fetch(ctx: click.Context, folder: Path) -> None:
    """收信：从 round.toml 里写的邮箱收取新邮件，把附件收进来并核对。

    \b
    只读取，不改动邮箱：未读的还是未读。授权码放在环境变量 XLREPORT_MAIL_PASSWORD 或系统的钥匙串里。

    \b
    例：
      xlreport round fetch 2023年收表
    """
    from xlreport.round.fetch import new_mails
    from xlreport.round.opened import changing, last_year_of
    from xlreport.round.take import is_fine

    talk = ctx.ensure_object(Talk)
    taken: list[Taken] = []
    count = 0
    with changing(given_place(folder), clock()) as round_, engine_given(None, stays=True) as engine:
        warn_of_clock(talk, round_)
        last, mails = last_year_of(round_), new_mails(round_)
        while chunk := list(islice(mails, _AT_ONCE)):
            count += len(chunk)
            taken += _take(talk, round_, chunk, last, engine)
        put_receipt(round_, last)
        refresh(talk, round_, engine.here)
    result(f"新邮件 {count} 封，新收到 {len(taken)} 份")
    ctx.exit(0 if all(map(is_fine, taken)) else 1)


def _take(
    talk: Talk, round_: Round, mails: Sequence[NewMail], last: LastYear | None, engine: Engine
) -> list[Taken]:
    """Take the attachments of some mails, then put down which mails were fetched."""
    from xlreport.round.fetch import FETCHED

    with TemporaryDirectory() as folder:
        sources = list(_sources(talk, mails, Path(folder)))
        taken = take_sources(talk, round_, [source for _, source in sources], last, engine)
    again = {piece.again for piece in taken}
    round_.add_all((FETCHED, mail.known_as) for mail, source in sources if source.id not in again)
    return taken


def _sources(talk: Talk, mails: Sequence[NewMail], folder: Path) -> Iterator[tuple[NewMail, Source]]:
    """The mails as files for a moment, named by their subjects."""
    from xlreport.formats.mail import envelope_of
    from xlreport.round.sources import Source

    for mail in mails:
        if mail.trouble:
            talk.tell(f"邮件 {mail.uid}：{mail.trouble}", "warning")
            continue
        path = folder / f"{mail.uid}.eml"
        path.write_bytes(mail.data)
        subject = envelope_of(mail.data).subject or f"邮件 {mail.uid}"
        yield mail, Source(path, subject, f"imap:{mail.folder}:{mail.validity}:{mail.uid}", is_mail=True)
