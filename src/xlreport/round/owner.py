"""Whose a file is: by its seal, its stamp and cover, who sent it, what it is called. Never guessed.

Where two of these name different units, a person decides. Names of files are hints for what cannot be read.
"""

from __future__ import annotations

from collections.abc import Mapping

from xlreport.frozen import frozen
from xlreport.roster.line import ListedUnit, Roster
from xlreport.round.file import Fate
from xlreport.round.key import Sealed
from xlreport.round.looked import Identified
from xlreport.round.manifest import Manifest
from xlreport.round.settings import Settings
from xlreport.round.unpack import Piece
from xlreport.unit import key

_SHORTEST = 3
"""Characters of a name that is searched for in the name of a file."""


@frozen
class Owner:
    """Where a file belongs: to a unit, or to nobody with its fate and the reason.

    `lean` is the unit of which a waiting file most likely is.
    """

    fate: Fate
    line: ListedUnit | None = None
    why: str = ""
    lean: ListedUnit | None = None


def whose(
    piece: Piece, look: Identified, roster: Roster, settings: Settings, issued: Mapping[str, int]
) -> Owner:
    """The owner of a piece. `issued` counts the workbooks issued to each unit, by its name."""
    if look.fate is Fate.RETURN:
        return _of_return(piece, look, roster, settings, issued)
    if piece.envelope.automatic and look.fate is not Fate.NOT_OURS:
        return Owner(Fate.NOT_OURS, None, f"{look.why}；是自动回复、退信或群发的邮件里的")
    if look.fate in (Fate.UNREADABLE, Fate.PUBLISHED):
        return Owner(look.fate, _by_sender_or_name(piece, roster), look.why)
    if look.fate is Fate.LINK_ONLY:
        return Owner(look.fate, None, look.why, _by_sender_or_name(piece, roster))
    return Owner(look.fate, None, look.why)


def _of_return(
    piece: Piece, look: Identified, roster: Roster, settings: Settings, issued: Mapping[str, int]
) -> Owner:
    named = _named(look, roster)
    lean = next(iter(named.values())) if len(named) == 1 else None
    another = _another(look.form, look.year, settings)
    if another:
        return Owner(Fate.WAITING, None, another, lean)
    if look.sealed is Sealed.BROKEN:
        return Owner(Fate.WAITING, None, "封签与工作簿对不上：文件里的标识被改过，或是从别处抄来的", lean)
    if len(named) > 1:
        said = "，".join(f"{where}是{line.name}的" for where, line in _told(look, roster).items())
        return Owner(Fate.WAITING, None, f"分不清是哪个单位的：{said}")
    if not named:
        return _unknown(piece, look, roster)
    (line,) = named.values()
    return _sent_by(piece, look, line, roster, issued)


def whose_bundle(piece: Piece, manifest: Manifest, roster: Roster, settings: Settings) -> Owner:
    """The owner of what an office has handed up: the office that its list names."""
    line = roster.line(manifest.office)
    if line is None:
        return Owner(Fate.UNKNOWN_UNIT, None, f"上报的“{manifest.office}”不在名单里")
    another = _another(manifest.form, manifest.year, settings)
    if another:
        return Owner(Fate.UNREADABLE, line, f"上报包{another}")
    others = _other_senders(piece, line, roster)
    if others:
        return Owner(Fate.WAITING, None, f"上报包是{line.name}的，却由{others}的邮箱发来", line)
    return Owner(Fate.RETURN, line)


def _another(form: str, year: int | None, settings: Settings) -> str:
    """Why a return is not what the round collects; "" where it is."""
    if form != settings.form.id:
        return f"是另一种报表（{form}），本次收的是{settings.form.title}"
    if year != settings.year:
        words = f"是 {year} 年度的报表" if year else "没有写报告年度"
        return f"{words}，本次收的是 {settings.year} 年度"
    return ""


def _named(look: Identified, roster: Roster) -> dict[str, ListedUnit]:
    """The units that stamp and cover name, by their names."""
    return {line.name: line for line in _told(look, roster).values()}


def _told(look: Identified, roster: Roster) -> dict[str, ListedUnit]:
    """What names a unit of the list, and which."""
    stamped = "封签" if look.sealed is Sealed.OURS else "文件的标识"
    cover = look.cover
    places = {
        stamped: look.stamped,
        "封面的机关代码": cover.code if cover else "",
        "封面的机关全称": cover.name if cover else "",
    }
    found = {where: roster.line(text) for where, text in places.items() if key(text)}
    return {where: line for where, line in found.items() if line is not None}


def _unknown(piece: Piece, look: Identified, roster: Roster) -> Owner:
    name = (look.cover.name if look.cover else "") or look.stamped
    senders = roster.with_address(piece.envelope.sender)
    by = f"；由{'、'.join(line.name for line in senders)}的邮箱发来" if senders else ""
    if not key(name):
        line = _by_sender_or_name(piece, roster)
        return (
            Owner(Fate.RETURN, line, "封面没有写单位，凭发件人或文件名认定")
            if line
            else Owner(Fate.UNKNOWN_UNIT, None, "封面没有写单位")
        )
    return Owner(Fate.UNKNOWN_UNIT, None, f"封面的“{name}”不在名单里{by}")


def _sent_by(
    piece: Piece, look: Identified, line: ListedUnit, roster: Roster, issued: Mapping[str, int]
) -> Owner:
    """The unit that the workbook names, unless it came from the address of another that is not above it."""
    others = _other_senders(piece, line, roster)
    if others:
        return Owner(Fate.WAITING, None, f"报表是{line.name}的，却由{others}的邮箱发来", line)
    return Owner(Fate.RETURN, line, _of_seal(look, issued.get(line.name, 0)))


def _other_senders(piece: Piece, line: ListedUnit, roster: Roster) -> str:
    """The units from whose address a file of this one came; "" where it is its own, or one's above it."""
    senders = roster.with_address(piece.envelope.sender)
    if not senders or line in senders or any(sender in roster.above(line) for sender in senders):
        return ""
    return "、".join(sender.name for sender in senders)


def _of_seal(look: Identified, issued: int) -> str:
    if look.sealed is not Sealed.OURS:
        return "没有本次收表的封签"
    if look.number < issued:
        return f"用的是第 {look.number} 次下发的工作簿，最近一次是第 {issued} 次"
    return ""


def _by_sender_or_name(piece: Piece, roster: Roster) -> ListedUnit | None:
    """The unit of the sender's address, else of the file's name; None where they differ or say nothing."""
    senders = roster.with_address(piece.envelope.sender)
    named = _in_name(piece.name, roster)
    if not senders:
        return named[0] if len(named) == 1 else None
    fitting = [line for line in named if line in senders or any(s in roster.above(line) for s in senders)]
    if len(fitting) == 1:
        return fitting[0]
    return senders[0] if len(senders) == 1 and not named else None


def _in_name(name: str, roster: Roster) -> list[ListedUnit]:
    """The units whose name stands in the name of a file; of several names there the longest."""
    text = key(name)
    hits = {
        len(key(known)): line
        for line in roster
        for known in line.unit.names
        if len(key(known)) >= _SHORTEST and key(known) in text
    }
    longest = max(hits, default=0)
    found = [
        line
        for line in roster
        if any(len(key(known)) == longest and key(known) in text for known in line.unit.names)
    ]
    return found if longest else []
