"""A text that is made to keep the rules busy is judged like any other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import hostile_texts

_PATIENCE = 300
"""Seconds, hundreds of times what it takes: a rule that tries every way to cut a text does not end at all."""


def test_no_text_keeps_the_rules_busy(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, hostile_texts.__file__, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=True,
        timeout=_PATIENCE,
    )
