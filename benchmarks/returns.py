"""Filled returns to measure with: the shipped samples, with figures varied but still in balance."""

from __future__ import annotations

import copy
import io
import json
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

from xlreport.form.load import load_form
from xlreport.form.model import Form
from xlreport.form.values import from_json
from xlreport.formula.nodes import Value
from xlreport.workbook.write import write_workbook

FORM = "ogi_annual_2021"
SAMPLE = "busy_bureau"
_SAMPLES = Path(__file__).resolve().parent.parent / "samples" / "values"
_BALANCED = ("busy_bureau", "county_government", "small_township")


@cache
def form() -> Form:
    """The form all measurements use."""
    return load_form(FORM)


def sample(name: str = SAMPLE) -> dict[str, Value]:
    """A sample's input values by subject."""
    return from_json(form(), _json(name))


def varied(number: int) -> dict[str, Value]:
    """The input values of the unit of that number, which balance as the samples do."""
    return from_json(form(), _varied(_BALANCED[number % len(_BALANCED)], number))


def write_returns(folder: Path, count: int) -> list[Path]:
    """`count` returns of different units with different figures, none of them with errors."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(count):
        path = folder / f"return_{number:03}.xlsx"
        path.write_bytes(write_workbook(form(), varied(number)))
        paths.append(path)
    return paths


def name_and_code(number: int) -> tuple[str, str]:
    """What the unit of that number is called."""
    cover = _varied(_BALANCED[number % len(_BALANCED)], number)["cover"]
    return cover["organ"], cover["unit_code"]


def copies_of_returns(folder: Path, count: int, wrong: int = 0) -> None:
    """`count` returns of different units, quickly: the samples with other names and codes of units.

    One in `wrong` does not balance, none where that is 0.
    """
    folder.mkdir(parents=True, exist_ok=True)
    samples = [_parts(write_workbook(form(), varied(number))) for number in range(len(_BALANCED))]
    faulty = [_parts(write_workbook(form(), _unbalanced(number))) for number in range(len(_BALANCED))]
    for number in range(count):
        kind = faulty if wrong and number % wrong == 0 else samples
        parts = kind[number % len(samples)]
        own, code = (f"第{number % len(samples) + 1}分局", f"BM-{number % len(samples) + 1:04}")
        path = folder / f"return_{number:05}.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
            for name, data in parts.items():
                other = data.replace(own.encode(), f"第{number + 1}分局".encode())
                package.writestr(name, other.replace(code.encode(), f"BM-{number + 1:04}".encode()))


def _unbalanced(number: int) -> dict[str, Value]:
    return {**varied(number), "requests[new_requests,natural_person]": 999}


def _parts(workbook: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        return {name: package.read(name) for name in package.namelist()}


@cache
def _json(name: str) -> dict[str, Any]:
    return json.loads((_SAMPLES / f"{name}.json").read_text(encoding="utf-8"))


def _varied(name: str, number: int) -> dict[str, Any]:
    """The sample as another unit's: more requests of every kind of applicant, all of them granted."""
    data = copy.deepcopy(_json(name))
    data["cover"]["organ"] += f"第{number + 1}分局"
    data["cover"]["unit_code"] = f"BM-{number + 1:04}"
    requests = data["requests"]
    for place, column in enumerate(requests["new_requests"]):
        more = (number * 7 + place * 3) % 23
        requests["new_requests"][column] += more
        requests["disclosed"][column] += more
    return data
