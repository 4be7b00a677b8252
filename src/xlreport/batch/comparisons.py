"""What came of comparing texts, kept from one run to the next: what was compared once is not compared again.

It is kept by the digests of both texts, and so holds whatever becomes of the files they stand in.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable
from functools import cache
from typing import Any

from xlreport.batch.alike import passages_alike, percent_alike
from xlreport.batch.copied_texts import MarkedText
from xlreport.batch.ledger_file import sealed
from xlreport.form.load import load_form


class Comparisons:
    """Those of one ledger. `words` tells a text, `terms` what they depend on beside texts and forms."""

    def __init__(self, table: sqlite3.Connection, words: Callable[[MarkedText], str], terms: str) -> None:
        self._table, self._words, self._terms = table, words, terms
        self._asked: set[str] = set()
        self._of_form = cache(self._read_form)

    def percent(self, one: MarkedText, two: MarkedText) -> int:
        """See Comparing; the same either way round. Raises sqlite3.Error."""
        first, second = sorted((one, two), key=lambda text: text.digest)
        percent: int = self._found("percent", percent_alike, first, second)
        return percent

    def passages(self, one: MarkedText, two: MarkedText) -> tuple[str, str]:
        """See Comparing. Raises sqlite3.Error."""
        own, theirs = self._found("passages", passages_alike, one, two)
        return own, theirs

    def settle(self) -> None:
        """Put down what is new, and remove what was not asked for. Raises sqlite3.Error."""
        known = [pair for (pair,) in self._table.execute("SELECT pair FROM compared")]
        gone = [(pair,) for pair in known if pair not in self._asked]
        with self._table:
            self._table.executemany("DELETE FROM compared WHERE pair = ?", gone)

    def _found(self, what: str, compare: Callable[..., Any], one: MarkedText, two: MarkedText) -> Any:
        """What comparing comes to, as it is kept or else found now."""
        boilerplate, terms = self._of_form(one.form)
        pair = _name(f"{what} {one.digest} {two.digest} {terms}")
        self._asked.add(pair)
        row = self._table.execute("SELECT found FROM compared WHERE pair = ?", (pair,)).fetchone()
        if row is not None:
            return json.loads(row[0])
        found = compare(self._words(one), self._words(two), boilerplate)
        row = sealed((pair, json.dumps(found, ensure_ascii=False)))
        self._table.execute("INSERT INTO compared VALUES (?, ?, ?)", row)
        return found

    def _read_form(self, form: str) -> tuple[tuple[str, ...], str]:
        """A form's boilerplate, and all that comparisons depend on beside the texts."""
        boilerplate = load_form(form).vocabulary.words.boilerplate
        return boilerplate, _name(f"{self._terms} {boilerplate}")


def _name(about: str) -> str:
    return hashlib.blake2b(about.encode(), digest_size=16).hexdigest()
