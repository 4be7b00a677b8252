"""A real cluster on this computer: it makes what is made without it, whatever happens to its workers."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from command_line import RETURNS, fingerprints, json_lines, refused, run
from dask_cluster import dask_cluster, hanging_given_up, harmful, system
from last_year import ONE_OFF, save_last
from lists import save_list
from returns import save, sound
from rounds import CIVIL, OFFICE, TOWN, WATER, WRONG, begin, drop, filled, look, take
from xlreport.batch import convert
from xlreport.formats.limits import VARIABLE
from xlreport.run import cluster as clusters
from xlreport.run.engine import Stopped

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX systems do"),
    pytest.mark.usefixtures("quick_workers"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two workers and their scheduler."""
    with dask_cluster(tmp_path_factory.mktemp("cluster")) as found:
        yield found


@pytest.fixture(scope="module")
def returns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped returns, and a link to nothing."""
    folder = shutil.copytree(RETURNS, tmp_path_factory.mktemp("clustered") / "in")
    (folder / "没有.xlsx").symlink_to(folder / "别处.xlsx")
    return folder


def made(out: Path) -> dict[str, str]:
    """What a run made, its ledger aside."""
    return {name: digest for name, digest in fingerprints(out).items() if ".sqlite3" not in name}


def both(folder: Path, out: Path, address: str, *more: object) -> tuple[int, int]:
    """The same run here and on the cluster; their exit codes."""
    here = run("convert", folder, "-o", out / "here", "--jobs", 2, *more)
    there = run("convert", folder, "-o", out / "there", "--cluster", address, *more)
    assert "Traceback" not in there.output, there.output
    assert there.stdout.replace("there", "here") == here.stdout
    return here.exit_code, there.exit_code


def test_a_run_on_a_cluster_makes_the_same_bytes(returns: Path, tmp_path: Path, address: str) -> None:
    assert both(returns, tmp_path, address, "--draft", "--return", tmp_path / "out" / "back") == (1, 1)
    assert made(tmp_path / "there") == made(tmp_path / "here")
    assert len(made(tmp_path / "there")) > 10
    again = run("convert", returns, "-o", tmp_path / "there", "--draft", "--jobs", 1)
    assert "没有变化" in again.stdout  # what a cluster did counts here too
    assert made(tmp_path / "there") == made(tmp_path / "here")


def test_workers_that_die_or_hang_cost_nothing_but_the_file_that_does_it_again(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(convert, "process", harmful)
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("甲", "杀", "乙", "停", "丙", "毒", "死", "丁"):
        save(folder, sound({"organ": f"岚溪县{name}局"}), f"{name}.xlsx")
    with hanging_given_up(address):
        assert both(folder, tmp_path, address, "--to", "md") == (3, 3)
    assert made(tmp_path / "there") == made(tmp_path / "here")
    lines = json_lines(tmp_path / "there" / "findings.jsonl")
    ours = {(line["file"], f["code"]) for line in lines for f in line["findings"] if f["code"][:3] == "SYS"}
    assert ours == {("死.xlsx", "SYS002"), ("毒.xlsx", "SYS002")}
    assert len(lines) == len({line["file"] for line in lines}) == 8


def test_a_sum_on_a_cluster_is_the_same_workbook(tmp_path: Path, address: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in (WATER, CIVIL):
        (folder / f"{name}.xlsx").write_bytes(filled(name))
    last = save_last(tmp_path / "last", {"organ": TOWN}).parent
    known = ("--roster", save_list(tmp_path / "名单.xlsx"), "--prior", last)
    for place, more in (("here", ()), ("there", ("--cluster", address))):
        (tmp_path / place).mkdir()
        out = tmp_path / place / "汇总.xlsx"
        result = run("consolidate", folder, "-o", out, "--unit", OFFICE, "--year", 2023, *known, *more)
        assert result.exit_code == 1 and f"{TOWN}" in result.stdout and "上年" in result.stdout, result.output
    assert fingerprints(tmp_path / "there") == fingerprints(tmp_path / "here")


def test_a_round_that_takes_in_on_a_cluster_has_the_same_events(tmp_path: Path, address: str) -> None:
    happened = []
    last = save_last(tmp_path / "last", {"organ": WATER, "unit_code": "9"}).parent
    for name, more in (("here", ()), ("there", ("--cluster", address))):
        (tmp_path / name).mkdir()
        place = begin(tmp_path / name / "县")
        prior = place.settings.read_text(encoding="utf-8").replace(
            '# prior = "../上年收表"', f'prior = "{last}"'
        )
        place.settings.write_text(prior, encoding="utf-8")
        drop(place, "a.xlsx", filled())
        drop(place, "b.xlsx", filled(CIVIL, WRONG))
        drop(place, "说明.txt", "收齐".encode())
        take(place, *more, code=1)
        happened.append([dict(event.data) for event in look(place).log.events if event.kind == "arrived"])
        assert (place.root / "run.json").is_file()
    assert happened[0] == happened[1] and len(happened[0]) == 3


def test_what_differs_is_refused_by_the_name_of_the_worker(
    returns: Path, tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "seconds=9")
    said = refused("convert", returns, "-o", tmp_path / "out", "--cluster", address)
    assert "tcp://127.0.0.1:" in said and "处理上限" in said and "程序内容" not in said
    assert made(tmp_path) == {}


def test_a_worker_that_hangs_before_anything_is_done_is_named(
    returns: Path, tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed import Client

    monkeypatch.setattr(clusters, "_TO_TELL", 1)
    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=600)
        worker, pid = min(client.run(os.getpid).items())
    os.kill(pid, signal.SIGSTOP)
    try:
        said = refused("convert", returns, "-o", tmp_path / "out", "--cluster", address)
    finally:
        os.kill(pid, signal.SIGCONT)
    assert f"没有应答：{worker}" in said and made(tmp_path) == {}


def test_nothing_is_opened_to_the_network(address: str) -> None:
    import psutil

    with clusters.cluster(address, system):
        assert [c for c in psutil.Process().net_connections() if c.status == psutil.CONN_LISTEN] == []


@pytest.mark.parametrize("text", ["127.0.0.1", "processes", "inproc://1:1", "http://a:80/x", "tcp://:1", ""])
def test_an_address_is_an_address(text: str, returns: Path, tmp_path: Path) -> None:
    assert "地址应写成" in refused("convert", returns, "-o", tmp_path / "out", "--cluster", text)


def test_a_cluster_that_is_not_there(returns: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "_SECONDS", 0.2)
    said = refused("convert", returns, "-o", tmp_path / "out", "--cluster", "tcp://127.0.0.1:9")
    assert "连不上集群" in said


def test_a_cluster_that_needs_certificates(address: str) -> None:
    with (
        pytest.raises(Stopped, match="要先在 Dask 的配置里写好证书"),
        clusters.cluster(address.replace("tcp:", "tls:"), system),
    ):
        pass


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 400 Bad Request\r\n" * 9, b"\xff" * 99])
def test_what_listens_and_is_no_cluster(said: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "_SECONDS", 1)
    with socket.create_server(("127.0.0.1", 0)) as service:
        Thread(target=_talk, args=(service, said), daemon=True).start()
        nowhere: Any = clusters.cluster(f"tcp://127.0.0.1:{service.getsockname()[1]}", system)
        with pytest.raises(Stopped, match="那里不是集群的地址"), nowhere:
            pass


def _talk(service: socket.socket, said: bytes) -> None:
    """Say this to whoever comes, and nothing more."""
    lines = []
    with suppress(OSError):
        while True:
            lines.append(service.accept()[0])
            lines[-1].sendall(said)


def test_without_the_extra_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    nowhere: Any = clusters.cluster("tcp://127.0.0.1:9", system)
    with pytest.raises(Stopped, match="pip install"), nowhere:
        pass


def test_last_year_s_workbooks_go_where_they_are_asked_for(tmp_path: Path, address: str) -> None:
    last = save_last(tmp_path / "last").parent
    save_last(last, {"organ": "岚溪县水务局", "unit_code": "9"}, "水务.xlsx")
    folder = tmp_path / "in"
    folder.mkdir()
    for name, changes in {"甲": ONE_OFF, "乙": {"organ": "岚溪县水务办", "unit_code": "9"}}.items():
        save(folder, sound(changes), f"{name}.xlsx")
    back = ("--return", tmp_path / "out" / "back")
    assert both(folder, tmp_path, address, "--to", "md", "--prior", last, *back) == (1, 1)
    assert made(tmp_path / "there") == made(tmp_path / "here")
    lines = json_lines(tmp_path / "there" / "findings.jsonl")
    assert {"YOY001", "YOY908"} <= {f["code"] for line in lines for f in line["findings"]}
