"""What is fuzzed: functions of bytes that raise only where xlreport is at fault.

A finding, a refusal in words or a list of an author's mistakes is an answer; any other exception is a
fault, and so is an answer that contradicts itself. The sample form has to be found by its id:
XLREPORT_FORMS names the folder of samples.
"""

from __future__ import annotations

import atexit
import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from xlreport.feedback.record import record
from xlreport.feedback.text import describe
from xlreport.finding import Severity, Status
from xlreport.form.cases import read_cases
from xlreport.form.cells import cells_of
from xlreport.form.library import shipped
from xlreport.form.load import load_form, read_form
from xlreport.form.mistake import FormErrors
from xlreport.form.model import Field, Kind
from xlreport.form.values import from_json
from xlreport.formula.nodes import FormulaError
from xlreport.formula.parse import parse
from xlreport.verify.gates import verify_file
from xlreport.workbook.normalise import as_formula, normalise
from xlreport.workbook.write import write_workbook

SAMPLE_FORM = shipped("samples") / "safety_monthly"
PARTS = (
    "xl/worksheets/sheet2.xml",
    "xl/worksheets/sheet3.xml",
    "xl/worksheets/sheet4.xml",
    "xl/sharedStrings.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
)
FILES = ("form.toml", "checks.toml", "sections/cover.toml", "sections/accidents.toml")


# A file that came --------------------------------------------------------------------------------------


def any_file(data: bytes) -> None:
    """Any bytes under a workbook's name."""
    _verify(data)


def sheet_xml(data: bytes) -> None:
    """A sound workbook with one part replaced; the first byte says which."""
    out = io.BytesIO()
    spoilt = PARTS[data[0] % len(PARTS)] if data else ""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, part in sound_parts().items():
            archive.writestr(name, data[1:] if name == spoilt else part)
    _verify(out.getvalue())


def _verify(data: bytes) -> None:
    path = _folder() / "return.xlsx"
    path.write_bytes(data)
    verdict = verify_file(path)
    assert verdict.status is not Status.UNREADABLE or verdict.submission is None
    assert (verdict.status is Status.ACCEPTED) == all(f.severity != "error" for f in verdict.findings)
    for line in describe(verdict):
        assert "\n" not in line.text
    json.dumps(record(verdict))


@cache
def sound_parts() -> Mapping[str, bytes]:
    """The parts of a sound return of the small sample form."""
    form = load_form(SAMPLE_FORM)
    values = from_json(form, read_cases(form).base)
    with zipfile.ZipFile(io.BytesIO(write_workbook(form, values))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="xlreport-fuzz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


# Texts -------------------------------------------------------------------------------------------------


def formula(data: bytes) -> None:
    """The text of a rule."""
    text = data.decode(errors="replace")
    try:
        parse(text)
    except FormulaError as error:
        assert str(error)


def cell(data: bytes) -> None:
    """What stands in a cell; the first byte says of which field."""
    fields = _fields()
    field = fields[data[0] % len(fields)] if data else fields[0]
    text = data[1:].decode(errors="replace")
    for understood in (normalise(field, text), as_formula(normalise(field, text), text)):
        trouble = understood.trouble
        if trouble is not None:
            assert trouble.message and trouble.fix
        if not understood.usable:
            assert understood.value is None and trouble is not None and trouble.severity is Severity.ERROR
        if understood.value is not None and field.kind.numeric:
            assert not isinstance(understood.value, str | bool | float)


@cache
def _fields() -> tuple[Field, ...]:
    """A field of every kind."""
    kinds: dict[Kind, Field] = {}
    for field in cells_of(load_form("ogi_annual_2021")).values():
        kinds.setdefault(field.kind, field)
    return tuple(kinds.values())


def definition(data: bytes) -> None:
    """A form's folder with one file replaced; the first byte says which."""
    folder = _form_folder()
    spoilt = folder / FILES[data[0] % len(FILES)] if data else folder / FILES[0]
    sound = spoilt.read_bytes()
    spoilt.write_bytes(data[1:])
    try:
        read_form(folder)
    except FormErrors as error:
        assert error.mistakes and str(error)
    finally:
        spoilt.write_bytes(sound)


@cache
def _form_folder() -> Path:
    folder = _folder() / SAMPLE_FORM.name
    shutil.copytree(SAMPLE_FORM, folder)
    return folder


# All of them -------------------------------------------------------------------------------------------

HARNESSES: Mapping[str, Callable[[bytes], None]] = {
    function.__name__: function for function in (any_file, sheet_xml, formula, cell, definition)
}


@cache
def beginnings(harness: str) -> tuple[bytes, ...]:
    """Sound inputs, from which mutation starts."""
    if harness == "any_file":
        return (write_workbook(load_form(SAMPLE_FORM), {}), b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"))
    if harness == "sheet_xml":
        return tuple(bytes([number]) + sound_parts()[name] for number, name in enumerate(PARTS))
    if harness == "definition":
        return tuple(bytes([n]) + (SAMPLE_FORM / name).read_bytes() for n, name in enumerate(FILES))
    if harness == "formula":
        form = load_form("ogi_annual_2021")
        return tuple(check.expect.encode() for check in form.checks)
    texts = (
        "38",
        "３８件",
        "1,863.50",
        "22（其中修订16件）",
        "2024年1月20日",
        "部门",
        "是",
        "=30+8",
        "SUM(1,2)",
    )
    return tuple(bytes([n]) + text.encode() for n in range(len(_fields())) for text in texts)
