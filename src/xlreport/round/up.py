"""The mail that brings a bundle to the office above, where the settings name its address."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.round.bundle import Bundled
from xlreport.round.drafts import Letter
from xlreport.round.letters import with_bundle
from xlreport.round.opened import Round


def letters_up(round_: Round, made: Bundled) -> Iterator[Letter]:
    """The letter, or none."""
    above = round_.settings.above
    if above is not None:
        subject, text = with_bundle(round_, above, made.number, made.name)
        yield Letter(above, str(made.number), subject, text, (made.name, made.data))
