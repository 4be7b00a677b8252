"""Compiled regular expressions kept ready: compiling those of one return takes as long as reading it.

What is kept of an expression is what Python's compiler makes of its pattern, a list of numbers, which the
engine checks once more when it takes them. It is that of one version of Python and of nothing else: the same
pattern always means the same. Where Python keeps it otherwise, expressions are compiled as ever.
"""

from __future__ import annotations

import json
import re
import sys
from array import array
from binascii import a2b_base64, b2a_base64
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import Any

from xlreport.kept import keep, kept

_NAME = "expressions"
_MOST = 2_000
"""Expressions that are kept: far more than there are."""
_NOT_OURS = (ArithmeticError, AttributeError, ImportError, LookupError, RuntimeError, TypeError, ValueError)
"""What is raised where a list of numbers is none that this Python makes."""
_new: dict[str, re.Pattern[str]] = {}
"""Those that were compiled since the start, by flags and pattern."""


def compiled(pattern: str, flags: int) -> re.Pattern[str]:
    """What `re.compile` gives."""
    name = f"{int(flags)} {pattern}"
    known = _known().get(name)
    if known is not None:
        with suppress(*_NOT_OURS):
            return _restored(pattern, *known)
    _new[name] = re.compile(pattern, flags)
    return _new[name]


def load_compiled() -> None:
    """Load what is kept now: workers that are forked from here have it then as well."""
    _known()


def keep_compiled() -> None:
    """Keep what was compiled since the start as well, if that can be done."""
    if not _new or sys.implementation.name != "cpython":
        return
    every = dict(_known())
    with suppress(AttributeError, ImportError):
        every.update((name, _numbers(found)) for name, found in _new.items())
    _new.clear()
    if len(every) <= _MOST:
        keep(_NAME, _made_by(), json.dumps(every, ensure_ascii=False, separators=(",", ":")).encode())
        _known.cache_clear()


@cache
def _known() -> dict[str, list[Any]]:
    body = kept(_NAME, _made_by())
    with suppress(ValueError, RecursionError):
        found = json.loads(body) if body is not None else {}
        return found if isinstance(found, dict) else {}
    return {}


def _made_by() -> str:
    engine = getattr(import_module("_sre"), "MAGIC", 0)
    return f"{sys.version.split()[0]} {sys.implementation.cache_tag} {engine} {sys.byteorder} {sys.maxsize}"


def _numbers(found: re.Pattern[str]) -> list[Any]:
    """Flags, number and names of groups, and the numbers, as JSON holds them."""
    parsed = import_module("re._parser").parse(found.pattern, found.flags)
    code = import_module("re._compiler")._code(parsed, found.flags)
    numbers = b2a_base64(array("I", code).tobytes(), newline=False).decode()
    return [found.flags, found.groups, dict(found.groupindex), numbers]


def _restored(pattern: str, flags: int, groups: int, names: dict[str, int], numbers: str) -> re.Pattern[str]:
    code = array("I", a2b_base64(numbers))
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    made: re.Pattern[str] = import_module("_sre").compile(
        pattern, flags, code.tolist(), groups, names, tuple(by_number)
    )
    return made
