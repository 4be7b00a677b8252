"""A Dask cluster as an engine: found by its address, and used only where every worker is like this computer.

We connect to that address and open nothing ourselves. Dask is an extra, so it is loaded here, when it is
asked for, and nowhere else.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from xlreport.cleaning import one_line
from xlreport.run.engine import Stopped
from xlreport.run.parcel import Passport, passport_difference
from xlreport.run.remote import GONE, Remote

_ADDRESS = re.compile(r"(?:(?:tcp|tls)://)?(?:[\w.-]+|\[[0-9a-fA-F:.]+\]):[0-9]{1,5}", re.ASCII)
_SECONDS = 15
_TO_TELL = 60
"""Seconds within which a worker says what it is: to load the program from a network drive takes its time."""
_INSTALL = "使用集群要先安装：pip install 'xlreport[cluster]'"
_SAME = "请在集群的每台电脑上装好同一版本的程序、同样的报表定义，再运行"
_NO_CERTIFICATES = (
    "tls:// 的集群要先在 Dask 的配置里写好证书（distributed.comm.tls）。没有证书的，地址写 tcp://"
)
_TALKATIVE = ("distributed", "distributed.client", "distributed.core", "distributed.comm")
"""Where Dask tells of connections that break, with pages of its own code."""
_LARGEST = "1GiB"
"""Dask warns of more in one task: a single file may be that large, and nobody can do anything about it."""


@contextmanager
def cluster(address: str, passport: Passport) -> Iterator[Remote]:
    """The cluster at an address such as tcp://10.0.0.1:8786. Raises Stopped where it cannot be used."""
    client = _connected(address)
    with client:
        workers = _workers(client)
        check = partial(_check, client, passport)
        check()
        executor = client.get_executor(pure=False)
        yield Remote(executor, sum(workers.values()), passport, partial(_workers, client), check)


def _connected(address: str) -> Any:
    if _ADDRESS.fullmatch(address) is None:
        raise Stopped(f"集群的地址应写成 tcp://主机:端口，而不是 {one_line(address)}")
    try:
        import dask
        import distributed
    except ImportError as error:
        raise Stopped(_INSTALL) from error
    for name in _TALKATIVE:  # what there is to say, we say
        logging.getLogger(name).setLevel(logging.CRITICAL)
    dask.config.set({"distributed.admin.large-graph-warning-threshold": _LARGEST})
    connect: Any = distributed.Client
    try:
        asyncio.run(asyncio.wait_for(_greeted(address), _SECONDS))
        return connect(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError, TypeError, MemoryError) as error:  # others may answer there
        if isinstance(error, TypeError) and address.startswith("tls:"):
            raise Stopped(_NO_CERTIFICATES) from error
        raise Stopped(f"连不上集群 {address}：没有应答，或那里不是集群的地址") from error


async def _greeted(address: str) -> None:
    """Return when Dask has answered there: it waits for ever for one that listens and says nothing."""
    from distributed.comm.core import connect
    from distributed.security import Security

    open_line: Any = connect
    certificates: Any = Security()  # type: ignore[no-untyped-call]
    line = await open_line(address, timeout=_SECONDS, **certificates.get_connection_args("client"))
    line.abort()


def _workers(client: Any) -> Mapping[str, int]:
    """How many things each worker does at once, by its address. Raises Stopped where there is none."""
    try:
        found = _known(client)
        if not found:  # they may be starting anew, all of them
            with suppress(TimeoutError):
                client.wait_for_workers(1, timeout=_SECONDS)
            found = _known(client)
    except (OSError, TimeoutError, KeyError) as error:
        raise Stopped(GONE) from error
    if not found:
        raise Stopped("集群里没有工作进程。请先启动工作进程，再运行一次，处理完的不会重做")
    return {address: worker["nthreads"] for address, worker in found.items()}


def _known(client: Any) -> Mapping[str, Any]:
    """The workers that the scheduler knows. Raises TimeoutError where it does not say."""
    asked = client.scheduler.identity
    workers: Mapping[str, Any] = client.sync(asked, n_workers=-1, callback_timeout=_SECONDS)["workers"]
    return workers


def _check(client: Any, passport: Passport) -> None:
    """Raises Stopped with the workers that differ from this computer, and in what, or say nothing."""
    answers = client.sync(_passports, client, passport, sorted(_workers(client)))
    silent = [address for address, found in answers.items() if found is None]
    if silent:
        raise Stopped(f"集群里有工作进程没有应答：{'、'.join(silent)}。请停掉它（或重新启动），再运行")
    expected, said = passport(), []
    for address, found in answers.items():
        if not isinstance(found, Mapping):
            said.append(f"{address}：没有装 xlreport，或装的版本不同")
        elif differing := passport_difference(found, expected):
            said.append(f"{address}：{differing}")
    if said:
        raise Stopped(f"集群里的工作进程与本机不同，结果会不一样。{'；'.join(said)}。{_SAME}")


async def _passports(client: Any, passport: Passport, workers: Sequence[str]) -> Mapping[str, Any]:
    """What each worker says, None where it says nothing: for one that hangs nobody waits for ever."""

    async def asked(address: str) -> Any:
        try:
            answer = client.run(passport, workers=[address], on_error="return")
            return (await asyncio.wait_for(answer, _TO_TELL)).get(address)
        except (OSError, ValueError, KeyError):  # late, or gone meanwhile
            return None

    return dict(zip(workers, await asyncio.gather(*map(asked, workers)), strict=True))
