"""All that lies in a folder: archives within their limits, names as no person would choose them, links."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from xlreport.archive.everything import Everything, everything

BOOK = b"some content that is no archive"


def zipped(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def found(place: Path, tmp_path: Path) -> Everything:
    (tmp_path / "unpacked").mkdir(exist_ok=True)
    return everything([place], tmp_path / "out", tmp_path / "unpacked")


def names(everything_: Everything) -> list[str]:
    return [job.name for job in everything_.jobs]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def test_archives_in_an_archive_share_one_limit(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = [zipped({"a.xlsx": os.urandom(400_000)}) for _ in range(4)]
    (place / "都在一起.zip").write_bytes(zipped({f"{n}.zip": data for n, data in enumerate(inner)}))
    assert len(found(place, tmp_path).jobs) == 4
    monkeypatch.setenv("XLREPORT_LIMITS", "unpacked_mb=2")  # 1.6 MB outside and 1.6 MB inside
    over = found(place, tmp_path)
    assert len(over.jobs) < 4
    assert {"压缩包解开后过大"} == {closed.message for _, closed in over.closed}
    assert len(over.jobs) + len(over.closed) == 4  # every one of them has its line


def test_archives_too_deep_are_told(place: Path, tmp_path: Path) -> None:
    data = zipped({"a.xlsx": BOOK})
    for _ in range(6):
        data = zipped({"里层.zip": data})
    (place / "外层.zip").write_bytes(data)
    deep = found(place, tmp_path)
    assert names(deep) == []
    ((name, closed),) = deep.closed
    assert name.startswith("外层.zip/里层.zip") and "太多层" in closed.message


@pytest.mark.parametrize(
    "name", ["a.xlsx\x00.txt", "a.\x01\x02", "../../a.xlsx", "/a.xlsx", "甲\\乙.xlsx", "a" * 300 + ".xlsx"]
)
def test_members_may_be_called_anything(name: str, place: Path, tmp_path: Path) -> None:
    plain = zipped({"X" * len(name.encode()): BOOK})
    (place / "包.zip").write_bytes(plain.replace(b"X" * len(name.encode()), name.encode()))
    (job,) = found(place, tmp_path).jobs
    assert job.path.parent == tmp_path / "unpacked" and job.path.read_bytes() == BOOK
    assert job.name.startswith("包.zip/") and ".." not in job.target.split("/")
    assert job.source == place / "包.zip"


def test_a_link_to_a_file_is_called_as_it_stands_and_read_once(place: Path, tmp_path: Path) -> None:
    (tmp_path / "别处").mkdir()
    (tmp_path / "别处" / "原件.xlsx").write_bytes(BOOK)
    (place / "水务局.xlsx").symlink_to(tmp_path / "别处" / "原件.xlsx")
    assert names(found(place, tmp_path)) == ["水务局.xlsx"]


def test_folders_that_xlreport_wrote_are_named_and_not_entered(place: Path, tmp_path: Path) -> None:
    for folder, mark in (
        ("结果", ".xlreport.sqlite3"),
        ("退回", ".xlreport-return.jsonl"),
        ("收表", "事件.jsonl"),
    ):
        (place / folder).mkdir()
        (place / folder / mark).touch()
        (place / folder / "a.xlsx").write_bytes(BOOK)
    whole = found(place, tmp_path)
    assert (names(whole), sorted(whole.own)) == ([], sorted(["结果", "退回", "收表"]))


PAGE = (
    b"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
)


def test_a_report_of_ours_is_passed_over_beside_its_workbook_only(place: Path, tmp_path: Path) -> None:
    (place / "不作数的报告").mkdir()
    for report in ("水务局.html", "民政局.xls.html", "不作数的报告/司法局.html", "教育局.html"):
        (place / report).write_bytes(PAGE)
    for workbook in ("水务局.xlsx", "民政局.xls"):
        (place / workbook).write_bytes(BOOK)
    whole = found(place, tmp_path)
    assert sorted(whole.own) == sorted(["水务局.html", "民政局.xls.html", "不作数的报告/司法局.html"])
    assert sorted(names(whole)) == sorted(["教育局.html", "民政局.xls", "水务局.xlsx"])


def test_only_what_no_person_put_there_is_passed_over(place: Path, tmp_path: Path) -> None:
    for name in ("~$a.xlsx", "._a.xlsx", ".~a.xlsx", ".DS_Store", "Thumbs.db", "desktop.ini", ".git"):
        (place / name).write_bytes(BOOK)
    for name in (".xlsx", ".水务局.xlsx", "民政局", "财政局.xlsx.1", "说明.txt"):
        (place / name).write_bytes(BOOK)
    assert sorted(names(found(place, tmp_path))) == sorted(
        [".xlsx", ".水务局.xlsx", "民政局", "财政局.xlsx.1", "说明.txt"]
    )


def test_names_that_are_one_to_some_systems_go_on_counting(place: Path, tmp_path: Path) -> None:
    spellings = ["报表a.XLSX", "报表A.xlsx", "报表a.xlsx", "报表A.XLSX", "报表a.Xlsx"]
    for name in spellings:
        (place / name).write_bytes(BOOK)
    targets = [job.target.casefold() for job in found(place, tmp_path).jobs]
    assert targets == ["报表a", "报表a.xlsx", "报表a.xlsx-2", "报表a.xlsx-3", "报表a.xlsx-4"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_archive_may_have_a_name_twice(tmp_path: Path) -> None:
    place, unpacked = tmp_path / "in", tmp_path / "unpacked"
    place.mkdir()
    unpacked.mkdir()
    with zipfile.ZipFile(place / "a.zip", "w") as archive:
        for content in (b"1", b"2", b"3"):
            archive.writestr("年报.xlsx", content)
        archive.writestr("说明", b"4")
        archive.writestr("说明", b"5")
    jobs = everything([place], tmp_path / "out", unpacked).jobs
    contents = {job.name: job.path.read_bytes() for job in jobs}
    assert contents == {
        "a.zip/年报.xlsx": b"1",
        "a.zip/年报（2）.xlsx": b"2",
        "a.zip/年报（3）.xlsx": b"3",
        "a.zip/说明": b"4",
        "a.zip/说明（2）": b"5",
    }
