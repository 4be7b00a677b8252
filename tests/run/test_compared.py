"""Work that compares with last year, done where last year's workbooks are not: the same is found."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from last_year import ONE_OFF, save_last
from returns import save, sound
from xlreport.archive.last_year import LastYear
from xlreport.run import compared as module
from xlreport.run import parcel, remote
from xlreport.run.compared import compared
from xlreport.run.engine import Local
from xlreport.run.guard import Failed
from xlreport.run.remote import Remote
from xlreport.verify.verdict import verify_file

pytestmark = pytest.mark.usefixtures("quick_workers")

OTHER = {"organ": "岚溪县水务局", "unit_code": "330899"}


@pytest.fixture(autouse=True)
def _dismissed() -> Iterator[None]:
    yield
    parcel.dismiss()


class Elsewhere(Executor):
    """A computer on which a folder of this one is not to be found."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: list[int] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        import pickle

        self.files += [len(piece.beside) for piece in pickle.loads(args[0]).pieces]
        future: Future[Any] = Future()
        away = self.folder.rename(self.folder.with_name("away"))
        future.set_result(fn(*args))
        away.rename(self.folder)
        return future


def passport() -> dict[str, str]:
    return {}


def verified(work: Path, file: Path, out: Path, prior: LastYear | None) -> list[str]:
    """What is said of a return and its last year."""
    (out / f"{work.name}.txt").write_text("gone through", encoding="utf-8")
    return sorted(finding.message for finding in verify_file(file, prior).findings)


def there(works: list[Path], last: LastYear | None, folder: Path, out: Path) -> tuple[Elsewhere, Any]:
    executor = Elsewhere(folder)
    out.mkdir()
    answers = dict(compared(Remote(executor, 1, passport), last, works, verified, Path, out))
    return executor, answers


@pytest.fixture(autouse=True)
def _given(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()


@pytest.fixture
def last(tmp_path: Path) -> Path:
    """Last year's returns of three units, one of them faulty, and a file that is none."""
    folder = tmp_path / "last"
    save_last(folder)
    save_last(folder, OTHER, "乡镇/水务.xlsx")
    save_last(folder, {**OTHER, "organ": "岚溪县林业局", "unit_code": "1"}, "林业.xlsx")
    (folder / "说明.txt").write_text("收齐", encoding="utf-8")
    return folder


def returns(folder: Path) -> list[Path]:
    """This year's, each in another way one of last year's or none, and a file that is none."""
    code = {"unit_code": "330899"}
    merged = {"organ_change": "merged", "predecessors": "岚溪县水务局、岚溪县林业局"}
    made = {
        "own": ONE_OFF,
        "misspelt": {"organ": "岚溪县水务办", **code},
        "neighbour": {"organ": "岚溪县档案馆", **code},
        "renamed": {"organ": "岚溪县水利局", "organ_change": "renamed", "predecessors": "岚溪县水务局"},
        "merged": {"organ": "岚溪县农林水局", "unit_code": "2", **merged},
        "joined": {
            "organ": "岚溪县林水局",
            "unit_code": "4",
            "organ_change": "merged",
            "predecessors": "岚溪县水务局和岚溪县林业局",
        },
        "new": {"organ": "岚溪县水务局", **code, "organ_change": "new"},
        "unknown": {"organ": "岚溪县气象台", "unit_code": "3"},
    }
    paths = [save(folder, sound(changes), f"{name}.xlsx") for name, changes in made.items()]
    (folder / "none.xlsx").write_bytes(b"none")
    return [*paths, folder / "none.xlsx"]


def test_each_return_is_compared_with_what_it_would_be_here(tmp_path: Path, last: Path) -> None:
    works = returns(tmp_path / "in")
    known = LastYear.of(last)
    (tmp_path / "here").mkdir()
    here = dict(compared(Local(1), known, works, verified, Path, tmp_path / "here"))
    executor, answers = there(works, known, last, tmp_path / "there")
    assert answers == here
    assert not any(isinstance(answer, Failed) for answer in answers.values())
    said = {path.stem: "".join(answer) for path, answer in answers.items()}
    assert "上年数取自" in said["own"]  # it was compared
    assert "水务.xlsx" in said["misspelt"] and "水务.xlsx" in said["neighbour"] and "水务.xlsx" in said["new"]
    assert (
        said["merged"]
        and said["joined"]
        and "没有找到" not in said["joined"]
        and "没有找到" in said["unknown"]
    )
    assert executor.files[:9] == [0] * 9  # nobody knows yet whose is asked for
    assert max(executor.files) == 2 and len(executor.files) == 9 + 8
    assert len(list((tmp_path / "there").iterdir())) == 9


def test_a_single_workbook_is_named_where_it_is_not_the_one(tmp_path: Path) -> None:
    folder = tmp_path / "last"
    only = save_last(folder, OTHER)
    works = [save(tmp_path / "in", sound({"unit_code": "9"}), "a.xlsx")]
    other = save_last(folder, {"organ": "岚溪县林业局", "unit_code": "1"}, "b.xlsx")
    for known in (LastYear.of(only), LastYear.of_files({only: "上年.xlsx", other: "b.xlsx"})):
        shutil.rmtree(tmp_path / "there", ignore_errors=True)
        here = dict(compared(Local(1), known, works, verified, Path, tmp_path))
        assert there(works, known, folder, tmp_path / "there")[1] == here
        assert ("给出的" in "".join(here[works[0]])) is (len(known.candidates) == 1)


def test_a_table_of_last_year_s_figures_goes_along(tmp_path: Path) -> None:
    folder = tmp_path / "last"
    folder.mkdir()
    rows = ['单位,年度,"requests[carried_forward,natural_person]"', f"{sound()['organ']},2022,7"]
    (folder / "上年.csv").write_text("\n".join(rows), encoding="utf-8")
    known = LastYear.of(folder)
    works = [save(tmp_path / "in", sound(), "a.xlsx")]
    here = dict(compared(Local(1), known, works, verified, Path, tmp_path))
    assert "上年.csv" in "".join(here[works[0]])
    assert there(works, known, folder, tmp_path / "there")[1] == here


def test_without_last_year_nothing_is_asked(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    works = [save(folder, sound(), "a.xlsx"), save(folder, {**sound(), "year": None}, "b.xlsx")]
    (tmp_path / "last").mkdir()
    assert there(works, None, tmp_path / "last", tmp_path / "there")[0].files == [0, 0]


def test_questions_are_asked_of_some_at_a_time(
    tmp_path: Path, last: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_AT_ONCE", 2)
    works = returns(tmp_path / "in")[:5]
    executor, answers = there(works, LastYear.of(last), last, tmp_path / "there")
    assert {*list(answers)[:2]} == {*works[:2]} and len(answers) == 5
    assert executor.files[:2] == [0, 0] and executor.files[2] >= 1


def test_what_cannot_travel_is_compared_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "last"
    known = LastYear.of(save_last(folder, ONE_OFF))
    works = [save(tmp_path / "in", sound(), "a.xlsx")]
    here = dict(compared(Local(1), known, works, verified, Path, tmp_path))
    monkeypatch.setattr(remote, "piece_of", _alone)
    executor, answers = there(works, known, folder, tmp_path / "there")
    assert answers == here and executor.files == [0]


def _alone(work: object, file: Path, beside: list[Path]) -> parcel.SentPiece | None:
    return parcel.piece_of(work, file, beside) if not beside else None
