"""A bundle put down: what an office has handed up, verified again, and each return in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from xlreport.archive.last_year import LastYear
from xlreport.batch.program import signature
from xlreport.cleaning import one_line
from xlreport.finding import Status
from xlreport.frozen import frozen
from xlreport.prose.personal import masked
from xlreport.roster.line import Roster
from xlreport.round.disagree import Fault, agreed_as_it_is, faults_of, is_written
from xlreport.round.file import Fate
from xlreport.round.inside import Bundle, OfficeNode
from xlreport.round.looked import Identified, Inside, look_inside
from xlreport.round.manifest import MANIFEST, SUM, HandedUp
from xlreport.round.opened import Round
from xlreport.round.owner import Owner, whose_bundle
from xlreport.round.place import original_name
from xlreport.round.state import Standing
from xlreport.round.unpack import Piece
from xlreport.run.compared import compared
from xlreport.run.engine import Engine
from xlreport.run.guard import Failed

ToRecord: TypeAlias = tuple[Piece, dict[str, Any]]
"""A piece, and what is to be put down of it."""
_AT_ONCE = 500
"""Returns in bundles that are looked at together."""
_MOST_TOLD = 60
"""Faults of a bundle that are put down."""
_LONGEST = 500
"""Characters of a fault that are shown: names in a bundle are text of others."""
_FIRST = 3
"""Faults that are said in one line."""
_NOBODY_S = "是本机关自己上报的包，里面没有名单里的单位"
_COMPUTED = "汇总数由程序计算，没有本级填写的文字"


@frozen
class Delivery:
    """A bundle and the pieces in it."""

    piece: Piece
    bundle: Bundle
    members: tuple[Piece, ...]


def deliveries_in(pieces: Iterable[Piece]) -> list[Delivery]:
    """The bundles among pieces, of which each is followed by what is in it."""
    found: list[tuple[Piece, Bundle, list[Piece]]] = []
    for piece in pieces:
        if piece.bundle is not None:
            found.append((piece, piece.bundle, []))
        elif piece.member:
            found[-1][2].append(piece)
    return [Delivery(piece, bundle, tuple(members)) for piece, bundle, members in found]


def deliver(
    round_: Round, deliveries: Sequence[Delivery], last: LastYear | None, engine: Engine
) -> Iterator[ToRecord]:
    """What is to be put down of each bundle and of the returns in it."""
    for together in _batches(deliveries):
        insides = _looked_into(round_, together, last, engine)
        for delivery in together:
            owner = whose_bundle(delivery.piece, delivery.bundle.manifest, round_.roster, round_.settings)
            if _is_wanted(round_, delivery):
                looks = {piece.member: insides[piece.key] for piece in delivery.members}
                yield from _put_down(round_, delivery, owner, looks)
            else:
                yield delivery.piece, _of_another(delivery, owner)


def _batches(deliveries: Sequence[Delivery]) -> Iterator[list[Delivery]]:
    """Some at a time: workers are started for each batch, and what they see of it is kept until its end."""
    together: list[Delivery] = []
    for delivery in deliveries:
        together.append(delivery)
        if sum(len(each.members) for each in together) >= _AT_ONCE:
            yield together
            together = []
    if together:
        yield together


def _is_wanted(round_: Round, delivery: Delivery) -> bool:
    """False for a bundle of another form or year: what is in it is not looked at."""
    manifest, settings = delivery.bundle.manifest, round_.settings
    return (manifest.form, manifest.year) == (settings.form.id, settings.year)


def _of_another(delivery: Delivery, owner: Owner) -> dict[str, Any]:
    """The event of a bundle of another form or year."""
    found = _of_bundle(delivery, owner, ())
    return {**found, "status": str(Status.UNREADABLE), "errors": 0, "why": owner.why}


def _looked_into(
    round_: Round, deliveries: Sequence[Delivery], last: LastYear | None, engine: Engine
) -> Mapping[str, Inside]:
    """The looks by the keys of pieces. Each is verified again, whatever an earlier bundle had of it."""
    file = partial(Piece.original, originals=round_.place.originals)
    pieces = [piece for each in deliveries if _is_wanted(round_, each) for piece in each.members]
    insides = {}
    for piece, answer in compared(engine, last, pieces, _look_inside, file):
        if isinstance(answer, Failed):
            answer = Inside(Identified(Fate.UNREADABLE, answer.finding.message.rstrip("。")))
        insides[piece.key] = answer
    return insides


def _look_inside(piece: Piece, file: Path, out: Path, prior: LastYear | None) -> Inside:  # noqa: ARG001
    """What a return in a bundle is, where its file lies; nothing is written."""
    return look_inside(piece, file, prior)


def _put_down(
    round_: Round, delivery: Delivery, owner: Owner, insides: Mapping[str, Inside]
) -> Iterator[ToRecord]:
    bundle, roster = delivery.bundle, round_.roster
    returns = list(_returns(delivery, owner, roster, insides))
    if not roster.is_root(bundle.manifest.office):
        faults = faults_of(bundle, insides, roster, owner.line or owner.lean)
        total = insides.get(SUM)
        yield delivery.piece, _of_bundle(delivery, owner, faults, total)
    elif not returns:
        yield delivery.piece, _of_bundle(delivery, Owner(Fate.NOT_OURS, None, _NOBODY_S), ())
    yield from returns


def _returns(
    delivery: Delivery, owner: Owner, roster: Roster, insides: Mapping[str, Inside]
) -> Iterator[ToRecord]:
    """The returns in a bundle: all of an office of the list, else those of its units."""
    bundle = delivery.bundle
    pieces = {piece.member: piece for piece in delivery.members}
    line = owner.line or owner.lean
    for node in bundle.nodes:
        for member, unit in node.units():
            if member in pieces and (line is not None or roster.in_branch(unit.name, None) is not None):
                yield pieces[member], _of_return(bundle, node, unit, insides[member], member)


def _of_bundle(
    delivery: Delivery, owner: Owner, faults: Sequence[Fault], total: Inside | None = None
) -> dict[str, Any]:
    """The event of the bundle itself: what its sum is, and all its faults."""
    bundle, manifest = delivery.bundle, delivery.bundle.manifest
    own = total.identified.errors if total is not None and is_written(bundle, SUM) else 0
    is_fine = not faults and not own and total is not None
    why = [owner.why, said(faults) if faults else "", "" if manifest.written else _COMPUTED]
    return {
        "fate": owner.fate.value,
        "status": str(Status.ACCEPTED if is_fine else Status.RETURNED),
        "errors": own + len(faults),
        "year": manifest.year,
        "form": manifest.form,
        "unit": owner.line.name if owner.line is not None else "",
        "lean": owner.lean.name if owner.lean is not None else "",
        "why": "；".join(filter(None, [*why, *_notes(bundle)])),
        "bundle": _about(bundle, is_computed=not manifest.written),
        "manifest": original_name(bundle.listed, MANIFEST),
        "told": [[_short(words), fix] for words, fix in faults[:_MOST_TOLD]],
        "sum_errors": own,
    }


def _of_return(
    bundle: Bundle, node: OfficeNode, unit: HandedUp, inside: Inside, member: str
) -> dict[str, Any]:
    """The event of a return in a bundle: it belongs to the unit, below the office that handed it up."""
    found = inside.identified
    computed = found.fate is Fate.RETURN and not is_written(bundle, member)
    agreed = unit.errors > 0 and found.errors <= unit.errors
    why = found.why or (f"{node.offices[-1]}决定接受：{unit.why}" if agreed and found.errors else "")
    code = unit.code or (found.cover.code if found.cover is not None else "")
    inner = {"leaf": unit.name, "code": code, "offices": list(node.offices), "agreed": agreed}
    about = _about(bundle, is_computed=not is_written(bundle, member))
    return {
        "fate": found.fate.value,
        "status": str(Status.ACCEPTED if computed else found.status),
        "errors": 0 if computed else found.errors,
        "year": found.year,
        "form": found.form,
        "outcome": found.outcome,
        "program": signature() if found.outcome else "",
        "unit": "",
        "lean": "",
        "why": _COMPUTED if computed else masked(one_line(why)),
        "bundle": {**about, **inner},
    }


def said(faults: Sequence[Fault]) -> str:
    """Faults in one line."""
    more = f"；另有 {len(faults) - _FIRST} 处" if len(faults) > _FIRST else ""
    return "；".join(_short(words) for words, _ in faults[:_FIRST]) + more


def _short(words: str) -> str:
    return masked(one_line(words))[:_LONGEST]


def _about(bundle: Bundle, *, is_computed: bool) -> dict[str, Any]:
    manifest = bundle.manifest
    began, made = manifest.began.isoformat(), manifest.at.isoformat()
    return {
        "id": bundle.id,
        "office": manifest.office,
        "began": began,
        "number": manifest.number,
        "made": made,
        "computed": is_computed,
    }


def _notes(bundle: Bundle) -> Iterator[str]:
    """What the office has accepted with errors: told, and nothing against the bundle."""
    for node in bundle.nodes:
        for unit in node.manifest.units:
            if unit.state == Standing.ACCEPTED and (unit.errors or agreed_as_it_is(unit)):
                wrong = f"有 {unit.errors} 处错误，" if unit.errors else ""
                words = f"{unit.name}的报表{wrong}{node.offices[-1]}决定接受：{unit.why}"
                yield masked(one_line(words))
