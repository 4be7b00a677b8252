"""What a text holds that must not be published: numbers of persons, marks of secrecy and of internal use."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.prose.alphabet import fold
from xlreport.prose.marks import internal_marks, secrecy_marks
from xlreport.prose.personal import Doubt, Personal, personal_numbers

SECRECY = "密级标志"


def unpublishable(text: str) -> Iterator[tuple[str, bool]]:
    """In words each thing that it holds, and whether it is sure and serious.

    A mobile number is not: it may be that of the office's contact.
    """
    for number in personal_numbers(text):
        yield number.kind.value, number.kind is not Personal.MOBILE and number.doubt is Doubt.NONE
    folded = fold(text)
    yield from ((SECRECY, True) for _ in secrecy_marks(folded))
    yield from (("内部资料标志", False) for _ in internal_marks(folded))
