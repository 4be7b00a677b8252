"""Work whose result several tests want: whoever wants it first does it, for all workers of the run."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_place: Path | None = None


def keep_results(folder: Path) -> None:
    """Keep results in that folder from now on; it is made where it is missing."""
    global _place
    folder.mkdir(exist_ok=True)
    _place = folder


def once(name: str, make: Callable[[], T]) -> T:
    """What `make` gives, made once under that name where results are kept.

    Two workers that want it at the same moment both make it: nobody waits for anybody.
    """
    if _place is None:
        return make()
    path = _place / hashlib.sha256(name.encode()).hexdigest()
    if path.exists():
        kept: T = pickle.loads(path.read_bytes())
        return kept
    result = make()
    half = path.with_suffix(f".{os.getpid()}")
    half.write_bytes(pickle.dumps(result))
    half.replace(path)
    return result
