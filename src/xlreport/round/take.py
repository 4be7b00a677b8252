"""Taking in: what is in the given places is opened, looked at, and put down once, each with what it is.

Files stay where they are. A run that ends in the middle has put down nothing half: what was not put down is
taken the next time, and what was is known again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeAlias

from xlreport.archive.last_year import LastYear
from xlreport.batch.program import signature
from xlreport.files import settle
from xlreport.finding import Status
from xlreport.frozen import frozen
from xlreport.round.arrival import ARRIVED
from xlreport.round.bundles import change_since
from xlreport.round.deliver import deliver, deliveries_in
from xlreport.round.file import Fate
from xlreport.round.known import AlreadyTaken
from xlreport.round.looked import Identified, look_at
from xlreport.round.opened import Round
from xlreport.round.owner import whose
from xlreport.round.sources import Source
from xlreport.round.state import Standing
from xlreport.round.unpack import Piece, unpack
from xlreport.run.compared import compared
from xlreport.run.engine import Batch, Engine
from xlreport.run.guard import Failed

_AT_ONCE = 200
"""Files that are opened, looked at and put down together."""


@frozen
class Taken:
    """One piece that was put down: its name, what became of it, and why.

    `again` is the id of a source that could not be opened and is to be tried again, "" for all others.
    """

    name: str
    fate: Fate
    unit: str
    status: str
    errors: int
    why: str
    again: str = ""


def take(
    round_: Round,
    sources: Sequence[Source],
    last: LastYear | None,
    engine: Engine,
    done: Callable[[Source], None],
) -> Iterator[Taken]:
    """Take in all sources, telling `done` after each. Files are opened here, returns verified by the engine.

    Raises OSError where nothing can be written, Stopped where the engine cannot go on.
    """
    known, waiting = AlreadyTaken(round_), iter(sources)
    while chunk := list(islice(waiting, _AT_ONCE)):
        opened = _opened(round_, chunk, engine, done)
        pieces = list(_fresh(known, opened))
        single = [piece for piece in pieces if piece.bundle is None and not piece.member]
        looks = _looked_at(round_, [p for p in single if p.sha256 not in known.owned], last, engine)
        happened = _put_all_down(round_, single, looks, known)
        bundled = _handed_up(round_, pieces, last, engine)
        if happened or bundled:
            settle(round_.place.originals)
        round_.add_all((ARRIVED, data) for data, _ in (*happened, *bundled))
        yield from (taken for _, taken in happened)
        yield from _as_it_stands(round_, bundled)
        yield from (_unopened(source, found) for source, found in opened if isinstance(found, Failed))


_Opened: TypeAlias = "list[tuple[Source, tuple[Piece, ...] | Failed]]"


def _opened(
    round_: Round, sources: Sequence[Source], engine: Engine, done: Callable[[Source], None]
) -> _Opened:
    """The pieces of all sources in their order, whichever was opened first."""
    found: dict[Source, tuple[Piece, ...] | Failed] = {}
    batch = Batch(sources, _open, attrgetter("path"), round_.place.originals)
    for source, answer in engine.here.submit(batch):
        found[source] = answer
        done(source)
    return [(source, found[source]) for source in sources]


def _open(source: Source, file: Path, out: Path) -> tuple[Piece, ...]:
    """The pieces of a file, their contents among the originals."""
    return unpack(replace(source, path=file), out)


def _unopened(source: Source, failed: Failed) -> Taken:
    """A file on which the worker failed: not put down, so that it is tried again the next time."""
    why = failed.finding.message.rstrip("。")
    return Taken(source.name, Fate.UNREADABLE, "", Status.UNREADABLE, 0, f"{why}；下次再试", source.id)


def _fresh(known: AlreadyTaken, opened: _Opened) -> Iterator[Piece]:
    """Those that were not put down before."""
    is_new = False
    for _, pieces in opened:
        for piece in () if isinstance(pieces, Failed) else pieces:
            if piece.bundle is not None:  # what is in it goes with it
                is_new = known.is_new_bundle(piece.bundle.id)
            elif not piece.member:
                is_new = known.is_new(piece.key)
            if is_new:
                yield piece


def _looked_at(
    round_: Round, pieces: Sequence[Piece], last: LastYear | None, engine: Engine
) -> Mapping[str, Identified]:
    """What each content is, by its hash."""
    new = {piece.sha256: piece for piece in pieces}
    file = partial(Piece.original, originals=round_.place.originals)
    looks = {}
    for piece, answer in compared(engine, last, [*new.values()], _look, file):
        if isinstance(answer, Failed):
            looks[piece.sha256] = Identified(Fate.UNREADABLE, answer.finding.message.rstrip("。"))
        else:
            looks[piece.sha256] = answer.checked(round_.key) if round_.key is not None else answer
    return looks


def _look(piece: Piece, file: Path, out: Path, prior: LastYear | None) -> Identified:  # noqa: ARG001
    """What a piece is, where its file lies; nothing is written."""
    return look_at(piece, file, prior)


def _put_all_down(
    round_: Round, pieces: Sequence[Piece], looks: Mapping[str, Identified], known: AlreadyTaken
) -> list[tuple[dict[str, Any], Taken]]:
    """The events of all pieces; a content that has a unit already says what it said the first time."""
    happened: list[tuple[dict[str, Any], Taken]] = []
    for piece in pieces:
        first = known.owned.get(piece.sha256)
        if first is not None:
            data: dict[str, Any] = {**first, **_of_piece(piece)}
            taken = _told(piece, data, Fate.DUPLICATE, "内容与以前收到的相同")
        else:
            look = known.own.get(piece.sha256) or looks[piece.sha256]
            data = _put_down(round_, piece, look, known.issued)
            taken = _told(piece, data, Fate(data["fate"]), data["why"])
        known.add(data)
        happened.append((data, taken))
    return happened


def _handed_up(
    round_: Round, pieces: Sequence[Piece], last: LastYear | None, engine: Engine
) -> list[tuple[dict[str, Any], Taken]]:
    """The events of bundles and of what is in them, in the order of what came."""
    happened = []
    for piece, found in deliver(round_, deliveries_in(pieces), last, engine):
        data = {**_of_piece(piece), **found}
        happened.append((data, _told(piece, data, Fate(data["fate"]), data["why"])))
    return happened


def _as_it_stands(round_: Round, bundled: Sequence[tuple[dict[str, Any], Taken]]) -> Iterator[Taken]:
    """What is said of bundles: also which one counts instead, and what has changed."""
    stands = {file.sha256: (u, file) for u in round_.state.units for file in u.files if file.is_bundle}
    for data, taken in bundled:
        unit, file = stands.get(data["sha256"], (None, None))
        if unit is not None and file is not None:
            is_held = file.counts and unit.standing is Standing.WAITING
            next_ = unit.next if is_held else ""
            why = "；".join(filter(None, (file.why, change_since(round_, unit, file), next_)))
            yield replace(taken, fate=Fate.WAITING if is_held else taken.fate, why=why)
        elif "leaf" not in data["bundle"] or round_.roster.is_root(data["bundle"]["office"]):
            yield taken


def _put_down(round_: Round, piece: Piece, look: Identified, issued: Mapping[str, int]) -> dict[str, Any]:
    """The event of a piece that is new."""
    owner = whose(piece, look, round_.roster, round_.settings, issued)
    return {
        **_of_piece(piece),
        "fate": owner.fate.value,
        "status": str(look.status),
        "errors": look.errors,
        "year": look.year,
        "form": look.form,
        "outcome": look.outcome,
        "program": signature() if look.outcome else "",
        "unit": owner.line.name if owner.line is not None else "",
        "lean": owner.lean.name if owner.lean is not None else "",
        "why": owner.why,
    }


def _of_piece(piece: Piece) -> dict[str, Any]:
    """Who sent it, when, under which subject: nothing of the mail's text."""
    envelope = piece.envelope
    return {
        "key": piece.key,
        "sha256": piece.sha256,
        "name": piece.name,
        "file": piece.file,
        "source": piece.source,
        "sender": envelope.sender,
        "subject": envelope.subject,
        "dated": envelope.dated.isoformat() if envelope.dated is not None else None,
    }


def _told(piece: Piece, data: Mapping[str, Any], fate: Fate, why: str) -> Taken:
    return Taken(piece.name, fate, data["unit"], data["status"], data["errors"], why)


def is_fine(taken: Taken) -> bool:
    """True for what nobody has to do anything about."""
    if taken.fate is Fate.RETURN:
        return taken.status == Status.ACCEPTED
    return taken.fate in (Fate.DUPLICATE, Fate.NOT_OURS)
