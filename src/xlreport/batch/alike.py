"""What two texts have in common: how much, and which passage of each shows it."""

from __future__ import annotations

from functools import lru_cache

from xlreport.prose.alphabet import fold
from xlreport.prose.overlap import common_passages, overlap
from xlreport.prose.passage import shortened
from xlreport.verify.texts.copied import LEAST, PASSAGE


@lru_cache(maxsize=1024)
def percent_alike(one: str, two: str, boilerplate: tuple[str, ...]) -> int:
    """Percent in common; 0 where too little is left to compare beside boilerplate."""
    found = overlap(fold(one), fold(two), boilerplate)
    return found.of_shorter if min(found.left, found.right) >= LEAST else 0


def passages_alike(one: str, two: str, boilerplate: tuple[str, ...]) -> tuple[str, str]:
    """The longest passage that two texts with much in common share, as it stands in either."""
    both = fold(one), fold(two)
    passages = common_passages(*both, boilerplate)
    assert passages is not None  # so much is common
    own, theirs = (
        shortened(whole.quote(passage.start, passage.end), PASSAGE)
        for whole, passage in zip(both, passages, strict=True)
    )
    return own, theirs
