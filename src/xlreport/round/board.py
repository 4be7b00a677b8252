"""台账.xlsx and 台账.html: where the round stands, by branch and unit, with every file and every decision."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from xlreport.files import write_whole
from xlreport.prose.personal import masked
from xlreport.round.arrival import FATE_WORDS, File
from xlreport.round.fold import DECISION_WORDS, DECISIONS
from xlreport.round.opened import Round
from xlreport.round.page import page
from xlreport.round.state import STANDING_WORDS, Standing, UnitState
from xlreport.tables.book_of_tables import Content, Linked, Table, book_of_tables

_COLOURS = {
    STANDING_WORDS[Standing.ACCEPTED]: ("#E2F2E5", "#1E6B34"),
    STANDING_WORDS[Standing.RETURNED]: ("#FFC7CE", "#9C0006"),
    STANDING_WORDS[Standing.WAITING]: ("#FFEB9C", "#7F6000"),
    "逾期": ("#FFC7CE", "#9C0006"),
}
_UNITS = ("单位", "机关代码", "上级", "状态", "期限", "逾期", "下一步", "以哪份为准", "联系人", "电话")
_UNIT_WIDTHS = (30, 16, 24, 9, 12, 7, 44, 34, 10, 16)
_FILES = ("单位", "文件", "来源", "收到", "结果", "错误", "去向", "说明", "发件人", "SHA-256")
_FILE_WIDTHS = (28, 34, 26, 17, 9, 7, 12, 46, 26, 18)
_STATUS_WORDS = {"accepted": "通过", "returned": "有错误", "unreadable": "未核对"}


def write_board(round_: Round) -> list[Path]:
    """Write both; one that is open in another program gets a numbered copy beside it. Raises OSError."""
    title = f"{round_.settings.office} {round_.settings.year} 年度收表台账"
    made = (
        (round_.place.board, book_of_tables(title, list(tables(round_)))),
        (round_.place.page, page(title, list(tables(round_)), round_).encode()),
    )
    return [_write(path, data) for path, data in made]


def tables(round_: Round) -> Iterator[Table]:
    """The sheets. Numbers of persons in names and reasons are masked."""
    state = round_.state
    yield Table(
        "汇总",
        ("范围", "应报", *STANDING_WORDS.values(), "逾期"),
        (34, 8, *[9] * len(STANDING_WORDS), 8),
        list(_overview(round_)),
    )
    yield _units("单位", round_, state.units)
    for standing, words in STANDING_WORDS.items():
        chosen = [unit for unit in state.units if unit.standing is standing]
        yield _units(words, round_, chosen)
    files = [_file(unit.line.name, file) for unit in state.units for file in unit.files]
    yield Table("文件", _FILES, _FILE_WIDTHS, files)
    yield Table("未归属", _FILES[1:], _FILE_WIDTHS[1:], [_file("", file)[1:] for file in state.unassigned])
    heads = ("编号", "时间", "决定", "单位", "文件", "原因")
    yield Table("决定", heads, (16, 17, 12, 30, 20, 60), list(_decisions(round_)))


def _overview(round_: Round) -> Iterator[Sequence[Content | Linked]]:
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


def _counts(units: Sequence[UnitState], *, linked: bool) -> Iterator[Content | Linked]:
    by_standing = Counter(unit.standing for unit in units)
    yield len(units) - by_standing[Standing.EXEMPT]
    for standing, words in STANDING_WORDS.items():
        yield Linked(by_standing[standing], words) if linked else by_standing[standing]
    yield sum(unit.late for unit in units)


def _units(title: str, round_: Round, units: Sequence[UnitState]) -> Table:
    rows = [_unit(round_, unit) for unit in units]
    return Table(title, _UNITS, _UNIT_WIDTHS, rows, _COLOURS)


def _unit(round_: Round, unit: UnitState) -> Sequence[Content]:
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
        masked(counting.name) if counting is not None else "",
        line.contact,
        line.phone,
    )


def _file(unit: str, file: File) -> Sequence[Content]:
    return (
        unit,
        masked(file.name),
        masked(file.source),
        _minute(file.received),
        _STATUS_WORDS[file.status],
        file.errors,
        FATE_WORDS[file.fate],
        masked(file.why),
        file.sender,
        file.sha256[:12],
    )


def _decisions(round_: Round) -> Iterator[Sequence[Content]]:
    for event in round_.log.events:
        if event.kind in (*DECISIONS, "undo", "reopened"):
            about = str(event.get("sha256") or event.get("event") or "")[:12]
            words, why = DECISION_WORDS[event.kind], masked(str(event.get("why") or ""))
            yield (event.id, _minute(event.at), words, str(event.get("unit") or ""), about, why)


def _minute(time: datetime) -> str:
    return time.strftime("%Y-%m-%d %H:%M")


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
