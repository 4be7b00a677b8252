"""Rounds on several levels for tests, what they hand up, and what may happen to that on the way."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from command_line import run
from rounds import begin, drop, filled
from xlreport.round.decide import decide
from xlreport.round.opened import changing
from xlreport.round.place import RoundFolder
from xlreport.round.sources import sources_in
from xlreport.round.take import Taken, take
from xlreport.run.engine import Local

PROVINCE, CITY = "某省人民政府", "栖川市人民政府"
COUNTY, OTHER = "岚溪县人民政府", "云泽县人民政府"
GREEN, CLOUD, BRIDGE = "岚溪县青禾镇人民政府", "岚溪县云岭镇人民政府", "云泽县石桥乡人民政府"
ADDRESSES = {COUNTY: "lanxi@qichuan.example", OTHER: "yunze@qichuan.example"}
LIST = "清单.json"
FEES = {"fee_notices": 1, "fee_amount": 100}
"""Figures that a sound return may have instead of its own."""


def office(
    folder: Path, name: str, units: Sequence[str], parents: Mapping[str, str] | None = None
) -> RoundFolder:
    """A round of an office that these units report to."""
    above = parents or {}
    rows = [(unit, "", above.get(unit, ""), "", "", ADDRESSES.get(unit, ""), None) for unit in units]
    return begin(folder, rows, office=name)


def taken(place: RoundFolder, *paths: Path) -> list[Taken]:
    """What lies in 收件, or these files, taken in; without reports and comparisons, which cost more."""
    with changing(place) as round_:
        sources = sources_in(paths or (place.inbox,), place)
        return list(take(round_, sources, None, Local(1), lambda _: None))


def decided(place: RoundFolder, action: str, *words: str, why: str) -> None:
    """A decision of the office, without the reports that follow from it."""
    with changing(place) as round_:
        decide(round_, action, words, why)


def county(folder: Path, name: str = COUNTY, units: Sequence[str] = (GREEN, CLOUD)) -> RoundFolder:
    """A round in which all units have sent sound returns."""
    place = office(folder, name, units)
    for unit in units:
        drop(place, f"{unit}.xlsx", filled(unit))
    taken(place)
    return place


def handed_up(place: RoundFolder, path: Path) -> Path:
    """What `round bundle` writes."""
    result = run("round", "bundle", place.root, "-o", path)
    assert result.exit_code == 0, result.output
    return path


def members(path: Path) -> dict[str, bytes]:
    """The files in a bundle."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(contents: Mapping[str, bytes]) -> bytes:
    """Files as a zip: the same ones are the same bytes, whatever second they are packed in."""
    return packed_in_order(contents.items())


def packed_in_order(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The same, of which several may have one name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def leaf(contents: Mapping[str, bytes], unit: str) -> str:
    """The member that is a unit's return."""
    return next(name for name in contents if name.rpartition("/")[2].startswith(f"{unit}_"))


def relisted(contents: Mapping[str, bytes], change: Callable[[dict[str, Any]], None] | None = None) -> bytes:
    """A bundle whose list fits its files again: what somebody makes who wants it to look right."""
    manifest = json.loads(contents[LIST])
    for name in manifest["files"]:
        if name in contents:
            manifest["files"][name] = hashlib.sha256(contents[name]).hexdigest()
    if change is not None:
        change(manifest)
    return packed({**contents, LIST: json.dumps(manifest, ensure_ascii=False).encode()})
