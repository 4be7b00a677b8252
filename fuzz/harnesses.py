"""What is fuzzed: functions of bytes that raise only where xlreport is at fault.

A finding, a refusal in words or a list of an author's mistakes is an answer; any other exception is a
fault, and so is an answer that contradicts itself. The sample form has to be found by its id:
XLREPORT_FORMS names the folder of samples.
"""

from __future__ import annotations

import atexit
import gzip
import io
import json
import shutil
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from compound_file import compound  # noqa: E402
from mails import mail, shapes  # noqa: E402
from xlreport.authoring.cases import read_cases  # noqa: E402
from xlreport.batch.refill import CannotRefill, refill  # noqa: E402
from xlreport.feedback.annotate import annotated  # noqa: E402
from xlreport.feedback.lines import describe  # noqa: E402
from xlreport.feedback.record import record  # noqa: E402
from xlreport.finding import Severity, Status, UnreadableWorkbook  # noqa: E402
from xlreport.form.cells import cells_of  # noqa: E402
from xlreport.form.field import Field, Kind  # noqa: E402
from xlreport.form.library import shipped  # noqa: E402
from xlreport.form.load import load_form, read_form  # noqa: E402
from xlreport.form.mistake import FormErrors  # noqa: E402
from xlreport.form.values import from_json  # noqa: E402
from xlreport.formats.archives import packed_members, zip_members  # noqa: E402
from xlreport.formats.binary_formulas import XLS, XLSB, written  # noqa: E402
from xlreport.formats.container import Container  # noqa: E402
from xlreport.formats.foreign import Unopened  # noqa: E402
from xlreport.formats.mail import attachments, messages_of  # noqa: E402
from xlreport.formats.sniff import kind_of  # noqa: E402
from xlreport.formula.nodes import FormulaError  # noqa: E402
from xlreport.formula.parse import parse  # noqa: E402
from xlreport.verify.verdict import Verdict, verify_file  # noqa: E402
from xlreport.workbook.normalise import as_formula, normalise  # noqa: E402
from xlreport.workbook.salvage import salvage  # noqa: E402
from xlreport.workbook.write import write_workbook  # noqa: E402

SAMPLE_FORM = shipped("samples") / "safety_monthly"
SOUND = Path(__file__).with_name("sound")
"""A sound return of the small sample form as LibreOffice (.ods, .xls) and SheetJS (.xlsb) saved it."""
XLSX_PARTS = (
    "xl/worksheets/sheet2.xml",
    "xl/worksheets/sheet3.xml",
    "xl/worksheets/sheet4.xml",
    "xl/sharedStrings.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
)
XLSB_PARTS = (
    "xl/worksheets/sheet2.bin",
    "xl/worksheets/sheet3.bin",
    "xl/worksheets/sheet4.bin",
    "xl/workbook.bin",
    "xl/styles.bin",
)
ODS_PARTS = ("content.xml", "META-INF/manifest.xml")
REVIEWED_PARTS = (
    *("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"),
    *("xl/worksheets/sheet4.xml", "xl/worksheets/_rels/sheet4.xml.rels"),
    *("xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"),
)
FILES = ("form.toml", "checks.toml", "sections/cover.toml", "sections/accidents.toml")


# A file that came --------------------------------------------------------------------------------------


def any_file(data: bytes) -> None:
    """Any bytes under a workbook's name."""
    _verify(data)


def sheet_xml(data: bytes) -> None:
    """An .xlsx workbook with one part replaced; the first byte says which."""
    _verify(_with_part(sound_parts(), XLSX_PARTS, data))


def ods_xml(data: bytes) -> None:
    """An .ods workbook, likewise."""
    _verify(_with_part(parts_of((SOUND / "safety_monthly.ods").read_bytes()), ODS_PARTS, data))


def xlsb_records(data: bytes) -> None:
    """An .xlsb workbook, likewise."""
    _verify(_with_part(parts_of((SOUND / "safety_monthly.xlsb").read_bytes()), XLSB_PARTS, data))


def xls_records(data: bytes) -> None:
    """An .xls workbook with these records."""
    _verify(compound({"Workbook": data}))


def given_back(data: bytes) -> None:
    """An annotated copy with one part replaced, annotated once more and poured into a fresh template."""
    verdict = _verify(_with_part(reviewed_parts(), REVIEWED_PARTS, data))
    with suppress(Unopened):
        if verdict.submission is not None:
            _, copy = annotated(verdict, verdict.submission)
            again = _verify(copy)
            before, after = ({f.id for f in each.findings} for each in (verdict, again))
            assert after <= before <= after | {"WBK032:_objects"}  # a broken part becomes a whole one of ours
    with suppress(UnreadableWorkbook, CannotRefill):
        refilled = refill(salvage(verdict.file))
        assert _verify(refilled.workbook()).submission is not None


def _verify(data: bytes) -> Verdict:
    path = _folder() / "return.xlsx"
    path.unlink(missing_ok=True)  # for a file that is emptied, the disk is waited for
    path.write_bytes(data)
    verdict = verify_file(path)
    assert verdict.status is not Status.UNREADABLE or verdict.submission is None
    assert (verdict.status is Status.ACCEPTED) == all(f.severity != "error" for f in verdict.findings)
    for line in describe(verdict):
        assert "\n" not in line.text
    json.dumps(record(verdict))
    return verdict


def _with_part(parts: Mapping[str, bytes], replaced: Sequence[str], data: bytes) -> bytes:
    """An archive with one part replaced by all but the first byte of the data, which says which."""
    spoilt = replaced[data[0] % len(replaced)] if data else ""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, data[1:] if name == spoilt else part)
    return out.getvalue()


@cache
def parts_of(data: bytes) -> Mapping[str, bytes]:
    """The parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@cache
def sound_parts() -> Mapping[str, bytes]:
    """The parts of a sound return of the small sample form."""
    form = load_form(SAMPLE_FORM)
    return parts_of(write_workbook(form, from_json(form, read_cases(form).base)))


@cache
def reviewed_parts() -> Mapping[str, bytes]:
    """The parts of an annotated copy of a return with findings on several sheets."""
    verdict = _verify(write_workbook(load_form(SAMPLE_FORM), {}))
    assert verdict.submission is not None
    return parts_of(annotated(verdict, verdict.submission)[1])


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


def tokens(data: bytes) -> None:
    """A formula as .xls and .xlsb store it, alone and shared by several cells."""
    for widths in (XLS, XLSB):
        for place in ((0, 0), (40, 12)):
            assert isinstance(written(data, widths, ("表一", "it's"), place), str)


def cell(data: bytes) -> None:
    """What stands in a cell; the first byte says of which field."""
    fields = _fields()
    field = fields[data[0] % len(fields)] if data else fields[0]
    text = data[1:].decode(errors="replace")
    for understood in (normalise(field, text), as_formula(field, text, text)):
        trouble = understood.trouble
        if trouble is not None:
            assert trouble.message and trouble.fix
        if not understood.usable:
            assert (
                understood.value is None and trouble is not None and trouble.rule.severity is Severity.ERROR
            )
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

# What comes to a round ---------------------------------------------------------------------------------


def mail_file(data: bytes) -> None:
    """A mail or a mailbox: every attachment has a name that no file system would follow elsewhere."""
    kind_of(data, "年报.eml")
    for message in (data, *messages_of(data)):
        for attachment in attachments(message)[1]:
            assert not {"/", "\\", "\n"} & set(attachment.name) or attachment.is_link, attachment.name


def archive(data: bytes) -> None:
    """A zip archive: its members' names lead nowhere but below it."""
    kind_of(data, "年报.zip")
    with suppress(Unopened):
        for name, _ in zip_members(data):
            assert not name.startswith("/") and ".." not in name.split("/"), name


def tar_archive(data: bytes) -> None:
    """A tar archive that gzip packed, likewise."""
    with suppress(Unopened):
        for name, _ in packed_members(gzip.compress(data, 1)):
            assert not name.startswith("/") and ".." not in name.split("/"), name


HARNESSES: Mapping[str, Callable[[bytes], None]] = {
    function.__name__: function
    for function in (
        *(any_file, sheet_xml, ods_xml, xlsb_records, xls_records, given_back),
        *(tokens, formula, cell, definition, mail_file, archive, tar_archive),
    )
}
_CELLS = (
    *("38", "３８件", "1,863.50", "22（其中修订16件）", "2024年1月20日"),
    *("部门", "是", "=30+8", "SUM(1,2)"),
)
_TOKENS = ("24080003c0", "250800080003c005c01910000022010400", "1e01001e020003151e05000c")
"""`D9`, `SUM(D9:F9)` and `(1+2)>=5`, as .xls stores them."""


def _arrivals(harness: str) -> Iterator[bytes]:
    """Mails with a name in every shape; archives with names in both encodings."""
    if harness == "mail_file":
        for shape in shapes().values():
            yield mail([(shape, b"x")], "a@b.example", message_id="1@x")
    elif harness == "tar_archive":
        yield sound_tar()
        yield sound_tar({"GNU.sparse.map": "0,1", "GNU.sparse.size": "1"})
        yield sound_tar({"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": "1"})
    else:
        for name, encoding in (
            ("年报/水务局.xlsx", "utf-8"),
            ("年报/水务局.xlsx", "gbk"),
            ("a/b.xlsx", "utf-8"),
        ):
            yield sound_zip(name, encoding)


def sound_tar(headers: Mapping[str, str] | None = None) -> bytes:
    """An archive with one member, its extended headers written out."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as packed:
        entry = tarfile.TarInfo("年报/水务局.xlsx")
        entry.size, entry.pax_headers = 1, dict(headers or {})
        packed.addfile(entry, io.BytesIO(b"x"))
    return out.getvalue()


def sound_zip(name: str, encoding: str = "utf-8") -> bytes:
    """An archive with one member of that name, in that encoding."""
    raw = name.encode(encoding)
    place = "x" * len(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(place, b"content")
    return out.getvalue().replace(place.encode(), raw)


@cache
def beginnings(harness: str) -> tuple[bytes, ...]:
    """Sound inputs, from which mutation starts."""
    return (
        tuple(_arrivals(harness))
        if harness in ("mail_file", "archive", "tar_archive")
        else _of_a_form(harness)
    )


def _of_a_form(harness: str) -> tuple[bytes, ...]:
    match harness:
        case "any_file":
            sound = (path.read_bytes() for path in sorted(SOUND.iterdir()))
            return (write_workbook(load_form(SAMPLE_FORM), {}), *sound, b"PK\x03\x04")
        case "sheet_xml":
            return _numbered(sound_parts(), XLSX_PARTS)
        case "ods_xml":
            return _numbered(parts_of((SOUND / "safety_monthly.ods").read_bytes()), ODS_PARTS)
        case "xlsb_records":
            return _numbered(parts_of((SOUND / "safety_monthly.xlsb").read_bytes()), XLSB_PARTS)
        case "xls_records":
            return (Container((SOUND / "safety_monthly.xls").read_bytes()).part("Workbook"),)
        case "given_back":
            return _numbered(reviewed_parts(), REVIEWED_PARTS)
        case "definition":
            return tuple(bytes([n]) + (SAMPLE_FORM / name).read_bytes() for n, name in enumerate(FILES))
        case "formula":
            return tuple(check.expect.encode() for check in load_form("ogi_annual_2021").checks)
        case "tokens":
            return tuple(map(bytes.fromhex, _TOKENS))
        case _:
            return tuple(bytes([n]) + text.encode() for n in range(len(_fields())) for text in _CELLS)


def _numbered(parts: Mapping[str, bytes], replaced: Sequence[str]) -> tuple[bytes, ...]:
    return tuple(bytes([number]) + parts[name] for number, name in enumerate(replaced))
