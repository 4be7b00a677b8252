"""ledger.sqlite: the events and what follows from them as tables, for other programs. Made anew each time.

Nothing is ever read back from it: a ledger that is damaged, deleted or another version's costs nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from xlreport.files import write_whole
from xlreport.round.events import Event
from xlreport.round.file import File
from xlreport.round.state import State

_TABLES = """
CREATE TABLE event (number INTEGER PRIMARY KEY, id TEXT, at TEXT, kind TEXT, data TEXT);
CREATE TABLE unit (name TEXT PRIMARY KEY, code TEXT, parent TEXT, state TEXT, due TEXT, late INTEGER,
    issued INTEGER, next TEXT);
CREATE TABLE file (unit TEXT, sha256 TEXT, name TEXT, file TEXT, received TEXT, source TEXT, status TEXT,
    counts INTEGER, fate TEXT, why TEXT, errors INTEGER, leaf TEXT);
"""


def write_ledger(path: Path, events: Sequence[Event], state: State) -> None:
    """Write it whole or not at all. Raises OSError, sqlite3.Error."""
    with TemporaryDirectory() as folder:
        made = Path(folder, "ledger")
        with closing(sqlite3.connect(made)) as tables, tables:
            tables.executescript(_TABLES)
            tables.executemany(
                "INSERT INTO event VALUES (?, ?, ?, ?, ?)",
                [
                    (n, e.id, e.at.isoformat(), e.kind, json.dumps(dict(e.data), ensure_ascii=False))
                    for n, e in enumerate(events)
                ],
            )
            tables.executemany("INSERT INTO unit VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _units(state))
            tables.executemany(f"INSERT INTO file VALUES ({', '.join('?' * 12)})", _files(state))
        write_whole(path, made.read_bytes())


def keep_ledger(path: Path, events: Sequence[Event], state: State) -> None:
    """Write it if that can be done; else the next command does."""
    with suppress(OSError, sqlite3.Error):
        write_ledger(path, events, state)


def _units(state: State) -> list[tuple[object, ...]]:
    return [
        (
            unit.line.name,
            unit.line.unit.code,
            unit.line.parent,
            unit.standing.value,
            unit.due.isoformat() if unit.due else None,
            unit.late,
            unit.issued,
            unit.next,
        )
        for unit in state.units
    ]


def _files(state: State) -> list[tuple[object, ...]]:
    owned = [(unit.line.name, file) for unit in state.units for file in (*unit.files, *unit.leaves)]
    return [_file(name, file) for name, file in [*owned, *((None, file) for file in state.unassigned)]]


def _file(unit: str | None, file: File) -> tuple[object, ...]:
    received = file.received.isoformat()
    about = (unit, file.sha256, file.name, file.file, received, file.source, file.status)
    return (*about, file.counts, file.fate.value, file.why, file.errors, file.leaf)
