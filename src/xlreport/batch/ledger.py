"""What has been done: kept beside the documents, so that a second run leaves finished work alone."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import stat
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from xlreport.archive.gather import Job
from xlreport.batch.work import Plan, fingerprint
from xlreport.form.load import load_form
from xlreport.form.mistake import FormErrors
from xlreport.formats.limits import limits
from xlreport.run.outcome import Outcome
from xlreport.subject import Subject

NAME = ".xlreport.sqlite3"
_TABLE = "CREATE TABLE IF NOT EXISTS outcome (name TEXT PRIMARY KEY, digest TEXT, plan TEXT, outcome TEXT)"

_WORDS = {
    sqlite3.SQLITE_BUSY: "正被另一次运行使用",
    sqlite3.SQLITE_READONLY: "是只读的，文件夹或磁盘不能写入",
    sqlite3.SQLITE_FULL: "写不进去，磁盘空间不足",
    sqlite3.SQLITE_IOERR: "写不进去，磁盘可能已满",
}
"""By primary result code."""
_PATIENCE = 2.0
"""Seconds to wait for a run that is just ending."""


class Ledger:
    """The outcomes of one output folder by the names of their files, kept on disk.

    Whoever has it open has the folder for himself.
    """

    def __init__(self, plan: Plan) -> None:
        """Raises OSError where the folder cannot be written to."""
        self._plan = plan
        plan.out.mkdir(parents=True, exist_ok=True)
        path = plan.out / NAME
        try:
            self._table = _open(path)
        except sqlite3.OperationalError as error:
            raise _unusable(error) from error
        except sqlite3.DatabaseError:  # torn by a crash: everything is done again
            path.unlink()
            self._table = _open(path)

    def finished(self, job: Job) -> bool:
        """True if the file's outcome is that of this very file, form and plan, its documents included."""
        row = self._table.execute("SELECT digest, plan FROM outcome WHERE name = ?", (job.name,)).fetchone()
        if row is None or row != (digest(job.path), self._plan.key):
            return False
        outcome = self.outcome(job)
        return _current(outcome.form) and all(
            digest(self._plan.out / name) == known for name, known in outcome.documents.items()
        )

    def outcome(self, job: Job) -> Outcome:
        """The outcome kept for a file. Raises KeyError if there is none."""
        row = self._table.execute("SELECT outcome FROM outcome WHERE name = ?", (job.name,)).fetchone()
        if row is None:
            raise KeyError(job.name)
        return _outcome(**json.loads(row[0]))

    def keep(self, job: Job, outcome: Outcome, read: str) -> None:
        """Keep an outcome; `read` is the digest of the file taken before it was read. Raises OSError."""
        self._discard(job, outcome)
        row = (job.name, read, self._plan.key, json.dumps(asdict(outcome), ensure_ascii=False))
        try:
            with self._table:
                self._table.execute("REPLACE INTO outcome VALUES (?, ?, ?, ?)", row)
        except sqlite3.OperationalError as error:
            raise _unusable(error) from error

    def close(self) -> None:
        """Let go of the file."""
        self._table.close()

    def _discard(self, job: Job, outcome: Outcome) -> None:
        """Remove documents of an earlier version of the file that are not made any more.

        A report of figures that have since been changed must not lie about; one that somebody has
        edited stays.
        """
        try:
            earlier = self.outcome(job)
        except KeyError:
            return
        for name, known in earlier.documents.items():
            if name not in outcome.documents and digest(self._plan.out / name) == known:
                (self._plan.out / name).unlink()


def _outcome(figures: Mapping[str, int | str], texts: Mapping[str, Sequence[str]], **rest: Any) -> Outcome:
    """An outcome from its JSON, where subjects are plain texts."""
    return Outcome(
        figures={Subject.parse(name): figure for name, figure in figures.items()},
        texts={Subject.parse(name): text for name, text in texts.items()},
        **rest,
    )


def digest(path: Path) -> str | None:
    """SHA-256 of a file; None where it cannot be read, is no file, or larger than any that is read."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > limits().file_mb * 2**20:
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _open(path: Path) -> sqlite3.Connection:
    table = sqlite3.connect(path, timeout=_PATIENCE)
    table.execute("PRAGMA synchronous = OFF")  # a torn ledger costs time, not data
    table.execute("PRAGMA locking_mode = EXCLUSIVE")
    table.execute("BEGIN EXCLUSIVE")
    table.execute(_TABLE)
    table.commit()
    return table


def _unusable(error: sqlite3.OperationalError) -> OSError:
    words = _WORDS.get(error.sqlite_errorcode & 0xFF, "打不开")
    return OSError(f"记录文件 {NAME} {words}")


def _current(form: str) -> bool:
    """True if the form is still the one of that fingerprint."""
    try:
        return bool(form) and fingerprint(load_form(form.partition(" ")[0])) == form
    except (FileNotFoundError, FormErrors):
        return False
