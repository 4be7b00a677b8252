"""Some of many files have changed: what comes out is what a run from nothing would make, and costs less."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from returns import FORM
from xlreport.archive.gather import Job, gather
from xlreport.batch import comparisons
from xlreport.batch.convert import convert
from xlreport.batch.ledger import Ledger
from xlreport.batch.ledger_file import NAME
from xlreport.batch.text_digests import marks_of
from xlreport.batch.work import Plan, fingerprint
from xlreport.formats.digest import digest
from xlreport.run.engine import Batch
from xlreport.run.outcome import Outcome
from xlreport.subject import Subject

CLAUSES = (
    "早期档案没有全部数字化检索耗时较长",
    "图件专业性强公示时文字说明不足",
    "答复书引用条款不够准确法律审核还不够细",
    "专栏更新由一人兼任节假日前后更新偏慢",
    "解读以转发为主结合本地实际的少",
    "村级公开栏内容不统一驻村干部拍照留存不及时",
    "重大项目批准信息散在各科室汇集不及时",
    "申请渠道的指引写得太长群众看不明白",
    "行政许可结果公示超过了七个工作日",
    "会议开放的次数少参加的群众代表面不宽",
)
SUBJECTS = tuple(map(Subject.field, ("found", "measures")))
MADE = ("findings.jsonl", "summary.xlsx", "run.json")


class Pretending:
    """An engine in whose folders a file tells its unit and its texts, a line each."""

    @property
    def here(self) -> Any:
        return self

    def submit(self, batch: Batch[Job, Any]) -> Iterator[tuple[Job, Outcome]]:
        for job in batch.works:
            yield job, outcome(job)


def outcome(job: Job) -> Outcome:
    unit, *texts = job.path.read_text(encoding="utf-8").splitlines()
    record = {
        "file": job.name,
        "source_sha256": digest(job.path),
        "status": "accepted",
        "form": FORM.id,
        "unit": unit,
        "year": 2023,
        "counts": {"error": 0, "warning": 0, "note": 0},
        "explained": 0,
        "findings": [],
    }
    named = dict(zip(SUBJECTS, texts, strict=True))
    marks = {name: marks_of("五、问题与改进", "B5", text) for name, text in named.items()}
    form, saved = fingerprint(FORM), "2024-01-10T10:00:00+00:00"
    return Outcome(record, {}, {}, form, named, marks, content="\n".join(texts), saved=saved)


def text(chance: random.Random, most: int = 8) -> str:
    """Some clauses, so that texts have few or many of them in common."""
    return "，".join(chance.sample(CLAUSES, chance.randint(4, most))) + "。"


def put(folder: Path, name: str, chance: random.Random) -> None:
    unit = f"第{chance.randint(1, 30)}局"
    (folder / f"{name}.xlsx").write_text(f"{unit}\n{text(chance)}\n{text(chance)}", encoding="utf-8")


def converted(folder: Path, out: Path) -> Mapping[str, bytes]:
    """What a run makes of all files together."""
    with closing(Ledger(Plan(out, ()))) as ledger:
        assert ledger.said == ""
        convert(gather([folder], out).jobs, ledger, Pretending(), lambda _: None)
    return {name: (out / name).read_bytes() for name in MADE}


def change(folder: Path, chance: random.Random, numbers: Iterator[int]) -> None:
    """Another content, another name, one file less or more."""
    file = chance.choice(sorted(folder.iterdir()))
    match chance.choice(("content", "name", "gone", "new", "copy")):
        case "content":
            put(folder, file.stem, chance)
        case "name":
            file.rename(file.with_stem(f"{chance.randint(0, 99):02}改名{next(numbers)}"))
        case "gone":
            file.unlink()
        case "new":
            put(folder, f"{chance.randint(0, 99):02}新{next(numbers)}", chance)
        case "copy":
            shutil.copy(file, file.with_stem(f"{chance.randint(0, 99):02}副本{next(numbers)}"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """50 files, more than are remembered of a clause."""
    made = tmp_path / "in"
    made.mkdir()
    chance = random.Random(0)
    for number in range(50):
        put(made, f"{number:02}", chance)
    return made


@pytest.mark.parametrize("seed", range(2))
def test_it_is_what_a_run_from_nothing_makes(seed: int, folder: Path, tmp_path: Path) -> None:
    chance, numbers = random.Random(seed), count()
    converted(folder, tmp_path / "out")
    for step in range(3):
        for _ in range(chance.randint(1, 5)):
            change(folder, chance, numbers)
        found = converted(folder, tmp_path / "out")
        assert found == converted(folder, tmp_path / f"new{step}")
        assert b"TXT010" in found["findings.jsonl"]


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What was compared, and which texts."""
    seen: list[tuple[str, ...]] = []

    def watch(name: str) -> None:
        compare: Callable[..., Any] = getattr(comparisons, name)

        def watched(one: str, two: str, boilerplate: tuple[str, ...]) -> Any:
            seen.append((name, one, two))
            return compare(one, two, boilerplate)

        monkeypatch.setattr(comparisons, name, watched)

    watch("percent_alike")
    watch("passages_alike")
    return seen


def test_nothing_is_compared_twice(folder: Path, tmp_path: Path, compared: list[tuple[str, ...]]) -> None:
    converted(folder, tmp_path / "out")
    before = set(compared)
    assert len(before) == len(compared) > 0
    compared.clear()
    put(folder, "49", random.Random(1))
    converted(folder, tmp_path / "out")
    assert 0 < len(compared) < len(before) / 5
    assert before.isdisjoint(compared)


def test_what_nobody_asks_for_any_more_is_not_kept(folder: Path, tmp_path: Path) -> None:
    def kept() -> int:
        with closing(sqlite3.connect(tmp_path / "out" / NAME)) as ledger:
            return int(ledger.execute("SELECT count(*) FROM compared").fetchone()[0])

    converted(folder, tmp_path / "out")
    assert kept() > 0
    for file in sorted(folder.iterdir())[1:]:
        file.unlink()
    converted(folder, tmp_path / "out")
    assert kept() == 0
