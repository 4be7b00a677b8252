"""The calls that writing our workbook makes to xlsxwriter, recorded and played again without us.

Playing them is the least any program needs that writes the same cells with xlsxwriter.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeAlias

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

_Listener: TypeAlias = Callable[[Any, Any, tuple[Any, ...], Any], None]


@dataclass(frozen=True)
class _FormatAt:
    """Stands for the format made by the nth call of add_format."""

    number: int


@dataclass
class Recording:
    """Everything that was asked of xlsxwriter, in order."""

    options: dict[str, Any] = field(default_factory=dict)
    formats: list[dict[str, Any]] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    calls: list[tuple[int, str, tuple[Any, ...], dict[str, Any]]] = field(default_factory=list)

    def play(self) -> bytes:
        """The same workbook, by xlsxwriter alone."""
        out = io.BytesIO()
        book = xlsxwriter.Workbook(out, dict(self.options))
        formats = [book.add_format(dict(properties)) for properties in self.formats]
        sheets = [book.add_worksheet(name) for name in self.sheets]
        for sheet, method, args, options in self.calls:
            args = tuple(_replaced(value, formats) for value in args)
            getattr(sheets[sheet], method)(*args, **options)
        book.close()
        return out.getvalue()


def record(write: Callable[[], object]) -> Recording:
    """The calls of the outermost level that `write` makes to one workbook and its sheets."""
    recorder = _Recorder()
    with recorder.listening():
        write()
    return recorder.recording


class _Recorder:
    """Listens at the methods of xlsxwriter's classes while a workbook is written."""

    def __init__(self) -> None:
        self.recording = Recording()
        self._formats: dict[int, _FormatAt] = {}
        self._sheets: dict[int, int] = {}
        self._alive: list[object] = []  # so that no id is given twice
        self._depth = 0

    @contextmanager
    def listening(self) -> Iterator[None]:
        names = [name for name, member in vars(Worksheet).items() if callable(member) and name[0] != "_"]
        listeners: list[tuple[type, str, _Listener]] = [
            (Workbook, "__init__", self._opened),
            (Workbook, "add_format", self._format_made),
            (Workbook, "add_worksheet", self._sheet_made),
            (Workbook, "close", lambda *_: None),  # what closing calls is part of closing
            *((Worksheet, name, partial(self._called, name)) for name in names),
        ]
        originals = [(owner, name, getattr(owner, name)) for owner, name, _ in listeners]
        for (owner, name, listener), (_, _, original) in zip(listeners, originals, strict=True):
            setattr(owner, name, self._heard(original, listener))
        try:
            yield
        finally:
            for owner, name, original in originals:
                setattr(owner, name, original)

    def _heard(self, original: Callable[..., Any], listener: _Listener) -> Callable[..., Any]:
        def method(target: Any, *args: Any, **options: Any) -> Any:
            outermost = self._depth == 0
            self._depth += 1
            try:
                result = original(target, *args, **options)
            finally:
                self._depth -= 1
            if outermost:
                listener(target, result, args, options)
            return result

        return method

    def _opened(self, _book: Any, _result: Any, args: tuple[Any, ...], _options: Any) -> None:
        self.recording.options = dict(args[1])

    def _format_made(self, _book: Any, made: Any, args: tuple[Any, ...], _options: Any) -> None:
        self._formats[id(made)] = _FormatAt(len(self.recording.formats))
        self.recording.formats.append(dict(args[0]))
        self._alive.append(made)

    def _sheet_made(self, _book: Any, made: Any, args: tuple[Any, ...], _options: Any) -> None:
        self._sheets[id(made)] = len(self.recording.sheets)
        self.recording.sheets.append(args[0])
        self._alive.append(made)

    def _called(self, name: str, sheet: Any, _result: Any, args: tuple[Any, ...], options: Any) -> None:
        if id(sheet) in self._sheets:
            noted = tuple(_noted(value, self._formats) for value in args)
            self.recording.calls.append((self._sheets[id(sheet)], name, noted, options))


def _noted(value: Any, known: dict[int, _FormatAt]) -> Any:
    if isinstance(value, Format):
        return known[id(value)]
    if isinstance(value, dict):
        return {key: _noted(item, known) for key, item in value.items()}
    return value


def _replaced(value: Any, formats: list[Format]) -> Any:
    if isinstance(value, _FormatAt):
        return formats[value.number]
    if isinstance(value, dict):
        return {key: _replaced(item, formats) for key, item in value.items()}
    return value
