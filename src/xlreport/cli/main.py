"""The entry point of the command `xlreport`: what has to be done before anything is loaded."""

from __future__ import annotations

import gc

_OBJECTS = 1_000_000
"""New objects between two searches for garbage: loading modules makes many that all stay."""


def main() -> None:
    """Run the command that was asked for."""
    gc.set_threshold(_OBJECTS)
    from xlreport.cli.program import cli  # only now: click alone makes objects for a dozen searches

    try:
        cli()
    finally:
        gc.freeze()  # Python's own end would search all that is loaded for garbage, several times
