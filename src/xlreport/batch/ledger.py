"""What has been done: kept beside the documents, so that a second run leaves finished work alone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Set
from dataclasses import asdict
from enum import Enum, auto
from pathlib import Path

from xlreport.archive.gather import Job
from xlreport.batch.ledger_file import NAME, kept, open_ledger, unusable
from xlreport.batch.work import Plan, fingerprint
from xlreport.form.load import load_form
from xlreport.form.mistake import FormErrors
from xlreport.formats.digest import digest
from xlreport.run.outcome import Outcome

ASIDE = "不作数的报告"
"""Below the output folder: documents of files that are gone, or in whose place another one counts."""


class Standing(Enum):
    """What is known of a file: nothing that counts, what came of it under another plan or form, or all."""

    NEW = auto()
    OUTDATED = auto()
    FINISHED = auto()


class Ledger:
    """The outcomes of one output folder by the names of their files, kept on disk.

    Whoever has it open has the folder for himself. `said` tells that an earlier ledger could not be used.
    """

    def __init__(self, plan: Plan) -> None:
        """Raises OSError where the folder cannot be written to."""
        self.plan = plan
        plan.out.mkdir(parents=True, exist_ok=True)
        self._table, self.said = open_ledger(plan.out / NAME)

    def standing(self, job: Job) -> Standing:
        """FINISHED if the outcome is that of this very file, plan and form, its documents included."""
        row = self._table.execute("SELECT digest, plan FROM outcome WHERE name = ?", (job.name,)).fetchone()
        if row is None or row[0] != digest(job.path):
            return Standing.NEW
        outcome = self.outcome(job)
        if row[1] != self.plan.key or (outcome.form and not _current(outcome.form)):
            return Standing.OUTDATED
        whole = all(digest(self.plan.out / name) == known for name, known in outcome.documents.items())
        return Standing.FINISHED if outcome.form and whole else Standing.NEW

    def outcome(self, job: Job) -> Outcome:
        """The outcome kept for a file. Raises KeyError if there is none."""
        return self._kept(job.name)

    def _kept(self, name: str) -> Outcome:
        row = self._table.execute("SELECT outcome FROM outcome WHERE name = ?", (name,)).fetchone()
        if row is None:
            raise KeyError(name)
        return kept(row[0])

    def keep(self, job: Job, outcome: Outcome, read: str) -> None:
        """Keep an outcome; `read` is the digest of the file taken before it was read. Raises OSError."""
        self._discard(job, outcome)
        row = (job.name, read, self.plan.key, json.dumps(asdict(outcome), ensure_ascii=False))
        try:
            with self._table:
                self._table.execute("REPLACE INTO outcome VALUES (?, ?, ?, ?)", row)
        except sqlite3.OperationalError as error:
            raise unusable(error) from error

    def put_aside(self, jobs: Iterable[Job], superseded: Set[str]) -> None:
        """Move documents that nobody may take for valid out of the way. Raises OSError.

        Those of files that are gone, and of `superseded` ones; one that somebody has edited stays.
        """
        present = {job.name for job in jobs}
        names = [name for (name,) in self._table.execute("SELECT name FROM outcome")]
        for name in (name for name in names if name not in present or name in superseded):
            outcome = self._kept(name)
            gone = name not in present and outcome.source != "" and not Path(outcome.source).exists()
            if gone or name in superseded:
                self._move(outcome)
            if gone:
                with self._table:
                    self._table.execute("DELETE FROM outcome WHERE name = ?", (name,))

    def _move(self, outcome: Outcome) -> None:
        for name, known in outcome.documents.items():
            if digest(self.plan.out / name) == known:
                target = self.plan.out / ASIDE / name
                target.parent.mkdir(parents=True, exist_ok=True)
                (self.plan.out / name).replace(target)

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
            if name not in outcome.documents and digest(self.plan.out / name) == known:
                (self.plan.out / name).unlink()


def _current(form: str) -> bool:
    """True if the form is still the one of that fingerprint."""
    try:
        return fingerprint(load_form(form.partition(" ")[0])) == form
    except (FileNotFoundError, FormErrors):
        return False
