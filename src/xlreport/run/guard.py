"""Whatever a file does (hang, take all memory, bring a library down) costs that file and no other."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TypeVar

from xlreport.cleaning import one_line
from xlreport.finding import Finding, UnreadableWorkbook
from xlreport.formats.limits import VARIABLE, limits
from xlreport.frozen import frozen
from xlreport.rule import is_breakdown, own_rule
from xlreport.run.pool import Lost, Team, each

T = TypeVar("T")
R = TypeVar("R")

_FAULT = "这不是填报单位的问题。请把这条提示和该文件转给本工具的维护人员"
_NO_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})


@frozen
class Failed:
    """There is no answer about a file; the finding says why."""

    finding: Finding

    @property
    def ours(self) -> bool:
        """True if xlreport itself failed on the file."""
        return is_breakdown(self.finding.code)


def guarded(
    function: Callable[[T], R],
    works: Iterable[T],
    workers: int = 1,
    *,
    alone: bool = False,
    team: Team | None = None,
) -> Iterator[tuple[T, R | Failed]]:
    """What the function makes of each piece of work, each in a worker, as the answers come.

    One worker answers in the order of the works. `alone` and `team` as for `each`. Raises OSError where the
    disk is full or read-only: then no other file will fare better.
    """
    for work, answer in each(partial(_carefully, function), works, workers, alone=alone, team=team):
        if isinstance(answer, OSError):
            raise answer
        yield work, lost(late=answer.late) if isinstance(answer, Lost) else answer


def unwritten(error: Exception) -> Finding:
    """Why a document of a file is missing. Raises OSError where no other could be written either."""
    if isinstance(error, OSError) and error.errno in _NO_DISK:
        raise error
    return own_rule("SYS003").finding(f"报告没有生成：{one_line(str(error))}", _FAULT)


def _carefully(function: Callable[[T], R], work: T) -> R | Failed:
    try:
        return function(work)
    except UnreadableWorkbook as error:
        return Failed(error.finding)
    except MemoryError:
        return Failed(_too_large())
    except Exception as error:  # one file must not stop the run; the finding names the error
        if isinstance(error, OSError) and error.errno in _NO_DISK:
            raise
        words = one_line(f"{type(error).__name__}：{error}")[:200]
        return Failed(own_rule("SYS002").finding(f"本工具处理该文件时出错（{words}）。", _FAULT))


def lost(*, late: bool = False) -> Failed:
    """What is said of a file on which a process was lost: it ended by itself, or took too long."""
    if not late:
        return Failed(own_rule("SYS002").finding("处理该文件的进程意外终止，可能是内存不足。", _FAULT))
    seconds = limits().seconds
    fix = f"请确认它是正常的报表工作簿。确需更长时间的，请把环境变量 {VARIABLE} 设为 seconds={seconds * 5}"
    return Failed(own_rule("SYS004").finding(f"处理该文件超过 {seconds} 秒，已停止处理。", fix))


def _too_large() -> Finding:
    most = limits().memory_mb
    fix = f"请确认它是正常的报表工作簿。确需更多内存的，请把环境变量 {VARIABLE} 设为 memory_mb={most * 2}"
    return own_rule("SYS005").finding(f"处理该文件用的内存超过 {most} MB。", fix)
