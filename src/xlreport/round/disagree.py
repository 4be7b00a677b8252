"""Where a bundle does not stand up to the rules of the level above: a return that is missing, changed, faulty
or another's, a unit that is not done, a sum that its returns do not give.

Each is told with what to do about it. The list is believed in nothing that can be computed from the returns.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from xlreport.consolidate.causes import CauseKind
from xlreport.consolidate.child import Child
from xlreport.consolidate.reconcile import reconcile
from xlreport.consolidate.words import cause_text
from xlreport.form.naming import number
from xlreport.frozen import frozen
from xlreport.roster.line import ListedUnit, Roster
from xlreport.round.file import Fate
from xlreport.round.inside import Bundle, OfficeNode
from xlreport.round.looked import Identified, Inside
from xlreport.round.manifest import SUM, HandedUp, Manifest
from xlreport.round.state import STANDING_WORDS, Standing
from xlreport.round.twice import Held, doubles
from xlreport.round.unpack import MISFIT
from xlreport.unit import Unit, is_code, key

Fault: TypeAlias = tuple[str, str]
"""What is wrong, and what to do."""

_AGAIN, _RESEND = "请重新打包上报", "请把原来的 .zip 重新发来；仍然不符的，重新打包上报"
_SETTLED = (Standing.ACCEPTED.value, Standing.EXEMPT.value)
_MOST = 3
"""Errors of a return, cells of a sum and its causes that a fault names."""


@frozen
class _Named:
    """A unit's return, as it is called in what is told."""

    node: OfficeNode
    member: str
    unit: HandedUp

    @property
    def name(self) -> str:
        of = f"{self.node.offices[-1]}的" if len(self.node.offices) > 1 else ""
        return f"{of}{self.unit.name}"


def faults_of(
    bundle: Bundle, insides: Mapping[str, Inside], roster: Roster, line: ListedUnit | None
) -> list[Fault]:
    """All faults; `insides` are the looks at its returns and sums, by member; `line` is the office's."""
    found = [(fault, _RESEND) for fault in bundle.faults]
    found += _of_twice(bundle)
    for node in bundle.nodes:
        found += _of_units(node)
        for member, unit in node.units():
            named = _Named(node, member, unit)
            found += _of_return(bundle, named, insides.get(member), roster, line)
        found += _of_sum(bundle, node, insides)
    return found


def is_written(bundle: Bundle, member: str) -> bool:
    """False for a sum that an office's program computed: it has figures, and no words to be judged."""
    folders = {node.folder + SUM: node.manifest.written for node in bundle.nodes}
    return folders.get(member, True)


def _of_units(node: OfficeNode) -> Iterator[Fault]:
    """Units that are not done, and returns that the list promises and does not name."""
    office, units = node.offices[-1], node.manifest.units
    of = f"{office}" if len(node.offices) > 1 else ""
    open_ones = [f"{unit.name}（{_word(unit.state)}）" for unit in units if unit.state not in _SETTLED]
    if open_ones:
        words = f"{of}还有 {len(open_ones)} 个单位没有通过：{'、'.join(open_ones)}，汇总不完整"
        yield words, "请等这些单位通过，或在名单里写明免报原因以后，重新打包上报"
    for unit in units:
        if unit.state == Standing.ACCEPTED and not unit.file:
            yield f"清单写{unit.name}已经通过，却没有它的报表", _AGAIN


def _of_twice(bundle: Bundle) -> Iterator[Fault]:
    """Units that a list has twice, and returns that two units have: they would count twice in the sum."""
    alike: dict[str, list[_Named]] = defaultdict(list)
    held = []
    agreed = tuple(
        node.folder + unit.below
        for node in bundle.nodes
        for unit in node.manifest.units
        if unit.below and agreed_as_it_is(unit)
    )
    for node in bundle.nodes:
        times = Counter(key(unit.name) for unit in node.manifest.units)
        first = {key(unit.name): unit for unit in reversed(node.manifest.units)}
        for name, unit in first.items():
            if times[name] > 1:
                yield f"清单里有 {times[name]} 行{_Named(node, '', unit).name}，一个单位只能有一行", _AGAIN
        for member, unit in node.units():
            if unit is first[key(unit.name)] and not unit.below:
                content = bundle.hashes.get(member, member)
                alike[content].append(_Named(node, member, unit))
                if not agreed_as_it_is(unit) and not node.folder.startswith(agreed):
                    held.append(Held(node.folder, node.offices[-1], unit.name, unit.code, content))
    for several in alike.values():
        if len(several) > 1:
            names = "、".join(named.name for named in several)
            yield f"{names}的报表是同一份，会重复计算", "请查对这份报表是谁的，重新打包上报"
    yield from _of_two_offices(held)


def agreed_as_it_is(unit: HandedUp) -> bool:
    """True where an office has accepted what has no errors: it has decided that it is nobody else's too."""
    return unit.state == Standing.ACCEPTED and not unit.errors and bool(unit.why)


def _of_two_offices(held: Sequence[Held]) -> Iterator[Fault]:
    """Units of which two offices in the bundle have different returns."""
    told = set()
    for one, other in (pair for pairs in doubles(held).values() for pair in pairs):
        offices = frozenset((one.office, other.office))
        if one.content != other.content and (key(one.name), offices) not in told:
            told.add((key(one.name), offices))
            words = f"{one.name}在{one.office}、{other.office}报来的里都有，会重复计算"
            yield words, "请查对它归谁，由另一方去掉，重新打包上报"


def _of_return(
    bundle: Bundle, named: _Named, inside: Inside | None, roster: Roster, line: ListedUnit | None
) -> Iterator[Fault]:
    if inside is None:
        yield f"缺少{named.name}的报表（{named.member}）", _RESEND
        return
    found, manifest = inside.identified, bundle.manifest
    if found.fate is not Fate.RETURN:
        yield f"{named.name}的报表用不了：{found.why}", _RESEND if found.why == MISFIT else _AGAIN
        return
    if another := _of_another(found, manifest):
        yield f"{named.name}的报表{another}", "请换成本年度的报表，重新打包上报"
    if not _is_of(found, named.unit):
        cover = found.cover.name if found.cover is not None else ""
        yield f"清单里{named.name}的报表，封面写的是“{cover}”", "请查对这份报表是谁的，重新打包上报"
    if line is not None and _is_of_another(named.unit, roster, line):
        words = f"包里有{named.name}的报表，而名单里它不归{line.name}"
        yield words, "请不要汇入别的上级的单位；名单写错了的，请与上级联系"
    if found.errors > named.unit.errors and is_written(bundle, named.member):
        yield _of_errors(named, inside)


def _of_another(found: Identified, manifest: Manifest) -> str:
    """Why a return has no place in a bundle; "" where it has."""
    if found.form != manifest.form:
        return f"是另一种报表（{found.form}），不是本次收的"
    if found.year != manifest.year:
        return f"是 {found.year} 年度的，本次收的是 {manifest.year} 年度"
    return ""


def _is_of_another(unit: HandedUp, roster: Roster, line: ListedUnit) -> bool:
    """True for a unit that the list has below another office; one of the same name may be another unit."""
    listed = roster.in_branch(unit.name, None)
    if listed is None or not roster.above(listed) or line in roster.above(listed):
        return False
    codes = [key(code) for code in (unit.code, listed.unit.code) if is_code(code)]
    return len(set(codes)) < 2


def _of_errors(named: _Named, inside: Inside) -> Fault:
    known = f"（接受时有 {named.unit.errors} 处）" if named.unit.errors else ""
    first = "；".join(message.rstrip("。") for message, _ in inside.errors[:_MOST])
    more = "……" if len(inside.errors) > _MOST else ""
    words = f"{named.name}的报表核对出 {len(inside.errors)} 处错误{known}：{first}{more}"
    return words, f"请退回{named.unit.name}改正，通过以后重新打包上报"


def _is_of(found: Identified, unit: HandedUp) -> bool:
    """True if cover or stamp name the unit, by a name or by its code."""
    known = Unit(unit.name, unit.code, unit.aliases)
    named = [found.stamped] if found.cover is None else [*found.cover.names, found.stamped]
    codes = [found.cover.code] if found.cover is not None else []
    by_code = bool(key(unit.code)) and key(unit.code) in map(key, codes)
    return by_code or any(Unit(name).same(known) for name in named if key(name))


def _of_sum(bundle: Bundle, node: OfficeNode, insides: Mapping[str, Inside]) -> Iterator[Fault]:
    """The sum, added up again from the returns; where one of them cannot be used, that is told already."""
    office, manifest = node.offices[-1], bundle.manifest
    inside = insides.get(node.folder + SUM)
    if inside is None:
        yield f"缺少{office}的汇总（{node.folder}{SUM}）", _RESEND
        return
    total, found = inside.child, inside.identified
    if total is None:
        yield f"{office}的汇总用不了：{found.why}", _RESEND if found.why == MISFIT else _AGAIN
        return
    if another := _of_another(found, manifest):
        yield f"{office}的汇总{another}", _AGAIN
        return
    if found.cover is None or not found.cover.same(Unit(office)):
        yield f"汇总工作簿封面写的是“{total.unit}”，不是{office}", "请更正封面的机关全称，重新打包上报"
    children = list(_children(node, insides))
    if all(child is not None and child.form == total.form for child in children):
        yield from _differences(office, total, [child for child in children if child is not None])


def _children(node: OfficeNode, insides: Mapping[str, Inside]) -> Iterator[Child | None]:
    for member, unit in node.units():
        inside = insides.get(member)
        child = inside.child if inside is not None else None
        yield replace(child, unit=unit.name, file=member) if child is not None else None


def _differences(office: str, total: Child, children: list[Child]) -> Iterator[Fault]:
    found = reconcile(total, children)
    differing = found.differences
    if not differing:
        return
    cells = "；".join(
        f"“{each.label}”汇总是 {number(each.parent)}，各单位之和是 {number(each.sum)}"
        for each in differing[:_MOST]
    )
    more = f"；另有 {len(differing) - _MOST} 个栏目" if len(differing) > _MOST else ""
    causes = [
        cause_text(found, reading, cause)
        for reading in found.readings[:1]
        for cause in reading
        if cause.kind is not CauseKind.ONE_CELL  # that says no more than the cells do
    ]
    likely = f"。可能的原因：{'；'.join(causes)}" if causes else ""
    yield f"{office}的汇总与各单位之和不符：{cells}{more}{likely}", "请按通过的报表重新汇总，再打包上报"


def _word(state: str) -> str:
    known = {standing.value: words for standing, words in STANDING_WORDS.items()}
    return known.get(state, "情况不明")
