"""What happened to each unit of a round, in order, in words for the board."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from xlreport.frozen import frozen
from xlreport.round.bundles import change_since
from xlreport.round.drafts import MAIL_WORDS
from xlreport.round.events import Event
from xlreport.round.file import FATE_WORDS, File
from xlreport.round.fold import DECISION_WORDS, DECISIONS
from xlreport.round.place import DRAFTS_ASIDE, OUTBOX
from xlreport.unit import key

if TYPE_CHECKING:
    from xlreport.round.opened import Round
    from xlreport.round.state import UnitState

FILE_WORDS: Mapping[str, str] = {"accepted": "通过", "returned": "有错误", "unreadable": "未核对"}
_TOLD: Mapping[str, Callable[[Event], str]] = {
    "issued": lambda event: f"生成工作簿 {event.get('name') or ''}",
    "drafted": lambda event: f"写好{_mail(event)}邮件，待发",
    "withdrawn": lambda event: f"{_mail(event)}邮件已不需要，草稿移到 {OUTBOX}/{DRAFTS_ASIDE}",
    "sent": lambda event: f"已发{_mail(event)}邮件",
    "sending": lambda event: f"开始发{_mail(event)}邮件",
    "unsent": lambda event: f"{_mail(event)}邮件没有发出",
}


@frozen
class Happened:
    """One line of a unit's history. `why` is the reason, "" for none."""

    at: datetime
    words: str
    why: str = ""


def histories(round_: Round) -> Mapping[str, tuple[Happened, ...]]:
    """What happened to each unit, by the key of its name: workbooks, mails, files that came and decisions."""
    found: dict[str, list[Happened]] = defaultdict(list)
    decided = {event.id: event for event in round_.log.events if event.kind in DECISIONS}
    for event in round_.log.events:
        about = decided.get(str(event.get("event")), event)
        line = round_.roster.line(str(about.get("unit") or ""))
        told = _told(event, about)
        if line is not None and told is not None:
            found[key(line.name)].append(told)
    for unit in round_.state.units:
        found[key(unit.line.name)] += _came(round_, unit)
    return {name: tuple(sorted(lines, key=lambda line: line.at)) for name, lines in found.items()}


def _told(event: Event, about: Event) -> Happened | None:
    """An event in words; None for one of which a unit's history says nothing."""
    if event.kind in _TOLD:
        return Happened(event.at, _TOLD[event.kind](event).strip())
    if event.kind in DECISIONS:
        return Happened(event.at, f"办公室决定：{DECISION_WORDS[event.kind]}", str(event.get("why") or ""))
    if event.kind == "undo" and about is not event:
        words = f"办公室撤销决定：{DECISION_WORDS[about.kind]}"
        return Happened(event.at, words, str(event.get("why") or ""))
    return None


def _mail(event: Event) -> str:
    return MAIL_WORDS[str(event["what"])]


def _came(round_: Round, unit: UnitState) -> Iterator[Happened]:
    for file in unit.files:
        changed = change_since(round_, unit, file)
        words = f"收到 {file.name}：{result_words(file)}{f'。{changed}' if changed else ''}"
        yield Happened(file.received, words)


def result_words(file: File) -> str:
    """What came of a file: 有错误（3 处），不以此为准."""
    errors = f"（{file.errors} 处）" if file.errors else ""
    status = FILE_WORDS[file.status]
    return "，".join(dict.fromkeys((f"{status}{errors}", FATE_WORDS[file.fate])))
