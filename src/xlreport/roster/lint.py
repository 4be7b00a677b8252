"""What is wrong between the lines of a list: doubles, loops, missing superiors, shared addresses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from xlreport.roster.line import ListedUnit, Roster
from xlreport.roster.mistake import ListMistake
from xlreport.unit import key


def lint(roster: Roster) -> Iterator[ListMistake]:
    """All of it, by kind."""
    yield from _doubles(roster)
    yield from _references(roster)
    yield from _loops(roster)
    yield from _times(roster)
    yield from _addresses(roster)


def _doubles(roster: Roster) -> Iterator[ListMistake]:
    """A code or a name that two lines have at the same time; names include short and former ones."""
    yield from _shared(roster, "机关代码", lambda line: [line.unit.code])
    yield from _shared(roster, "单位名称", lambda line: line.unit.names)


def _shared(roster: Roster, what: str, of: Callable[[ListedUnit], Iterable[str]]) -> Iterator[ListMistake]:
    seen: dict[str, list[ListedUnit]] = defaultdict(list)
    for line in roster:
        for word, text in {key(text): text for text in of(line) if key(text)}.items():
            before = [other for other in seen[word] if _at_once(roster, line, other)]
            if before:
                rows = "、".join(str(other.row) for other in before)
                yield ListMistake(line.row, f"{what}“{text}”与第 {rows} 行重复")
            seen[word].append(line)


def _at_once(roster: Roster, line: ListedUnit, other: ListedUnit) -> bool:
    """True for two lines of which at most one can be right; one merged into the other may share a name."""
    merged = roster.merged(line) + roster.merged(other)
    return line.overlaps(other) and line not in merged and other not in merged


def _references(roster: Roster) -> Iterator[ListMistake]:
    """Superiors and heirs that are not in the list. Without an office nobody knows where the tree ends."""
    for line in roster:
        if roster.office and not roster.is_root(line.parent) and not roster.called(line.parent):
            fix = f"请补上这一行；由{roster.office}直接收的留空"
            yield ListMistake(line.row, f"上级“{line.parent}”不在名单里。{fix}")
        if line.merged_into and not roster.called(line.merged_into):
            yield ListMistake(line.row, f"并入的单位“{line.merged_into}”不在名单里")
        elif line in roster.called(line.merged_into):
            yield ListMistake(line.row, "并入的单位是它自己")


def _loops(roster: Roster) -> Iterator[ListMistake]:
    """Units that are above themselves: told once for each circle, at its first line."""
    told: set[int] = set()
    for line in roster:
        circle = _circle(roster, line)
        if circle and not told & {other.row for other in circle}:
            told |= {other.row for other in circle}
            names = " → ".join(other.name for other in (*circle, circle[0]))
            yield ListMistake(line.row, f"上级绕成了圈：{names}")


def _circle(roster: Roster, line: ListedUnit) -> Sequence[ListedUnit]:
    """From a line up to itself again; empty where the way ends elsewhere."""
    chain = [line]
    while (parent := roster.parent(chain[-1])) is not None and parent not in chain:
        chain.append(parent)
    return chain if parent is line else ()


def _times(roster: Roster) -> Iterator[ListMistake]:
    for line in roster:
        if line.valid_from and line.valid_to and line.valid_to < line.valid_from:
            yield ListMistake(line.row, f"有效期止 {line.valid_to} 早于有效期起 {line.valid_from}")


def _addresses(roster: Roster) -> Iterator[ListMistake]:
    """An address that several units share: allowed, but then a mail does not say whose it is."""
    by_address: dict[str, list[ListedUnit]] = defaultdict(list)
    for line in roster:
        for address in line.emails:
            by_address[key(address)].append(line)
    for lines in by_address.values():
        if len(lines) > 1:
            rows = "、".join(str(line.row) for line in lines)
            words = f"第 {rows} 行共用一个邮箱 {lines[0].emails[0]}，凭发件人分不清是哪个单位"
            yield ListMistake(0, words, remark=True)
