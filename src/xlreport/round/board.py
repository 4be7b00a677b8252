"""台账.xlsx and 台账.html: where the round stands, by branch and unit, with every file and every decision."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path

from xlreport.files import write_whole
from xlreport.prose.personal import masked
from xlreport.round.below import ALL_BELOW, BelowUnit, of_below, units_below
from xlreport.round.board_kept import keep_board, made_from, stands
from xlreport.round.drafts import ISSUE, REMIND, REPLY, draft_name
from xlreport.round.file import FATE_WORDS, File
from xlreport.round.fold import DECISION_WORDS, DECISIONS
from xlreport.round.history import FILE_WORDS
from xlreport.round.opened import Round
from xlreport.round.page import page
from xlreport.round.page_cells import minute
from xlreport.round.place import ORIGINALS, OUTBOX, REPORTS
from xlreport.round.reports import reports_of
from xlreport.round.state import STANDING_WORDS, Standing, UnitState
from xlreport.round.versions import version_changes
from xlreport.tables.book_of_tables import CellContent, Content, Linked, OfficeTable, Opens, book_of_tables

_COLOURS = {
    STANDING_WORDS[Standing.ACCEPTED]: ("#E2F2E5", "#1E6B34"),
    STANDING_WORDS[Standing.RETURNED]: ("#FFC7CE", "#9C0006"),
    STANDING_WORDS[Standing.WAITING]: ("#FFEB9C", "#7F6000"),
    "逾期": ("#FFC7CE", "#9C0006"),
}
_UNITS = {
    "单位": 24,
    "机关代码": 11,
    "上级": 18,
    "状态": 8,
    "期限": 11,
    "逾期": 6,
    "下一步": 32,
    "以哪份为准": 24,
    "联系人": 9,
    "电话": 13,
    "草稿": 6,
    "报告": 6,
}
"""The columns of units and their widths."""
_BELOW = {"上报单位": 24, "经由": 30, "单位": 26, "机关代码": 11, "状态": 8, "报表": 36, "说明": 50}
_STANDING = list(_UNITS).index("状态")
_CHANGES = {"单位": 28, "上一份": 30, "这一份": 30, "位置": 20, "栏目": 36, "原来": 24, "现在": 24}
_FILES = ("单位", "文件", "来源", "收到", "结果", "错误", "去向", "说明", "发件人", "SHA-256")
_FILE_WIDTHS = (22, 28, 20, 16, 8, 6, 11, 36, 20, 13)


def write_board(round_: Round, *, people: bool = False) -> list[Path]:
    """Write both; one that is open in another program gets a numbered copy beside it. Raises OSError.

    `people` shows names and telephone numbers on the page; the workbook always has them. A board from which
    nothing has changed since it was written is left as it is.
    """
    paths = [round_.place.board, round_.place.page]
    source = made_from(round_, people)
    if stands(paths, source):
        return paths
    title = f"{round_.settings.office} {round_.settings.year} 年度收表台账"
    sheets = list(tables(round_))
    contents = [book_of_tables(title, sheets), page(title, sheets, round_, people=people).encode()]
    written = [*map(_write, paths, contents)]
    if written == paths:
        keep_board(paths, source, contents)
    return written


def tables(round_: Round) -> Iterator[OfficeTable]:
    """The sheets. Numbers of persons in names and reasons are masked."""
    state = round_.state
    yield OfficeTable(
        "汇总",
        ("范围", "应报", *STANDING_WORDS.values(), "逾期"),
        (34, 8, *[9] * len(STANDING_WORDS), 8),
        list(_overview(round_)),
    )
    rows = list(_units(round_))
    yield _of_units("单位", rows)
    for words in STANDING_WORDS.values():
        yield _of_units(words, [row for row in rows if row[_STANDING] == words])
    rows_below = list(_below(round_))
    if rows_below:
        yield OfficeTable("下级单位", tuple(_BELOW), tuple(_BELOW.values()), rows_below, _COLOURS)
    files = [_file(unit.line.name, file) for unit in state.units for file in unit.files]
    files += [_file(file.leaf, file) for unit in state.units for file in unit.leaves]
    yield OfficeTable("文件", _FILES, _FILE_WIDTHS, files)
    yield OfficeTable(
        "未归属", _FILES[1:], _FILE_WIDTHS[1:], [_file("", file)[1:] for file in state.unassigned]
    )
    yield OfficeTable("改动", tuple(_CHANGES), tuple(_CHANGES.values()), list(_changes(round_)))
    heads = ("编号", "时间", "决定", "单位", "文件", "原因")
    yield OfficeTable("决定", heads, (16, 17, 12, 30, 20, 60), list(_decisions(round_)))


def _overview(round_: Round) -> Iterator[Sequence[CellContent]]:
    """The whole, then each unit with those below it."""
    units = round_.state.units
    below: dict[str, list[UnitState]] = defaultdict(list)
    for unit in units:
        for above in round_.roster.above(unit.line):
            below[above.name].append(unit)
    yield ("全部", *_counts(units, linked=True))
    for unit in units:
        if below[unit.line.name]:
            yield (unit.line.name, *_counts(below[unit.line.name], linked=False))
    yield from _overview_below(round_)


def _overview_below(round_: Round) -> Iterator[Sequence[CellContent]]:
    """The units in bundles: all of them, then those of each office."""
    handed_up = {unit.line.name: list(units_below(round_, unit)) for unit in round_.state.units}
    offices = [name for name, units in handed_up.items() if units]
    if offices:
        yield (ALL_BELOW, *_by_standing([unit for name in offices for unit in handed_up[name]]), "")
    for name in offices if len(offices) > 1 else ():
        yield (of_below(masked(name)), *_by_standing(handed_up[name]), "")


def _counts(units: Sequence[UnitState], *, linked: bool) -> Iterator[CellContent]:
    expected, *standings = _by_standing(units)
    yield expected
    for number, words in zip(standings, STANDING_WORDS.values(), strict=True):
        yield Linked(number, words) if linked else number
    yield sum(unit.late for unit in units)


def _by_standing(units: Sequence[UnitState | BelowUnit]) -> Iterator[int]:
    """How many are expected, and how many stand where."""
    by_standing = Counter(unit.standing for unit in units)
    yield len(units) - by_standing[Standing.EXEMPT]
    yield from (by_standing[standing] for standing in STANDING_WORDS)


def _of_units(title: str, rows: Sequence[Sequence[CellContent]]) -> OfficeTable:
    return OfficeTable(title, tuple(_UNITS), tuple(_UNITS.values()), rows, _COLOURS)


def _units(round_: Round) -> Iterator[Sequence[CellContent]]:
    """A row for each unit."""
    reports = reports_of(round_)
    outbox = round_.place.outbox
    drafts = {path.name for path in outbox.iterdir()} if outbox.is_dir() else set()
    for unit in round_.state.units:
        yield (*_unit(round_, unit), *_papers(unit, drafts, reports))


def _papers(
    unit: UnitState, drafts: Set[str], reports: Mapping[str, Sequence[Path]]
) -> Iterator[CellContent]:
    """The draft that waits to be sent to a unit, of those that are there, and its report."""
    names = (draft_name(what, unit.line) for what in (REPLY, REMIND, ISSUE))
    draft = next((name for name in names if name in drafts), None)
    report = next(iter(reports.get(unit.line.name, ())), None)
    yield None if draft is None else Opens("草稿", f"{OUTBOX}/{draft}")
    yield None if report is None else Opens("报告", f"{REPORTS}/{report.name}")


def _unit(round_: Round, unit: UnitState) -> Sequence[CellContent]:
    line, counting = unit.line, unit.counting
    parent = round_.roster.parent(line)
    return (
        line.name,
        line.unit.code,
        parent.name if parent is not None else "",
        STANDING_WORDS[unit.standing],
        unit.due,
        "逾期" if unit.late else "",
        masked(unit.next),
        _original(counting) if counting is not None else "",
        line.contact,
        line.phone,
    )


def _below(round_: Round) -> Iterator[Sequence[CellContent]]:
    """The units below those that handed up bundles, as they are judged here."""
    for unit in round_.state.units:
        for each in units_below(round_, unit):
            yield (
                unit.line.name,
                masked("、".join(each.offices[1:])),
                masked(each.name),
                each.code,
                STANDING_WORDS[each.standing],
                _member(each.file) if each.file is not None else "",
                each.why,
            )


def _member(file: File) -> Opens:
    """A file in a bundle, without the bundle's name."""
    return Opens(masked(file.name.rpartition("/")[2]), f"{ORIGINALS}/{file.file}")


def _original(file: File) -> Opens:
    return Opens(masked(file.name), f"{ORIGINALS}/{file.file}")


def _file(unit: str, file: File) -> Sequence[Content]:
    return (
        unit,
        masked(file.name),
        masked(file.source),
        minute(file.received),
        FILE_WORDS[file.status],
        file.errors,
        FATE_WORDS[file.fate],
        masked(file.why),
        file.sender,
        file.sha256[:12],
    )


def _changes(round_: Round) -> Iterator[Sequence[Content]]:
    """From one version of a unit's return to the next."""
    for pair in version_changes(round_):
        names = (pair.unit, masked(pair.older), masked(pair.newer))
        for change in pair.changes:
            yield (*names, change.place, change.label, change.before, change.after)
        if not pair.count:
            yield (*names, "", "填报内容没有改动", "", "")
        if pair.count > len(pair.changes):
            yield (*names, "", f"另有 {pair.count - len(pair.changes)} 处", "", "")


def _decisions(round_: Round) -> Iterator[Sequence[Content]]:
    for event in round_.log.events:
        if event.kind in (*DECISIONS, "undo", "reopened"):
            about = str(event.get("sha256") or event.get("event") or "")[:12]
            words, why = DECISION_WORDS[event.kind], masked(str(event.get("why") or ""))
            yield (event.id, minute(event.at), words, str(event.get("unit") or ""), about, why)


def _write(path: Path, data: bytes) -> Path:
    """Write it; where it is open in Excel, to the first number that is free or can be written."""
    names = (path, *(path.with_stem(f"{path.stem}-{number}") for number in range(2, 10)))
    for name in names[:-1]:
        try:
            write_whole(name, data)
        except PermissionError:
            continue
        return name
    write_whole(names[-1], data)
    return names[-1]
