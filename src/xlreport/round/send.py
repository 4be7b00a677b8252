"""Sending drafts by SMTP over TLS, each at most once.

Before a mail is handed over it is put down as being sent. Where the program ends in that moment nobody knows
whether it went out: it is not sent again, and the clerk is told.
"""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from importlib import import_module
from pathlib import Path
from time import sleep

from xlreport.roster.line import ListedUnit
from xlreport.round.drafts import about_of, path_of, pending, remove_draft
from xlreport.round.opened import Round
from xlreport.round.place import Refused
from xlreport.round.settings import Server
from xlreport.unit import key

PASSWORD = "XLREPORT_MAIL_PASSWORD"  # noqa: S105 - the name of a variable
_SECONDS = 60


def password_for(server: Server) -> str:
    """The password from the environment, else from the system's keyring. Raises Refused."""
    found = os.environ.get(PASSWORD)
    if found is None:
        with suppress(ImportError):
            found = import_module("keyring").get_password(server.host, server.user)
    if found is None:
        raise Refused(f"没有邮箱密码（授权码）：请放在环境变量 {PASSWORD} 里")
    return found


def send_pending(round_: Round, what: str) -> Iterator[tuple[ListedUnit, str]]:
    """Send all drafts of a kind; what became of each. Raises Refused where no mail can be sent at all."""
    drafts = pending(round_, what)
    if not drafts:
        return
    if round_.settings.smtp is None or not round_.settings.sender:
        raise Refused("round.toml 里没有写寄信服务器（[smtp] host）或发件地址（[mail] from），不能寄出")
    already = round_.state.sent
    pause = _Pause(round_.settings.smtp.per_minute)
    with _connected(round_.settings.smtp) as server:
        for line, about, path in drafts:
            before = already.get((what, key(line.name), about))
            if before == "sending":
                words = "上次寄到一半中断了，不知道寄出没有，没有再寄。请查发件箱，寄出了的用 --sent 记下"
                yield line, words
            elif before == "sent":  # ended before its draft could be removed
                remove_draft(path)
            else:
                pause()
                yield line, _send(round_, server, what, line, about, path)


class _Pause:
    """Waits before each mail but the first, so that no more go out in a minute than the settings allow."""

    def __init__(self, per_minute: int) -> None:
        self._seconds = 60 / per_minute
        self._first = True

    def __call__(self) -> None:
        if not self._first:
            sleep(self._seconds)
        self._first = False


def _send(round_: Round, server: smtplib.SMTP, what: str, line: ListedUnit, about: str, path: Path) -> str:
    told = {"what": what, "unit": line.name, "about": about}
    mail = _to_send(round_, path)
    try:
        server.noop()  # a connection that is gone is noticed before the mail counts as being sent
    except smtplib.SMTPServerDisconnected as error:
        raise Refused(f"寄信服务器断开了连接，给{line.name}的还没有寄，请过一会儿再试") from error
    round_.add(("sending", told))
    try:
        server.sendmail(round_.settings.sender, list(line.emails), mail)
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
        round_.add(("unsent", told))
        return f"没有寄出，服务器不接受（{type(error).__name__}）"
    except smtplib.SMTPServerDisconnected as error:
        raise Refused(
            f"寄给{line.name}时连接断了，不知道寄出没有。请查发件箱，寄出了的用 --sent 记下"
        ) from error
    round_.add(("sent", told))
    remove_draft(path)
    return "已寄出"


def _to_send(round_: Round, path: Path) -> bytes:
    """The draft as a mail: with a date and an id, no longer marked as unsent."""
    mail = message_from_bytes(path.read_bytes(), policy=SMTP)
    for name in ("X-Unsent", "Date", "Message-ID"):
        del mail[name]
    mail["Date"] = format_datetime(round_.clock())
    mail["Message-ID"] = make_msgid(domain=round_.settings.sender.rpartition("@")[2] or None)
    return mail.as_bytes()


@contextmanager
def _connected(server: Server) -> Iterator[smtplib.SMTP]:
    """A connection over TLS, logged in. Raises Refused."""
    password = password_for(server) if server.user else ""
    secure = ssl.create_default_context()
    try:
        if server.security == "tls":
            found: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=_SECONDS, context=secure)
        else:
            found = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
            found.starttls(context=secure)
        if server.user:
            found.login(server.user, password)
    except smtplib.SMTPAuthenticationError as error:
        raise Refused(f"{server.host} 不接受用户名或授权码") from error
    except (OSError, smtplib.SMTPException) as error:
        raise Refused(f"连不上寄信服务器 {server.host}:{server.port}（{type(error).__name__}）") from error
    try:
        yield found
    finally:
        with suppress(OSError, smtplib.SMTPException):
            found.quit()


def mark_sent(round_: Round, what: str, lines: list[ListedUnit]) -> Iterator[ListedUnit]:
    """Put down that the clerk has sent these drafts himself. Raises Refused where none was written."""
    drafts = {line: about_of(round_.state, what, line) for line in lines}
    for line, about in drafts.items():
        if about is None:
            raise Refused(f"没有给{line.name}写过这样的草稿")
    for line, about in drafts.items():
        round_.add(("sent", {"what": what, "unit": line.name, "about": about}))
        remove_draft(path_of(round_, what, line))
        yield line
