"""What a parent's workbook tells of the sum in it: who is missing, what was adjusted, what units wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlreport.consolidate.adjust import Adjustment
from xlreport.consolidate.choose import Chosen, WantedSum
from xlreport.consolidate.parent import entries_of
from xlreport.consolidate.share import MissingShare, percent
from xlreport.form.consolidation import Way
from xlreport.form.model import Form
from xlreport.form.naming import number
from xlreport.layout.cells import Look
from xlreport.layout.stamped_sum import SUM_TAB, TEXTS_TAB
from xlreport.prose.personal import masked
from xlreport.workbook.addenda import AddedRow, Addendum, SumTold

_SUM_WIDTHS, _TEXT_WIDTHS = (38, 16, 40, 30), (26, 18, 90)
_NAMED = 5
"""Missing units that a sentence names; the sheet has all."""
_LONGEST = 2_000
"""Characters of a text that stand in one row, which cannot be higher than a page."""


def told_of(
    wanted: WantedSum, chosen: Chosen, shares: Sequence[MissingShare], adjustments: Sequence[Adjustment]
) -> SumTold:
    """The sheets and the stamp of the parent's workbook. Without last year's returns there are no shares."""
    sheets = [Addendum(SUM_TAB, _SUM_WIDTHS, tuple(_of_sum(wanted, chosen, shares, adjustments)))]
    texts = tuple(_of_texts(chosen))
    if texts:
        sheets.append(Addendum(TEXTS_TAB, _TEXT_WIDTHS, texts))
    missing = missing_text(chosen, shares)
    return SumTold(tuple(sheets), missing, tuple(each.stamped for each in adjustments))


def missing_text(chosen: Chosen, shares: Sequence[MissingShare]) -> str:
    """Who is missing and how much that was last year; "" where nobody is."""
    missing = chosen.missing
    if not missing:
        return ""
    names = "、".join(masked(each.unit) for each in missing[:_NAMED])
    more = f"等 {len(missing)} 个" if len(missing) > _NAMED else ""
    due = len(chosen.included) + len(missing)
    largest = max(shares, key=lambda share: share.fraction, default=None)
    words = f"应汇入 {due} 个单位，汇入 {len(chosen.included)} 个，缺：{names}{more}"
    if largest is None:
        return words
    return f"{words}；缺的上年占全部的 {percent(largest.fraction)}（按“{largest.label}”，占比最大的一项）"


def _of_sum(
    wanted: WantedSum, chosen: Chosen, shares: Sequence[MissingShare], adjustments: Sequence[Adjustment]
) -> Iterator[AddedRow]:
    yield AddedRow(Look.TITLE, (f"{wanted.unit}{wanted.year}年汇总说明",))
    count = len(chosen.included)
    missing = missing_text(chosen, shares)
    complete = f"汇入 {count} 个单位，没有缺的。"
    yield AddedRow(Look.INTRO, (f"{missing}。合计不完整。" if missing else complete,))
    left = [each for each in chosen.decisions if not each.included]
    if left:
        rows = [(masked(each.unit), "缺" if each.due else "不应汇入", masked(each.why), "") for each in left]
        yield from _table("没有汇入的", ("单位", "是否缺", "原因", ""), rows)
    if shares:
        of_shares = [(s.label, number(s.total), number(s.part), percent(s.fraction)) for s in shares]
        yield from _table("缺的单位上年占多少", ("指标", "上年合计", "缺的单位上年", "占比"), of_shares)
    if adjustments:
        of_changes = [(each.label, each.signed, each.reason, each.source) for each in adjustments]
        yield from _table("调整", ("单元格", "增减", "原因", "依据"), of_changes)


def _table(title: str, head: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Iterator[AddedRow]:
    yield AddedRow(Look.HEADING, (title,))
    yield AddedRow(Look.HEAD, tuple(head))
    for row in rows:
        yield AddedRow(Look.PLAIN, row)


def _of_texts(chosen: Chosen) -> Iterator[AddedRow]:
    """What the units wrote in the entries that the parent is to write from it, unit by unit."""
    form = chosen.form
    rows = [] if form is None else list(_texts(chosen, form))
    if rows:
        yield AddedRow(Look.TITLE, ("各单位填报的文字，供编写本级报告参考",))
        yield AddedRow(Look.HEAD, ("单位", "栏目", "内容"))
        yield from rows


def _texts(chosen: Chosen, form: Form) -> Iterator[AddedRow]:
    listed = list(entries_of(form, Way.LIST))
    for child in chosen.included:
        for subject, field in listed:
            text = child.inputs.get(subject)
            if isinstance(text, str) and text:
                for start in range(0, len(text), _LONGEST):
                    part = text[start : start + _LONGEST]
                    yield AddedRow(Look.PLAIN, (child.unit, field.label, part))
