"""Beginning a round, and looking through its settings and list."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from xlreport.files import write_whole
from xlreport.form.model import Form
from xlreport.roster.guided import guided_roster
from xlreport.roster.line import ListedUnit
from xlreport.roster.mistake import ListErrors
from xlreport.roster.read import read_roster, usable_roster
from xlreport.round.events import altered, append, read_log
from xlreport.round.key import make_key, read_key, too_open
from xlreport.round.letters import letter_mistakes, shipped_letters
from xlreport.round.opened import Clock, now
from xlreport.round.place import EVENTS, SETTINGS, Refused, RoundFolder
from xlreport.round.settings import SettingsErrors, read_settings, settings_text


def new_round(
    folder: Path, form: Form, form_name: str, year: int, office: str, before: Path | None, clock: Clock = now
) -> RoundFolder:
    """A new round's folder. Units come from an earlier round or from a list. Raises Refused, OSError."""
    place = RoundFolder(folder.resolve())
    if folder.exists() and any(folder.iterdir()):
        raise Refused(f"{folder} 里已有文件，请换一个新文件夹")
    lines, prior = _before(place, form, before)
    for made in (place.root, *place.folders):
        made.mkdir(parents=True, exist_ok=True)
    for name, template in shipped_letters().items():
        write_whole(place.letters / name, template)
    make_key(place.key)
    write_whole(place.list, guided_roster(f"{office} {year} 年度报送单位名单", form, lines))
    happened = ("started", {"office": office, "form": form.id, "year": year})
    place.events.touch()
    append(place.events, read_log(place.events), [happened], clock())
    write_whole(place.settings, settings_text(office, form_name, year, prior).encode())
    return place


def _before(place: RoundFolder, form: Form, before: Path | None) -> tuple[Sequence[ListedUnit], str]:
    """The units to begin with, and the earlier round as the settings name it."""
    if before is None:
        return (), ""
    earlier = RoundFolder(before.resolve())
    if before.is_dir() and not earlier.settings.is_file():
        raise Refused(f"{before} 不是收表文件夹（里面没有 {SETTINGS}），也不是名单")
    try:
        office = read_settings(earlier.settings).office if before.is_dir() else ""
        found = usable_roster(earlier.list if before.is_dir() else before, form, office)
    except ListErrors as error:
        raise Refused(str(error)) from error
    except SettingsErrors as error:
        raise Refused("\n".join(error.mistakes)) from error
    prior = Path(os.path.relpath(earlier.root, place.root)).as_posix() if before.is_dir() else ""
    return found.roster.lines, prior


def mistakes(place: RoundFolder) -> Iterator[tuple[str, bool]]:
    """Everything that is wrong with a round's settings, list, events and key; True for a mere remark."""
    try:
        settings = read_settings(place.settings)
    except SettingsErrors as error:
        yield from ((words, False) for words in error.mistakes)
        return
    try:
        found = read_roster(place.list, settings.form, settings.office)
        yield from ((f"名单：{mistake}", mistake.remark) for mistake in found.mistakes)
    except ListErrors as error:
        yield str(error), False
    except FileNotFoundError:
        yield f"缺少 {place.list.name}", False
    if settings.prior and not (place.root / settings.prior).exists():
        yield f"{SETTINGS} 里 prior 指的 {settings.prior} 不存在", False
    yield from _of_events(place)
    yield from _of_key(place)
    yield from ((words, False) for words in letter_mistakes(place))


def _of_events(place: RoundFolder) -> Iterator[tuple[str, bool]]:
    try:
        read_log(place.events)
        lines = altered(place.events)
    except Refused as error:
        yield str(error), False
    except FileNotFoundError:
        yield f"缺少 {EVENTS}：这次收表的记录不在了，请从备份恢复", False
    else:
        if lines:
            yield f"{EVENTS} 第 {'、'.join(map(str, lines))} 行被改动过，请从备份恢复", False


def _of_key(place: RoundFolder) -> Iterator[tuple[str, bool]]:
    if read_key(place.key) is None:
        yield f"封签的密钥 {place.key.name} 不在或已损坏：以前下发的工作簿认不出封签，请从备份恢复", False
    elif too_open(place.key):
        yield f"封签的密钥 {place.key.name} 别人也能读：请把它的权限改为只有自己能读（chmod 600）", False
