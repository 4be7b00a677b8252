"""清单.json: what is in a bundle that an office hands up, with the hash of each file.

The folder of an office below (下级/…) is laid out like the bundle that it handed up itself, its own list
included: the list above vouches for that list, and that list for the rest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from xlreport.cleaning import one_line
from xlreport.frozen import frozen
from xlreport.round.place import SUM_FILE
from xlreport.unit import key

MANIFEST, SUM, NOTES = "清单.json", SUM_FILE, "说明.txt"
LEAVES, BELOW = "报表", "下级"
KIND, VERSION = "xlreport-bundle", 1
_LONGEST = 1_000
"""Characters of a text in a list that are taken; no name or reason is longer."""
_MOST_NUMBER = 999_999
_YEARS = range(1971, 2200)
"""What clocks may say: without a battery many begin in 1980."""
_AHEAD = timedelta(days=1)
"""So much may clocks differ that are set."""


UNUSABLE = ("上报清单", "上报包")
"""How the reason begins why a bundle cannot be used."""
_AS_IT_IS = "请原样转发上报包，不要拆开或改动"
_SAME_VERSION = "请双方装好同一版本的程序，重新打包上报"


class BadManifest(Exception):
    """A list that cannot be used, in Chinese; `fix` says what to do."""

    def __init__(self, message: str, fix: str = _AS_IT_IS) -> None:
        super().__init__(message)
        self.fix = fix


@frozen
class HandedUp:
    """A unit of the list as it stands with the office that hands up.

    `file` is its return, "" where there is none; `errors` are those that the office has accepted; `below` is
    the folder of what the unit handed up itself, "" where it sent a workbook.
    """

    name: str
    code: str = ""
    aliases: tuple[str, ...] = ()
    parent: str = ""
    state: str = ""
    why: str = ""
    file: str = ""
    errors: int = 0
    below: str = ""


@frozen
class Manifest:
    """The whole list. `round` and `began` tell one round of an office from another; `written` is True where
    the office has completed the sum as a report of its own; `files` has the hash of each file.
    """

    office: str
    form: str
    year: int
    round: str
    began: datetime
    number: int
    at: datetime
    closed: bool
    written: bool
    units: tuple[HandedUp, ...]
    files: Mapping[str, str]

    def rank(self, at: datetime) -> tuple[bool, datetime, int]:
        """Of two bundles of an office that lie here at a time the later one has the larger."""
        return can_have_begun(self.began, self.year, at), self.began, self.number


def can_have_begun(began: datetime, year: int, at: datetime) -> bool:
    """False for a beginning that only a wrong clock tells: after the bundle was there, or before the year."""
    return year <= began.year and began <= at + _AHEAD


def manifest_bytes(manifest: Manifest) -> bytes:
    """The list as it stands in the bundle."""
    content = {
        "kind": KIND,
        "version": VERSION,
        "office": manifest.office,
        "form": manifest.form,
        "year": manifest.year,
        "round": manifest.round,
        "began": manifest.began.isoformat(),
        "number": manifest.number,
        "at": manifest.at.isoformat(timespec="seconds"),
        "closed": manifest.closed,
        "sum": {"file": SUM, "written": manifest.written},
        "units": [_plain(unit) for unit in manifest.units],
        "files": dict(manifest.files),
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode(errors="backslashreplace")


def _plain(unit: HandedUp) -> dict[str, Any]:
    return {
        "unit": unit.name,
        "code": unit.code,
        "aliases": list(unit.aliases),
        "parent": unit.parent,
        "state": unit.state,
        "why": unit.why,
        "file": unit.file,
        "errors": unit.errors,
        "below": unit.below,
    }


def read_manifest(data: bytes) -> Manifest | None:
    """The list; None where the file is another's. Raises BadManifest where it is ours and cannot be used."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadManifest("上报清单读不出来，可能已损坏") from error
    if not isinstance(content, dict) or content.get("kind") != KIND:
        return None
    if content.get("version") != VERSION:
        other = one_line(str(content.get("version")))[:20]
        raise BadManifest(f"上报清单是另一版本的（{other}），两级要用同一版本的程序", _SAME_VERSION)
    try:
        return _manifest(content)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadManifest("上报清单不完整，可能被改过") from error


def _manifest(content: Mapping[str, Any]) -> Manifest:
    number = _whole(content["number"])
    if not 1 <= number <= _MOST_NUMBER:
        raise ValueError("no number of a bundle")
    return Manifest(
        _name(content["office"]),
        _text(content["form"]),
        _whole(content["year"]),
        _text(content["round"]),
        _time(content["began"]),
        number,
        _time(content["at"]),
        content["closed"] is True,
        content["sum"]["written"] is True,
        tuple(_unit(unit) for unit in _list(content["units"])),
        {_path(name): _text(hash_) for name, hash_ in content["files"].items()},
    )


def _unit(content: Mapping[str, Any]) -> HandedUp:
    return HandedUp(
        _name(content["unit"]),
        _text(content["code"]),
        tuple(_text(alias) for alias in _list(content["aliases"])),
        _text(content["parent"]),
        _text(content["state"]),
        _text(content["why"]),
        _path(content["file"]),
        _count(content["errors"]),
        _path(content["below"]),
    )


def _time(value: Any) -> datetime:
    found = datetime.fromisoformat(value)
    if found.year not in _YEARS:
        raise ValueError(f"no time of a round: {value}")
    return found.astimezone()


def _name(value: Any) -> str:
    """The name of an office or unit. Without one it would be nobody's, or the round's own."""
    found = _text(value)
    if not key(found):
        raise ValueError("no name")
    return found


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"no text: {value!r}")
    return one_line(value)[:_LONGEST]


def _path(value: Any) -> str:
    """The place of a file in the bundle, as it is written."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise ValueError("no place in a bundle")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"no list: {value!r}")
    return value


def _count(value: Any) -> int:
    found = _whole(value)
    if found < 0:
        raise ValueError(f"no count: {found}")
    return found


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"no whole number: {value!r}")
    return value
