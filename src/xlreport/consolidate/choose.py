"""Which returns go into a sum, and for each of the others why it does not: nothing is left out silently."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from xlreport.consolidate.child import Child
from xlreport.consolidate.overlap import already_covered
from xlreport.form.load import load_issued, resize
from xlreport.form.model import Form
from xlreport.frozen import frozen
from xlreport.roster.line import Roster
from xlreport.unit import key


@frozen
class Decision:
    """What becomes of a unit's return. `why` says why it is left out, or what else there was of it.

    `refused` if there can be no sum until somebody has decided which of the unit's returns is right; `due`
    if the sum lacks it where it is not included.
    """

    unit: str
    child: Child | None
    why: str = ""
    refused: bool = False
    due: bool = True

    @property
    def included(self) -> bool:
        """True for one that is added up."""
        return self.child is not None


@frozen
class WantedSum:
    """The sum that is asked for: of which parent and year, its own organ's return, the units below it."""

    unit: str
    year: int
    own: Child | None = None
    roster: Roster | None = None


@frozen
class Chosen:
    """The decisions: the own organ first, then units by name, then what is missing.

    `form` is the parent's, None where there is no return to go by.
    """

    form: Form | None
    decisions: Sequence[Decision]

    @property
    def included(self) -> Sequence[Child]:
        """The returns that are added up."""
        return [decision.child for decision in self.decisions if decision.child is not None]

    @property
    def complete(self) -> bool:
        """True if nothing is left out."""
        return bool(self.decisions) and all(decision.included for decision in self.decisions)

    @property
    def missing(self) -> Sequence[Decision]:
        """What the sum lacks: all that is left out, but for what does not belong to it."""
        return [each for each in self.decisions if each.due and not each.included]

    @property
    def refused(self) -> bool:
        """True if there can be no sum."""
        return any(decision.refused for decision in self.decisions)


def choose(wanted: WantedSum, children: Iterable[Child], unread: Iterable[tuple[str, str]] = ()) -> Chosen:
    """Decide on each unit's return; `unread` are files that could not be read, and why."""
    first = [wanted.own] if wanted.own is not None else []
    returns = [*first, *sorted(children, key=lambda child: (child.key, len(child.file), child.file))]
    form, period = _kind(wanted, returns)
    units: dict[str, list[Child]] = defaultdict(list)
    apart: list[Decision] = []
    for child in returns:
        why = _why_apart(wanted, form, period, child)
        if why:
            due = _is_due(wanted, child)
            apart.append(Decision(child.unit or child.file, None, f"{child.file}：{why}", due=due))
        else:
            units[child.key].append(child)
    apart += [Decision(file, None, why, due=wanted.roster is None) for file, why in unread]
    decided = [_decision(wanted, alike) for alike in units.values()]
    parent = _long_enough(form, returns)
    kept = _without_overlap(wanted, parent, decided)
    return Chosen(parent, [*kept, *apart, *_missing(wanted, [*decided, *apart])])


def _kind(wanted: WantedSum, returns: Sequence[Child]) -> tuple[str, str]:
    """The form that most returns of the year are of, and the part of the year; "" where there are none."""
    kinds = Counter((child.form, child.period) for child in returns if child.year == wanted.year)
    return min(kinds, key=lambda kind: (-kinds[kind], kind), default=("", ""))


def _long_enough(form: str, returns: Iterable[Child]) -> Form | None:
    """The form, its lists as long as the longest of the returns."""
    if not form:
        return None
    lines: Counter[str] = Counter()
    for child in returns:
        if child.form == form:
            lines |= Counter(child.lines)
    return resize(load_issued(form), tuple(sorted(lines.items())))


def _why_apart(wanted: WantedSum, form: str, period: str, child: Child) -> str:
    """Why a return has nothing to do with the sum."""
    if not child.key:
        return "没有填写单位名称"
    if child.year != wanted.year:
        return f"是 {child.year} 年度的报表" if child.year is not None else "没有写明年度"
    if child.form != form:
        return f"不是同一种报表（{child.form}）"
    if child.period != period:
        return f"报的是{child.period or '全年'}，其他单位报的是{period or '全年'}"
    own = wanted.own
    if child.key == key(wanted.unit) and (own is None or child.inputs != own.inputs):
        return "是上级自己的报表，本机关的数请用 --own 给出"
    return ""


def _is_due(wanted: WantedSum, child: Child) -> bool:
    """True for a return in whose place another one is missed."""
    if child.key == key(wanted.unit) and child is not wanted.own:
        return False
    return wanted.roster is None or child is wanted.own or not _unlisted(wanted, child)


def _decision(wanted: WantedSum, alike: Sequence[Child]) -> Decision:
    """What becomes of a unit of which there are these returns."""
    child, *others = alike
    if any(other.inputs != child.inputs for other in others):
        files = "、".join(each.file for each in alike)
        return Decision(
            child.unit, None, f"有内容不同的 {len(alike)} 份（{files}），请只留一份", refused=True
        )
    why = _unlisted(wanted, child)
    if why:
        return Decision(child.unit, None, why, due=False)
    if child.errors:
        return Decision(child.unit, None, f"{child.file} 有 {child.errors} 处错误，改好后再汇入")
    same = f"另有内容相同的：{'、'.join(other.file for other in others)}，只计一次" if others else ""
    return Decision(child.unit, child, same)


def _without_overlap(wanted: WantedSum, form: Form | None, decided: Sequence[Decision]) -> Iterator[Decision]:
    """The decisions, those refused whose unit is in another one's figures already."""
    included = [decision.child for decision in decided if decision.child is not None]
    twice: Mapping[str, str] = {}
    if form is not None and wanted.roster is not None:
        twice = already_covered(form, included, wanted.own, wanted.roster)
    for decision in decided:
        why = twice.get(decision.child.file, "") if decision.child is not None else ""
        yield Decision(decision.unit, None, why, refused=True) if why else decision


def _unlisted(wanted: WantedSum, child: Child) -> str:
    """Why a unit does not belong to the parent; "" if it does, or nobody says who does."""
    if wanted.roster is None or child is wanted.own:
        return ""
    lines = wanted.roster.named(child.unit)
    if not lines:
        return "不在名单里"
    line = lines[0]
    return "" if line.reports_on(wanted.year) else line.excused(wanted.year)


def _missing(wanted: WantedSum, decisions: Sequence[Decision]) -> Iterator[Decision]:
    """The units of the list of which there is no return at all."""
    come = {key(decision.unit) for decision in decisions}
    come |= {key(unit) for each in decisions if each.child is not None for unit in each.child.includes}
    if wanted.own is not None:
        come.add(key(wanted.unit))
    for line in wanted.roster or ():
        if not line.excused(wanted.year) and come.isdisjoint(map(key, line.unit.names)):
            yield Decision(line.name, None, "没有报来")
