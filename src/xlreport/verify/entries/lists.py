"""Rules: a list by categories has each of them once, and no line that adds up others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from xlreport.expression import Expression
from xlreport.finding import Finding, Severity
from xlreport.form.field import Field
from xlreport.form.listing import Listing
from xlreport.formula.nodes import Value, is_figure
from xlreport.rule import own_rule
from xlreport.subject import Subject
from xlreport.unit import key
from xlreport.verify.entries.placeholders import is_placeholder
from xlreport.verify.entries.quoting import quoted
from xlreport.verify.reported import Reported

_NUMBERED = Expression("^(?:[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．:：]+|[0-9]{1,2}(?![0-9]))")
_SUM = Expression(
    "(?:本年度?|(?:19|20)[0-9]{2}年度?|全年|年度|以上|上述|本页|全部|所有|各类|各项|各栏目|条数|数量|主动|政府|公开|信息)*"
    "(?:合计|[总總][计計]|合計|小[计計]|共[计計]|一共|总共|总数|总量|累[计計]|汇总|总和|之和|总条数|sum|total)(?:数|条数|数量)?"
    "[:：]?[0-9]*(?:余?[条件项篇次份])?"
    "|全部|所有"
)
_SUBTOTAL = Expression("(?:合计|总计|小计|共计)$")
_OF_WHICH = Expression("(?:其中|里面?包括|包[括含][:：]|含[:：])")
_AROUND = "-—()·*•●○◆◇■□[]【】《》<>“”‘’\"'。.,、;:!#"
"""Signs around a category, as `key` has them."""
_UNIT = Expression(r"\((?:单位:?)?(?:条|件|项|篇|次|份)\)$")
_ASIDE = Expression(r"\(.*\)$")
_FEWEST = 3
"""Lines that a sum has to add up before it is taken for one by its figure alone."""
_LEAST = 20


def lists(reported: Reported) -> Iterator[Finding]:
    """Nothing in a list doubles its total."""
    for listing in reported.form.listings.values():
        column = listing.category
        if column is not None:
            lines = _lines(reported, listing, column)
            sums = [subject for subject, text in lines.items() if adds_up(text)]
            yield from _sums(reported, listing, sums)
            rest = {subject: text for subject, text in lines.items() if subject not in sums}
            yield from _twice(reported, listing, rest)
            yield from _by_figure(reported, listing, rest)


def adds_up(text: str) -> bool:
    """True for a line that repeats what other lines say: 合计, 小计, 其中：…"""
    words = _comparable(text)
    bare = _ASIDE.sub("", key(text))
    return (
        any(_SUM.fullmatch(one) or _SUBTOTAL.search(one) for one in (words, _comparable(bare)))
        or _OF_WHICH.match(words) is not None
        or key(text).startswith("#")
    )


def _comparable(text: str) -> str:
    """A category without its number, what it is counted in and the signs around it."""
    words = _UNIT.sub("", key(text)).strip(_AROUND)
    return _NUMBERED.sub("", words).strip(_AROUND) or words


def _lines(reported: Reported, listing: Listing, column: Field) -> dict[Subject, str]:
    cells = (Subject.cell(listing.name, number, column.name) for number in listing.numbers)
    filled = {cell: str(reported.inputs[cell]) for cell in cells if reported.inputs.get(cell) is not None}
    return {cell: text for cell, text in filled.items() if not is_placeholder(reported.form, column, text)}


def _sums(reported: Reported, listing: Listing, sums: Sequence[Subject]) -> Iterator[Finding]:
    if sums:
        named = _named(reported, sums)
        message = f"{named}不是类别：清单的合计由程序计算，写成一行会重复计算。"
        fix = "请删去这些行；“其中”的内容并入所属的类别，或者改成不与其他行重复的类别"
        yield _finding(reported, listing, "VAL020", message, fix, sums)


def _twice(reported: Reported, listing: Listing, lines: Mapping[Subject, str]) -> Iterator[Finding]:
    alike: dict[str, list[Subject]] = defaultdict(list)
    for subject, text in lines.items():
        alike[_comparable(text)].append(subject)
    again = [subjects for subjects in alike.values() if len(subjects) > 1]
    if again:
        cells = [subject for subjects in again for subject in subjects]
        named = "；".join(_named(reported, subjects) for subjects in again)
        message = f"同一类别填了不止一行：{named}。同一批信息不能计两次。"
        fix = "请核对：是同一批信息的删去多余的行，不是的把条数合并到一行"
        yield _finding(reported, listing, "VAL019", message, fix, cells)


def _by_figure(reported: Reported, listing: Listing, lines: Mapping[Subject, str]) -> Iterator[Finding]:
    """A line whose figures are those of all others together."""
    totals = [column.name for column in listing.totals]
    for subject in lines:
        rest = [other for other in lines if other != subject]
        if len(rest) >= _FEWEST and all(_is_sum(reported, listing, subject, rest, name) for name in totals):
            message = f"{_named(reported, [subject])}的数正好是其他各行之和，可能是合计行，会重复计算。"
            fix = "请核对：是合计的删去这一行；确是单独一类的，在“校验”表说明"
            yield _finding(reported, listing, "VAL020", message, fix, [subject], Severity.WARNING)


def _is_sum(
    reported: Reported, listing: Listing, subject: Subject, others: Iterable[Subject], column: str
) -> bool:
    own, *rest = (
        _number(reported.inputs.get(Subject.cell(listing.name, line.row, column)))
        for line in (subject, *others)
    )
    return own >= _LEAST and own == sum(rest)


def _number(value: Value) -> int | Decimal:
    return value if is_figure(value) else 0


def _named(reported: Reported, subjects: Sequence[Subject]) -> str:
    """`C12“合计”、C13“其中：政策文件”`."""
    shown = subjects[:5]
    more = f"等 {len(subjects)} 行" if len(subjects) > len(shown) else ""
    return (
        "、".join(f"{_cell(reported, subject)}“{quoted(str(reported.inputs[subject]))}”" for subject in shown)
        + more
    )


def _cell(reported: Reported, subject: Subject) -> str:
    origin = reported.origins.get(subject)
    return (origin.cell or origin.place) if origin else f"第{subject.row}行"


def _finding(
    reported: Reported,
    listing: Listing,
    code: str,
    message: str,
    fix: str,
    subjects: Sequence[Subject],
    severity: Severity | None = None,
) -> Finding:
    origin = reported.origins.get(subjects[0])
    cells = tuple(o.cell for subject in subjects if (o := reported.origins.get(subject)) is not None)
    sheet = f"{origin.sheet} " if origin and origin.sheet else ""
    title = listing.title or "清单"
    return own_rule(code).finding(
        f"{sheet}{title}：{message}",
        fix,
        subjects[0],
        origin,
        severity=severity,
        cells=cells if len(cells) > 1 else (),
    )
