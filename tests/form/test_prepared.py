"""Forms kept ready: the same form or none, whatever has become of the file that keeps it."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import sys
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from xlreport import kept as kept_files
from xlreport.form import (
    analysis,
    checks,
    computed,
    consolidation,
    entries,
    fact_model,
    field,
    grid,
    listing,
    outline,
    succession,
    vocabulary,
)
from xlreport.form import fields as fields_module
from xlreport.form import prepared as kept_forms
from xlreport.form.flat import _MAKERS, flattened, restored
from xlreport.form.library import form_folders
from xlreport.form.load import _loaded, load_form, read_form
from xlreport.form.model import Form
from xlreport.form.prepared import _made_by, _name, prepared, remember
from xlreport.formula import nodes
from xlreport.kept import head_of, kept_file

SAFETY = Path(__file__).parents[2] / "samples" / "safety_monthly"


@pytest.fixture(name="cache", autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """A form that is kept."""
    folder = tmp_path / "safety_monthly"
    shutil.copytree(SAFETY, folder)
    load_form(folder)
    assert prepared(folder) is not None
    return folder


def _content(form: Form) -> dict[str, Any]:
    """All that a form consists of, to be compared."""
    return {each.name: _plain(getattr(form, each.name)) for each in fields(Form)}


def _plain(value: Any) -> Any:
    return value if isinstance(value, Path) else flattened(value)


def _place(folder: Path) -> Path:
    return kept_file(_name(folder))


def _write(folder: Path, body: bytes) -> None:
    """A file that claims to be the kept form of this very folder, by this very program."""
    _place(folder).write_bytes(head_of(_made_by(folder), body) + b"\n" + body)


@pytest.mark.parametrize("folder", [*form_folders(), SAFETY], ids=lambda folder: folder.name)
def test_kept_form_is_the_form(folder: Path) -> None:
    form = read_form(folder.resolve())
    assert prepared(form.folder) is None
    remember(form)
    kept = prepared(form.folder)
    assert kept is not None
    assert _content(kept) == _content(form)
    assert kept.rules == form.rules
    assert kept.computed == form.computed


def test_whatever_a_form_may_consist_of_can_be_kept() -> None:
    """The classes of its modules, but for those that a form has only while it is read, and itself."""
    modules = (
        *(analysis, checks, computed, consolidation, entries, field, fields_module),
        *(grid, listing, outline, fact_model, succession),
    )
    every = {
        kind
        for module in (*modules, vocabulary, nodes)
        for kind in vars(module).values()
        if isinstance(kind, type) and kind.__module__ == module.__name__
        if is_dataclass(kind) or issubclass(kind, Enum)
    }
    passing = {
        computed.DeclaredFormula,
        outline.Outline,
        nodes.Ref,
        nodes.Neighbours,
        succession.UnitChange,
        consolidation.Way,
        *(analysis.ItemToml, analysis.TableToml, analysis.AnalysisToml),
    }
    assert {kind.__name__ for kind in every - passing} <= _MAKERS.keys()


def test_kept_for_its_owner_alone(folder: Path) -> None:
    file = _place(folder)
    if sys.platform != "win32":
        assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize("name", ["form", "checks", "entries", "facts", "sections/accidents"])
def test_changed_form_is_read_again(folder: Path, name: str) -> None:
    changed = folder / f"{name}.toml"
    changed.write_text(changed.read_text(encoding="utf-8") + "\n# 改\n", encoding="utf-8")
    assert prepared(folder) is None
    remember(read_form(folder))
    assert prepared(folder) is not None


def test_new_file_of_a_form_is_seen(folder: Path) -> None:
    (folder / "unit.toml").write_text("", encoding="utf-8")
    assert prepared(folder) is None


def test_changed_program_reads_no_form_of_another(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "program"
    for package in ("", "form", "formula", "prose"):
        (program / package).mkdir(exist_ok=True)
        (program / package / "module.py").write_text("", encoding="utf-8")
    monkeypatch.setattr(kept_forms, "_PACKAGE", program)
    assert prepared(folder) is None
    remember(read_form(folder))
    assert prepared(folder) is not None
    (program / "formula" / "module.py").write_text("#", encoding="utf-8")
    assert prepared(folder) is None


def _flipped(data: bytes) -> bytes:
    return data[:-40] + bytes([data[-40] ^ 1]) + data[-39:]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        _flipped,
        lambda data: data.partition(b"\n")[2],
        lambda data: b"\xff" * 100,
        lambda data: data + b" ",
    ],
    ids=["empty", "without its end", "half", "one bit", "without its head", "no text", "longer"],
)
def test_damaged_file_counts_for_nothing_and_is_written_anew(folder: Path, damage: Any) -> None:
    form, file = read_form(folder), _place(folder)
    file.write_bytes(damage(file.read_bytes()))
    assert prepared(folder) is None
    assert _content(_loaded.__wrapped__(folder)) == _content(form)
    assert prepared(folder) is not None


class _Bomb:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, ("bomb",)


@pytest.mark.parametrize(
    "body",
    [
        pickle.dumps(_Bomb()),
        b"",
        b"[]",
        b"[" * 100_000,
        b'["", []]',
        b'["", ["bomb", ["mkdir", 0]]]',
        b'["", ["bomb", ["os.mkdir", 0]]]',
        b'["", ["__import__(\'os\').mkdir(\'bomb\')", ["eval", 0]]]',
        b'["", ["os", ["__import__", 0]]]',
        b'["", ["sections", ["__class__", 0], ["dict", 0, 1]]]',
        b'["", ["x", ["Decimal", 0]]]',
        b'["", ["x", ["frozenset", 0], ["dict", 1]]]',
        b'["", ["x", ["Kind", 0]]]',
        b'["", [["tuple", 7]]]',
        b'["", [["words", "x", 7]]]',
        b'["", [["words", ["x"]]]]',
        b'["", ["id", "x", ["dict", 0, 1]]]',
        b'["../../elsewhere", ["id", "x", ["dict", 0, 1]]]',
        b'[["x"], []]',
    ],
)
def test_crafted_file_makes_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: bytes
) -> None:
    monkeypatch.chdir(tmp_path)
    _write(folder, body)
    assert prepared(folder) is None
    assert not (tmp_path / "bomb").exists()


def test_only_named_kinds_are_made() -> None:
    with pytest.raises(LookupError):
        restored(["x", ["Form", 0]])
    with pytest.raises(LookupError):
        restored(["x", ["Path", 0]])


def test_crafted_file_cannot_say_where_the_form_is(folder: Path) -> None:
    """Templates and looks are taken from the folder that was asked for."""
    owner, entries = json.loads(_place(folder).read_bytes().partition(b"\n")[2])
    at = len(entries)
    moved = [*entries[:-1], "folder", "/elsewhere", [*entries[-1], at - 1, at]]
    _write(folder, json.dumps([owner, moved]).encode())
    assert prepared(folder) is None


def test_without_a_folder_to_write_in_forms_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    form = read_form(SAFETY)
    remember(form)
    assert prepared(SAFETY) is None


@pytest.mark.skipif(sys.platform == "win32", reason="no such modes there")
def test_folder_that_others_may_write_in_is_not_used(folder: Path) -> None:
    _place(folder).parent.chmod(0o777)
    assert prepared(folder) is None
    before = _place(folder).read_bytes()
    remember(read_form(folder))
    assert _place(folder).read_bytes() == before


def test_folder_for_caches_is_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    monkeypatch.setattr(kept_files, "_HOME", "/home/clerk")
    monkeypatch.setattr(sys, "platform", "linux")
    assert _place(SAFETY).parent == Path("/home/clerk/.cache/xlreport")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert _place(SAFETY).parent == Path("/home/clerk/Library/Caches/xlreport")
    monkeypatch.setattr(kept_files, "_HOME", "~")
    with pytest.raises(FileNotFoundError):
        _place(SAFETY)


def test_borrowed_skin_stays_that_of_its_form(folder: Path) -> None:
    declared = folder / "form.toml"
    text = declared.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("skin")]
    declared.write_text("\n".join(['skin = "ogi_annual_2021"', *lines]), encoding="utf-8")
    form = read_form(folder)
    remember(form)
    kept = prepared(folder)
    assert kept is not None
    assert kept.skin == form.skin != folder / "skin"
