"""What has been done: kept beside the documents, so that a second run leaves finished work alone."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from enum import Enum, auto
from functools import lru_cache
from pathlib import Path
from typing import Any

from xlreport.archive.gather import Job
from xlreport.archive.own_output import REPORTS_ASIDE
from xlreport.batch.comparisons import Comparisons
from xlreport.batch.copied_texts import MarkedText
from xlreport.batch.ledger_file import NAME, open_ledger, sealed, unusable
from xlreport.batch.outcome_row import BRIEF, MARKED, TOLD, as_row, from_row
from xlreport.batch.program import sources
from xlreport.batch.work import Plan, fingerprint
from xlreport.form.load import load_form
from xlreport.form.mistake import FormErrors
from xlreport.formats.digest import digest
from xlreport.run.outcome import Outcome


class KnownOutcome(Enum):
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
        self._current: dict[str, bool] = {}
        self._texts = lru_cache(maxsize=64)(self._read_texts)

    def standing(self, job: Job) -> KnownOutcome:
        """FINISHED if the outcome is that of this very file, plan and form, its documents included."""
        row = self._row("digest, plan, form, documents", job.name)
        if row is None or row[0] != digest(job.path):
            return KnownOutcome.NEW
        _, plan, form, documents = row
        if plan != self.plan.key or (form and not self._is_current(form)):
            return KnownOutcome.OUTDATED
        return KnownOutcome.FINISHED if form and self._are_whole(documents) else KnownOutcome.NEW

    def outcome(self, job: Job) -> Outcome:
        """The outcome kept for a file, without its texts. Raises KeyError if there is none."""
        return self._kept(TOLD, job.name)

    def brief(self, job: Job) -> Outcome:
        """The same without documents and figures, and without findings if it is finished."""
        return self._kept(BRIEF, job.name)

    def marked(self, job: Job) -> Outcome:
        """The brief outcome with the marks of its texts."""
        return self._kept(MARKED, job.name)

    @contextmanager
    def comparing(self) -> Iterator[Comparisons]:
        """What texts have in common, to be asked of all of them. Raises OSError."""
        comparisons = Comparisons(self._table, self._words, sources())
        try:
            yield comparisons
            comparisons.settle()
        except sqlite3.OperationalError as error:
            raise unusable(error) from error

    def keep(self, job: Job, outcome: Outcome) -> None:
        """Keep an outcome; its record has the digest of the file, taken before reading. Raises OSError."""
        self._discard(job, outcome)
        row = sealed([job.name, outcome.record["source_sha256"], self.plan.key, *as_row(outcome)])
        self._change(f"REPLACE INTO outcome VALUES ({', '.join('?' * len(row))})", row)

    def key(self, jobs: Iterable[Job], more: object) -> str:
        """Changes when anything does that the outcomes of these files and `more` would show together."""
        parts = hashlib.sha256(f"{self.plan.key} {more!r}".encode(errors="surrogatepass"))
        for job in jobs:
            row = self._row("seal", job.name)
            parts.update(f"{job.name}\0{row[0] if row is not None else ''}\0".encode())
        return parts.hexdigest()

    def is_written(self, key: str, made: Sequence[Path]) -> bool:
        """True if these files, made of all outcomes, are still as they were written for that key."""
        row: object = self._table.execute("SELECT * FROM written").fetchone()
        return row == (key, *map(digest, made))

    def note_written(self, key: str, made: Sequence[Path]) -> None:
        """Remember that the files were made for that key. Raises OSError."""
        self._change("DELETE FROM written")
        self._change("INSERT INTO written VALUES (?, ?, ?)", (key, *map(digest, made)))

    def _words(self, text: MarkedText) -> str:
        """A longer text of a file as it was kept: they would not fit into memory together."""
        return self._texts(text.file)[text.subject]

    def _read_texts(self, name: str) -> Mapping[str, str]:
        texts: Mapping[str, str] = json.loads(self._row("texts", name)[0])
        return texts

    def _row(self, columns: str, name: str) -> Any:
        return self._table.execute(f"SELECT {columns} FROM outcome WHERE name = ?", (name,)).fetchone()

    def _kept(self, columns: str, name: str) -> Outcome:
        row = self._row(columns, name)
        if row is None:
            raise KeyError(name)
        return from_row(row)

    def _change(self, statement: str, values: Sequence[object] = ()) -> None:
        try:
            with self._table:
                self._table.execute(statement, values)
        except sqlite3.OperationalError as error:
            raise unusable(error) from error

    def _is_current(self, form: str) -> bool:
        if form not in self._current:
            self._current[form] = _current(form)
        return self._current[form]

    def _are_whole(self, documents: str) -> bool:
        """True if they are as they were made, be it among those that were put aside."""
        places = (self.plan.out, self.plan.out / REPORTS_ASIDE)
        return all(
            any(digest(place / name) == known for place in places)
            for name, known in json.loads(documents).items()
        )

    def put_aside(self, jobs: Iterable[Job], superseded: Set[str]) -> None:
        """Move documents that nobody may take for valid out of the way. Raises OSError.

        Those of files that are gone, and of `superseded` ones; one that somebody has edited stays. Those of a
        file that counts again come back.
        """
        present = {job.name for job in jobs}
        names = [name for (name,) in self._table.execute("SELECT name FROM outcome")]
        for name in (name for name in names if name not in present or name in superseded):
            outcome = self._kept(TOLD, name)
            gone = name not in present and outcome.source != "" and not Path(outcome.source).exists()
            if gone or name in superseded:
                self._move(outcome)
            if gone:
                self._change("DELETE FROM outcome WHERE name = ?", (name,))
        if (self.plan.out / REPORTS_ASIDE).is_dir():
            for name in present - superseded:
                self._bring_back(name)

    def _bring_back(self, name: str) -> None:
        for document, known in json.loads(self._row("documents", name)[0]).items():
            place, aside = self.plan.out / document, self.plan.out / REPORTS_ASIDE / document
            if not place.exists() and digest(aside) == known:
                aside.replace(place)

    def _move(self, outcome: Outcome) -> None:
        for name, known in outcome.documents.items():
            if digest(self.plan.out / name) == known:
                target = self.plan.out / REPORTS_ASIDE / name
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
