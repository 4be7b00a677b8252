"""However a text is typed, the same is found in it, at the right character of the cell."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from prose_cases import values

from corpus_walk import Entry, entries
from returns import FORM, edit, said, save
from xlreport.finding import Status
from xlreport.form.cells import cells_of
from xlreport.form.field import Kind
from xlreport.form.values import Values
from xlreport.formula.nodes import Value
from xlreport.prose.alphabet import fold_words
from xlreport.verify.judge import judge
from xlreport.verify.reported import Reported
from xlreport.verify.verdict import verify_file

SAID_OF_TEXTS = ("TXT", "PUB")
WIDE = {code: code + 0xFEE0 for code in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B))}
NOT_SEEN = ("\u200b", "\u00ad", "\ufeff", "\ufe0f", "\u2060", "\u0001")
BLANKS = (" ", "\u3000", "\u00a0", "\t", "\u2003")


@cache
def zeros() -> list[str]:
    """The digit 0 of every script; 1 to 9 follow it."""
    return [char for char in filter(str.isdecimal, map(chr, range(sys.maxunicode + 1))) if int(char) == 0]


def of_texts() -> st.SearchStrategy[Entry]:
    """Returns of the corpus of whose texts something is said."""
    said_of = (entry for entry in entries() if any(id_.startswith(SAID_OF_TEXTS) for id_ in entry.expect))
    return st.sampled_from([*said_of])


def codes(figures: Mapping[str, Value], text: str) -> list[str]:
    found = judge(Reported(FORM, {**figures, "on_request": text}))
    return sorted(finding.code for finding in found if finding.subject.startswith("on_request@"))


def written(number: int, zero: str) -> str:
    return "".join(chr(ord(zero) + int(digit)) for digit in str(number))


def test_numbers_are_read_in_the_digits_of_every_script() -> None:
    figures = values()
    for zero in zeros():
        right = f"收到政府信息公开申请{written(11, zero)}件，办结{written(11, zero)}件。"
        wrong = f"收到政府信息公开申请{written(13, zero)}件，办结{written(11, zero)}件。"

        assert codes(figures, right) == [], unicodedata.name(zero)
        assert codes(figures, wrong) == ["TXT123"], unicodedata.name(zero)


def test_digits_of_every_script_in_a_return_are_no_failure(tmp_path: Path) -> None:
    digits = [chr(ord(zero) + value) for zero in zeros() for value in range(10)]
    sixes = zip(*[iter(digits)] * 6, strict=False)
    text = "。".join(f"{a}{b}年{c}件{d}%（{e}）{f}、" for a, b, c, d, e, f in sixes)
    others = "件".join(chr(n) for n in range(sys.maxunicode + 1) if unicodedata.category(chr(n)) == "No")
    path = edit(save(tmp_path), {"on_request": text, "management": others, "text": "年".join(digits)})

    verdict = verify_file(path)

    assert not any(finding.code.startswith("SYS") for finding in verdict.findings)
    assert verdict.status is Status.RETURNED


def loosened(text: str, random: Random) -> str:
    """The text with other widths, invisible characters and, beside Chinese, blanks."""
    pieces = []
    for place, char in enumerate(text):
        apart = place > 0 and not any(fold_words(c).isascii() for c in text[place - 1 : place + 1])
        if apart and random.random() < 0.1:
            pieces.append(random.choice(BLANKS))
        if random.random() < 0.1:
            pieces.append(random.choice(NOT_SEEN))
        pieces.append(char.translate(WIDE) if random.random() < 0.5 else char)
    return "".join(pieces)


def found(entry: Entry, values: Values) -> list[tuple[str, str, str]]:
    """What is said of texts: code, severity and cell, without the character."""
    findings = judge(Reported(entry.form, values, prior=entry.prior))
    places = ((f.code, f.severity.value, *f.subject.split("@")) for f in findings)
    return sorted((code, severity, cell) for code, severity, cell, *at in places if at)


@given(st.deferred(of_texts), st.integers(0, 10**6))
def test_unseen_characters_blanks_and_widths_change_no_finding(entry: Entry, seed: int) -> None:
    random = Random(seed)
    fields = cells_of(entry.form)
    loose = {
        subject: loosened(value, random)
        for subject, value in entry.values.items()
        if isinstance(value, str) and fields[subject].kind is Kind.PROSE
    }
    short = {s: text for s, text in loose.items() if len(text) <= (fields[s].max_length or len(text))}

    assert found(entry, {**entry.values, **short}) == found(entry, entry.values)


def test_places_count_the_characters_of_the_cell(tmp_path: Path) -> None:
    texts = {
        "on_request": "\u3000\u3000征\u200b询\u00ad意见。\r\n新政策的\ufe0f的解读",
        "text": "\u200b按国办\u200b公开办涵办理。",
    }
    path = edit(save(tmp_path), texts)

    assert {"TXT008:on_request@15", "TXT005:text@3"} <= set(said(path))
