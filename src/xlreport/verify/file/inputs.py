"""Rules: does every input hold what it should: there, of the right kind, whole?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from xlreport.finding import Finding
from xlreport.form.field import Field, Kind
from xlreport.form.listing import Listing
from xlreport.form.naming import Naming
from xlreport.prose.personal import masked
from xlreport.rule import own_rule
from xlreport.stored import is_number, told
from xlreport.subject import Subject
from xlreport.verify.places import places_of, ranges_of
from xlreport.workbook.submission import Reading, Submission
from xlreport.workbook.understood import Trouble

_TOGETHER = 4
"""From so many cells of a sheet with one and the same trouble on, one finding names them all."""


def inputs(submission: Submission) -> Iterator[Finding]:
    """Every input is understood; every required one is filled; a list's rows are complete."""
    yield from _troubles(submission)
    yield from _codes_as_numbers(submission)
    yield from _blanks(submission)
    yield from _half_rows(submission)


# What was filled in wrongly --------------------------------------------------------------------------


def _troubles(submission: Submission) -> Iterator[Finding]:
    alike: dict[tuple[str, str, str], list[tuple[Reading, Trouble]]] = defaultdict(list)
    for reading in submission.readings.values():
        trouble = reading.understood.trouble
        if trouble is not None and reading.subject not in submission.form.computed:
            alike[reading.origin.sheet, trouble.code, trouble.fix].append((reading, trouble))
    for several in alike.values():
        if len(several) >= _TOGETHER:
            yield _trouble(submission, several)
        else:
            for one in several:
                yield _trouble(submission, [one])


def _trouble(submission: Submission, several: list[tuple[Reading, Trouble]]) -> Finding:
    """One finding on cells that need the same to be done; where they differ the first is the example."""
    first, trouble = several[0]
    readings = [reading for reading, _ in several]
    says = trouble.message
    if len({trouble.message for _, trouble in several}) > 1:
        says = f"{trouble.rule.title}。如 {first.origin.cell} {says}"
    if len(readings) == 1:
        name = f"{first.origin.cell}（{Naming(submission.form).cell(first.subject)}）"
    else:
        name = f"{ranges_of([reading.origin.cell for reading in readings])} 共 {len(readings)} 格"
    message = f"{first.origin.sheet} {name}：{says}。"
    found = masked(told(first.raw))  # before it is cut: half a number would not be known for one
    return trouble.rule.finding(
        message,
        trouble.fix,
        first.subject,
        first.origin,
        found=found if len(found) <= 200 else found[:199] + "…",
        cells=tuple(reading.origin.cell for reading in readings) if len(readings) > 1 else (),
    )


def _codes_as_numbers(submission: Submission) -> Iterator[Finding]:
    """A code that is stored as a number has lost its leading zeros; of those with a pattern that is seen."""
    patterns = {pattern.field for pattern in submission.form.entries.declared.pattern}
    for subject, field in submission.form.fields.items():
        reading = submission.readings.get(subject)
        if field.kind is not Kind.TEXT or reading is None or subject in patterns:
            continue
        if is_number(reading.raw) and reading.understood.usable:
            shown = told(reading.raw)
            message = f"{reading.origin.place}（{field.label}）：存成了数字 {shown}，开头如有 0 已经丢失。"
            fix = "请核对是否完整；缺 0 的，先把单元格格式设为“文本”再重新填写"
            yield own_rule("VAL021").finding(message, fix, subject, reading.origin, found=shown)


# What is missing -------------------------------------------------------------------------------------


def _blanks(submission: Submission) -> Iterator[Finding]:
    """One finding per block, naming its blank cells; blank is not 0."""
    form = submission.form
    blank: dict[str, list[Subject]] = {name: [] for name in form.blocks}
    for subject in form.mandatory:
        if subject not in form.computed and _is_blank(submission, subject):
            blank[form.block_of(subject).name].append(subject)
    for listing in form.listings.values():
        if listing.required and not any(_is_begun(submission, line) for line in listing.lines()):
            blank[listing.name] += _missing(submission, listing.line(1))
    for name, subjects in blank.items():
        if subjects:
            yield _blank(submission, name, subjects, is_grid=name in form.grids)


def _missing(submission: Submission, line: Mapping[Subject, Field]) -> list[Subject]:
    """What a line of a list lacks, once it is begun."""
    return [s for s, column in line.items() if column.required and _is_blank(submission, s)]


def _is_begun(submission: Submission, line: Iterable[Subject]) -> bool:
    return any(subject in submission.inputs for subject in line)


def _is_blank(submission: Submission, subject: Subject) -> bool:
    reading = submission.readings.get(subject)
    return reading is not None and reading.understood.usable and reading.understood.value is None


def _blank(submission: Submission, block: str, blank: list[Subject], is_grid: bool) -> Finding:
    first = submission.readings[blank[0]]
    words = Naming(submission.form)
    if is_grid and len(blank) == 1:
        where = f"{first.origin.cell}（{words.cell(blank[0])}）未填"
        fix = "没有发生的填 0，不要留空"
    elif is_grid:
        where = f"{places_of(submission.origins, blank)} 共 {len(blank)} 格未填"
        fix = "每格都要填：没有发生的填 0，不要留空"
    else:
        labels = "、".join(f"“{words.cell(subject)}”" for subject in blank)
        where = f"{labels}未填（{places_of(submission.origins, blank)}）"
        fix = "请补填"
    subject = blank[0] if len(blank) == 1 else block
    return own_rule("VAL010").finding(
        f"{first.origin.sheet}：{where}。",
        fix,
        subject,
        first.origin,
        cells=tuple(submission.readings[s].origin.cell for s in blank) if len(blank) > 1 else (),
    )


def _half_rows(submission: Submission) -> Iterator[Finding]:
    """Lines that lack something; from many lines on that lack the same, one finding."""
    for listing in submission.form.listings.values():
        alike: dict[tuple[str, ...], list[Subject]] = defaultdict(list)
        for line in listing.lines():
            blank = _missing(submission, line)
            if blank and _is_begun(submission, line):
                alike[tuple(subject.column for subject in blank)].append(blank[0])
        for columns, firsts in alike.items():
            several = [firsts] if len(firsts) >= _TOGETHER else [[first] for first in firsts]
            for together in several:
                yield _half_row(submission, listing, together, columns)


def _half_row(
    submission: Submission, listing: Listing, blank: list[Subject], columns: tuple[str, ...]
) -> Finding:
    """`blank` are the first blank cells of lines that lack the same columns."""
    origin, words = submission.origins[blank[0]], Naming(submission.form)
    if len(blank) == 1:
        where, label = origin.place, words.cell(blank[0])
    else:
        labels = {column.name: column.label for column in listing.columns}
        where = f"{origin.sheet} {places_of(submission.origins, blank)}"
        label = f"有 {len(blank)} 行“{'”“'.join(labels[name] for name in columns)}”"
    cells = tuple(submission.origins[subject].cell for subject in blank)
    message, fix = f"{where}：清单{label}未填。", "请补填，或清空这一行"
    return own_rule("VAL012").finding(message, fix, blank[0], origin, cells=cells if len(cells) > 1 else ())
