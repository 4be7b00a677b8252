"""Drafts of mails in 待发/: one to each unit, which the clerk's own mail program opens ready to send.

A draft that is there already stays as the clerk left it, as long as it is still about the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from functools import lru_cache
from itertools import count
from pathlib import Path

from xlreport.cleaning import one_line
from xlreport.files import safe_name, write_whole
from xlreport.frozen import frozen
from xlreport.roster.line import ListedUnit
from xlreport.round.opened import Round
from xlreport.round.place import DRAFTS_ASIDE, RoundFolder
from xlreport.round.state import State
from xlreport.unit import key

ISSUE, REPLY, REMIND, HAND_UP = "issue", "reply", "remind", "hand_up"
DRAFTED, WITHDRAWN = "drafted", "withdrawn"
_WORDS_FILE, _ATTACHED = "正文.txt", (".xlsx", ".xlsm", ".zip")
MAIL_WORDS: Mapping[str, str] = {ISSUE: "下发", REPLY: "退回", REMIND: "催报", HAND_UP: "上报"}
_SHEET, _ZIP = "vnd.openxmlformats-officedocument.spreadsheetml.sheet", "zip"


@frozen
class Letter:
    """What a unit is told; `about` tells it from other letters of its kind. The attachment has a name."""

    line: ListedUnit
    about: str
    subject: str
    text: str
    attachment: tuple[str, bytes] | None = None


def message(letter: Letter, sender: str) -> bytes:
    """The draft: X-Unsent makes mail programs open it for sending."""
    mail = EmailMessage(policy=SMTP)
    mail["X-Unsent"] = "1"
    if sender:
        mail["From"] = one_line(sender)
    mail["To"] = ", ".join(letter.line.emails)
    mail["Subject"] = one_line(letter.subject)
    mail.set_content(letter.text, cte="base64")
    if letter.attachment is not None:
        name, data = letter.attachment
        kind = _ZIP if name.endswith(f".{_ZIP}") else _SHEET
        mail.add_attachment(data, maintype="application", subtype=kind, filename=one_line(name))
        mail.set_boundary(f"=_{hashlib.sha256(data).hexdigest()[:32]}")
    return mail.as_bytes()


def path_of(round_: Round, what: str, line: ListedUnit) -> Path:
    """Where a unit's draft of that kind stands."""
    return round_.place.outbox / draft_name(what, line)


def draft_name(what: str, line: ListedUnit) -> str:
    """What a unit's draft is called; names that no file can have are told apart by their hash."""
    return _file_name(what, line.name)


def _file_name(what: str, name: str) -> str:
    return f"{MAIL_WORDS[what]}_{_stem(name)}.eml"


@lru_cache(maxsize=64)  # each unit is asked for one kind of draft after the other
def _stem(name: str) -> str:
    stem = safe_name(name)
    return stem if stem == name else f"{stem}_{hashlib.sha256(name.encode()).hexdigest()[:6]}"


def needs_no_draft(round_: Round, state: State, what: str, line: ListedUnit, about: str) -> bool:
    """True if the mail has gone out, or its draft is still there."""
    if state.sent.get((what, key(line.name), about)) in ("sent", "sending"):
        return True
    return about_of(state, what, line) == about and path_of(round_, what, line).exists()


def was_drafted(state: State, what: str, line: ListedUnit, about: str) -> bool:
    """True if that draft was written, or that mail sent, whatever became of it."""
    return (what, key(line.name), about) in state.sent or about_of(state, what, line) == about


def about_of(state: State, what: str, line: ListedUnit) -> str | None:
    """What the last draft of that kind to the unit was about; None where there was none."""
    return state.drafted.get((what, key(line.name)))


def remove_draft(path: Path) -> None:
    """Take a draft away, with what was laid beside it for web mail; what somebody added to that stays."""
    path.unlink(missing_ok=True)
    beside = _for_web_mail(path)
    if beside.is_dir():
        for file in beside.iterdir():
            if file.name == _WORDS_FILE or file.suffix in _ATTACHED:
                file.unlink()
        with suppress(OSError):  # something else is in it
            beside.rmdir()


def _for_web_mail(path: Path) -> Path:
    """The folder with the same letter for those who send by a web page: text to paste, file to attach."""
    return RoundFolder(path.parent.parent).web_mail / path.stem


def _lay_out(letter: Letter, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if letter.attachment is not None:
        name, data = letter.attachment
        write_whole(folder / safe_name(name), data)
    head = f"收件人：{', '.join(letter.line.emails)}\n主题：{one_line(letter.subject)}\n\n"
    write_whole(folder / _WORDS_FILE, f"{head}{letter.text}".replace("\n", "\r\n").encode("utf-8-sig"))


def write_drafts(round_: Round, what: str, letters: Iterable[Letter]) -> Iterator[tuple[Letter, Path | None]]:
    """Write each that is not done yet; no path for a unit without an address. Raises OSError."""
    for letter in letters:
        if not letter.line.emails:
            yield letter, None
            continue
        path = path_of(round_, what, letter.line)
        remove_draft(path)
        _lay_out(letter, _for_web_mail(path))
        write_whole(path, message(letter, round_.settings.sender), durable=True)
        told = {"what": what, "unit": letter.line.name, "about": letter.about}
        round_.add((DRAFTED, {**told, "attached": _hash_of_attachment(letter)}))
        yield letter, path


def _hash_of_attachment(letter: Letter) -> str:
    """By which it is known when it comes back; "" where there is none."""
    return hashlib.sha256(letter.attachment[1]).hexdigest() if letter.attachment is not None else ""


def drop_outdated(round_: Round, what: str, current: Mapping[str, str]) -> list[str]:
    """Remove drafts of a kind that were sent, and put aside those that nobody needs now: to whom they were.

    `current` is what letters are about now, by the unit's key. A reminder of another day stays: there will
    be one of today in its place. One to a unit that is called otherwise now, or is no unit any more, goes.
    """
    state, aside = round_.state, []
    for name, about in _drafts(round_, what).items():
        line = round_.roster.line(name)
        known = key(line.name if line is not None else name)
        path = round_.place.outbox / _file_name(what, name)
        if not path.exists() and not _for_web_mail(path).is_dir():
            continue
        is_called_so = line is not None and line.name == name
        if state.sent.get((what, known, about)) == "sent":
            remove_draft(path)
        elif not is_called_so or _is_outdated(what, about, current.get(known)):
            _put_aside(path)
            round_.add((WITHDRAWN, {"what": what, "unit": name, "about": about}))
            aside.append(name)
    return aside


def _drafts(round_: Round, what: str) -> Mapping[str, str]:
    """What the last draft of a kind to each unit was about, by the name that the unit had then."""
    events = (event for event in round_.log.events if event.kind == DRAFTED and event["what"] == what)
    return {event["unit"]: event["about"] for event in events}


def _is_outdated(what: str, about: str, current: str | None) -> bool:
    return current != about and not (what == REMIND and current is not None)


def _put_aside(path: Path) -> None:
    """Out of the way of what is to be sent, but not away: somebody may have written in it."""
    beside = _for_web_mail(path)
    for each in (path, beside):
        if each.exists():
            folder = each.parent / DRAFTS_ASIDE
            folder.mkdir(exist_ok=True)
            names = (f"{path.stem}{f'（{n}）' if n > 1 else ''}{each.suffix}" for n in count(1))
            each.rename(next(folder / name for name in names if not (folder / name).exists()))


def pending(round_: Round, what: str) -> list[tuple[ListedUnit, str, Path]]:
    """Drafts that can be sent: the unit, what each is about, and where it stands."""
    found = []
    for line in round_.roster:
        about = about_of(round_.state, what, line)
        path = path_of(round_, what, line)
        if about is not None and path.exists():
            found.append((line, about, path))
    return found
