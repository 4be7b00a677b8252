"""The receipt of a run: what went in, what came out and what it was done with, as hashes.

With it anybody who has the same files can do some of them again (`recheck.py`) and say whether the run is
what it says. The same run has the same receipt, byte for byte: there is no time in it, and no path.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from xlreport import __version__
from xlreport.batch.program import sources
from xlreport.batch.work import Plan
from xlreport.frozen import frozen
from xlreport.run.outcome import Outcome

RECEIPT, KIND = "run.json", "xlreport-run"
NOT_RECORDED = "unknown"
"""A program that was not put down."""
_VERSION = 1


class DamagedReceipt(Exception):
    """No receipt, or not as it was written; the words say which."""


@frozen
class ReceiptLine:
    """What a receipt says of one file. `documents` is "" where none were made.

    `program` is the signature of the one that came to the outcome, "" for the receipt's own.
    """

    file: str
    branch: str
    sha256: str
    outcome: str
    documents: str = ""
    program: str = ""


@frozen
class Receipt:
    """A run as its receipt tells it; `prior` is the key of last year's files, "" where there are none."""

    version: str
    sources: str
    forms: Mapping[str, str]
    formats: tuple[str, ...]
    draft: bool
    prior: str
    lines: tuple[ReceiptLine, ...]

    @classmethod
    def of(cls, plan: Plan, forms: Iterable[str], lines: Iterable[ReceiptLine]) -> Receipt:
        """That of a run of this program; `forms` are the fingerprints of the forms it met."""
        known = dict(sorted(form.split(" ") for form in forms))
        prior = plan.prior.key if plan.prior is not None else ""
        ordered = tuple(sorted(lines, key=lambda line: (line.file, line.sha256)))
        return cls(__version__, sources(), known, plan.formats, plan.draft, prior, ordered)


def line_of(outcome: Outcome) -> ReceiptLine | None:
    """What a receipt says of a file of a batch; None for one that could not be read from the disk."""
    record = outcome.record
    if not record["source_sha256"]:
        return None
    made = (f"{Path(name).suffix} {known}\n" for name, known in sorted(outcome.documents.items()))
    documents = _hash("".join(made)) if outcome.documents else ""
    branch = record["file"].rpartition("/")[0]
    return ReceiptLine(
        record["file"], branch, record["source_sha256"], outcome_digest(record, outcome.content), documents
    )


def outcome_digest(record: Mapping[str, Any], content: str) -> str:
    """The hash of what is to be said of a file, whatever it is called; `content` is what is filled in."""
    findings = [{**finding, "file": ""} for finding in record["findings"]]
    return _hash(json.dumps([{**record, "file": "", "findings": findings}, content], sort_keys=True))


def receipt_json(receipt: Receipt) -> bytes:
    """The receipt as it is written, a line for each file."""
    branches = list(_branches(receipt.lines))
    head = {
        "kind": KIND,
        "version": _VERSION,
        "program": {"version": receipt.version, "sources": receipt.sources},
        "forms": receipt.forms,
        "options": {"formats": receipt.formats, "draft": receipt.draft, "prior": receipt.prior},
        "root": _root(root for _, _, root in branches),
        "branches": {name: {"files": count, "root": root} for name, count, root in branches},
    }
    top = json.dumps(head, ensure_ascii=False, indent=1)
    files = ",\n".join(json.dumps(_as_object(line), ensure_ascii=False) for line in receipt.lines)
    return f'{top.removesuffix("}").rstrip()},\n "files": [\n{files}\n ]\n}}\n'.encode()


def read_receipt(data: bytes) -> Receipt:
    """The receipt that was written. Raises DamagedReceipt: it is none, or its hashes do not fit together."""
    try:
        found = json.loads(data)
        if found["kind"] != KIND or found["version"] != _VERSION:
            raise DamagedReceipt("不是这一版程序写的运行凭据")
        program, options = found["program"], found["options"]
        receipt = Receipt(
            str(program["version"]),
            str(program["sources"]),
            dict(found["forms"]),
            tuple(map(str, options["formats"])),
            options["draft"] is True,
            str(options["prior"]),
            tuple(_line(each) for each in found["files"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise DamagedReceipt("不是运行凭据，或已损坏") from error
    if receipt_json(receipt) != data:
        raise DamagedReceipt("运行凭据被改过：里面的校验值对不上")
    return receipt


_KEYS = ("file", "branch", "sha256", "outcome", "documents")


def _as_object(line: ReceiptLine) -> Mapping[str, str]:
    other = {"program": line.program} if line.program else {}
    return {**{name: getattr(line, name) for name in _KEYS}, **other}


def _line(found: Mapping[str, Any]) -> ReceiptLine:
    known = {name: str(found[name]) for name in _KEYS}
    return ReceiptLine(**known, program=str(found.get("program", "")))


def _branches(lines: Sequence[ReceiptLine]) -> Iterator[tuple[str, int, str]]:
    """Each branch with the number of its files and its root."""
    leaves: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        leaves[line.branch].append(f"{line.sha256} {line.outcome} {line.documents}")
    for branch in sorted(leaves):
        yield branch, len(leaves[branch]), _root(leaves[branch])


def _root(hashes: Iterable[str]) -> str:
    return _hash("".join(f"{each}\n" for each in sorted(hashes)))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
