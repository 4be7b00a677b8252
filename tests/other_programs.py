"""Gnumeric, SheetJS, ExcelJS and openpyxl: each opens a workbook and saves it, changing nothing.

Chromium opens a page and works on it by keyboard, and axe-core says what in it keeps people out.
The Open XML SDK's validator says whether Office would open a file without repair. `make office` installs
them: Gnumeric and Chromium from Debian, the libraries and the validator from npm into tests/programs.
LibreOffice, which is also typed into, has a module of its own.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
from openpyxl import load_workbook

_SCRIPTS = Path(__file__).with_name("programs")
_SECONDS = 600
_NOT_FOR_THIS_SYSTEM = 3


def resave(program: str, works: Mapping[Path, Sequence[Path]]) -> None:
    """Save each file as each of its targets, in the format of its ending."""
    if program == "openpyxl":
        for source, targets in works.items():
            for target in targets:
                load_workbook(source).save(target)
    elif program == "gnumeric":
        ssconvert = path_of("ssconvert", "install gnumeric")
        for source, targets in works.items():
            for target in targets:
                _run([ssconvert, str(source), str(target)])
    else:
        node = path_of("node", "install nodejs and npm, then: make office")
        if not (_SCRIPTS / "node_modules").is_dir():
            _missing(f"{program} is not installed: make office")
        words = [json.dumps([str(source), *map(str, targets)]) for source, targets in works.items()]
        _run([node, str(_SCRIPTS / "resave.js"), program, *words])
    missing = [target.name for targets in works.values() for target in targets if not target.exists()]
    assert not missing, f"{program} did not write {missing}"


def recalculated_by_gnumeric(source: Path, target: Path) -> Path:
    """The workbook with every formula computed anew by Gnumeric."""
    _run([path_of("ssconvert", "install gnumeric"), "--recalc", str(source), str(target)])
    return target


def faults(paths: Sequence[Path]) -> dict[Path, list[str]]:
    """What the Open XML SDK finds wrong with each file; nothing in one that Office opens without repair."""
    if not paths:
        return {}
    node = path_of("node", "install nodejs and npm, then: make office")
    if not (_SCRIPTS / "node_modules" / "@xarsh" / "ooxml-validator").is_dir():
        _missing("the validator of the Open XML SDK is not installed: make office")
    command = [node, str(_SCRIPTS / "validate.mjs"), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    if done.returncode == _NOT_FOR_THIS_SYSTEM:
        _missing(f"the validator of the Open XML SDK does not run here: {done.stderr}")
    assert done.returncode == 0, done.stderr
    return dict(zip(paths, json.loads(done.stdout), strict=True))


@dataclass(frozen=True)
class Browsed:
    """What a page did in Chromium: `seen` are the texts of the elements that each step of reading found.

    `asked` counts what was loaded, the page itself included; `overflow` is how much wider than the window it
    is.
    """

    seen: list[list[str]]
    asked: int
    overflow: int
    troubles: list[str]
    violations: list[str]


def browse(page: Path, width: int, steps: Sequence[Mapping[str, object]] = ()) -> Browsed:
    """Open a page in a window of that width and work on it: press a key, type a text, read elements."""
    answer = _browser().ask({"page": str(page), "width": width, "steps": list(steps)})
    assert "failed" not in answer, answer["failed"]
    return Browsed(**answer)


_open: _Answering | None = None


def _browser() -> _Answering:
    """Chromium, started by the first page and kept for all others of this process."""
    global _open
    node = path_of("node", "install nodejs and npm, then: make office")
    chromium = path_of("chromium", "install chromium")
    if not (_SCRIPTS / "node_modules" / "puppeteer-core").is_dir():
        _missing("puppeteer-core is not installed: make office")
    if _open is None or _open.ended():
        _open = _Answering([node, str(_SCRIPTS / "page.mjs"), chromium])
    return _open


class _Answering:
    """A program that answers each line of JSON with one, and ends with whoever asks it."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        atexit.register(self._end)

    def _end(self) -> None:
        self._process.terminate()
        self._process.communicate()

    def ended(self) -> bool:
        return self._process.poll() is not None

    def ask(self, question: object) -> dict[str, Any]:
        told, answers = self._process.stdin, self._process.stdout
        assert told is not None and answers is not None
        late = Timer(_SECONDS, self._process.terminate)
        late.start()
        try:
            told.write(json.dumps(question) + "\n")
            told.flush()
            answer = answers.readline()
        finally:
            late.cancel()
        assert answer, "it has ended without an answer"
        return dict(json.loads(answer))


def path_of(name: str, what_to_do: str) -> str:
    """Where a program is; a test without it is skipped, or fails where all programs have to be there."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    if found is None:
        _missing(f"{name} is missing: {what_to_do}")
    return str(found)


def _missing(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    assert done.returncode == 0, done.stderr
