"""An engine of other computers, whoever they are: here executors that answer, lose, or keep what they get."""

from __future__ import annotations

import os
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from operator import attrgetter
from pathlib import Path
from platform import node
from typing import Any

import pytest

from xlreport.finding import UnreadableWorkbook
from xlreport.rule import own_rule
from xlreport.run import parcel, remote
from xlreport.run.engine import Batch, Local, Stopped
from xlreport.run.guard import Failed
from xlreport.run.parcel import Done, Parcel, Refusal, work_off
from xlreport.run.remote import Remote

pytestmark = pytest.mark.usefixtures("quick_workers")


@pytest.fixture(autouse=True)
def _dismissed() -> Iterator[None]:
    """No process stays behind."""
    yield
    parcel.dismiss()


def alike() -> Mapping[str, str]:
    return {"程序版本": "1"}


def shout(path: Path, file: Path, out: Path) -> tuple[str, str]:
    """What a worker does: it reads its file and writes a document beside others'."""
    text = file.read_text(encoding="utf-8")
    if text == "坏":
        raise UnreadableWorkbook(own_rule("WBK001").finding("坏", "重发"))
    (out / "乡镇").mkdir(exist_ok=True, parents=True)
    (out / "乡镇" / f"{path.name}.md").write_text(text.upper(), encoding="utf-8")
    return file.name, str(file.stat().st_mtime_ns)


def unmoved(work: Path, places: Sequence[Path]) -> Path:
    return work


class Here(Executor):
    """Does at once what it is given, and counts how often it was given each piece; some parcels are lost."""

    def __init__(self, *poison: str) -> None:
        self.poison = set(poison)
        self.given: Counter[str] = Counter()
        self.largest = 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        pieces = [piece.file.name for piece in unpacked(args[0]).pieces]
        self.given.update(pieces)
        self.largest = max(self.largest, len(pieces))
        if self.poison.intersection(pieces):
            future.set_exception(RuntimeError("the worker is gone"))
        else:
            future.set_result(fn(*args))
        return future


def unpacked(packed: bytes) -> Parcel:
    import pickle

    found: Parcel = pickle.loads(packed)
    return found


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Nine files, one of them unreadable, and a link to nothing."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in "abcdefgh":
        (folder / name).write_text(name, encoding="utf-8")
    (folder / "i").write_text("坏", encoding="utf-8")
    (folder / "j").symlink_to("nothing")
    return sorted(folder.iterdir())


def batch(files: Sequence[Path], out: Path) -> Batch[Path, tuple[str, str]]:
    return Batch(files, shout, Path, out)


def documents(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_answers_and_documents_are_those_of_this_computer(files: list[Path], tmp_path: Path) -> None:
    here = dict(Local(2).submit(batch(files, tmp_path / "here")))
    executor = Here()
    there = dict(Remote(executor, 2, alike).submit(batch(files, tmp_path / "there")))
    assert there == here and len(there) == 10
    assert documents(tmp_path / "there") == documents(tmp_path / "here") and len(documents(tmp_path)) > 16
    assert set(executor.given) == set("abcdefghi")  # what has no content is answered here
    assert set(executor.given.values()) == {1}


@pytest.mark.parametrize("poison", ["a", "e", "h", "ag"])
def test_what_is_lost_is_sent_again_until_it_is_known_which_file_it_is(
    poison: str, files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "_AT_ONCE", 1)
    executor = Here(*poison)
    answers = dict(Remote(executor, 1, alike).submit(batch(files[:9], tmp_path / "out")))
    assert len(answers) == 9
    failed = {
        path.name: answer.finding.code for path, answer in answers.items() if isinstance(answer, Failed)
    }
    assert failed == {**dict.fromkeys(poison, "SYS002"), "i": "WBK001"}
    assert {Path(name).stem for name in documents(tmp_path / "out")} == set("abcdefgh") - set(poison)


def test_parcels_are_bounded_in_files_and_bytes(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "_AT_ONCE", 1)
    for name, most, largest in (("_MOST_FILES", 4, 4), ("_MOST_BYTES", 2, 2), ("_MOST_BYTES", 0, 1)):
        with monkeypatch.context() as patch:
            patch.setattr(remote, name, most)
            executor = Here()
            assert len(list(Remote(executor, 1, alike).submit(batch(files, tmp_path / "out")))) == 10
            assert executor.largest == largest


class Slow(Executor):
    """Keeps what it is given until nothing more is sent."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[Any], bytes]] = []
        self.most = 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.waiting.append((Future(), args[0]))
        self.most = max(self.most, len(self.waiting))
        return self.waiting[-1][0]

    def answer(self) -> None:
        for future, packed in self.waiting:
            future.set_result([Done("", {}) for _ in unpacked(packed).pieces])
        self.waiting = []


def test_only_a_few_parcels_are_on_their_way_and_files_are_read_when_they_go(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []
    monkeypatch.setattr(
        remote,
        "piece_of",
        lambda work, file, beside: read.append(file) or parcel.piece_of(work, file, beside),
    )
    monkeypatch.setattr(remote, "_MOST_FILES", 1)
    monkeypatch.setattr(remote, "_PATIENCE", 0)
    executor = Slow()
    most: list[int] = []

    def look() -> None:
        most.append(len(read))
        executor.answer()

    assert len(list(Remote(executor, 1, alike, look).submit(batch(files[:9], tmp_path)))) == 9
    assert executor.most == 2
    assert most == [3, 5, 7, 9, 9]  # one file ahead: it tells whether the parcel before is full


def test_a_worker_that_differs_is_refused_by_name(files: list[Path], tmp_path: Path) -> None:
    packed = Parcel(shout, unmoved, [], alike, {"程序版本": "2", "报表 x": "1"}).packed()
    refused = work_off(packed)
    assert isinstance(refused, Refusal) and "与本机不同的有：程序版本、没有报表 x" in refused.words
    assert refused.words.startswith(node()) and str(os.getpid()) in refused.words


class Answering(Executor):
    """Answers whatever is asked with the same."""

    def __init__(self, answer: object) -> None:
        self.answer = answer

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if self.answer is None:
            future.cancel()
            future.set_running_or_notify_cancel()
        elif isinstance(self.answer, Exception):
            future.set_exception(self.answer)
        else:
            future.set_result(self.answer)
        return future


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, "连接断了"),
        (ModuleNotFoundError("No module named 'xlreport'"), "没有装 xlreport"),
        (AttributeError("no attribute 'work_off'"), "没有装 xlreport"),
        (Refusal("写不了临时文件"), "写不了临时文件"),
        ([Done("", {"../a.md": b""})], "文件名不能用"),
        ([Done("", {"/a.md": b""})], "文件名不能用"),
        ([Done("", {"a\\..\\..\\b.md": b""})], "文件名不能用"),
    ],
)
def test_an_engine_that_cannot_go_on_says_so_and_writes_nothing(
    answer: object, said: str, files: list[Path], tmp_path: Path
) -> None:
    engine = Remote(Answering(answer), 8, alike)
    with pytest.raises(Stopped, match=said):
        list(engine.submit(batch(files, tmp_path / "out")))
    assert not (tmp_path / "a.md").exists() and documents(tmp_path / "out") == {}


def test_a_worker_that_knows_nothing_of_its_work_is_looked_for(files: list[Path], tmp_path: Path) -> None:
    def check() -> None:
        raise Stopped("tcp://10.0.0.7:9")

    engine = Remote(Answering(ImportError("xlreport")), 8, alike, check=check)
    with pytest.raises(Stopped, match="tcp:"):
        list(engine.submit(batch(files, tmp_path / "out")))


def test_a_name_that_is_no_name_costs_its_file_only(tmp_path: Path) -> None:
    pieces = [parcel.SentPiece(Path("a"), parcel.SentFile("../a", b"a", 0))]
    with pytest.raises(
        ValueError, match="文件名不能用"
    ):  # the parcel is lost, and so cut until this file is alone
        work_off(Parcel(shout, unmoved, pieces, alike, alike()).packed())


def pid(work: Path, file: Path, out: Path) -> int:
    return os.getpid()


def test_the_process_stays_and_is_started_anew_where_it_has_to_be(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(passport: Callable[[], Mapping[str, str]] = alike) -> int:
        ((_, answer),) = Remote(Here(), 1, passport).submit(Batch(files[:1], pid, Path, tmp_path))
        assert isinstance(answer, int)
        return answer

    first = asked()
    assert asked() == first
    os.kill(first, signal.SIGKILL)
    second = asked()  # no file pays for that
    assert second not in (first, os.getpid())
    assert asked(changed) != second  # a form it has loaded may be another by now


def changed() -> Mapping[str, str]:
    return {"程序版本": "2"}


def test_a_batch_of_nothing_asks_nobody(tmp_path: Path) -> None:
    assert list(Remote(Answering(None), 1, alike).submit(batch([], tmp_path))) == []
    shutil.rmtree(tmp_path)


def test_works_know_their_files_by_a_name(files: list[Path], tmp_path: Path) -> None:
    works = [Work(path) for path in files[:2]]
    found = Local(1).submit(Batch(works, called, attrgetter("path")))
    assert [answer for _, answer in found] == ["a", "b"]


class Work:
    def __init__(self, path: Path) -> None:
        self.path = path


def called(work: Work, file: Path, out: Path) -> str:
    return file.name
