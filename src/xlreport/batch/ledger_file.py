"""The ledger's file: opened for one run alone, and looked through before anything in it is believed.

A ledger is used whole or not at all. One that is damaged, or laid out as another version does it, is
renamed and a new one begun; nothing is deleted.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from xlreport.batch.outcome_row import FIELDS

NAME = ".xlreport.sqlite3"
_TABLES = (
    f"CREATE TABLE outcome (name TEXT PRIMARY KEY, digest TEXT, plan TEXT, {', '.join(FIELDS)}, seal TEXT)",
    "CREATE TABLE compared (pair TEXT PRIMARY KEY, found TEXT, seal TEXT)",
    "CREATE TABLE written (key TEXT, findings TEXT, summary TEXT)",
)
"""As SQLite keeps them: a ledger whose tables are declared by any other words is another version's."""

_WORDS = {
    sqlite3.SQLITE_CANTOPEN: "打不开，可能没有权限",
    sqlite3.SQLITE_BUSY: "正被另一次运行使用",
    sqlite3.SQLITE_READONLY: "是只读的，文件夹或磁盘不能写入",
    sqlite3.SQLITE_FULL: "写不进去，磁盘空间不足",
    sqlite3.SQLITE_IOERR: "写不进去，磁盘可能已满",
}
"""By primary result code."""
_PATIENCE = 2.0
"""Seconds to wait for a run that is just ending."""
_DAMAGED = "已损坏"
_OTHERWISE = "的格式与本版本不同"


class _UselessLedger(Exception):
    """The file is there, but not as this version keeps it; the text says what is wrong with it."""


def open_ledger(path: Path) -> tuple[sqlite3.Connection, str]:
    """The ledger's table, and what is to be said where an earlier one could not be used, else "".

    Raises OSError where the folder cannot be written to, or another run has it.
    """
    try:
        return _open(path), ""
    except _UselessLedger as error:
        aside = _put_aside(path)
        said = (
            f"记录文件 {path.name} {error}，不能再用，已改名为 {aside.name} 留存，全部工作簿重新处理。"
            "以前生成、这次没有重新生成的报告不会自动删除，请核对后自行清理"
        )
        return _open(path), said


def sealed(row: Iterable[str]) -> tuple[str, ...]:
    """A row with the digest of all that stands in it behind."""
    content = tuple(row)
    return (*content, _seal(content))


def _seal(content: Iterable[object]) -> str:
    return hashlib.sha256("\0".join(map(str, content)).encode(errors="surrogatepass")).hexdigest()


def unusable(error: sqlite3.Error) -> OSError:
    """Why the system does not let the file be used."""
    return OSError(f"记录文件 {NAME} {_WORDS.get(error.sqlite_errorcode & 0xFF, '打不开')}")


def _open(path: Path) -> sqlite3.Connection:
    table = _connect(path)
    try:
        table.execute("PRAGMA synchronous = OFF")  # a torn ledger costs time, not data
        table.execute("PRAGMA locking_mode = EXCLUSIVE")
        table.execute("BEGIN EXCLUSIVE")
        _look_through(table)
        table.commit()
    except sqlite3.Error as error:
        table.close()
        if _of_the_system(error):
            raise unusable(error) from error
        raise _UselessLedger(_DAMAGED) from error
    except BaseException:
        table.close()
        raise
    return table


def _connect(path: Path) -> sqlite3.Connection:
    try:
        return sqlite3.connect(path, timeout=_PATIENCE)
    except sqlite3.OperationalError as error:
        raise unusable(error) from error


def _look_through(table: sqlite3.Connection) -> None:
    """Lay out a new file; raise _UselessLedger unless all of an old one is as it was written.

    The seals tell that without decoding anything, which would take most of the time of a second run.
    """
    if table.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
        raise _UselessLedger(_DAMAGED)
    declared = table.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    if not declared:
        for words in _TABLES:
            table.execute(words)
    elif declared != [(words,) for words in _TABLES]:
        raise _UselessLedger(_OTHERWISE)
    for name in ("outcome", "compared"):
        for *content, seal in table.execute(f"SELECT * FROM {name}"):
            if seal != _seal(content):
                raise _UselessLedger(_DAMAGED)


def _of_the_system(error: sqlite3.Error) -> bool:
    """True for what says nothing about the file's content: a lock, a full disk, a lack of rights."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)  # texts that are no UTF-8 have none
    return isinstance(error, sqlite3.OperationalError) and code & 0xFF != sqlite3.SQLITE_ERROR


def _put_aside(path: Path) -> Path:
    """Rename a file to the first number that is free. Raises OSError.

    A journal left beside it is gone by now: SQLite plays it back, or finds it void, when it opens the file.
    """
    names = (path.with_name(f"{path.name}.{number}") for number in count(1))
    aside = next(name for name in names if not name.exists())
    path.rename(aside)
    return aside
